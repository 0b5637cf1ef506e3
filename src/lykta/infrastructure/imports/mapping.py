"""Which column is what, as people type it."""

from collections.abc import Iterable

from lykta.infrastructure.errors import LyktaError


def pairs(texts: Iterable[str]) -> dict[str, str]:
    """Return `field=column` texts as a mapping."""
    mapping = {}
    for text in texts:
        field, equals, column = text.partition("=")
        if not equals or not field.strip() or not column.strip():
            raise LyktaError(
                f"”{text}” går inte att läsa. Skriv fält=kolumn, till exempel time=Datum.",
                code="bad-mapping",
            )
        mapping[field.strip()] = column.strip()
    return mapping
