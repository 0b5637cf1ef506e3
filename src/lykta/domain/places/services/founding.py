"""The municipality's own area, before any file has given its border."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from lykta.domain.places.models import Area, AreaVersion
from lykta.domain.places.rules import BorderOrigin, Kind
from lykta.infrastructure.access import Reach, require
from lykta.infrastructure.audit import services as audit

CHANGE = "change places"


@transaction.atomic
def found_municipality(reach: Reach, *, name: str, code: str, valid_from: date) -> Area:
    """Return the municipality's own area, added without a border if there is none."""
    require(reach, CHANGE)
    if known := Area.objects.filter(kind=Kind.MUNICIPALITY).first():
        return known
    area = Area.objects.create(code=code, kind=Kind.MUNICIPALITY, name=name)
    AreaVersion.objects.create(
        area=area,
        valid_from=valid_from,
        recorded_at=timezone.now(),
        recorded_by_id=reach.user,
        name=name,
        border_origin=BorderOrigin.NONE,
    )
    audit.record("area.founded", actor=reach.user, subject=area)
    return area
