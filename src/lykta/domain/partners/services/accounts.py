"""Writing accounts, for those who may."""

from lykta.domain.partners import rules
from lykta.infrastructure.access import Reach, require
from lykta.infrastructure.accounts import factors, linking, sessions
from lykta.infrastructure.accounts import services as accounts
from lykta.infrastructure.accounts.models import Account


def add_account(reach: Reach, *, email: str, name: str) -> Account:
    """Return a new account."""
    require(reach, rules.ADMINISTER_ACCOUNTS)
    return accounts.create(email=email, name=name, by=reach.user)


def change_account(reach: Reach, account: Account, *, name: str, is_active: bool) -> Account:
    """Change the name of an account, and whether it may be used."""
    require(reach, rules.ADMINISTER_ACCOUNTS)
    return accounts.change(account, name=name, is_active=is_active, by=reach.user)


def invite(reach: Reach, account: Account) -> str:
    """Return the path where the owner of an account chooses a password."""
    require(reach, rules.ADMINISTER_ACCOUNTS)
    return accounts.invite(account, by=reach.user)


def end_sessions(reach: Reach, account: Account) -> int:
    """End every login of an account, and return how many there were."""
    require(reach, rules.ADMINISTER_ACCOUNTS)
    return sessions.end(account, by=reach.user)


def remove_factors(reach: Reach, account: Account) -> int:
    """Take every second factor from an account whose owner has lost hers; return how many."""
    require(reach, rules.ADMINISTER_ACCOUNTS)
    return factors.remove_all(account, by=reach.user)


def unlink(reach: Reach, account: Account) -> None:
    """Let an account be nobody's in the municipality's own login."""
    require(reach, rules.ADMINISTER_ACCOUNTS)
    linking.unlink(account, by=reach.user)
