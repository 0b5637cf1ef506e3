"""What is kept, and in which forms."""

from enum import StrEnum
from types import MappingProxyType


class Kind(StrEnum):
    """Slag av handling."""

    PICTURE = "picture"  # lägesbild
    WEEK = "week"  # veckans lägesbild
    MINUTES = "minutes"  # protokoll


# The forms that a document may have, and what each is called by those who fetch it.
CONTENT_TYPES = MappingProxyType(
    {
        "pdf": "application/pdf",
        "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "html": "text/html; charset=utf-8",
        "json": "application/json",
        "csv": "text/csv; charset=utf-8",
    }
)
