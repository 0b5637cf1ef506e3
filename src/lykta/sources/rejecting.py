"""Rows that were read but not accepted: how they are shown."""

import re
from collections.abc import Iterable

from lykta.sources.cleaning import without_nulls
from lykta.sources.records import RowError

LONGEST_SHOWN = 200
HIDDEN = "(dold: liknar en personuppgift)"
_LIKE_PERSONAL_NUMBER = re.compile(r"(?<!\d)(?:19|20)?(\d{2})(\d{2})(\d{2})[-+ ]?(\d{4})(?!\d)")
_LIKE_ADDRESS = re.compile(r"[^\s@;]+@[^\s@;]+\.\w+")


def row_error(row: int, field: str, value: str, reason: str) -> RowError:
    """Return the error of a row, with its value cut and without personal data."""
    shown = HIDDEN if is_personal(value) else value[:LONGEST_SHOWN]
    return RowError(row, field, without_nulls(shown), reason)


def is_personal(text: str) -> bool:
    """Return whether a text holds what looks like a personal identity number or an e-mail."""
    return has_personal_number(text) or bool(_LIKE_ADDRESS.search(text))


def has_personal_number(text: str) -> bool:
    """Return whether a text holds a Swedish personal number: a day of birth and a check digit."""
    return any(_is_personal_number(*match.groups()) for match in _numbers_in(text))


def _numbers_in(text: str) -> Iterable[re.Match[str]]:
    return _LIKE_PERSONAL_NUMBER.finditer(text)


def _is_personal_number(year: str, month: str, day: str, last: str) -> bool:
    # A co-ordination number adds 60 to the day.
    if not (1 <= int(month) <= 12 and 1 <= int(day) % 60 <= 31):
        return False
    doubled = [
        int(digit) * (2 - place % 2) for place, digit in enumerate(year + month + day + last)
    ]
    return sum(number // 10 + number % 10 for number in doubled) % 10 == 0
