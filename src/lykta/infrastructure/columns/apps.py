"""What Django needs to know of the columns."""

from django.apps import AppConfig


class ColumnsConfig(AppConfig):
    """The app of the columns."""

    name = "lykta.infrastructure.columns"
    label = "columns"
