"""Numbers and addresses that belong to one person: told by their form."""

import re
from collections.abc import Iterator

from lykta.infrastructure.personal_data.findings import Finding, Kind

_BETWEEN = r"[ \u00a0]{0,2}[-–+ ]?[ \u00a0]{0,2}"
# A day of birth and four digits, with or without century; a co-ordination number adds 60 to the
# day. A check digit that is wrong makes it no less a number of someone's, with a slip of the pen.
_BIRTH = re.compile(
    r"(?<![\d-])(?:(?:18|19|20)[ -]?)?(\d{2})[ ]?(\d{2})[ ]?(\d{2})"
    + _BETWEEN
    + r"(\d{4})(?![\d-])"
)
_EMAIL = re.compile(
    r"[\w.+-]+\s?(?:@|\(at\)|\[at\]|\(a\)|\bsnabel-?a\b)\s?"
    r"[\w-]+(?:(?:\.[\w-]+)+|\s?\.\s?[a-z]{2,})",
    re.IGNORECASE,
)
_DIGIT = r"[ ()./–-]{0,3}\d"
# So many digits as numbers have here, so that two beside each other are two; abroad they vary.
_PHONE = re.compile(
    rf"(?<![\w+])(?:(?:\+|00)[ ]?46[ ]?\(?0?\)?(?:{_DIGIT}){{7,9}}|(?:\+|00)(?:{_DIGIT}){{8,13}}"
    rf"|\(?0[ ]?7(?:{_DIGIT}){{8}}|\(?0(?:{_DIGIT}){{7,9}})(?!\d)"
)
# Three letters, two digits and a digit or letter: never I, Q, V, Å, Ä or Ö among them.
_PLATE = re.compile(r"(?<![\w-])([A-HJ-PR-UW-Z]{3})[ -]?(\d{2}[\dA-HJ-PR-UW-Z])(?![\w-])", re.I)
# What stands before a number of a house, a line or a room, and is no plate.
_NO_PLATE = re.compile(
    r"bus|dag|del|dom|fax|hos|hus|kan|kap|kat|kod|kök|lag|lok|man|max|med|mer|min|nrs|ons|par|pga|rad|"
    r"ref|reg|rum|sal|sek|sen|set|som|stn|tel|tom|tor|typ|tåg|upp|ute|var|ver|els",
    re.IGNORECASE,
)


def numbers(text: str) -> Iterator[Finding]:
    """Yield the numbers and addresses of a text; the surest kinds first."""
    yield from _births(text)
    for match in _EMAIL.finditer(text):
        yield Finding(Kind.EMAIL, *match.span())
    for match in _PHONE.finditer(text):
        if not _is_date(match[0]):
            yield Finding(Kind.PHONE, *match.span())
    for match in _PLATE.finditer(text):
        if not _NO_PLATE.fullmatch(match[1]):
            yield Finding(Kind.PLATE, *match.span())


def _births(text: str) -> Iterator[Finding]:
    at = 0
    while match := _BIRTH.search(text, at):
        kind = _birth(int(match[2]), int(match[3]))
        if kind:
            yield Finding(kind, *match.span())
        # Digits that make no day of birth may have hidden the first of a number that does.
        at = match.end() if kind else match.start() + 1


def _birth(month: int, day: int) -> Kind | None:
    if not 1 <= month <= 12:
        return None
    if 1 <= day <= 31:
        return Kind.PERSONAL_NUMBER
    return Kind.COORDINATION_NUMBER if 61 <= day <= 91 else None


def _is_date(text: str) -> bool:
    """Return whether a number with a nought first is a day such as 03-11-2026."""
    return re.fullmatch(r"0\d[-./ ]\d{1,2}[-./ ](?:19|20)\d{2}", text.strip()) is not None
