"""Work for later."""

from django.utils import timezone

from lykta.domain.places import services


def place_again() -> None:
    """Place the register of places by today's borders."""
    services.place_again(today=timezone.localdate())
