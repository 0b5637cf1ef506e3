"""Addresses where someone lives: a street with a number, a flat, a stair."""

import re
from collections.abc import Iterator

from lykta.infrastructure.personal_data.findings import Finding, Kind

_STREET = (
    r"[A-ZÅÄÖ]\w*(?:gatan|vägen|stigen|backen|gränd|gränden|allén|gården|vallen|ängen|slingan|"
    r"ringen|kroken|hagen|leden|svängen|backen|höjden|lunden|dalen)"
)
_NUMBER = r"\d{1,3}(?:\s?[A-Ha-h]\b)?(?![:,.]?\d|\s?(?:km|m|kr)\b)"
_FLAT = r"(?:lgh|lägenhet)\s?\d{1,4}"
_STAIRS = r"\d{1,2}\s?(?:tr|trappor)\b"
_ADDRESS = re.compile(
    rf"(?:{_FLAT},?\s+)?{_STREET}\s+{_NUMBER}(?:,?\s+(?:{_FLAT}|{_STAIRS}))?|{_FLAT}"
)
# Where all may go is no one's dwelling: said just after the number.
_PUBLIC = re.compile(
    r"skola|bibliotek|vårdcentral|station|museum|museet|förskola|centrum|butik|affär|idrott|hallen|"
    r"kyrka|torg|park|lekplats|kiosk|fastigheten|gymnasi|bad|kontor|lokal|garage",
    re.IGNORECASE,
)
_REACH = 30  # letters after an address in which it may be said what lies there


def dwellings(text: str) -> Iterator[Finding]:
    """Yield the addresses of a text that may be someone's home."""
    for match in _ADDRESS.finditer(text):
        is_flat = re.search(rf"{_FLAT}|{_STAIRS}", match[0]) is not None
        after = re.split(r"[.!?\n]", text[match.end() : match.end() + _REACH])[0]
        if is_flat or not _PUBLIC.search(after):
            yield Finding(Kind.DWELLING, *match.span())
