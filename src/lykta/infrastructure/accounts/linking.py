"""Which accounts are linked with the municipality's own login, and the end of such a link."""

from allauth.socialaccount.models import SocialAccount
from django.db import transaction

from lykta.infrastructure.accounts.models import Account
from lykta.infrastructure.audit import services as audit


def is_linked(account: Account) -> bool:
    """Return whether an account is linked with someone in the municipality's own login."""
    return bool(SocialAccount.objects.filter(user=account).exists())


def has_way_in(account: Account) -> bool:
    """Return whether the owner of an account can log in: whoever says that she is, shall."""
    return account.has_usable_password() or is_linked(account)


@transaction.atomic
def unlink(account: Account, *, by: int | None) -> None:
    """Let an account be nobody's in the municipality's own login, until its owner logs in anew."""
    if SocialAccount.objects.filter(user=account).delete()[0]:
        audit.record("account.unlinked", actor=by, subject=account)
