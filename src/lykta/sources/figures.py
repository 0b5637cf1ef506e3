"""A value as a source writes it: a number, or a sign for why there is none."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from lykta.sources.records import Status

_BLANKS = str.maketrans("", "", " \u00a0\u2009\u202f'")


@dataclass(frozen=True, slots=True)
class Figure:
    """A value, or none, and how final it is."""

    value: float | None
    status: Status


def figure(text: str, signs: Mapping[str, Figure]) -> Figure | None:
    """Return what a text says, first by the source's own signs; None where it is no number."""
    plain = text.strip()
    if plain in signs:
        return signs[plain]
    try:
        value = float(plain.translate(_BLANKS).replace(",", ".").replace("−", "-"))
    except ValueError:
        return None
    return Figure(value, Status.FINAL) if math.isfinite(value) else None
