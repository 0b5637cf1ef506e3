"""What must not be written about partners: who. Roles, organisations and places may be named."""

from typing import Any

from lykta.domain.partners.models import Membership, Organisation
from lykta.infrastructure import personal_data
from lykta.infrastructure.errors import LyktaError


class TellsOfPersons(LyktaError):
    """The text tells of persons."""

    code = "personal-data"


def check_words(*texts: str) -> None:
    """Raise where a text tells of persons."""
    known = [*Organisation.objects.values_list("name", flat=True), *_areas()]
    said = [
        personal_data.told(each)
        for text in texts
        for each in personal_data.screen(text, known_places=known)
    ]
    if said:
        raise TellsOfPersons(" ".join(dict.fromkeys(said)))


def _areas() -> list[str]:
    # The areas are another room's, known here by the membership's own link to them.
    areas: Any = Membership.areas.field.related_model
    return list(areas.objects.values_list("name", flat=True))
