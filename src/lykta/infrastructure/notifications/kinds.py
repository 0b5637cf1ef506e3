"""What a room hands over so that accounts are told of something."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.conf import settings
from django.utils.functional import Promise
from django.utils.module_loading import import_string

from lykta.infrastructure.access import Reach


class Channel(StrEnum):
    """How an account is told, beside that the notice is in lykta."""

    AT_ONCE = "at_once"
    DIGEST = "digest"  # one mail each working day
    ONLY_HERE = "only_here"


@dataclass(frozen=True, slots=True)
class Message:
    """What a notice says. It may leave the house by mail: nothing of a person, no free text."""

    title: str
    text: str
    url: str  # the page in lykta, from the root: "/moten/12/"
    # Its reader may have no way in yet: the mail leads to the page itself, not to the notice.
    is_for_strangers: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of notice."""

    name: str | Promise  # as the page of choices says it: "Nya rapporter i inkorgen"
    # Without it the kind is not offered, and its notices are withheld; "": whoever it is sent to.
    right: str
    # Of the recipient's reach at this moment and the subject; None where it may not be seen.
    message: Callable[[Reach, str], Message | None]
    default: Channel = Channel.DIGEST


def kind(key: str) -> Kind:
    """Return a kind that the project has named."""
    if key not in settings.NOTIFICATIONS:
        raise ValueError(f"kind={key!r} is not in settings.NOTIFICATIONS")
    found: Kind = import_string(settings.NOTIFICATIONS[key])
    return found


def offered(reach: Reach) -> dict[str, Kind]:
    """Return the kinds that the reach may be told of."""
    found = {key: kind(key) for key in settings.NOTIFICATIONS}
    return {key: each for key, each in found.items() if reach.may(each.right)}


def reach_of(account_id: int, *, on: date) -> Reach:
    """Return what an account reaches on a day, as the project says."""
    found: Reach = import_string(settings.REACH_OF)(account_id, on=on)
    return found
