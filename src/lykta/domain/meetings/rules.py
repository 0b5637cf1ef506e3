"""What meetings are, what may be decided at them, and how far an action may come."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum


class ActionKind(StrEnum):
    """Slag av åtgärd: what is done between two meetings."""

    PRESENCE = "presence"
    LIGHTING = "lighting"
    CLEAN_REPAIR = "clean_repair"
    DIALOGUE = "dialogue"
    CONTROL = "control"
    INFORMATION = "information"
    DESIGN = "design"
    ACTIVITY = "activity"
    CAMERA_REVIEW = "camera_review"
    OTHER = "other"


class ActionState(StrEnum):
    """How far an action has come. That it is late follows from its day, and is never stored."""

    OPEN = "open"
    DOING = "doing"
    DONE = "done"
    CANCELLED = "cancelled"


class Priority(StrEnum):
    """How soon a decision is to be carried out, among those of the same meeting."""

    HIGH = "high"
    NORMAL = "normal"
    LOW = "low"


# What may follow on what. An action that was called done too early is taken up again.
NEXT = {
    ActionState.OPEN: frozenset({ActionState.DOING, ActionState.DONE, ActionState.CANCELLED}),
    ActionState.DOING: frozenset({ActionState.OPEN, ActionState.DONE, ActionState.CANCELLED}),
    ActionState.DONE: frozenset({ActionState.DOING}),
    ActionState.CANCELLED: frozenset({ActionState.OPEN}),
}
UNDER_WAY = frozenset({ActionState.OPEN, ActionState.DOING})
# Whether an action helped is asked so many weeks after it is to be done.
EFFECT_AFTER = timedelta(weeks=4)
USUAL_DUE = timedelta(weeks=1)
USUAL_BEGINS, USUAL_ENDS = time(9), time(9, 45)


@dataclass(frozen=True, slots=True)
class Week:
    """Vecka: an ISO week, known by its Monday."""

    monday: date

    @property
    def sunday(self) -> date:
        """Return its last day."""
        return self.monday + timedelta(days=6)

    @property
    def key(self) -> str:
        """Return it as an address says it: "2026-48"."""
        return f"{self.monday:%G-%V}"

    @property
    def number(self) -> int:
        """Return its number in the year that it is counted to."""
        return self.monday.isocalendar().week

    @property
    def year(self) -> int:
        """Return the year that it is counted to."""
        return self.monday.isocalendar().year

    @property
    def before(self) -> "Week":
        """Return the week before."""
        return Week(self.monday - timedelta(weeks=1))

    @property
    def after(self) -> "Week":
        """Return the week after."""
        return Week(self.monday + timedelta(weeks=1))

    def is_over(self, today: date) -> bool:
        """Return whether its last day is past."""
        return self.sunday < today


@dataclass(frozen=True, slots=True)
class Month:
    """Månad: known by its first day."""

    first: date

    @property
    def last(self) -> date:
        """Return its last day."""
        return self.after.first - timedelta(days=1)

    @property
    def key(self) -> str:
        """Return it as an address says it: "2026-11"."""
        return f"{self.first:%Y-%m}"

    @property
    def before(self) -> "Month":
        """Return the month before."""
        return month_of(self.first - timedelta(days=1))

    @property
    def after(self) -> "Month":
        """Return the month after."""
        return month_of(self.first + timedelta(days=31))


def month_of(day: date) -> Month:
    """Return the month that a day falls in."""
    return Month(day.replace(day=1))


def month_named(key: str) -> Month | None:
    """Return the month of an address, "2026-11"; None where there is none so called."""
    try:
        found = Month(date.fromisoformat(f"{key}-01"))
    except ValueError:
        return None
    return found if found.key == key else None


def week_of(day: date) -> Week:
    """Return the week that a day falls in."""
    return Week(day - timedelta(days=day.weekday()))


def week_named(key: str) -> Week | None:
    """Return the week of an address, "2026-48"; None where there is none so called."""
    year, _dash, number = key.partition("-")
    try:
        found = Week(date.fromisocalendar(int(year), int(number), 1))
    except ValueError:
        return None
    return found if found.key == key else None


def may_follow(now: str, then: str) -> bool:
    """Return whether an action may go from one state to another."""
    return ActionState(then) in NEXT[ActionState(now)]


def days_late(state: str, due: date, today: date) -> int:
    """Return how many days ago an action should have been done; 0 where it is not late."""
    return max((today - due).days, 0) if ActionState(state) in UNDER_WAY else 0


def usual_time(week: Week, *, weekday: int = 3) -> tuple[datetime, datetime]:
    """Return when the meeting of a week is usually held: the Thursday after it."""
    day = week.after.monday + timedelta(days=weekday)
    return datetime.combine(day, USUAL_BEGINS), datetime.combine(day, USUAL_ENDS)


def occurs(first: date, last: date, *, is_yearly: bool, week: Week) -> tuple[date, date] | None:
    """Return the days of what is planned as it falls in a week, or None where it does not."""
    years = range(week.monday.year - 1, week.monday.year + 2) if is_yearly else (first.year,)
    for year in years:
        begins = _in_year(first, year)
        ends = begins + (last - first)
        if begins <= week.sunday and ends >= week.monday and begins >= first:
            return begins, ends
    return None


def _in_year(day: date, year: int) -> date:
    """Return the same day of another year; the first of March for a leap day that is not there."""
    try:
        return day.replace(year=year)
    except ValueError:
        return date(year, 3, 1)
