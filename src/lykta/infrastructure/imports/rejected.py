"""The file of rejected rows: with their texts to be mended where they are at hand."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from lykta.infrastructure.tables import harmless

if TYPE_CHECKING:
    from lykta.infrastructure.imports.models import RejectedRow
    from lykta.infrastructure.imports.plans import Fault

# What is written beside a row's own texts; passed over where the file is read in again.
ADDED = ("avvisad_rad", "orsak")


def write_rejected(errors: "Iterable[Fault]", path: Path) -> None:
    """Write the rejected rows as a CSV file that Excel opens as it stands."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rejected_table(errors))


def rejected_table(errors: "Iterable[Fault]") -> Iterator[tuple[object, ...]]:
    """Yield the rejected rows as lines of a table, its header first, harmless to open."""
    yield ("rad", "fält", "värde", "orsak")
    for error in errors:
        yield (error.row, harmless(error.field), harmless(error.value), error.reason)


def mending_table(
    rows: "Iterable[RejectedRow]", columns: Sequence[str]
) -> Iterator[tuple[object, ...]]:
    """Yield the rejected rows as they stood in the file, each with what is wrong in it.

    A number that begins with a minus is left as it is: it is read in again.
    """
    yield (*columns, *ADDED)
    for row in rows:
        texts = [row.cells.get(column, "") for column in columns]
        yield (*(text if _is_number(text) else harmless(text) for text in texts), row.row,
               f"{row.field}: {row.reason}" if row.field else row.reason)  # fmt: skip


def _is_number(text: str) -> bool:
    return text.replace(",", ".", 1).lstrip("+-").replace(".", "", 1).isdecimal()
