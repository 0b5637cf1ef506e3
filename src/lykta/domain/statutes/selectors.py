"""Reading law as of a day. Law is public; who asks makes no difference."""

from datetime import date

from django.db.models import QuerySet

from lykta.domain.statutes.models import LegalBasis
from lykta.infrastructure.access import Reach, require

READ = "read statutes"


def in_force(reach: Reach, *, as_of: date) -> QuerySet[LegalBasis]:
    """Return the law that was in force on a day."""
    require(reach, READ)
    return LegalBasis.objects.in_force(as_of).order_by("statute", "id")


def changes_after(reach: Reach, *, as_of: date) -> QuerySet[LegalBasis]:
    """Return the law that was not in force yet on a day, the nearest first."""
    require(reach, READ)
    return LegalBasis.objects.filter(valid_from__gt=as_of).order_by("valid_from", "id")


def search(reach: Reach, text: str, *, as_of: date, at_most: int = 20) -> list[LegalBasis]:
    """Return the law in force whose number, title or summary holds a text."""
    if not text.strip() or not reach.may(READ):
        return []
    rows = LegalBasis.objects.in_force(as_of)
    found = (
        rows.filter(title__mentions=text)
        | rows.filter(summary__mentions=text)
        | rows.filter(statute__mentions=text)
    )
    return list(found.order_by("statute", "id")[:at_most])
