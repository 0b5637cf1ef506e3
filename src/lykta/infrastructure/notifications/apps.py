"""What Django needs to know of the notices."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """The app of the notices."""

    name = "lykta.infrastructure.notifications"
    label = "notifications"
