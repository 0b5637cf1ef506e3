"""Tables of SCB as dimensions and values: Excel exports of PxWeb, and json-stat2."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from lykta.sources.files.table import Table, quoted
from lykta.sources.refusing import is_refused, is_total

Grid = Sequence[Sequence[str]]
_TEXT = " text"


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of a cube."""

    row: int  # number of the record in the file
    labels: dict[str, str]  # name of the dimension -> label
    text: str  # the value as it stands


@dataclass(frozen=True, slots=True)
class Cube:
    """All values of one table, those divided by what must not be read left out."""

    title: str
    refused: tuple[str, ...]  # dimensions of which only the total is read
    cells: tuple[Cell, ...]


def is_export(grid: Grid) -> bool:
    """Return whether a sheet is an export of PxWeb: a title alone, and headings without a stub."""
    return bool(grid) and " efter " in grid[0][0] and not any(grid[0][1:])


def cube_of_export(grid: Grid) -> Cube:
    """Return the values of an exported sheet; merged cells repeat what stands before them."""
    title = grid[0][0]
    heads = [list(row) for row in takewhile(lambda row: not row[0], grid[1:]) if any(row)]
    names = _dimensions(title)
    n_stubs = max(1, len(names) - len(heads))
    columns = list(zip(*(_filled(head[n_stubs:]) for head in heads), strict=True))
    refused = tuple(name for name in names if is_refused(name))
    cells = tuple(
        Cell(number, labels, text)
        for number, stubs, texts in _body(grid, n_stubs)
        for column, text in zip(columns, texts, strict=False)
        if _is_allowed(labels := _labelled(names, [*stubs, *column]), refused)
    )
    return Cube(title.split(" efter ")[0].strip(), refused, cells)


def _dimensions(title: str) -> list[str]:
    listed = re.split(r",\s*|\s+och\s+", title.rsplit(" efter ", 1)[1].strip())
    return [name.strip().casefold() for name in listed if name.strip()]


def _labelled(names: list[str], labels: list[str]) -> dict[str, str]:
    spare = [f"rubrik {place}" for place in range(len(names), len(labels))]
    return dict(zip([*names, *spare], labels, strict=False))


def _filled(row: Sequence[str]) -> list[str]:
    filled: list[str] = []
    for label in row:
        filled.append(label or (filled[-1] if filled else ""))
    return filled


def _body(grid: Grid, n_stubs: int) -> Iterator[tuple[int, list[str], Sequence[str]]]:
    """Yield the rows of values with their stubs, up to the blank row before the footnotes."""
    start = next((p for p, row in enumerate(grid) if p and row[0]), len(grid))
    stubs = [""] * n_stubs
    body = takewhile(any, grid[start:])
    for number, row in enumerate(body, start=1):
        stubs = [new or old for new, old in zip(row[:n_stubs], stubs, strict=True)]
        if any(row[n_stubs:]):
            yield number, stubs, row[n_stubs:]


def _is_allowed(labels: dict[str, str], refused: tuple[str, ...]) -> bool:
    return all(is_total(labels.get(name, "")) for name in refused)


def is_json_stat(columns: Sequence[str]) -> bool:
    """Return whether a table was a json-stat2 cube: each dimension as code and as text."""
    return {"värde", "status"} <= set(columns) and any(c.endswith(_TEXT) for c in columns)


def cube_of_json_stat(table: Table) -> Cube:
    """Return the values of a json-stat2 document; the labels are codes where they name areas."""
    dimensions = [c.removesuffix(_TEXT) for c in table.columns if c.endswith(_TEXT)]
    refused = tuple(name for name in dimensions if is_refused(name))
    names = [name for name in dimensions if name not in refused]
    wanted = ", ".join(
        f"coalesce({quoted(c)}, '')" for name in names for c in (name, f"{name}{_TEXT}")
    )
    rows = table.ask(f"SELECT {wanted}, coalesce(\"värde\", ''), coalesce(status, '') FROM source")
    cells = []
    for number, row in enumerate(rows, start=1):
        *pairs, value, status = row
        codes, texts = pairs[::2], pairs[1::2]
        labels = {
            name.casefold(): code if name.casefold() == "region" else text
            for name, code, text in zip(names, codes, texts, strict=True)
        }
        cells.append(Cell(number, labels, value or status))
    return Cube("", refused, tuple(cells))
