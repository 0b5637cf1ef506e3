"""The languages that residents may read in besides: catalogues in the installation's own folder."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from gettext import GNUTranslations
from pathlib import Path

from django.conf.locale import LANG_INFO
from django.utils.translation import to_language

from lykta.infrastructure.errors import LyktaError

FOLDER = "locale"


class BadCatalogue(LyktaError):
    """A catalogue of texts cannot be read."""

    code = "bad-catalogue"


@dataclass(frozen=True, slots=True)
class Language:
    """A language, as it is called by those who read it."""

    code: str
    name: str
    is_rtl: bool  # read from right to left


def languages(home: Path) -> Iterator[Language]:
    """Yield the languages of the catalogues; what Django does not know of one, its header says."""
    for path in sorted((home / FOLDER).glob("*/LC_MESSAGES/django.mo")):
        said = _header(path)
        code = to_language(path.parents[1].name)
        known = LANG_INFO.get(code, {})
        name = said.get("x-language-name") or known.get("name_local") or code
        is_rtl = known.get("bidi", False) or said.get("x-direction") == "rtl"
        yield Language(code, name[:1].upper() + name[1:], is_rtl)


def _header(path: Path) -> dict[str, str]:
    try:
        with path.open("rb") as file:
            return GNUTranslations(file).info()
    except (OSError, ValueError, struct.error) as error:
        raise BadCatalogue(f"Katalogen ”{path}” går inte att läsa: {error}.") from None
