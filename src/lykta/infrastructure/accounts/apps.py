"""What Django needs to know of the accounts."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """The app of the accounts."""

    name = "lykta.infrastructure.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Make Swedish order and search known before the first connection."""
        from lykta.infrastructure import collation

        collation.register()
