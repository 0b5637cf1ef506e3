"""What Django needs to know of the imports."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    """The app of the imports."""

    name = "lykta.infrastructure.imports"
    label = "imports"
