"""What Django needs to know of the plans."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """The app of the plans."""

    name = "lykta.domain.plans"
    label = "plans"
