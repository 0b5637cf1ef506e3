"""Spreadsheets: the first sheet with content, from the row that is its header."""

from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from lykta.sources.files.separated import column_names, written
from lykta.sources.files.table import Content
from lykta.sources.files.unpacking import PlainFile, unreadable

Grid = list[list[str]]
_ROWS_SEARCHED_FOR_HEADER = 20


def read_sheet(plain: PlainFile, folder: Path) -> Content:
    """Return the table of the first sheet that holds one."""
    rows, notes = grid(plain)
    start = _header_row(rows)
    header = rows[start]
    width = max(place for place, word in enumerate(header) if word) + 1
    columns = column_names(header[:width])
    body = [row[:width] for row in rows[start + 1 :] if any(row[:width])]
    cells = tuple(map(tuple, rows))
    return Content(written(folder, columns, body), columns, notes=notes, grid=cells)


def grid(plain: PlainFile) -> tuple[Grid, tuple[str, ...]]:
    """Return the cells of the first sheet with content as text, and what the reader should know."""
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_path(str(plain.path))
        sheets = [(name, _cells(book, name)) for name in book.sheet_names]
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise unreadable(
            plain.name,
            "det är ingen hel Excelfil, eller så är den skyddad med lösenord.",
            "Öppna den i Excel, spara den utan lösenord och försök igen.",
        ) from error
    filled = [(name, rows) for name, rows in sheets if any(any(row) for row in rows)]
    if not filled:
        raise unreadable(plain.name, "inget blad har innehåll.", "Hämta den på nytt från källan.")
    name, rows = filled[0]
    others = ", ".join(other for other, _ in filled[1:])
    return rows, (f"Bladet ”{name}” lästes; {others} lästes inte.",) if others else ()


def _cells(book: Any, name: str) -> Grid:
    sheet = book.get_sheet_by_name(name)
    return [[_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]


def _text(cell: Any) -> str:
    if isinstance(cell, bool):
        return "ja" if cell else "nej"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ", timespec="seconds")
    if isinstance(cell, date | time | timedelta):
        return str(cell)
    return str(cell).strip()


def _header_row(rows: Grid) -> int:
    """Return the first row that is at least half as wide as the widest of the first rows."""
    widths = [sum(map(bool, row)) for row in rows[:_ROWS_SEARCHED_FOR_HEADER]]
    if not any(widths):
        return next(place for place, row in enumerate(rows) if any(row))
    return next(place for place, width in enumerate(widths) if width * 2 >= max(widths))
