"""When it happened: week by week with limits, hour by hour, and the last four weeks."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from lykta.analysis import change
from lykta.analysis.aggregation import Periods, tally, weekday, whole_periods
from lykta.analysis.alarms import SHORTEST_BASELINE, ControlLimits, control_limits
from lykta.analysis.disclosure import Protected, protect
from lykta.analysis.spans import DAYS_A_YEAR, Codes, Counts, Events, Floats, Question, Span

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
    limits: ControlLimits | None  # None: too short a past to say


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
    first = int(span.day[span.count > 0].min())
    earliest = question.first_day - int(LONGEST_BASELINE_YEARS * DAYS_A_YEAR)
    periods = whole_periods(max(first, earliest), question.last_day, span.unit)
    counts = tally(periods.index(span.day), periods.n, weights=span.count)
    n_baseline = int(np.searchsorted(periods.starts[:-1], question.first_day))
    past = counts[:n_baseline]
    limits = None
    if n_baseline >= SHORTEST_BASELINE and past.all() and n_baseline < periods.n:
        limits = control_limits(counts, n_baseline=n_baseline, season_length=SEASON[span.unit])
    shown = protect(counts, smallest_shown=question.smallest_shown)
    return Series(periods, shown, n_baseline, _veiled(limits, shown, n_baseline))


def _veiled(
    limits: ControlLimits | None, shown: Protected, n_baseline: int
) -> ControlLimits | None:
    """Return the limits without the p-values from which a hidden count could be worked out."""
    hidden = shown.is_hidden[n_baseline:]
    if limits is None or not hidden.any():
        return limits
    return replace(
        limits,
        p_upper=np.where(hidden, np.nan, limits.p_upper),
        p_lower=np.where(hidden, np.nan, limits.p_lower),
    )


def hours(events: Events, span: Span) -> Protected | None:
    """Return the period's events by weekday and part of the day; None where seldom known.

    The counts are (7 * 8,): Monday's eight parts of three hours, then Tuesday's.
    """
    known = span.is_now & ~np.isnan(events.hour)
    if span.count[known].sum() < ENOUGH_TIMED * span.count[span.is_now].sum():
        return None
    part = np.nan_to_num(events.hour).astype(np.int64) // HOURS_A_PART
    code = np.where(known, weekday(span.day) * PARTS_A_DAY + part, -1)
    counts = tally(code, 7 * PARTS_A_DAY, weights=span.count)
    return protect(counts, smallest_shown=span.question.smallest_shown)


def recent(span: Span, area: Codes, n_areas: int, phi: Floats) -> Recent | None:
    """Return the last four whole weeks of the period against three yardsticks."""
    weeks = whole_periods(span.question.first_day, span.question.last_day, "week")
    if weeks.n < FEWEST_WEEKS:
        return None
    last = int(weeks.starts[-1]) - 1
    first = last - RECENT_DAYS + 1

    def rows(start: int) -> Counts:
        inside = (span.day >= start) & (span.day < start + RECENT_DAYS)
        per_area = tally(np.where(inside, area, -1), n_areas, weights=span.count)
        return np.concatenate(([span.count[inside].sum()], per_area))

    now, before = rows(first), rows(first - RECENT_DAYS)
    rule = {"alpha": span.question.alpha, "smallest_shown": span.question.smallest_shown}
    against_before = change.changes(now, before, dispersion=phi, **rule)  # type: ignore[arg-type]
    against_year = None
    if span.before is not None and first - YEAR_OF_WEEKS_DAYS >= span.before[0]:
        year = rows(first - YEAR_OF_WEEKS_DAYS)
        against_year = change.changes(now, year, dispersion=phi, **rule)  # type: ignore[arg-type]
    hidden = (against_before.is_count_hidden | against_before.is_before_hidden)[1:]
    *_, rest = change.against_the_rest(
        now[1:], before[1:], dispersion=phi[1:], alpha=span.question.alpha, hidden=hidden
    )
    return Recent(first, last, against_before, against_year, rest)
