"""Every file as one table of text columns, in the order of the file."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lykta.sources.records import RowError


@dataclass(frozen=True, slots=True)
class Content:
    """What a reader of one format found: a relation of text, and what does not fit in it."""

    relation: str  # SQL that stands after FROM, all columns VARCHAR
    columns: tuple[str, ...]
    crs: str = ""  # of the points or polygons, where the file itself says
    polygons: NDArray[np.object_] | None = None  # shapely geometries, a row each
    broken: tuple[RowError, ...] = ()  # records that are no rows
    numbers: NDArray[np.int64] | None = None  # record number of each row, where not 1, 2, 3 …
    notes: tuple[str, ...] = ()
    grid: tuple[tuple[str, ...], ...] = ()  # all cells of a spreadsheet, its headings too


@dataclass(frozen=True, slots=True)
class Table:
    """A file that has been opened: ask it with SQL over the relation `source`."""

    name: str
    path: Path
    sha256: str
    content: Content
    connection: Any = field(repr=False)

    @property
    def columns(self) -> tuple[str, ...]:
        """The file's own column names."""
        return self.content.columns

    def ask(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return the rows that a query gives."""
        rows: list[tuple[Any, ...]] = self.connection.execute(sql, list(parameters)).fetchall()
        return rows

    def texts(self, columns: Sequence[str]) -> list[tuple[int, tuple[str, ...]]]:
        """Return some columns of all rows as stripped text, with each row's number in the file.

        A column named "" is not there, and gives "" in every row.
        """
        wanted = ", ".join(
            f"coalesce(trim({quoted(column)}), '')" if column else "''" for column in columns
        )
        rows = self.ask(f"SELECT {wanted} FROM source")
        numbers = self.record_numbers(np.arange(len(rows), dtype=np.int64)).tolist()
        return list(zip(numbers, rows, strict=True))

    def record_numbers(self, positions: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the number in the file of rows given by their place in the table, from 0."""
        numbers = self.content.numbers
        return positions + 1 if numbers is None else numbers[positions]


def quoted(name: str) -> str:
    """Return a column name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """Return a text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"
