"""What Django needs to know of the events."""

from django.apps import AppConfig


class EventsConfig(AppConfig):
    """The app of the events."""

    name = "lykta.domain.events"
    label = "events"
