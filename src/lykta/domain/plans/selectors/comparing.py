"""Two pictures side by side, measure by measure, where they can be compared at all."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from lykta.analysis.rates import compare_counts
from lykta.domain.plans import rules
from lykta.domain.plans.models import FrozenPicture
from lykta.domain.plans.selectors import pictures
from lykta.infrastructure.access import Reach

_PARTS = ("total", "areas", "categories")


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure in both pictures; the ratio is of what happened a day, the other to the one."""

    part: str  # "total", "areas" or "categories"
    name: str
    one: float | None  # None: hidden, or not in that picture
    other: float | None
    ratio: float | None = None  # None where it is not to be had
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two pictures, the earlier first, and what may be said of the second beside the first."""

    one: FrozenPicture
    other: FrozenPicture
    hindrances: tuple[str, ...]  # why they cannot be compared; then there are no measures
    is_overlapping: bool  # they share events, so a ratio would say too much
    is_withheld: bool  # a source withholds counts, so that sums are lower bounds
    measures: tuple[Measure, ...]


def compare(reach: Reach, a: int, b: int) -> Comparison:
    """Return two pictures side by side, or by what they cannot be compared."""
    rows = [pictures.picture(reach, pk) for pk in (a, b)]
    one, other = sorted(rows, key=lambda row: (row.period_from, row.period_to, row.pk))
    hindrances = rules.hindrances(one.document.parameters, other.document.parameters)
    figures = [pictures.figures(row) for row in (one, other)]
    is_overlapping = rules.is_overlapping(
        (one.period_from, one.period_to), (other.period_from, other.period_to)
    )
    is_withheld = any(each["coverage"]["n_withheld"] for each in figures)
    days = None if is_overlapping or is_withheld else (_days(one), _days(other))
    measures = () if hindrances else tuple(_measures(*figures, days=days))
    return Comparison(one, other, tuple(hindrances), is_overlapping, is_withheld, measures)


def _measures(
    one: Mapping[str, Any], other: Mapping[str, Any], *, days: tuple[int, int] | None
) -> Iterator[Measure]:
    """Yield each measure that either picture has, in the order of the second."""
    for part in _PARTS:
        before, after = ({row.name: row for row in pictures.rows_of(f, part)} for f in (one, other))
        for name in dict.fromkeys([*after, *before]):
            was, became = before.get(name), after.get(name)
            yield _measure(part, name, was, became, days)


def _measure(
    part: str,
    name: str,
    was: pictures.Row | None,
    became: pictures.Row | None,
    days: tuple[int, int] | None,
) -> Measure:
    one, other = (row.count if row else None for row in (was, became))
    if days is None or one is None or other is None or was is None or became is None:
        return Measure(part, name, one, other)
    found = compare_counts(
        [other],
        [one],
        exposure_after=days[1],
        exposure_before=days[0],
        # Of two that sway, what is compared sways as the one that sways most.
        dispersion=max(was.dispersion, became.dispersion),
    )
    said = (_shown(values) for values in (found.ratio, found.low, found.high))
    return Measure(part, name, one, other, *said)


def _shown(values: Any) -> float | None:
    value = float(values[0])
    return value if np.isfinite(value) else None


def _days(row: FrozenPicture) -> int:
    return (row.period_to - row.period_from).days + 1
