"""The second factors of an account: written in the log, and taken away when they are lost."""

from typing import Any

from allauth.mfa import signals
from allauth.mfa.models import Authenticator
from django.db import transaction

from lykta.infrastructure.accounts.models import Account
from lykta.infrastructure.audit import services as audit


def count(account: Account) -> int:
    """Return how many second factors an account has, recovery codes apart."""
    rows = Authenticator.objects.filter(user=account)
    return int(rows.exclude(type=Authenticator.Type.RECOVERY_CODES).count())


@transaction.atomic
def remove_all(account: Account, *, by: int | None) -> int:
    """Take every second factor from an account whose owner has lost hers; return how many."""
    n = count(account)
    Authenticator.objects.filter(user=account).delete()
    if n:
        audit.record("account.factors_removed", actor=by, subject=account, n=n)
    return n


@transaction.atomic
def _added(*, user: Account, authenticator: Authenticator, **_more: Any) -> None:
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        audit.record("account.recovery_codes_made", actor=user.pk, subject=user)
    else:
        kind = str(authenticator.type)
        audit.record("account.factor_added", actor=user.pk, subject=user, kind=kind)


@transaction.atomic
def _removed(*, user: Account, authenticator: Authenticator, **_more: Any) -> None:
    kind = str(authenticator.type)
    audit.record("account.factor_removed", actor=user.pk, subject=user, kind=kind)


@transaction.atomic
def _used(*, user: Account, authenticator: Authenticator, **_more: Any) -> None:
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        audit.record("account.recovery_code_used", actor=user.pk, subject=user)


@transaction.atomic
def _failed(*, user: Account, **_more: Any) -> None:
    audit.record("login.failed", actor=None, subject=user)


def keep_log() -> None:
    """Let what happens to factors be written in the log."""
    signals.authenticator_added.connect(_added)
    signals.authenticator_reset.connect(_added)
    signals.authenticator_removed.connect(_removed)
    signals.authenticator_used.connect(_used)
    signals.authentication_failed.connect(_failed)
