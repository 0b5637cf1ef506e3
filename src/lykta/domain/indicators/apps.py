"""What Django needs to know of the room."""

from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    """The app of the room."""

    name = "lykta.domain.indicators"
    label = "indicators"
