"""What is said of the world outside, kept with its source and day."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from lykta.domain.indicators.models import Citation, Indicator
from lykta.domain.indicators.services.reading_in import CHANGE
from lykta.infrastructure.access import Reach, Refused, require
from lykta.infrastructure.audit import services as audit


@transaction.atomic
def cite(
    reach: Reach, *, text: str, source: str, published_on: date, place: str, **more: Any
) -> Citation:
    """Return a statement that has been kept with its source, its day and what it is about.

    `more` may hold its `url` and the code of an `indicator` that it belongs to.
    """
    require(reach, CHANGE)
    code = more.get("indicator") or ""
    series = Indicator.objects.visible_to(reach).filter(code=code).first()
    if code and series is None:
        raise Refused
    row = Citation.objects.create(
        text=text,
        source=source,
        published_on=published_on,
        place=place,
        url=more.get("url") or "",
        indicator=series,
        recorded_at=timezone.now(),
        recorded_by_id=reach.user,
    )
    audit.record("indicators.cited", actor=reach.user, subject=row, source=source)
    return row
