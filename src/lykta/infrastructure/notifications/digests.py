"""One mail each working day, to those who want it so."""

from datetime import datetime
from itertools import groupby

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from lykta.infrastructure.calendars import is_working_day
from lykta.infrastructure.notifications import sending
from lykta.infrastructure.notifications.kinds import Channel
from lykta.infrastructure.notifications.models import Notice


@transaction.atomic
def make(*, now: datetime) -> None:
    """Make today's mails of what has come since the last; before its time, nothing.

    Done again the same day it makes the same: only what came before the time of day is asked for.
    """
    local = timezone.localtime(now)
    until = local.replace(
        hour=settings.DIGEST_AT.hour, minute=settings.DIGEST_AT.minute, second=0, microsecond=0
    )
    if local < until or not is_working_day(local.date()) or not sending.is_set_up():
        return
    waiting = Notice.objects.filter(
        channel=Channel.DIGEST, mail=None, read_at=None, withheld_at=None, at__lt=until
    )
    for account, notices in groupby(
        waiting.order_by("account", "at", "pk"), key=lambda each: each.account_id
    ):
        key = f"digest:{local.date()}"
        sending.put_in_line(list(notices), account=account, key=key, now=now)
