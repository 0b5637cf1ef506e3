"""Reading accounts; who may do so is decided by the room that asks."""

from django.db.models import QuerySet

from lykta.infrastructure import collation
from lykta.infrastructure.accounts.models import Account


def accounts() -> QuerySet[Account]:
    """Return every account, in Swedish order of their names."""
    return Account.objects.order_by(collation.in_swedish("name"), "pk")


def demo_accounts() -> QuerySet[Account]:
    """Return the accounts of the demo, in the order they were made."""
    return Account.objects.filter(is_demo=True, is_active=True).order_by("pk")
