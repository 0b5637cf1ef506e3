"""Reading the strategic council: what it is on a day, who sits there, and when it meets."""

from datetime import date, datetime, time

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from lykta.domain.partners.models import (
    CouncilMeeting,
    CouncilMeetingQuerySet,
    CouncilMember,
    Organisation,
    StrategicCouncil,
)
from lykta.domain.partners.rules import CouncilMeetingState, OrganisationKind, a_year_before
from lykta.infrastructure import collation
from lykta.infrastructure.access import Reach
from lykta.infrastructure.calendars import midnight


def council(reach: Reach, *, on: date) -> StrategicCouncil | None:
    """Return the council of a day, None where there is none (C13)."""
    rows = StrategicCouncil.objects.visible_to(reach).standing().filter(starts_on__lte=on)
    row: StrategicCouncil | None = rows.select_related("chair").order_by("starts_on", "pk").last()
    return None if row is None or row.is_ended else row


def all_council_members(reach: Reach) -> QuerySet[CouncilMember]:
    """Return the seats of all days, by organisation in Swedish order."""
    rows: QuerySet[CouncilMember] = CouncilMember.objects.visible_to(reach).standing()
    return rows.select_related("organisation").order_by(
        collation.in_swedish("organisation__name"), "starts_on", "pk"
    )


def council_members(reach: Reach, *, on: date) -> QuerySet[CouncilMember]:
    """Return the seats that are held on a day."""
    still = Q(ends_on__isnull=True) | Q(ends_on__gte=on)
    return all_council_members(reach).filter(still, starts_on__lte=on)


def without_leaders(reach: Reach, *, on: date) -> list[Organisation]:
    """Return the organisations outside the municipality with nobody in a leading position (C14)."""
    found: dict[Organisation, bool] = {}
    for seat in council_members(reach, on=on):
        if seat.organisation.kind != OrganisationKind.MUNICIPALITY:
            found[seat.organisation] = found.get(seat.organisation, False) or seat.is_leading
    return [organisation for organisation, is_led in found.items() if not is_led]


def council_meetings(reach: Reach) -> CouncilMeetingQuerySet:
    """Return the meetings of the council, the latest first."""
    return CouncilMeeting.objects.visible_to(reach).prefetch_related("present")


def council_meeting(reach: Reach, pk: int) -> CouncilMeeting:
    """Return one meeting within reach, or refuse as if it did not exist."""
    return get_object_or_404(council_meetings(reach), pk=pk)


def council_meetings_held(reach: Reach, *, on: date) -> CouncilMeetingQuerySet:
    """Return the meetings that were held in the twelve months up to a day (C15)."""
    rows = council_meetings(reach).filter(state=CouncilMeetingState.HELD)
    return rows.filter(begins_at__gte=midnight(a_year_before(on)), begins_at__lte=_end(on))


def next_council_meeting(reach: Reach, *, on: date) -> CouncilMeeting | None:
    """Return the first meeting from a day on that is not cancelled."""
    rows = council_meetings(reach).exclude(state=CouncilMeetingState.CANCELLED)
    return rows.filter(begins_at__gte=midnight(on)).order_by("begins_at").first()


def search_councils(reach: Reach, text: str, *, on: date) -> list[StrategicCouncil]:
    """Return the council of a day where its name holds a text."""
    row = council(reach, on=on) if text.strip() else None
    if row is None:
        return []
    return list(StrategicCouncil.objects.filter(pk=row.pk, local_name__mentions=text))


def _end(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.max))
