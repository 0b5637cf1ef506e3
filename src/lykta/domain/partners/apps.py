"""What Django needs to know of the room."""

from django.apps import AppConfig


class PartnersConfig(AppConfig):
    """The app of the room."""

    name = "lykta.domain.partners"
    label = "partners"
