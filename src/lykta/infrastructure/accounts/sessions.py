"""Where an account is logged in: what its owner sees of it, and how it is ended."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import QuerySet

from lykta.infrastructure.accounts.models import Account, SignIn
from lykta.infrastructure.audit import services as audit

IDLE = timedelta(seconds=settings.SESSION_IDLE_AGE)
LONGEST = timedelta(seconds=settings.SESSION_COOKIE_AGE)


def begin(account_id: int, key: str, *, device: str, now: datetime) -> SignIn:
    """Note that an account is logged in on a device."""
    made, _is_new = SignIn.objects.update_or_create(
        session_key=key,
        defaults={
            "account_id": account_id,
            "device": device,
            "started_at": now,
            "last_seen_at": now,
        },
    )
    return made


def see(key: str, *, now: datetime) -> None:
    """Note that something was asked for."""
    SignIn.objects.filter(session_key=key).update(last_seen_at=now)


def move(key: str, new_key: str) -> None:
    """Let a login go on under another key."""
    SignIn.objects.filter(session_key=key).update(session_key=new_key)


def is_over(*, started_at: datetime, last_seen_at: datetime, now: datetime) -> bool:
    """Return whether a login has lasted as long as it may, or been left alone too long."""
    return now - last_seen_at > IDLE or now - started_at > LONGEST


def ongoing(account: Account, *, now: datetime) -> QuerySet[SignIn]:
    """Return the logins of an account that still hold, the latest seen first."""
    held = Session.objects.filter(expire_date__gt=now).values("session_key")
    return SignIn.objects.filter(
        account=account,
        session_key__in=held,
        last_seen_at__gte=now - IDLE,
        started_at__gte=now - LONGEST,
    ).order_by("-last_seen_at", "-pk")


@transaction.atomic
def end(
    account: Account, *, by: int | None, only: int | None = None, keep: str = ""
) -> int:  # fmt: skip
    """End the logins of an account, or only one, apart from the one to keep; return how many."""
    rows = SignIn.objects.filter(account=account).exclude(session_key=keep)
    if only is not None:
        rows = rows.filter(pk=only)
    keys = list(rows.values_list("session_key", flat=True))
    n = Session.objects.filter(session_key__in=keys).delete()[0]
    rows.delete()
    if n:
        audit.record("account.sessions_ended", actor=by, subject=account, n=n)
    return n


@transaction.atomic
def change_password(account: Account, *, keep: str) -> None:
    """Note that the owner has changed the password, and end every login but the one to keep."""
    end(account, by=account.pk, keep=keep)
    audit.record("account.password_changed", actor=account.pk, subject=account)
