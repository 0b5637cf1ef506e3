"""Text that is not quite in order: every record is taken as a row or set apart as broken."""

import csv
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from lykta.sources.cleaning import UNREADABLE_SIGN
from lykta.sources.files.separated import (
    column_names,
    delimiter_of,
    n_lines_before_header,
    written,
)
from lykta.sources.files.table import Content
from lykta.sources.files.unpacking import PlainFile, unreadable
from lykta.sources.records import RowError
from lykta.sources.rejecting import row_error

# A quoted text may run over lines, but one that never ends must not swallow the file.
_LONGEST_RECORD_LINES = 50
_SAMPLE_LINES = 20


def read_troubled_text(plain: PlainFile, folder: Path) -> Content:
    """Return the rows of a text file as a mended copy, and its broken records as row errors."""
    lines = _decode(plain.path.read_bytes()).splitlines(keepends=True)
    lines = lines[n_lines_before_header(lines) :]
    if not lines:
        raise unreadable(plain.name, "den har ingen rubrikrad.", "Hämta den på nytt från källan.")
    delimiter = delimiter_of([line.replace("\0", "") for line in lines[:_SAMPLE_LINES]])
    records = _records(lines, delimiter)
    header, _ = next(records)
    columns = column_names(header or lines[0].split(delimiter))
    rows: list[list[str]] = []
    numbers: list[int] = []
    broken: list[RowError] = []
    for number, (fields, text) in enumerate(records, start=1):
        if reason := _fault(fields, text, len(columns)):
            broken.append(row_error(number, "", text.strip(), reason))
            continue
        rows.append(fields[: len(columns)])
        numbers.append(number)
    return Content(
        written(folder, columns, rows),
        columns,
        broken=tuple(broken),
        numbers=np.array(numbers, dtype=np.int64),
    )


def _decode(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = content.decode("utf-16", errors="replace")
    elif content.startswith(b"\xef\xbb\xbf") or _is_utf8(content):
        text = content.decode("utf-8-sig", errors="replace")
    else:
        text = content.decode("cp1252", errors="replace")
    # Only these end a line in such a file; the other signs that Python splits at are text.
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_NOT_LINE_ENDS)


_NOT_LINE_ENDS = {ord(sign): " " for sign in "\v\f\x1c\x1d\x1e\x85\u2028\u2029"}


def _is_utf8(content: bytes) -> bool:
    """Return whether the text is UTF-8 but for a few damaged bytes."""
    text = content.decode("utf-8", errors="replace")
    n_damaged = text.count(UNREADABLE_SIGN)
    n_letters = sum(text.count(letter) for letter in "åäöÅÄÖéü–")
    return n_damaged == 0 or n_letters > n_damaged


def _records(lines: list[str], delimiter: str) -> Iterator[tuple[list[str], str]]:
    """Yield each record as its fields and its text; fields are empty where it is broken."""
    place = 0
    while place < len(lines):
        if not lines[place].strip():
            place += 1
            continue
        n_lines = _n_lines_of_record(lines, place)
        text = "".join(lines[place : place + n_lines])
        fields = _fields(text, delimiter)
        if not fields:
            n_lines, text = 1, lines[place]
        yield fields, text
        place += n_lines


def _n_lines_of_record(lines: list[str], place: int) -> int:
    """Return how many lines it takes until the quotes are even; one where they never are."""
    n_quotes = 0
    for n_lines, line in enumerate(lines[place : place + _LONGEST_RECORD_LINES], start=1):
        n_quotes += line.count('"')
        if n_quotes % 2 == 0:
            return n_lines
    return 1


def _fields(text: str, delimiter: str) -> list[str]:
    try:
        rows = list(csv.reader([text], delimiter=delimiter, strict=True))
    except csv.Error:
        return []
    return rows[0] if len(rows) == 1 else []


def _fault(fields: list[str], text: str, n_columns: int) -> str:
    if "\0" in text:
        return "Raden innehåller nolltecken och är skadad; hämta filen på nytt från källan."
    if UNREADABLE_SIGN in text:
        return "Raden innehåller tecken som inte går att läsa; spara filen som UTF-8."
    if not fields:
        return "Citattecknen i raden går inte ihop; rätta dem i filen."
    if len(fields) < n_columns or any(fields[n_columns:]):
        return f"Raden har {len(fields)} fält men rubriken {n_columns}; rätta raden i filen."
    return ""
