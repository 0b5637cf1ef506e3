"""The texts of single rows as they stand in a file, so that what was rejected can be mended."""

from collections.abc import Sequence

import numpy as np

from lykta.sources.files.table import Table, quoted
from lykta.sources.refusing import refused
from lykta.sources.rejecting import HIDDEN, is_personal


def columns_in(table: Table) -> tuple[str, ...]:
    """Return the names of the columns."""
    return table.columns


def cells_in(table: Table, rows: Sequence[int], wanted: Sequence[str]) -> dict[int, dict[str, str]]:
    """Return the texts of some rows by their number in the file; of all columns if none is named.

    Columns that are barred by law are left out, and so is what looks like personal data. Records
    that are no rows have none.
    """
    barred = refused(table.columns)
    columns = [c for c in table.columns if c not in barred and (not wanted or c in wanted)]
    (n,) = table.ask("SELECT count(*) FROM source")[0]
    numbers = table.record_numbers(np.arange(n, dtype=np.int64))
    places = np.flatnonzero(np.isin(numbers, np.asarray(rows, np.int64)))
    if not columns or not len(places):
        return {}
    names = ", ".join(f"coalesce({quoted(column)}, '')" for column in columns)
    found = table.ask(
        f"SELECT {names} FROM (SELECT row_number() OVER () - 1 AS lykta_place, * FROM source) "
        "WHERE lykta_place IN (SELECT unnest(?)) ORDER BY lykta_place",
        [places.tolist()],
    )
    return {
        int(numbers[place]): {
            column: HIDDEN if is_personal(text) else text
            for column, text in zip(columns, texts, strict=True)
        }
        for place, texts in zip(places, found, strict=True)
    }
