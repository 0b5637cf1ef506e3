"""What events are, and how fine a picture of them may be, by reader."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum


class Reliability(StrEnum):
    """Tillförlitlighet: how it is known that something happened."""

    OBSERVED = "observed"
    HEARD = "heard"
    ASSESSED = "assessed"
    REGISTERED = "registered"  # as it stands in another register


RELIABILITIES = {
    Reliability.OBSERVED: "observerat",
    Reliability.HEARD: "hörsägen",
    Reliability.ASSESSED: "bedömt",
    Reliability.REGISTERED: "registrerat",
}


class Subject(StrEnum):
    """What an event may tell of, which decides how small counts of it are shown."""

    PLACE = "place"  # things and places: a lamp, graffiti, litter
    EVENT = "event"  # there may be a victim or a suspect
    GRAVE = "grave"  # rare, grave and known to all: shootings, explosions, deaths


class State(StrEnum):
    """How far a report has come."""

    SUBMITTED = "submitted"
    TRIAGED = "triaged"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    MERGED = "merged"
    IN_PICTURE = "in_picture"
    CLOSED = "closed"
    ERASED = "erased"


WAITING = frozenset({State.SUBMITTED, State.TRIAGED})
COUNTED = frozenset({State.ACCEPTED, State.IN_PICTURE, State.CLOSED})
_ANYWHERE = frozenset({State.MERGED, State.ERASED})
# What may follow on what. A merged report goes back to the state it had, and to no other; an erased
# one stays so.
NEXT = {
    State.SUBMITTED: _ANYWHERE | {State.TRIAGED, State.ACCEPTED, State.REJECTED},
    State.TRIAGED: _ANYWHERE | {State.ACCEPTED, State.REJECTED},
    State.ACCEPTED: _ANYWHERE | {State.IN_PICTURE, State.CLOSED},
    State.REJECTED: frozenset({State.ERASED}),
    State.MERGED: frozenset({State.ERASED}),
    State.IN_PICTURE: _ANYWHERE | {State.CLOSED},
    State.CLOSED: _ANYWHERE,
    State.ERASED: frozenset(),
}
# What may be split, handed off and assigned: all that is still told of something by itself.
OPEN = WAITING | COUNTED


class Act(StrEnum):
    """What a step of a report was."""

    MOVED = "moved"  # to another state
    UNMERGED = "unmerged"
    SPLIT = "split"
    HANDED_OFF = "handed_off"
    WITHDRAWN = "withdrawn"
    REPLIED = "replied"
    TOLD = "told"  # what was done since


class Channel(StrEnum):
    """Väg: how a report came in."""

    WEB = "web"
    OFFLINE = "offline"  # written without network, and sent later
    MEETING = "meeting"  # told of at a meeting, or in what was used before lykta
    PUBLIC_FORM = "public_form"


class TimePrecision(StrEnum):
    """How exactly it is known when something happened."""

    EXACT = "exact"
    HOUR = "hour"
    DAYPART = "daypart"
    DATE = "date"
    INTERVAL = "interval"


class LocationPrecision(StrEnum):
    """How exactly it is known where."""

    POINT = "point"
    PLACE = "place"
    AREA = "area"
    MUNICIPALITY = "municipality"  # said in words that no register knows


class GroupSize(StrEnum):
    """How many were gathered, roughly."""

    ONE = "1"
    FEW = "2-4"
    SOME = "5-9"
    MANY = "10-19"
    CROWD = "20+"


class AgeBand(StrEnum):
    """How old those gathered seemed, roughly."""

    CHILD = "child"
    YOUTH = "youth"
    ADULT = "adult"
    MIXED = "mixed"


class Daypart(StrEnum):
    """Del av dygnet."""

    MORNING = "morning"
    FORENOON = "forenoon"
    AFTERNOON = "afternoon"
    EVENING = "evening"
    NIGHT = "night"


# First and last minute from the midnight that begins the day; a night ends on the day after.
DAYPARTS = {
    Daypart.MORNING: (6 * 60, 9 * 60),
    Daypart.FORENOON: (9 * 60, 12 * 60),
    Daypart.AFTERNOON: (12 * 60, 17 * 60),
    Daypart.EVENING: (17 * 60, 22 * 60),
    Daypart.NIGHT: (22 * 60, 30 * 60),
}


@dataclass(frozen=True, slots=True)
class When:
    """When something happened, on the Swedish wall clock: minutes are None where only days are."""

    first_day: date
    last_day: date
    first_minute: int | None
    last_minute: int | None
    precision: TimePrecision


def between(first: datetime, last: datetime, precision: TimePrecision) -> When:
    """Return a time from one moment to another."""
    return When(
        first.date(),
        last.date(),
        first.hour * 60 + first.minute,
        last.hour * 60 + last.minute,
        precision,
    )


def at(moment: datetime) -> When:
    """Return a time that is known to the minute."""
    return between(moment, moment, TimePrecision.EXACT)


def in_the_last_hour(now: datetime) -> When:
    """Return the hour before now."""
    return between(now - timedelta(hours=1), now, TimePrecision.HOUR)


def last_night(now: datetime) -> When:
    """Return the night that ended last, or the one that is still going on."""
    night = now.date() if now.hour >= 22 else now.date() - timedelta(days=1)
    return part_of(night, Daypart.NIGHT, until=now)


def part_of(day: date, part: Daypart, *, until: datetime | None = None) -> When:
    """Return a part of a day, cut off at a moment."""
    midnight = datetime.combine(day, time())
    first, last = (midnight + timedelta(minutes=minute) for minute in DAYPARTS[part])
    return between(first, min(last, until or last), TimePrecision.DAYPART)


def whole(day: date) -> When:
    """Return a day of which nothing more is known."""
    return When(day, day, None, None, TimePrecision.DATE)


ACUTE = 4  # the severity that belongs to 112 first
# A clock so much ahead of ours is wrong; one that is behind may have been without network.
MOST_AHEAD = timedelta(minutes=5)
# What was written longer ago than this had to wait for a network.
UNSENT_AFTER = timedelta(minutes=2)
LONGEST_UNSENT = timedelta(days=30)
# Two reports of the same kind so near in place and time may tell of the same event.
NEAR_M = 300.0
NEAR_DAYS = 3
# Where a text says this, it is about a child who fares badly: that is for social services, at once.
_CONCERN = re.compile(
    r"orosanm[äa]l|\bfar(it)?\s+(mycket\s+|väldigt\s+)?illa\b|"
    r"\b(barn\w*|flick\w*|pojk\w*|bebis\w*|unge?n?s?)\b[^.!?]{0,60}"
    r"\b(misshandla\w*|slagen|slagna|blåmärk\w*|vanvård\w*|svält\w*)|"
    r"\b(misshandla\w*|slår|vanvårda\w*)\b[^.!?]{0,40}\b(sitt|sina|sin)\s+(barn\w*|son|dotter)\b",
    re.IGNORECASE,
)


# What an exported event's id begins with where its source has none for it.
OWN_ID = "lykta:"
# A word that no list of categories knows is taken for the kind that is shown most carefully.
UNKNOWN_SUBJECT = Subject.EVENT


@dataclass(frozen=True, slots=True)
class Fineness:
    """How fine a picture one kind of reader may see."""

    audience: str  # "public", "partners" or "staff"
    valid_from: date
    finest_unit: str  # "week" or "month"
    smallest_shown: int  # smaller counts of areas as large as a kommundel are hidden; 0: none
    smallest_shown_finer: int  # the same for finer areas
    finest_cell_m: float  # hexagons are at least this wide, metres
    source: str


# Until the room of statutes holds rows of its own, these are they.
FINENESS = (
    Fineness(
        audience="public",
        valid_from=date(2023, 7, 1),
        finest_unit="month",
        smallest_shown=5,
        smallest_shown_finer=5,
        finest_cell_m=200.0,
        source="lyktas regel för publicering: hellre för lite än något om någon enskild",
    ),
    Fineness(
        audience="partners",
        valid_from=date(2023, 7, 1),
        finest_unit="week",
        smallest_shown=0,
        smallest_shown_finer=5,
        finest_cell_m=200.0,
        source="lyktas regel för samverkansparter: som publicering, men veckor och större områden",
    ),
    Fineness(
        audience="staff",
        valid_from=date(2023, 7, 1),
        finest_unit="week",
        smallest_shown=0,
        smallest_shown_finer=0,
        finest_cell_m=200.0,
        source="lyktas regel för dem som får se raderna: allt visas, och små antal sägs",
    ),
)

# A municipality has at most some tens of kommundelar; a finer division has more areas.
MOST_LARGE_AREAS = 30


def fineness(audience: str, *, on: date) -> Fineness:
    """Return the rule that holds for a kind of reader on a day."""
    rows = [row for row in FINENESS if row.audience == audience and row.valid_from <= on]
    if not rows:
        raise ValueError(
            f"audience={audience!r} has no rule on {on}; choose public, partners or staff"
        )
    return max(rows, key=lambda row: row.valid_from)


def smallest_shown(rule: Fineness, *, n_areas: int) -> int:
    """Return the smallest count that may be shown of areas as many, and so as small, as these."""
    return rule.smallest_shown_finer if n_areas > MOST_LARGE_AREAS else rule.smallest_shown


def may_follow(now: str, then: str, *, before: str = "") -> bool:
    """Return whether a report may go from one state to another.

    before : the state that a merged report had, which it may go back to.
    """
    if State(now) is State.MERGED and then == before:
        return State.MERGED in NEXT[State(before)]
    return State(then) in NEXT[State(now)]


def may_merge(now: str, into: str, *, is_into_counted: bool) -> bool:
    """Return whether a report may be merged into another.

    What counts is merged only into what does, so that nothing that has happened goes uncounted.
    """
    if State(into) in (State.REJECTED, State.MERGED):
        return False
    is_enough = is_into_counted if State(now) in COUNTED or into == State.ERASED else True
    return is_enough and may_follow(now, State.MERGED)


def is_concern(text: str) -> bool:
    """Return whether a text tells of concern for a child, which belongs to another channel."""
    return _CONCERN.search(text) is not None


def is_acceptable_clock(written_at: datetime, received_at: datetime) -> bool:
    """Return whether a report can have been written when its sender says."""
    return received_at - LONGEST_UNSENT <= written_at <= received_at + MOST_AHEAD


def monday_of(day: date) -> date:
    """Return the Monday of the week that a day falls in."""
    return day - timedelta(days=day.weekday())


def clock(minute: int | None) -> str:
    """Return a minute of the day as people write it: "07.05"; "" where it is not known."""
    return "" if minute is None else f"{minute // 60:02d}.{minute % 60:02d}"
