"""The period asked about, the same dates a year before, and the events that fall in each."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lykta.analysis import change
from lykta.analysis.aggregation import tally, whole_periods

Floats = NDArray[np.float64]
Days = NDArray[np.int64]
Codes = NDArray[np.int32]
Counts = NDArray[np.int64]

# Weeks are used where at least this share of the events are known to within a week.
ENOUGH_DATED = 0.9
DAYS_A_YEAR = 365.2425
# With this many events a month or week, one without any is no chance (p < 0.0001).
ENOUGH_A_PERIOD = 10


@dataclass(frozen=True, slots=True)
class Events:
    """Events as columns of one length."""

    first_day: Days  # days since 1970-01-01, the earliest day it may have happened
    last_day: Days  # the latest; the same where the day is known
    hour: Floats  # hour of the day, nan where not known
    x_m: Floats  # metres, nan where not known
    y_m: Floats
    area: Codes  # area as given by the source, -1 where not given
    category: Codes  # -1 where not given
    count: Counts  # events per row; the least that it may be where the source withholds it
    unseen: Counts | None = None  # how many more a row may stand for at most; None: nothing unseen


@dataclass(frozen=True, slots=True)
class Question:
    """What the picture is to be of, and for whom."""

    first_day: int  # the period, both days included
    last_day: int
    n_categories: int
    finest_unit: str = "week"  # "month" where weeks may not be shown
    smallest_shown: int = 0  # 5: counts of 1–4 are hidden, and complements with them
    alpha: float = 0.05
    cell_m: float | None = None
    has_points: bool = True  # False: the coordinates do not say where it happened
    has_rates: bool = True  # False: the counts may not be set against inhabitants


@dataclass(frozen=True, slots=True)
class Span:
    """The period and the one a year before, and which events fall in which."""

    question: Question
    before: tuple[int, int] | None
    unit: str
    day: Days  # (n,) the day each event is counted on
    count: Counts
    is_now: NDArray[np.bool_]
    is_before: NDArray[np.bool_]
    unseen: Counts | None = None

    @property
    def is_partial(self) -> bool:
        """Whether a count of either period is withheld, so that sums are lower bounds."""
        if self.unseen is None:
            return False
        return bool(self.unseen[self.is_now | self.is_before].any())

    def tally(self, code: NDArray[np.integer], n: int) -> Counts:
        """Return the period's events per code."""
        return tally(np.where(self.is_now, code, -1), n, weights=self.count)

    def changes(self, code: Codes, n: int, dispersion: Floats) -> change.Changes:
        """Return the change of each code's events from the year before."""
        before = None
        if self.before is not None:
            before = tally(np.where(self.is_before, code, -1), n, weights=self.count)
        return change.changes(
            self.tally(code, n),
            before,
            dispersion=dispersion,
            alpha=self.question.alpha,
            smallest_shown=self.question.smallest_shown,
            unseen=self._unseen(code, n),
        )

    def _unseen(self, code: Codes, n: int) -> tuple[Counts, Counts] | None:
        """Return how many more events each code may have at most, now and before."""
        if self.unseen is None or not self.is_partial:
            return None
        now, before = (
            tally(np.where(mask, code, -1), n, weights=self.unseen)
            for mask in (self.is_now, self.is_before)
        )
        return now, before

    def dispersion(self, code: Codes, n: int) -> Floats:
        """Return how much each code's series sways, as variance over mean."""
        if self.before is None:
            return np.ones(n)
        spans = [self.before, (self.question.first_day, self.question.last_day)]
        parts = [whole_periods(*span, self.unit) for span in spans]
        counts = [
            tally(code, n, weights=self.count, second=part.index(self.day), n_second=part.n)
            for part in parts
        ]
        starts = np.concatenate([part.starts[:-1] for part in parts])
        is_now = np.arange(len(starts)) >= parts[0].n
        return change.row_dispersion(
            np.hstack(counts), is_now, year_share=(starts / DAYS_A_YEAR) % 1.0
        )


def span_of(events: Events, question: Question) -> Span:
    """Return the period, the year before where the events reach that far, and their events."""
    day = ((events.first_day + events.last_day) // 2).astype(np.int64)
    is_now = (day >= question.first_day) & (day <= question.last_day)
    if events.count[is_now].sum() < max(1, question.smallest_shown):
        raise ValueError("the period holds no events, or fewer than may be shown")
    before = year_before(question.first_day, question.last_day)
    held = covered_months(day, events.count)
    wanted = np.arange(*_months(before[0], before[1] + 1))
    is_covered = len(wanted) > 0 and np.isin(wanted, held).all()
    is_before = (day >= before[0]) & (day <= before[1]) & is_covered
    unit = _unit(events, is_now, question)
    return Span(
        question, before if is_covered else None, unit, day, events.count, is_now, is_before,
        events.unseen,
    )  # fmt: skip


def year_before(first_day: int, last_day: int) -> tuple[int, int]:
    """Return the same dates a year earlier; a leap day becomes the last of February."""
    return _a_year_earlier(first_day), _a_year_earlier(last_day + 1) - 1


def covered_months(day: Days, count: Counts) -> Days:
    """Return the months that the events cover, as months since 1970-01.

    A month without events is taken for one without data, unless events are so few that it may
    well be chance.
    """
    held = day[count > 0]
    first = int(held.min())
    days = first + np.flatnonzero(np.bincount(held - first))
    months = np.unique(days.astype("M8[D]").astype("M8[M]").astype(np.int64))
    if count.sum() < ENOUGH_A_PERIOD * len(months):
        return np.arange(months[0], months[-1] + 1)
    return months


def _a_year_earlier(day: int) -> int:
    date = np.datetime64(day, "D")
    month = date.astype("M8[M]")
    offset = (date - month.astype("M8[D]")).astype(int)
    first = (month - 12).astype("M8[D]").astype(int)
    last = (month - 11).astype("M8[D]").astype(int) - 1
    return int(min(first + offset, last))


def _months(first_day: int, end_day: int) -> tuple[int, int]:
    """Return the first month that a span of days touches, and the month after its last."""
    first, last = (
        np.datetime64(d, "D").astype("M8[M]").astype(int) for d in (first_day, end_day - 1)
    )
    return int(first), int(last) + 1


def _unit(events: Events, is_now: NDArray[np.bool_], question: Question) -> str:
    """Return the finest unit that the dates allow and the reader may see."""
    within_a_week = (events.last_day - events.first_day)[is_now] < 7
    enough = np.average(within_a_week, weights=events.count[is_now]) >= ENOUGH_DATED
    return "week" if enough and question.finest_unit == "week" else "month"


def has_day(events: Events) -> NDArray[np.bool_]:
    """Return which events are known to the day."""
    return events.first_day == events.last_day
