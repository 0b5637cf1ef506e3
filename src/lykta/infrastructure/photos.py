"""A stand-in until photos are here."""

from dataclasses import dataclass
from typing import BinaryIO


@dataclass(frozen=True, slots=True)
class Clean:
    """A photo."""

    content: bytes
    width: int
    height: int


def clean(source: BinaryIO, *, name: str = "") -> Clean:
    """Return the photo as it is."""
    return Clean(source.read(), 1, 1)
