"""When a list of the police came out: its year, and the day as far as it is known."""

import re
from collections.abc import Mapping
from datetime import date

from lykta.sources.days import Day

_YEAR = re.compile(r"((?:19|20)\d{2})(?:\.0)?")
_NO_YEAR = "Listans år saknas eller är inget årtal; skriv det som 2023."
_NO_DAY = "Publiceringen är inget datum; skriv den som 2023-12-01 eller 2023-12, eller lämna tomt."


def year_of(text: str) -> int | None:
    """Return the year that a text says, None where it says none."""
    match = _YEAR.fullmatch(text)
    return int(match[1]) if match else None


def fault_of_publishing(row: Mapping[str, str], day: Day) -> tuple[str, str] | None:
    """Return the field that does not tell when a list came out, and why; None where both do."""
    if year_of(row["list_year"]) is None:
        return "list_year", _NO_YEAR
    return ("published", _NO_DAY) if day.is_unclear else None


def published(list_year: int, day: Day) -> tuple[date, str]:
    """Return the last day that a list may have come out, and how exactly that is known."""
    if day.last is None:
        return date(list_year, 12, 31), "year"
    return day.last, day.precision
