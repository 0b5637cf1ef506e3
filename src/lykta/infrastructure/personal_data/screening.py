"""The screen: all that tells of persons in a text, one finding for each part of it."""

from collections.abc import Collection, Iterable
from itertools import chain

from lykta.infrastructure.personal_data.dwellings import dwellings
from lykta.infrastructure.personal_data.findings import Finding
from lykta.infrastructure.personal_data.names import names
from lykta.infrastructure.personal_data.numbers import numbers


def screen(text: str, *, known_places: Collection[str] = ()) -> tuple[Finding, ...]:
    """Return what in a text tells of persons, in the order of the text.

    known_places : names that are known to be of places, whatever they look like.
    """
    taken = list(_places(text, known_places))
    kept = []
    for each in chain(numbers(text), dwellings(text), names(text)):
        # Of two that overlap the surer, which comes first.
        if not any(each.start < end and start < each.end for start, end in taken):
            taken.append((each.start, each.end))
            kept.append(each)
    return tuple(sorted(kept, key=lambda each: each.start))


def _places(text: str, known: Collection[str]) -> Iterable[tuple[int, int]]:
    """Yield where places that are known stand in the text."""
    folded = text.casefold()
    if len(folded) != len(text):  # a letter that folds into two: places cannot be told
        return
    for name in known:
        wanted, at = name.casefold(), -1
        while wanted and (at := folded.find(wanted, at + 1)) >= 0:
            yield at, at + len(wanted)
