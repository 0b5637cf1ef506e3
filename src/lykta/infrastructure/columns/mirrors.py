"""What a room hands over so that its table is copied as columns."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string
from numpy.typing import NDArray

Columns = Mapping[str, NDArray[Any]]


@dataclass(frozen=True, slots=True)
class Mirrored:
    """How one table is copied."""

    parts: Callable[[], list[str]]  # every part that holds rows now
    columns: Callable[[str], Columns]  # of one part, in the order they are best read; "" for none
    # A name -> SQL over the columns of one part (`part`), for questions that need no single row.
    summaries: Mapping[str, str] = field(default_factory=dict)


def mirrored(name: str) -> Mirrored:
    """Return how the project copies a table."""
    found: Mirrored = import_string(settings.MIRRORS[name])
    return found
