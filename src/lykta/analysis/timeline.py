"""When it happened: week by week with limits, hour by hour, and the last four weeks."""

from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from lykta.analysis import change
from lykta.analysis.aggregation import Periods, tally, weekday, whole_periods
from lykta.analysis.alarms.limits import SHORTEST_BASELINE, ControlLimits, control_limits
from lykta.analysis.disclosure.rows import Protected, protect, protect_parts
from lykta.analysis.spans import (
    ENOUGH_A_PERIOD,
    Codes,
    Counts,
    Days,
    Events,
    Floats,
    Question,
    Span,
    has_day,
    year_before,
)

SEASON = {"week": 52.18, "month": 12.0}
# Three years of past are enough to know the season, and more may be another town.
LONGEST_BASELINE_YEARS = 3
RECENT_DAYS = 28
YEAR_OF_WEEKS_DAYS = 364  # the same weekdays, a year before
# The last four weeks are set apart only in a period of at least twice that.
FEWEST_WEEKS = 8
# The hour of the day is told of where at least half the events have one.
ENOUGH_TIMED = 0.5
HOURS_A_PART = 3
PARTS_A_DAY = 24 // HOURS_A_PART


@dataclass(frozen=True, slots=True)
class Series:
    """Counts per week or month up to the end of the period, and limits for the period."""

    periods: Periods
    count: Protected
    n_baseline: int  # points before the period
    limits: ControlLimits | None  # None: too short a past to say, or hidden counts in it


@dataclass(frozen=True, slots=True)
class Recent:
    """The last four whole weeks, for the whole and for each area."""

    first_day: int
    last_day: int
    against_before: change.Changes  # the four weeks before; row 0 is the whole, then the areas
    against_last_year: change.Changes | None
    rest_verdict: NDArray[np.int8]  # each area against the rest, for the four weeks before


def series(span: Span, question: Question) -> Series:
    """Return the counts over time, with limits for the period from the years before it."""
    first = min(int(span.day[span.count > 0].min()), question.first_day)
    earliest = question.first_day
    for _ in range(LONGEST_BASELINE_YEARS):
        earliest, _last = year_before(earliest, earliest)
    periods = whole_periods(max(first, earliest), question.last_day, span.unit)
    counts = tally(periods.index(span.day), periods.n, weights=span.count)
    n_baseline = int(np.searchsorted(periods.starts[:-1], question.first_day))
    limits = None
    if n_baseline < periods.n and _is_whole(counts[:n_baseline]) and span.unseen is None:
        limits = control_limits(counts, n_baseline=n_baseline, season_length=SEASON[span.unit])
    part = np.searchsorted(_known_sums(span), periods.starts[:-1], side="right")
    shown = protect_parts(counts, part, smallest_shown=question.smallest_shown)
    return Series(periods, shown, n_baseline, _veiled(limits, shown, n_baseline))


def _is_whole(past: Counts) -> bool:
    """Return whether a past is long enough, and without stretches that data are missing for."""
    if len(past) < SHORTEST_BASELINE or not past.any():
        return False
    return bool(past.all() or past.mean() < ENOUGH_A_PERIOD)


def _known_sums(span: Span) -> Days:
    """Return the days that part stretches of time whose sums are told elsewhere in the picture."""
    question = span.question
    days = [question.first_day, *((span.before[0], span.before[1] + 1) if span.before else ())]
    first = _first_recent_day(question)
    if first is not None:
        starts = (first - RECENT_DAYS, first, first - YEAR_OF_WEEKS_DAYS)
        days += [day + step for day in starts for step in (0, RECENT_DAYS)]
    return np.unique(days)


def _first_recent_day(question: Question) -> int | None:
    """Return the first day of the last four whole weeks; None for a short period."""
    weeks = whole_periods(question.first_day, question.last_day, "week")
    return int(weeks.starts[-1]) - RECENT_DAYS if weeks.n >= FEWEST_WEEKS else None


def _veiled(
    limits: ControlLimits | None, shown: Protected, n_baseline: int
) -> ControlLimits | None:
    """Return the limits without what a hidden count could be worked out from."""
    if limits is None or shown.is_hidden[:n_baseline].any():
        return None
    hidden = shown.is_hidden[n_baseline:]
    return replace(
        limits,
        p_upper=np.where(hidden, np.nan, limits.p_upper),
        p_lower=np.where(hidden, np.nan, limits.p_lower),
    )


def weekdays(events: Events, span: Span) -> Protected:
    """Return the period's events by weekday, Monday first, of those known to the day."""
    counts = span.tally(np.where(has_day(events), weekday(span.day), -1), 7)
    return protect(counts, smallest_shown=span.question.smallest_shown)


def hours(events: Events, span: Span, per_weekday: Protected) -> Protected | None:
    """Return the period's events by weekday and part of the day; None where seldom known.

    The counts are (7 * 8,): Monday's eight parts of three hours, then Tuesday's. All of a
    weekday is hidden where its sum is hidden in `per_weekday`.
    """
    known = span.is_now & ~np.isnan(events.hour)
    if span.count[known].sum() < ENOUGH_TIMED * span.count[span.is_now].sum():
        return None
    part = np.nan_to_num(events.hour).astype(np.int64) // HOURS_A_PART
    code = np.where(known, weekday(span.day) * PARTS_A_DAY + part, -1)
    counts = tally(code, 7 * PARTS_A_DAY, weights=span.count)
    day = np.arange(len(counts)) // PARTS_A_DAY
    shown = protect_parts(counts, day, smallest_shown=span.question.smallest_shown)
    closed = per_weekday.is_hidden[day]
    return Protected(
        np.where(closed, np.nan, shown.counts), shown.is_small & ~closed,
        shown.is_complement | closed,
    )  # fmt: skip


def recent(span: Span, area: Codes, n_areas: int, phi: Floats) -> Recent | None:
    """Return the last four whole weeks of the period against three yardsticks."""
    first = _first_recent_day(span.question)
    if first is None or span.is_partial:
        return None

    def rows(start: int) -> Counts:
        inside = (span.day >= start) & (span.day < start + RECENT_DAYS)
        per_area = tally(np.where(inside, area, -1), n_areas, weights=span.count)
        return np.concatenate(([span.count[inside].sum()], per_area))

    now, before = rows(first), rows(first - RECENT_DAYS)
    against = partial(
        change.changes, now, dispersion=phi, alpha=span.question.alpha,
        smallest_shown=span.question.smallest_shown, has_whole=True,
    )  # fmt: skip
    against_before = against(before)
    against_year = None
    if span.before is not None and first - YEAR_OF_WEEKS_DAYS >= span.before[0]:
        against_year = against(rows(first - YEAR_OF_WEEKS_DAYS))
    hidden = (against_before.is_count_hidden | against_before.is_before_hidden)[1:]
    *_, rest = change.against_the_rest(
        now[1:], before[1:], dispersion=phi[1:], alpha=span.question.alpha, hidden=hidden
    )
    last = first + RECENT_DAYS - 1
    return Recent(first, last, against_before, against_year, rest)
