"""Numbers and verdicts of Läget as the reader gets them, in her language."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lykta.analysis import change
from lykta.analysis.change import Changes
from lykta.domain.events.selectors import Division, Situation
from lykta.domain.places.selectors import AreaRow
from lykta.infrastructure.drawing import Mark, mark
from lykta.web.situation.filters import name_of
from lykta.web.templatetags.swedish import in_words, number

RINGS = {
    change.MORE: "outside",
    change.FEWER: "outside",
    change.NOT_SURE: "",
    change.CANNOT_TELL: "unknown",
    change.HIDDEN: "unknown",
}
VERDICTS = {
    change.MORE: gettext_lazy("fler än väntat"),
    change.FEWER: gettext_lazy("färre än väntat"),
    change.NOT_SURE: gettext_lazy("ingen säkerställd förändring"),
    change.CANNOT_TELL: gettext_lazy("kan inte avgöras"),
    change.HIDDEN: gettext_lazy("visas inte"),
}
_DASH = "\N{WORD JOINER}\N{EN DASH}\N{WORD JOINER}"


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table: what it is about, and what may be said of it."""

    key: str
    name: str
    where: str
    url: str
    count: str
    expected: str
    ratio: str
    mark: Mark | None
    rate: str
    verdict: str
    ring: str


@dataclass(frozen=True, slots=True)
class Early:
    """What is said of the last week alone."""

    week: str
    text: str
    lines: tuple[str, ...]
    n_judged: int


def verdict(kind: int) -> str:
    """Return what may be said of a change; not sure is never called unchanged."""
    return str(VERDICTS[int(kind)])


def count(changes: Changes, row: int) -> str:
    """Return a count; a hidden one as "1–4" or in words, a lower bound as such."""
    value = float(changes.count[row])
    if math.isnan(value):
        return f"1{_DASH}4" if changes.is_count_small[row] else _("visas inte")
    text = number(value)
    return _("minst {n}").format(n=text) if changes.is_count_least[row] else text


def interval(value: float, low: float, high: float, decimals: int = 2) -> str:
    """Return a value with its interval: "1,03 (0,90–1,18)"; a dash where there is none."""
    if math.isnan(value) or math.isnan(low):
        return "–"
    top = "∞" if math.isinf(high) else number(high, decimals)
    middle = "∞" if math.isinf(value) else number(value, decimals)
    return f"{middle}\N{NO-BREAK SPACE}({number(low, decimals)}{_DASH}{top})"


def span(low: float, high: float, decimals: int = 2) -> str:
    """Return an interval alone: "0,90–1,18"."""
    top = "∞" if math.isinf(high) else number(high, decimals)
    return f"{number(low, decimals)}{_DASH}{top}"


def line(
    division: Division, row: int, *, key: str, name: str, where: str = "", url: str = ""
) -> Line:
    """Return one row of a division in words."""
    changes = division.changes
    ratio, low, high = (float(part[row]) for part in (changes.ratio, changes.low, changes.high))
    kind = int(changes.verdict[row])
    rates = division.rates
    expected = float(division.expected[row])
    return Line(
        key=key,
        name=name,
        where=where,
        url=url,
        count=count(changes, row),
        expected="–" if math.isnan(expected) else number(expected, 1 if expected < 10 else 0),
        ratio=interval(ratio, low, high, 1),
        mark=mark(ratio, low, high, is_certain=kind in (change.MORE, change.FEWER)),
        rate="" if rates is None else _rate(*(float(p[row]) for p in rates.columns().values())),
        verdict=verdict(kind),
        ring=RINGS[kind],
    )


def early(
    found: Situation, by_id: Mapping[int, AreaRow], categories: Sequence[Any]
) -> Early | None:
    """Return what may be said of the last week alone; None where its past is too short."""
    told = found.early
    if told is None:
        return None
    names = {("area", key): row.name for key, row in by_id.items()}
    names |= {("category", row.pk): name_of(row) for row in categories}
    # A count that Läget would hide from this reader is not told here either.
    has_figures = found.audience == "staff"
    lines = tuple(
        _("{name}: {n} händelser, gränsen är {upper}. Väntat är {expected}.").format(
            name=names[rise.subject, rise.key],
            n=number(rise.count),
            upper=number(rise.upper_bound),
            expected=number(rise.expected, 1),
        )
        if has_figures
        else names[rise.subject, rise.key]
        for rise in told.rises
    )
    if not told.n_judged:
        text = _("Det finns för få händelser för att säga något om en enda vecka.")
    elif lines:
        text = _("Det här ligger över sin gräns:")
    else:
        text = _("Inget ligger över sin gräns.")
    return Early(week(told.week), text, lines, told.n_judged)


def week(monday: date) -> str:
    """Return a week: "v. 44"."""
    return _("v.\N{NO-BREAK SPACE}{week}").format(week=monday.isocalendar().week)


def weeks(first: date, last: date) -> str:
    """Return a span of weeks with its year: "v. 40–43 2026", "v. 51 2025–v. 2 2026"."""
    one, other = first.isocalendar(), last.isocalendar()
    if first == last:
        return f"{week(first)} {one.year}"
    if one.year == other.year:
        return f"{week(first)}{_DASH}{other.week} {one.year}"
    return f"{week(first)} {one.year}{_DASH}{week(last)} {other.year}"


def n_weeks(n: int) -> str:
    """Return how many weeks: "en vecka", "fyra veckor"."""
    return ngettext("en vecka", "{n} veckor", n).format(n=in_words(n))


def is_known(values: np.ndarray) -> bool:
    """Return whether any of the values is there."""
    return bool((~np.isnan(values)).any())


def _rate(rate: float, low: float, high: float) -> str:
    return "" if math.isnan(rate) else interval(rate, low, high, 1)
