"""What must not be written: who, and what belongs to another channel. Nothing of it is kept."""

import re
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from lykta.domain.events import rules
from lykta.domain.places import selectors as places
from lykta.infrastructure import personal_data
from lykta.infrastructure.errors import LyktaError
from lykta.infrastructure.personal_data import Finding, Kind

_FLAT = re.compile(r"\b(?:lgh|lägenhet|tr|trappor)\b", re.IGNORECASE)


class OtherChannel(LyktaError):
    """What is told belongs to another channel."""

    code = "other-channel"


class PersonalData(LyktaError):
    """The text tells of persons."""

    code = "personal-data"


def findings(text: str) -> list[dict[str, Any]]:
    """Return where in a text something tells of persons, and what to do about it."""
    found = personal_data.screen(text, known_places=places.known_names())
    return [
        {
            "start": _in_browser(text[: each.start]),
            "end": _in_browser(text[: each.end]),
            "kind": each.kind,
            "say": personal_data.told(each),
        }
        for each in found
    ]


def check_words(text: str) -> None:
    """Raise where a text tells of persons, or of concern for a child."""
    if rules.is_concern(text):
        raise OtherChannel(
            _(
                "Det låter som oro för ett barn. Det rapporteras inte här och inget har sparats. "
                "Gör en orosanmälan till socialtjänsten, kvällar och helger till socialjouren. "
                "Vid fara: ring 112."
            )
        )
    _refuse(personal_data.screen(text, known_places=places.known_names()))


def _in_browser(text: str) -> int:
    """Return how long a text is as browsers count: an emoji is two."""
    return len(text.encode("utf-16-le")) // 2


def check_place(text: str) -> None:
    """Raise where what is said of a place tells of persons; an address without a flat does not."""
    found = personal_data.screen(text, known_places=places.known_names())
    _refuse(
        each
        for each in found
        if each.kind is not Kind.DWELLING or _FLAT.search(text[each.start : each.end])
    )


def _refuse(found: Iterable[Finding]) -> None:
    if said := " ".join(dict.fromkeys(map(personal_data.told, found))):
        raise PersonalData(said)
