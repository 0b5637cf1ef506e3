"""Where a report goes: rules in order, of which the first that matches decides."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

DAY = 24 * 60  # minutes


class Reason(StrEnum):
    """Why a rule does not match."""

    CATEGORY = "category"
    AREA = "area"
    WEEKDAY = "weekday"
    HOUR = "hour"


@dataclass(frozen=True, slots=True)
class Condition:
    """What a rule asks for; None or nothing: whatever it is."""

    category: int | None = None
    family: int | None = None  # what the category lies under
    areas: frozenset[int] | None = None  # an area and all within
    weekdays: frozenset[int] = frozenset()  # 0 is Monday
    first_minute: int | None = None  # of the day; before the last one, or the night is meant
    last_minute: int | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """What of a report the rules ask about: its kind, its areas and when it began."""

    kinds: frozenset[int]  # its category, and what that lies under
    areas: frozenset[int]
    weekday: int
    minute: int | None  # None where only the day is known


def failing(condition: Condition, subject: Subject) -> tuple[Reason, ...]:
    """Return why a rule does not match; nothing where it does."""
    fails = {
        Reason.CATEGORY: condition.category is not None and condition.category not in subject.kinds,
        Reason.AREA: condition.areas is not None and not condition.areas & subject.areas,
        Reason.WEEKDAY: subject.weekday not in _weekdays(condition),
        Reason.HOUR: condition.first_minute is not None
        and (subject.minute is None or subject.minute not in _minutes(condition)),
    }
    return tuple(reason for reason, is_failing in fails.items() if is_failing)


def first(conditions: Sequence[Condition], subject: Subject) -> int | None:
    """Return the place of the rule that decides; None where none does."""
    matching = (n for n, each in enumerate(conditions) if not failing(each, subject))
    return next(matching, None)


def hides(earlier: Condition, later: Condition) -> bool:
    """Return whether all that a rule matches is taken by one before it."""
    is_kind = earlier.category in (None, later.category) or (
        later.category is not None and earlier.category == later.family
    )
    is_area = earlier.areas is None or (later.areas is not None and later.areas <= earlier.areas)
    # What has hours asks for a known time; what has none takes all.
    is_hour = earlier.first_minute is None or (
        later.first_minute is not None and _minutes(later) <= _minutes(earlier)
    )
    return is_kind and is_area and is_hour and _weekdays(later) <= _weekdays(earlier)


def hidden(conditions: Sequence[Condition]) -> dict[int, int]:
    """Return the rules that never decide, each with the first rule that hides it."""
    found: dict[int, int] = {}
    for n, later in enumerate(conditions):
        before = (m for m, earlier in enumerate(conditions[:n]) if hides(earlier, later))
        if (by := next(before, None)) is not None:
            found[n] = by
    return found


def _weekdays(condition: Condition) -> frozenset[int]:
    return condition.weekdays or frozenset(range(7))


def _minutes(condition: Condition) -> frozenset[int]:
    """Return the minutes of the day that a rule asks for, its last one not among them."""
    begins, ends = condition.first_minute or 0, condition.last_minute or DAY
    if begins < ends:
        return frozenset(range(begins, ends))
    return frozenset(range(begins, DAY)) | frozenset(range(ends))
