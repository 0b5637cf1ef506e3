"""One period set against another, row by row, and what may be said of it."""

from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lykta.analysis.disclosure.rows import Protected, protect_parts
from lykta.analysis.multiplicity import q_values
from lykta.analysis.rates import RateRatios, compare_counts, compare_ratios

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

# What may be said of a change. Not sure is never called unchanged.
FEWER, NOT_SURE, MORE, CANNOT_TELL, HIDDEN = -1, 0, 1, 2, 3

# An interval that holds both a halving and a doubling tells nothing of the change.
HALVED, DOUBLED = 0.5, 2.0
# Fewer periods than this say too little about how much a series sways.
FEWEST_FOR_DISPERSION = 8


@dataclass(frozen=True, slots=True)
class Changes:
    """Counts of n rows now and before, and their ratio; nan where hidden or not to be had."""

    count: Floats
    before: Floats
    ratio: Floats
    low: Floats
    high: Floats
    p_two_sided: Floats
    q: Floats  # false-discovery rate over the rows of the table
    verdict: NDArray[np.int8]
    dispersion: Floats  # variance over mean of the periods within, at least 1; nan where hidden
    is_count_hidden: NDArray[np.bool_]
    is_before_hidden: NDArray[np.bool_]
    is_count_small: NDArray[np.bool_]  # hidden for its own smallness, not as a complement
    is_before_small: NDArray[np.bool_]
    is_count_least: NDArray[np.bool_]  # a lower bound: the source withholds part of it
    is_before_least: NDArray[np.bool_]

    def columns(self) -> dict[str, NDArray[Any]]:
        """Return the columns by name, one row a row."""
        return {name: getattr(self, name) for name in self.__slots__}


def changes(
    now: Counts,
    before: Counts | None,
    *,
    exposure_now: float = 1.0,
    exposure_before: float = 1.0,
    dispersion: Floats | float = 1.0,
    alpha: float = 0.05,
    smallest_shown: int = 0,
    has_whole: bool = False,
    unseen: tuple[Counts, Counts] | None = None,
) -> Changes:
    """Return how each row has changed, what may be said of it, and with what certainty.

    now, before : (n,) counts; without `before` nothing is compared.
    exposure_now, exposure_before : length of the two periods, days.
    dispersion : (n,) or one, ≥ 1, from `row_dispersion`.
    smallest_shown : smaller counts are hidden, and complements with them (`disclosure.protect`);
        hidden rows take no part in q, from which they could else be worked out.
    has_whole : the first row is the whole that the others are parts of, and hidden apart.
    unseen : (n,) and (n,), how many more than `now` and `before` each may be at most, where the
        source withholds small counts; the interval then holds whatever they may be.
    A row is MORE or FEWER if its q is at most `alpha`; CANNOT_TELL if its interval holds both a
    halving and a doubling, NOT_SURE otherwise.
    """
    n = len(now)
    phi = np.broadcast_to(np.asarray(dispersion, float), (n,))
    none = np.zeros(n, np.int64)
    more_now, more_before = unseen or (none, none)
    is_least = (more_now > 0, more_before > 0)
    part = np.arange(n) >= (1 if has_whole else 0)
    shown_now = protect_parts(now, part, smallest_shown=smallest_shown)
    if before is None:
        return _without_before(shown_now, phi, is_least)
    if len(before) != n:
        raise ValueError(f"now has {n} rows, before has {len(before)}")
    shown_before = protect_parts(before, part, smallest_shown=smallest_shown)
    compare = partial(
        compare_counts, exposure_after=exposure_now, exposure_before=exposure_before, dispersion=phi
    )
    ratios = compare(now, before)
    if unseen is not None:
        ratios = _spanning(compare(now, before + more_before), compare(now + more_now, before))
    hidden = shown_now.is_hidden | shown_before.is_hidden
    ratios = _unshown(ratios, hidden)
    q = q_values(ratios.p_two_sided)
    verdict = verdicts(ratios, q, alpha=alpha)
    verdict[hidden] = HIDDEN
    return Changes(
        shown_now.counts, shown_before.counts,
        ratios.ratio, ratios.low, ratios.high, ratios.p_two_sided, q, verdict,
        np.where(hidden, np.nan, phi), shown_now.is_hidden, shown_before.is_hidden,
        shown_now.is_small, shown_before.is_small, *is_least,
    )  # fmt: skip


def _spanning(fewest: RateRatios, most: RateRatios) -> RateRatios:
    """Return the ratio that may be anything between two; p is the larger, 1 across no change."""
    same_side = (fewest.ratio > 1) == (most.ratio > 1)
    p = np.where(same_side, np.maximum(fewest.p_two_sided, most.p_two_sided), 1.0)
    middle = np.sqrt(fewest.ratio * most.ratio)
    return RateRatios(middle, fewest.low, most.high, p, fewest.params)


