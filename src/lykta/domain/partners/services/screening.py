"""What must not be written about partners: who. Roles, organisations and places may be named."""

import re
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from lykta.domain.partners.models import Membership, Organisation
from lykta.infrastructure import personal_data
from lykta.infrastructure.errors import LyktaError
from lykta.infrastructure.personal_data.names import is_in_a_list

_EMAIL = re.compile(r"([\w.+-]+)@[\w.-]+")
# How a function is reached, and what is asked of every text but this.
_OF_FUNCTIONS = {personal_data.Kind.EMAIL, personal_data.Kind.PHONE}


class TellsOfPersons(LyktaError):
    """The text tells of persons."""

    code = "personal-data"


def check_words(*texts: str) -> None:
    """Raise where a text tells of persons."""
    said = [personal_data.told(each) for text in texts for each in _found(text)]
    if said:
        raise TellsOfPersons(" ".join(dict.fromkeys(said)))


def check_contact(text: str) -> None:
    """Raise where an address or a number is of a person and not of a function.

    An address is of a person where a word before the @ is a name.
    """
    said = [each for each in _found(text) if each.kind not in _OF_FUNCTIONS]
    owners = (re.sub(r"[._+-]+", " ", each).title() for each in _EMAIL.findall(text))
    if said or any(is_in_a_list(owner) for owner in owners):
        raise TellsOfPersons(
            _("Skriv en adress eller ett nummer till funktionen, inte till en person.")
        )


def _found(text: str) -> tuple[personal_data.Finding, ...]:
    names = Organisation.objects.values_list("name", flat=True)
    known = [*names, *_areas(), settings.INSTALLATION.short_name]
    return personal_data.screen(text, known_places=known)


def _areas() -> list[str]:
    # The areas are another room's, known here by the membership's own link to them.
    areas: Any = Membership.areas.field.related_model
    return list(areas.objects.values_list("name", flat=True))
