"""Writing the meetings of the strategic council: planned, then held or cancelled."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from lykta.domain.partners import rules
from lykta.domain.partners.models import CouncilMeeting, Organisation
from lykta.domain.partners.rules import CouncilMeetingState
from lykta.domain.partners.services.screening import check_words
from lykta.infrastructure.access import Reach, require
from lykta.infrastructure.audit import services as audit
from lykta.infrastructure.errors import BadPeriod, LyktaError


class NotYetHeld(LyktaError):
    """The meeting has not begun."""

    code = "meeting-not-begun"


class AlreadyTold(LyktaError):
    """What became of the meeting has been told, and when it was is no longer changed."""

    code = "meeting-told"


@dataclass(frozen=True, slots=True)
class Invited:
    """When and where the council meets, and about what."""

    begins_at: datetime
    ends_at: datetime
    place: str = ""
    agenda: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a meeting: whether it was held, who came, and what was agreed."""

    state: CouncilMeetingState
    present: Collection[int] = ()
    registry_number: str = ""
    agreed: str = ""


@transaction.atomic
def plan_council_meeting(
    reach: Reach, said: Invited, *, now: datetime, meeting: CouncilMeeting | None = None
) -> CouncilMeeting:
    """Return a new meeting, or one that is planned with what is new about it."""
    require(reach, rules.CHANGE_COOPERATION)
    check_words(said.place, said.agenda)
    if said.ends_at <= said.begins_at:
        raise BadPeriod(_("Mötet slutar innan det börjar."))
    row = _locked(meeting) if meeting else CouncilMeeting()
    if not row.is_planned:
        raise AlreadyTold(_("Det står redan hur det gick med mötet. Planera ett nytt i stället."))
    row.begins_at, row.ends_at, row.changed_at = said.begins_at, said.ends_at, now
    row.place, row.agenda = said.place.strip(), said.agenda.strip()
    row.save()
    audit.record("council_meeting.planned", actor=reach.user, subject=row, day=str(row))
    return row


@transaction.atomic
def tell_of_council_meeting(
    reach: Reach, meeting: CouncilMeeting, said: Outcome, *, now: datetime
) -> CouncilMeeting:
    """Return the meeting with what became of it; told again it is put right, and the log knows."""
    require(reach, rules.CHANGE_COOPERATION)
    check_words(said.agreed)
    row = _locked(meeting)
    is_held = said.state is CouncilMeetingState.HELD
    if is_held and now < row.begins_at:
        raise NotYetHeld(_("Mötet har inte börjat än. Ange att det hölls när det är över."))
    row.state, row.changed_at = said.state, now
    row.registry_number, row.agreed = said.registry_number.strip(), said.agreed.strip()
    row.save()
    row.present.set(Organisation.objects.filter(pk__in=said.present if is_held else ()))
    audit.record("council_meeting.told", actor=reach.user, subject=row, state=said.state)
    return row


def _locked(meeting: CouncilMeeting) -> CouncilMeeting:
    return CouncilMeeting.objects.select_for_update().get(pk=meeting.pk)
