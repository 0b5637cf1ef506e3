"""What Django needs to know of the web."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The app that holds the frame, its static files and the pages that join rooms."""

    name = "lykta.web"
    label = "web"

    def ready(self) -> None:
        """Let who adds a second factor have taken the second step."""
        from lykta.web import strength

        strength.keep_step()
