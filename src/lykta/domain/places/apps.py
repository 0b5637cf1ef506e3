"""What Django needs to know of the room."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """The app of the room."""

    name = "lykta.domain.places"
    label = "places"
