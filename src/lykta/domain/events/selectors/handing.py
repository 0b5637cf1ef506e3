"""Reading what has been handed off: for the one who holds a link, and for those who made it."""

from datetime import datetime

from django.db.models import Prefetch, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from lykta.domain.events.models import TRIAGE, HandOff, Photo, Report, Step
from lykta.domain.events.rules import Act, State
from lykta.infrastructure.access import Reach, require


def handed_off(token: str, *, now: datetime) -> HandOff | None:
    """Return what a link leads to while it holds; None for what has ended and what never was."""
    rows = HandOff.objects.filter(
        digest=HandOff.digest_of(token), withdrawn_at=None, last_day__gte=timezone.localdate(now)
    )
    rows = rows.exclude(report__state=State.ERASED)
    related = ("report__category", "report__place", "report__area")
    return rows.select_related("report", *related).first()


def handed_off_photo(row: HandOff, number: int) -> Photo | None:
    """Return one of the photos that were chosen, by its place among them."""
    photos = list(row.photos.order_by("pk"))
    return photos[number - 1] if 0 < number <= len(photos) else None


def replies_to(row: HandOff) -> QuerySet[Step]:
    """Return what the one who holds a link has answered."""
    return Step.objects.filter(hand_off=row, act=Act.REPLIED)


def hand_offs(reach: Reach, report: Report) -> QuerySet[HandOff]:
    """Return the hand-offs of a report, each with its answers."""
    require(reach, TRIAGE)
    answers = Prefetch("steps", Step.objects.filter(act=Act.REPLIED), to_attr="answers")
    return HandOff.objects.filter(report=report).prefetch_related(answers, "photos")


def hand_off_of(reach: Reach, pk: int) -> HandOff:
    """Return one hand-off, or refuse as if it did not exist."""
    require(reach, TRIAGE)
    return get_object_or_404(HandOff.objects.select_related("report"), pk=pk)
