"""What a check says."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext


def said(text: str, **values: object) -> str:
    """Return a text in the reader's language, which is Swedish where there is no installation."""
    translated = gettext(text) if settings.configured else text
    return translated.format(**values)


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was examined."""

    name: str
    is_well: bool
    found: str
    advice: str = ""
    is_urgent: bool = True  # False: worth doing, but everything works meanwhile

    @property
    def is_fault(self) -> bool:
        """Return whether something does not work as it should."""
        return self.is_urgent and not self.is_well
