"""The last days of agreements and the meetings of the council, as entries of a calendar."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from lykta.domain.partners import selectors
from lykta.domain.partners.models import CouncilMeeting
from lykta.domain.partners.rules import (
    CHANGE_COOPERATION,
    READ_COOPERATION,
    CouncilMeetingState,
)
from lykta.infrastructure.access import Reach
from lykta.infrastructure.calendars import Entry, feed

PAST = timedelta(days=30)


def entries(reach: Reach, today: date) -> Iterator[Entry]:
    """Yield when agreements end, to those who write the next ones, and when the council meets."""
    yield from _council(reach, today)
    if not reach.may(CHANGE_COOPERATION):
        return
    for row in selectors.agreements(reach).in_force(today).exclude(ends_on=None):
        if row.ends_on:
            yield Entry(
                uid=f"agreement-{row.pk}",
                title=_("Löper ut: {title}").format(title=row.title),
                begins=row.ends_on,
                ends=row.ends_on,
                changed_at=row.changed_at,
                text=", ".join(party.name for party in row.parties.all()),
            )


def one_council_meeting(row: CouncilMeeting, *, address: str) -> bytes:
    """Return one meeting of the council as a calendar."""
    entry = _meeting(row, address=address)
    return feed(entry.title, [entry], domain=settings.INSTALLATION.host)


def _council(reach: Reach, today: date) -> Iterator[Entry]:
    """Yield the meetings, to those who call them and those whose organisation sits there."""
    own = reach.organisations(READ_COOPERATION)
    for row in selectors.council_meetings(reach).filter(begins_at__date__gte=today - PAST):
        seats = selectors.council_members(reach, on=timezone.localtime(row.begins_at).date())
        if reach.may(CHANGE_COOPERATION) or seats.filter(organisation__in=own).exists():
            yield _meeting(row)


def _meeting(row: CouncilMeeting, *, address: str = "") -> Entry:
    return Entry(
        uid=f"council-meeting-{row.pk}",
        title=_("Strategiska rådet"),
        begins=timezone.localtime(row.begins_at),
        ends=timezone.localtime(row.ends_at),
        changed_at=row.changed_at,
        place=row.place,
        text=row.agenda,
        url=address,
        is_cancelled=row.state == CouncilMeetingState.CANCELLED,
    )
