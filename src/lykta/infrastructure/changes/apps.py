"""What Django needs to know of the changes."""

from django.apps import AppConfig


class ChangesConfig(AppConfig):
    """The app of the changes."""

    name = "lykta.infrastructure.changes"
    label = "changes"
