"""What must not be written: who, and what belongs to another channel. Nothing of it is kept."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from lykta.domain.events import rules
from lykta.infrastructure import personal_data
from lykta.infrastructure.errors import LyktaError


class OtherChannel(LyktaError):
    """What is told belongs to another channel."""

    code = "other-channel"


class PersonalData(LyktaError):
    """The text tells of persons."""

    code = "personal-data"


def findings(text: str, *, known_places: Iterable[str] = ()) -> list[dict[str, Any]]:
    """Return where in a text something tells of persons, and what to do about it."""
    found = personal_data.screen(text, known_places=frozenset(known_places))
    return [
        {"start": each.start, "end": each.end, "kind": each.kind, "say": personal_data.told(each)}
        for each in found
    ]


def check_words(text: str, *, known_places: Iterable[str] = ()) -> None:
    """Raise where a text tells of persons, or of concern for a child."""
    if rules.is_concern(text):
        raise OtherChannel(
            _(
                "Det låter som oro för ett barn. Det rapporteras inte här och inget har sparats. "
                "Gör en orosanmälan till socialtjänsten, kvällar och helger till socialjouren. "
                "Vid fara: ring 112."
            )
        )
    found = personal_data.screen(text, known_places=frozenset(known_places))
    if found:
        raise PersonalData(" ".join(dict.fromkeys(map(personal_data.told, found))))
