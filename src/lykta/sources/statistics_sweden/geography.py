"""The code, and the version of the division, of a region as the statistics write it."""

import re

from lykta.sources.statistics_sweden.municipalities import by_name, counties

COUNTRY = "00"
_COUNTRY_NAMES = ("riket", "hela landet", "sverige")
_SMALL_AREA = re.compile(r"^(\d{4}[ABC]\d{4}|\d{4}R\d{3})(?:_(DeSO|RegSO)(\d{4}))?$")
# From this year on the figures refer to the areas of 2025.
_FIRST_YEAR_OF_NEW_AREAS = 2024


def region(text: str, year: int | None) -> tuple[str, str]:
    """Return the code and version of a region named by code or name; the name where unknown."""
    name = text.strip().replace("–", "-")
    if match := _SMALL_AREA.match(name):
        return match[1], _version(match[1], match[3], year)
    if re.fullmatch(r"\d{4}|\d{2}", name):
        return name, "kommun" if len(name) == 4 else "län"
    folded = name.casefold()
    if folded in _COUNTRY_NAMES:
        return COUNTRY, "riket"
    if folded in counties():
        return counties()[folded], "län"
    if one := by_name().get(folded):
        return one.code, "kommun"
    return name, ""


def _version(code: str, written_year: str | None, year: int | None) -> str:
    is_regso = code[4] == "R"
    kind, old = ("RegSO", "2020") if is_regso else ("DeSO", "2018")
    if written_year:
        return f"{kind}{written_year}"
    is_new = year is not None and year >= _FIRST_YEAR_OF_NEW_AREAS
    return f"{kind}{'2025' if is_new else old}"
