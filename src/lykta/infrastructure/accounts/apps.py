"""What Django needs to know of the accounts."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """The app of the accounts."""

    name = "lykta.infrastructure.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Make Swedish order known before the first connection, and log what is done to factors."""
        from lykta.infrastructure import collation
        from lykta.infrastructure.accounts import factors

        collation.register()
        factors.keep_log()
