"""Working days as Swedes count them, and entries that calendar programs read (iCal, RFC 5545)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

import holidays
from django.utils import timezone
from icalendar import Calendar, Event

_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a calendar. Dates last whole days, the last one included; datetimes know zone."""

    uid: str  # the same for as long as it is the same thing
    title: str
    begins: date
    ends: date
    changed_at: datetime
    place: str = ""
    text: str = ""
    url: str = ""
    is_cancelled: bool = False


def midnight(day: date) -> datetime:
    """Return the instant at which a day begins, on the clock of the municipality."""
    return timezone.make_aware(datetime.combine(day, time.min))


def is_working_day(day: date) -> bool:
    """Return whether offices are open: not on weekends, red days and the eves that count as such.

    Midsummer, Christmas and New Year's Eve count as red by the law on holiday (1977:480).
    """
    return day.weekday() < _SATURDAY and day not in _red_days(day.year)


def add_working_days(day: date, n: int) -> date:
    """Return the nth working day after a day; of nought the day itself, or the next that is one."""
    if n < 0:
        raise ValueError(f"n={n} is before the day; choose 0 or more")
    while n or not is_working_day(day):
        day += timedelta(days=1)
        n -= n > 0 and is_working_day(day)
    return day


def feed(name: str, entries: Iterable[Entry], *, domain: str) -> bytes:
    """Return entries as one calendar; the same entries give the same bytes.

    domain : what makes the uids unique in the world, such as "lykta.exempelby.se".
    """
    calendar = Calendar()
    calendar.add("prodid", "-//lykta//SV")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    for entry in sorted(entries, key=lambda each: each.uid):
        calendar.add_component(_event(entry, domain))
    return calendar.to_ical()


def _event(entry: Entry, domain: str) -> Event:
    event = Event()
    event.add("uid", f"{entry.uid}@{domain}")
    event.add("dtstamp", entry.changed_at.astimezone(UTC))
    event.add("summary", entry.title)
    event.add("dtstart", _moment(entry.begins))
    # A calendar counts the day on which something is over as outside it.
    is_days = not isinstance(entry.ends, datetime)
    event.add("dtend", entry.ends + timedelta(days=1) if is_days else _moment(entry.ends))
    for key, value in (("location", entry.place), ("description", entry.text), ("url", entry.url)):
        if value:
            event.add(key, value)
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    return event


def _moment(value: date) -> date:
    return value.astimezone(UTC) if isinstance(value, datetime) else value


@lru_cache(maxsize=32)
def _red_days(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("SE", years=year, categories=("public", "de_facto")))