def _unshown(ratios: RateRatios, hidden: NDArray[np.bool_]) -> RateRatios:
    """Return ratios with nan for those that are hidden."""
    columns = ratios.columns().items()
    shown: dict[str, Any] = {name: np.where(hidden, np.nan, each) for name, each in columns}
    return replace(ratios, **shown)


def _without_before(
    shown: Protected, phi: Floats, is_least: tuple[NDArray[np.bool_], NDArray[np.bool_]]
) -> Changes:
    """Return counts of which no change can be told."""
    n = len(phi)
    nothing, none = np.full(n, np.nan), np.zeros(n, bool)
    return Changes(
        shown.counts, nothing, nothing, nothing, nothing, nothing, nothing,
        np.full(n, CANNOT_TELL, np.int8), np.where(shown.is_hidden, np.nan, phi),
        shown.is_hidden, none, shown.is_small, none, is_least[0], none,
    )  # fmt: skip


def against_the_rest(
    now: Counts, before: Counts, *, dispersion: Floats, alpha: float, hidden: NDArray[np.bool_]
) -> tuple[RateRatios, Floats, NDArray[np.int8]]:
    """Return how each row's change differs from that of all other rows together.

    dispersion : (n,) of each row; that of the rest is the mean, weighted by shown counts.
    Returns the ratio of ratios, its q over the rows and the verdict; nan and HIDDEN where hidden.
    """
    if not len(now):
        raise ValueError("now holds no rows; at least one is needed")
    own = compare_counts(now, before, dispersion=dispersion)
    sway = np.average(dispersion, weights=np.where(hidden, 0, now + before) + 1e-9)
    rest = compare_counts(now.sum() - now, before.sum() - before, dispersion=sway)
    gap = compare_ratios(own, rest)
    gap = _unshown(gap, hidden)
    q = q_values(gap.p_two_sided)
    verdict = verdicts(gap, q, alpha=alpha)
    verdict[hidden] = HIDDEN
    return gap, q, verdict


def verdicts(ratios: RateRatios, q: Floats, *, alpha: float) -> NDArray[np.int8]:
    """Return what may be said of each ratio."""
    sure = q <= alpha
    wide = ~((ratios.low > HALVED) | (ratios.high < DOUBLED))  # also where there is no interval
    kinds = [sure & (ratios.ratio > 1), sure & (ratios.ratio < 1), wide]
    return np.select(kinds, [MORE, FEWER, CANNOT_TELL], NOT_SURE).astype(np.int8)


def row_dispersion(counts: Counts, is_now: NDArray[np.bool_], *, year_share: Floats) -> Floats:
    """Return the variance over the mean of each row's counts per period, at least 1.

    counts : (n, t) events per row and period.  is_now : (t,) which of two spans a period is in.
    year_share : (t,) when in the year each period begins, 0 to 1.
    Each row is expected to follow the yearly wave of all rows together, at its own level in
    each span, so that neither season nor a change of level is taken for sway. 1 where fewer
    than eight periods or no events are there to tell.
    An estimate, which the tests take for known: from two years of weeks with a dispersion of 3 they
    call 1.1 % a change at a level of 1 % (docs/reference/calibration.md).
    Source: Pearson's statistic, McCullagh & Nelder (1989), Generalized Linear Models, 4.5.
    """
    spans = [part for part in (is_now, ~is_now) if part.any()]
    freedom = counts.shape[1] - len(spans)
    if not (np.all(np.isfinite(counts)) and np.all(counts >= 0)):
        raise ValueError("counts must be known and finite, none negative")
    if counts.shape[1] < FEWEST_FOR_DISPERSION:
        return np.ones(len(counts))
    wave = _wave(counts.sum(axis=0).astype(float), year_share)
    pearson = np.zeros(len(counts))
    for part in spans:
        share = wave[part] / wave[part].sum()
        expected = counts[:, part].sum(axis=1)[:, None] * share
        gap = (counts[:, part] - expected) ** 2
        pearson += np.divide(gap, expected, out=np.zeros_like(gap), where=expected > 0).sum(axis=1)
    return np.maximum(pearson / freedom, 1.0)


def _wave(total: Floats, year_share: Floats) -> Floats:
    """Return the yearly wave of a series, by its first harmonic."""
    turn = 2 * np.pi * year_share
    columns = np.column_stack((np.ones(len(total)), np.cos(turn), np.sin(turn)))
    fitted = columns @ np.linalg.lstsq(columns, total, rcond=None)[0]
    return np.asarray(np.maximum(fitted, 0.05 * total.mean() + 1e-9))
