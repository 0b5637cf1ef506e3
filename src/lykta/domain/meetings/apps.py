"""The app of meetings."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """The room of the weekly picture and the meeting."""

    name = "lykta.domain.meetings"
    label = "meetings"
