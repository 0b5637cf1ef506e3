"""Codes that must be given, be no person's, and stand once."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lykta.sources.records import RowError
from lykta.sources.rejecting import HIDDEN, has_personal_number, row_error


@dataclass(frozen=True, slots=True)
class Key:
    """A column of codes, and what it is called."""

    column: str  # the file's own name of it
    what: str  # in the definite form, such as "Områdets kod"
    numbers: NDArray[np.int64]  # the rows' numbers in the file
    groups: Sequence[Hashable] | None = None  # where a code may stand once in each group of rows
    within: str = ""  # what a group is, such as " för samma år"
    longest: int = 40  # letters of a code; more are a text that has ended up in the wrong column


_PERSONAL = "Fältet liknar ett personnummer; ta bort uppgiften ur filen."


def faults_of_keys(codes: Sequence[str], key: Key) -> dict[int, RowError]:
    """Return the errors of missing, personal and repeated codes, by place from 0."""
    faults: dict[int, RowError] = {}
    first: dict[tuple[str, Hashable], int] = {}
    for place, code in enumerate(codes):
        row = int(key.numbers[place])
        one = code, key.groups[place] if key.groups else None
        if not code:
            faults[place] = row_error(row, key.column, "", f"{key.what} saknas; fyll i den.")
        elif has_personal_number(code):
            faults[place] = row_error(row, key.column, HIDDEN, _PERSONAL)
        elif len(code) > key.longest:
            reason = f"{key.what} är längre än {key.longest} tecken; rätta den."
            faults[place] = row_error(row, key.column, code, reason)
        elif one in first:
            where = f"rad {first[one]}{key.within}"
            reason = f"{key.what} står redan på {where}; ta bort den ena raden."
            faults[place] = row_error(row, key.column, code, reason)
        else:
            first[one] = row
    return faults


def faults_of_texts(
    rows: Sequence[Mapping[str, str]], columns: Mapping[str, str], numbers: NDArray[np.int64]
) -> dict[int, RowError]:
    """Return the errors of rows with a personal number in some text, by place from 0."""
    return {
        place: row_error(int(numbers[place]), columns.get(field, ""), HIDDEN, _PERSONAL)
        for place, row in enumerate(rows)
        for field, text in row.items()
        if has_personal_number(text)
    }
