"""Making what notices say, for the reach of their recipient at this moment."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.http import Http404

from lykta.infrastructure.access import Reach
from lykta.infrastructure.notifications import kinds
from lykta.infrastructure.notifications.kinds import Message
from lykta.infrastructure.notifications.models import Notice
from lykta.infrastructure.once import one_page


@dataclass(frozen=True, slots=True)
class Told:
    """A notice and what it says."""

    notice: Notice
    message: Message


def tell(reach: Reach, notices: Iterable[Notice], *, now: datetime) -> list[Told]:
    """Return what may be told, in the order given, and mark the others as withheld for good."""
    told, withheld = [], []
    with one_page():
        for notice in notices:
            if message := _message(reach, notice):
                told.append(Told(notice, message))
            else:
                withheld.append(notice.pk)
    if withheld:
        Notice.objects.filter(pk__in=withheld).update(withheld_at=now)
    return told


def _message(reach: Reach, notice: Notice) -> Message | None:
    if notice.kind not in settings.NOTIFICATIONS:  # of an older version
        return None
    found = kinds.kind(notice.kind)
    if found.right and not reach.may(found.right):
        return None
    try:
        return found.message(reach, notice.subject)
    except Http404:  # as selectors answer for what is not within reach
        return None
