"""A kind of notice for the tests: of a lamp, which some may no longer see."""

from lykta.domain.partners.rules import READ_PLACES
from lykta.infrastructure.access import Reach, Refused
from lykta.infrastructure.notifications.kinds import Channel, Kind, Message

HIDDEN: set[str] = set()


def _message(reach: Reach, subject: str) -> Message:
    if subject in HIDDEN or reach.user is None:
        raise Refused
    return Message(f"Lampa {subject} är släckt", "Den har nummer å.", f"/lampor/{subject}/")


LAMP = Kind("Släckta lampor", READ_PLACES, _message, default=Channel.AT_ONCE)
