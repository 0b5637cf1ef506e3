"""Letting in whom the municipality's own login has let in."""

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from lykta.domain.partners.models import GroupRole
from lykta.domain.partners.services.groups import follow_groups
from lykta.infrastructure.accounts import linking
from lykta.infrastructure.accounts import services as accounts
from lykta.infrastructure.accounts.models import Account
from lykta.infrastructure.accounts.selectors import accounts as all_accounts
from lykta.infrastructure.audit import services as audit
from lykta.infrastructure.errors import LyktaError


class LinkedToAnother(LyktaError):
    """The address is of an account that is linked with someone else in the provider."""

    code = "linked-to-another"


@transaction.atomic
def admit(
    *, email: str, name: str, groups: Collection[str], linked: Account | None, on: date
) -> Account | None:
    """Return the account of who logs in, which has what her groups give; None for a stranger.

    It is the one that is linked with her, else the one with her address, else a new one where a
    group gives her something to do here. The address is "" where the provider vouches for none.
    """
    rows = GroupRole.objects.filter(group__in=groups, ended_at=None)
    given = list(rows.select_related("organisation").order_by("pk"))
    account = linked or _of_address(email) or (_made(email, name) if given else None)
    if account is None or not account.is_active:
        return account
    if linked is None:
        audit.record("account.linked", actor=account.pk, subject=account)
    follow_groups(account, given, on=on)
    return account


def _of_address(email: str) -> Account | None:
    account = all_accounts().filter(email__iexact=email).first() if email else None
    if account and linking.is_linked(account):
        raise LinkedToAnother(
            _(
                "Din adress hör till ett konto som är kopplat till någon annan i kommunens "
                "inloggning. Be it-drift ta bort kopplingen."
            )
        )
    return account


def _made(email: str, name: str) -> Account | None:
    if not email:
        return None
    called = name.strip()[:120] or email.partition("@")[0]
    return accounts.create(email=email, name=called, by=None)
