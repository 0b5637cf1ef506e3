"""The secret address where an account's calendar is read by programs that cannot log in."""

import hashlib
import secrets
from datetime import date, datetime

from django.db import transaction

from lykta.infrastructure.access import NOBODY, Reach, Refused
from lykta.infrastructure.accounts.models import Account
from lykta.infrastructure.audit import services as audit
from lykta.infrastructure.notifications import kinds
from lykta.infrastructure.notifications.models import CalendarAddress

_BYTES = 32  # of chance in a token


@transaction.atomic
def make(reach: Reach, *, now: datetime) -> str:
    """Return a new token for the account of a reach; the one before no longer leads anywhere."""
    if reach.user is None:
        raise Refused
    token = secrets.token_urlsafe(_BYTES)
    made, _is_new = CalendarAddress.objects.update_or_create(
        account_id=reach.user, defaults={"digest": _digest(token), "made_at": now}
    )
    audit.record("calendar.address_made", actor=reach.user, subject=made)
    return token


@transaction.atomic
def take_away(reach: Reach) -> None:
    """Let the address of a reach's account lead nowhere."""
    for found in CalendarAddress.objects.filter(account=reach.user):
        audit.record("calendar.address_taken_away", actor=reach.user, subject=found)
        found.delete()


def made_at(reach: Reach) -> datetime | None:
    """Return when the account of a reach got its address, None where it has none."""
    found = CalendarAddress.objects.filter(account=reach.user)
    return found.values_list("made_at", flat=True).first()


def reader(token: str, *, on: date) -> tuple[Reach, str]:
    """Return what the owner of a token reaches on a day, and reads in which language.

    Nobody's reach for a token that never was, and for one whose owner reaches nothing any more.
    """
    owner = Account.objects.filter(
        pk__in=CalendarAddress.objects.filter(digest=_digest(token)).values("account")
    ).first()
    if owner is None:
        return NOBODY, ""
    return kinds.reach_of(owner.pk, on=on), owner.language


def _digest(token: str) -> str:
    """Return what is kept of a token; so much chance needs no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()
