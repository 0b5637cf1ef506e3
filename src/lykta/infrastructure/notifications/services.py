"""Telling accounts, and what they do with what they are told."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils import timezone

from lykta.infrastructure.access import Reach, Refused
from lykta.infrastructure.audit import services as audit
from lykta.infrastructure.notifications import kinds, selectors, sending
from lykta.infrastructure.notifications.kinds import Channel
from lykta.infrastructure.notifications.models import Choice, Notice
from lykta.infrastructure.notifications.telling import tell


@transaction.atomic
def notify(
    kind: str, *, subject: str, to: Iterable[int], key: str, now: datetime | None = None
) -> None:
    """Tell accounts of a subject, in the transaction of what happened to it.

    An account that has been told by the same key is not told again. Nothing of what the notice
    says is kept: it is made when it is shown or sent, and only if the account may then see it.
    """
    now = now or timezone.now()
    told = Notice.objects.filter(key=key, account__in=set(to)).values_list("account_id", flat=True)
    accounts = sorted(set(to) - set(told))
    channels = _channels(kind, accounts)
    made = (
        Notice(account_id=each, key=key, kind=kind, subject=subject, at=now, channel=channels[each])
        for each in accounts
    )
    Notice.objects.bulk_create(made, ignore_conflicts=True)  # told at once by another
    mailed = [each for each in accounts if channels[each] == Channel.AT_ONCE]
    for notice in Notice.objects.filter(key=key, account__in=mailed):
        sending.put_in_line([notice], account=notice.account_id, key=f"notice:{key}", now=now)


@transaction.atomic
def choose(reach: Reach, channels: Mapping[str, Channel]) -> None:
    """Keep how an account wants to be told of each kind."""
    if reach.user is None or not set(channels) <= set(kinds.offered(reach)):
        raise Refused
    before = selectors.channels(reach)
    changed = {key: each for key, each in channels.items() if each != before[key]}
    for key, channel in changed.items():
        Choice.objects.update_or_create(
            account_id=reach.user, kind=key, defaults={"channel": channel}
        )
    quiet = [key for key, channel in changed.items() if channel == Channel.ONLY_HERE]
    _waiting_for_digest(reach, quiet).update(channel=Channel.ONLY_HERE)
    if changed:
        audit.record("notifications.chosen", actor=reach.user, channels=changed)


@transaction.atomic
def open_notice(reach: Reach, pk: int, *, now: datetime) -> str:
    """Mark one of the reach's own notices as read, and return the address it leads to."""
    notice = get_object_or_404(selectors.own(reach), pk=pk)
    told = tell(reach, [notice], now=now)
    if not told:
        raise Refused
    selectors.unread(reach).filter(pk=pk).update(read_at=now)
    return told[0].message.url


def read_all(reach: Reach, *, now: datetime) -> int:
    """Mark every notice of the reach as read, and return how many were not."""
    return selectors.unread(reach).update(read_at=now)


def _channels(kind: str, accounts: list[int]) -> dict[int, str]:
    """Return how each account is told of a kind; without a mail server only in lykta."""
    default = kinds.kind(kind).default
    if not sending.is_set_up():
        return dict.fromkeys(accounts, Channel.ONLY_HERE)
    chosen = Choice.objects.filter(kind=kind, account__in=accounts)
    return dict.fromkeys(accounts, default) | dict(chosen.values_list("account_id", "channel"))


def _waiting_for_digest(reach: Reach, keys: list[str]) -> selectors.Notices:
    return selectors.own(reach).filter(kind__in=keys, channel=Channel.DIGEST, mail=None)
