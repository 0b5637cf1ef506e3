"""What Django needs to know of the retention."""

from django.apps import AppConfig


class RetentionConfig(AppConfig):
    """The app of the retention."""

    name = "lykta.infrastructure.retention"
    label = "retention"
