"""What Django needs to know of the audit log."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The app of the audit log."""

    name = "lykta.infrastructure.audit"
    label = "audit"
