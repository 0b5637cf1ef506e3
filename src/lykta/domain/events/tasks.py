"""Work for later."""

from lykta.domain.events import services


def place_again() -> None:
    """Place every event by today's borders."""
    services.place_again()
