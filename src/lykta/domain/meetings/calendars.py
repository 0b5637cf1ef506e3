"""Meetings, actions and what is planned, as entries of a calendar."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from lykta.domain.meetings import rules, selectors, words
from lykta.domain.meetings.models import Meeting, PlannedEvent
from lykta.domain.meetings.rules import week_of
from lykta.infrastructure.access import Reach
from lykta.infrastructure.calendars import Entry, feed

PAST, AHEAD = timedelta(days=30), timedelta(days=365)


def entries(reach: Reach, today: date) -> Iterator[Entry]:
    """Yield what a reader's calendar holds: meetings, own actions, and what is planned."""
    for row in selectors.meetings(reach).filter(begins_at__date__gte=today - PAST):
        yield meeting_entry(reach, row)
    for action in selectors.own(reach):
        yield Entry(
            uid=f"action-{action.pk}",
            title=_("Klart senast: {text}").format(text=action.decision.text),
            begins=action.due,
            ends=action.due,
            changed_at=action.changed_at,
            text=str(action.organisation),
        )
    for planned in selectors.planned_events(reach):
        yield from _planned(planned, today)


def meeting_entry(reach: Reach, row: Meeting, *, address: str = "") -> Entry:
    """Return a meeting as an entry, with what the frozen picture says first."""
    found = selectors.frozen(reach, row.week)
    said = [words.sentences(found.figures)[0].text] if found else []
    left = [
        each for each in selectors.to_follow_up(reach, row.week) if each.state in rules.UNDER_WAY
    ]
    said.append(_("Åtgärder att följa upp: {n}.").format(n=len(left)))
    return Entry(
        uid=f"meeting-{row.week.key}",
        title=_("Veckomöte om {week}").format(week=words.week_words(row.week)),
        begins=timezone.localtime(row.begins_at),
        ends=timezone.localtime(row.ends_at),
        changed_at=row.changed_at,
        place=row.place,
        text="\n".join(said),
        url=address,
    )


def one(reach: Reach, row: Meeting, *, address: str) -> bytes:
    """Return one meeting as a calendar."""
    entry = meeting_entry(reach, row, address=address)
    return feed(entry.title, [entry], domain=settings.INSTALLATION.host)


def _planned(row: PlannedEvent, today: date) -> Iterator[Entry]:
    """Yield what is planned as often as it falls in the time that a calendar shows."""
    week, seen = week_of(today - PAST), set()
    while week.monday <= today + AHEAD:
        days = rules.occurs(row.first_day, row.last_day, is_yearly=row.is_yearly, week=week)
        if days and days not in seen:
            seen.add(days)
            yield Entry(
                uid=f"planned-{row.pk}-{days[0].year}",
                title=row.name,
                begins=days[0],
                ends=days[1],
                changed_at=row.changed_at,
                place=row.area.name if row.area else "",
            )
        week = week.after
