"""What Django needs to know of the web."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The app that holds the frame, its static files and the pages that join rooms."""

    name = "lykta.web"
    label = "web"
