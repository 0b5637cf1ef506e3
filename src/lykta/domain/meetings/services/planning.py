"""The wheel of the year: what is known beforehand to move people."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from lykta.domain.events import services as reports
from lykta.domain.meetings.models import HOLD, PlannedEvent
from lykta.infrastructure.access import Reach, require
from lykta.infrastructure.audit import services as audit
from lykta.infrastructure.errors import BadPeriod


@transaction.atomic
def add_planned(
    reach: Reach,
    name: str,
    *,
    first_day: date,
    last_day: date,
    now: datetime,
    is_yearly: bool = False,
    area: int | None = None,
) -> PlannedEvent:
    """Return something that is planned, once or every year."""
    require(reach, HOLD)
    reports.check_words(name)
    if last_day < first_day:
        raise BadPeriod(_("Tiden slutar innan den börjar."))
    row = PlannedEvent.objects.create(
        name=name.strip(),
        first_day=first_day,
        last_day=last_day,
        is_yearly=is_yearly,
        area_id=area,
        changed_at=now,
    )
    audit.record("planned.added", actor=reach.user, subject=row)
    return row


@transaction.atomic
def remove_planned(reach: Reach, row: PlannedEvent) -> None:
    """Take away something that is planned; frozen pictures say what they said."""
    require(reach, HOLD)
    audit.record("planned.removed", actor=reach.user, subject=row, name=row.name)
    row.delete()
