"""Writing the network: how two organisations work together from a day on."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from lykta.domain.partners import rules
from lykta.domain.partners.models import Cooperation, Organisation
from lykta.domain.partners.rules import Bond
from lykta.domain.partners.services.screening import check_words
from lykta.infrastructure.access import Reach, require
from lykta.infrastructure.audit import services as audit
from lykta.infrastructure.errors import LyktaError


class WithItself(LyktaError):
    """An organisation does not cooperate with itself."""

    code = "same-organisation"


@transaction.atomic
def note_cooperation(
    reach: Reach, one: Organisation, other: Organisation, *, bond: Bond, valid_from: date,
    now: datetime, note: str = "",
) -> Cooperation:  # fmt: skip
    """Note how two organisations work together from a day on; what was noted before is kept."""
    require(reach, rules.CHANGE_COOPERATION)
    check_words(note)
    if one.pk == other.pk:
        raise WithItself(_("Välj två olika organisationer."))
    first, second = sorted((one.pk, other.pk))
    row = Cooperation.objects.create(
        first_id=first,
        second_id=second,
        bond=bond,
        note=note.strip(),
        valid_from=valid_from,
        recorded_at=now,
        recorded_by_id=reach.user,
    )
    audit.record("cooperation.noted", actor=reach.user, subject=row, bond=bond)
    return row
