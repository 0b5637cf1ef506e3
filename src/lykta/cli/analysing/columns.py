"""Any file as columns of text or numbers, for the methods that need no events."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from lykta.infrastructure.errors import LyktaError
from lykta.sources.figures import figure
from lykta.sources.files.opening import with_table
from lykta.sources.files.table import Table
from lykta.sources.refusing import refused

MISSING = ("", "..", "-", "–", "nan", "na", "null")


def read(path: Path) -> Mapping[str, tuple[str, ...]]:
    """Return the columns of a file as text, without those that lykta must not hold."""
    return with_table(path, _texts)


def texts(columns: Mapping[str, Sequence[str]], name: str) -> tuple[str, ...]:
    """Return one column, or raise with the names that there are."""
    if name not in columns:
        known = ", ".join(columns)
        raise LyktaError(f"Kolumnen ”{name}” finns inte. Välj bland {known}.", code="no-column")
    return tuple(columns[name])


def numbers(columns: Mapping[str, Sequence[str]], name: str) -> NDArray[np.float64]:
    """Return one column as numbers, nan where nothing stands; or raise at what is no number."""
    return np.array([_number(text, name, row) for row, text in enumerate(texts(columns, name), 1)])


def _texts(table: Table) -> dict[str, tuple[str, ...]]:
    barred = refused(table.columns)
    kept = [column for column in table.columns if column not in barred]
    rows = [row for _number, row in table.texts(kept)]
    return dict(zip(kept, zip(*rows, strict=True) if rows else ((),) * len(kept), strict=True))


def _number(text: str, name: str, row: int) -> float:
    if text.casefold() in MISSING:
        return float("nan")
    found = figure(text, {})
    if found is None or found.value is None:
        raise LyktaError(
            f"Rad {row}, kolumnen ”{name}”: ”{text}” är inget tal; rätta det eller töm det.",
            code="no-number",
        )
    return found.value
