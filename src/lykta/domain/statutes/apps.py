"""What Django needs to know of the room."""

from django.apps import AppConfig


class StatutesConfig(AppConfig):
    """The app of the room."""

    name = "lykta.domain.statutes"
    label = "statutes"
