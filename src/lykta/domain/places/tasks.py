"""Work for later."""

from lykta.domain.places import services


def place_again() -> None:
    """Place the register by today's borders."""
    services.place_again()
