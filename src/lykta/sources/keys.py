"""Codes that must be given, be no person's, and stand once."""

from collections.abc import Sequence
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


def faults_of_keys(codes: Sequence[str], key: Key) -> dict[int, RowError]:
    """Return the errors of missing, personal and repeated codes, by place from 0."""
    faults: dict[int, RowError] = {}
    first: dict[str, int] = {}
    for place, code in enumerate(codes):
        row = int(key.numbers[place])
        if not code:
            faults[place] = row_error(row, key.column, "", f"{key.what} saknas; fyll i den.")
        elif has_personal_number(code):
            reason = "Fältet liknar ett personnummer; ta bort uppgiften ur filen."
            faults[place] = row_error(row, key.column, HIDDEN, reason)
        elif code in first:
            reason = f"{key.what} står redan på rad {first[code]}; ta bort den ena raden."
            faults[place] = row_error(row, key.column, code, reason)
        else:
            first[code] = row
    return faults
