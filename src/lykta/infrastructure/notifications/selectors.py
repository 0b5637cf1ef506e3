"""Reading notices: each account its own, and how many mails wait."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from lykta.infrastructure.access import Reach
from lykta.infrastructure.notifications import kinds
from lykta.infrastructure.notifications.kinds import Channel
from lykta.infrastructure.notifications.models import Choice, Mail, Notice, State
from lykta.infrastructure.notifications.telling import Told, tell

Notices = QuerySet[Notice]
REMEMBERED = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Line:
    """How many mails wait, and how many were given up not long ago."""

    n_waiting: int
    n_tried: int  # of those that wait, and have failed before
    n_given_up: int
    reason: str  # of the last that failed, "" for none


def own(reach: Reach) -> Notices:
    """Return the reach's own notices but for those withheld, the newest first."""
    if reach.user is None:
        return Notice.objects.none()
    rows = Notice.objects.filter(account=reach.user, withheld_at=None)
    return rows.order_by("-at", "-pk")


def unread(reach: Reach) -> Notices:
    """Return those of them that have not been read."""
    return own(reach).filter(read_at=None)


def notices(reach: Reach, *, now: datetime, at_most: int) -> list[Told]:
    """Return the newest notices with what they say; what may no longer be seen is left out."""
    return tell(reach, own(reach)[:at_most], now=now)


def channels(reach: Reach) -> dict[str, Channel]:
    """Return how the reach is told of each kind that it may be told of."""
    chosen = dict(Choice.objects.filter(account=reach.user).values_list("kind", "channel"))
    return {
        key: Channel(chosen.get(key, each.default)) for key, each in kinds.offered(reach).items()
    }


def line(*, now: datetime) -> Line:
    """Return how many mails wait, and how many were given up in the last week."""
    waiting = Mail.objects.filter(state=State.WAITING)
    given_up = Mail.objects.filter(state=State.GIVEN_UP, done_at__gte=now - REMEMBERED)
    tried = waiting.exclude(reason="")
    reasons = (tried | given_up).order_by("-pk").values_list("reason", flat=True)
    return Line(waiting.count(), tried.count(), given_up.count(), reasons.first() or "")
