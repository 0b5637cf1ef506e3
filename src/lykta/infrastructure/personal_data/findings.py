"""What is found in a text: of what kind, from where to where, and what to do about it."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class Kind(StrEnum):
    """What tells of a person."""

    PERSONAL_NUMBER = "personnummer"
    COORDINATION_NUMBER = "samordningsnummer"
    PHONE = "telefon"
    EMAIL = "e-post"
    PLATE = "bil"
    NAME = "namn"
    DWELLING = "bostad"


_TOLD = {
    Kind.PERSONAL_NUMBER: gettext_lazy("Ta bort personnumret."),
    Kind.COORDINATION_NUMBER: gettext_lazy("Ta bort samordningsnumret."),
    Kind.PHONE: gettext_lazy("Ta bort telefonnumret."),
    Kind.EMAIL: gettext_lazy("Ta bort e-postadressen."),
    Kind.PLATE: gettext_lazy("Ta bort registreringsnumret."),
    Kind.NAME: gettext_lazy("Ta bort namnet."),
    Kind.DWELLING: gettext_lazy("Ta bort adressen till en bostad."),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that tells of a person; never the words themselves."""

    kind: Kind
    start: int
    end: int


def told(finding: Finding) -> str:
    """Return what to do about a finding."""
    return f"{_TOLD[finding.kind]} {_('Skriv om platsen, inte om personer.')}"
