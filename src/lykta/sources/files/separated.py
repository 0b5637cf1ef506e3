"""Text with separators (CSV), read straight by DuckDB where nothing is wrong with it."""

import csv
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path

from lykta.sources.cleaning import without_nulls
from lykta.sources.files.table import Content, literal, quoted
from lykta.sources.files.unpacking import PlainFile, unreadable
from lykta.sources.refusing import is_refused

DELIMITERS = ";\t,|"
# Small blocks: a reader's own memory follows them, and a file of a million rows is no slower.
_BLOCK_BYTES = 4_000_000
_LONGEST_LINE_BYTES = 200_000
_SAMPLE_LINES = 20
_CHUNK_BYTES = 1 << 20


def is_plain(path: Path) -> bool:
    """Return whether the text is UTF-8 without null bytes, in lines of one kind."""
    import codecs

    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK_BYTES):
            if b"\0" in chunk:
                return False
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError:
                return False
    return not decoder.getstate()[0]


def read_text(plain: PlainFile) -> Content:
    """Return the content of a plain text file, as a relation that DuckDB reads lazily."""
    with plain.path.open(encoding="utf-8-sig", newline="") as file:
        lines = list(islice(file, _SAMPLE_LINES))
    n_skipped = n_lines_before_header(lines)
    sample = lines[n_skipped:]
    if not sample:
        raise unreadable(plain.name, "den har ingen rubrikrad.", "Hämta den på nytt från källan.")
    delimiter = delimiter_of(sample)
    columns = column_names(next(csv.reader(sample, delimiter=delimiter)))
    return Content(relation(plain.path, columns, delimiter=delimiter, n_skipped=n_skipped), columns)


def n_lines_before_header(lines: Sequence[str]) -> int:
    """Return how many lines stand before the header: blank ones, and Excel's `sep=;`."""
    n = 0
    while n < len(lines) and (not lines[n].strip() or lines[n].lower().startswith("sep=")):
        n += 1
    return n


def delimiter_of(sample: Sequence[str]) -> str:
    """Return the separator that gives the most columns, the same on every line."""

    def score(delimiter: str) -> tuple[int, int]:
        widths = [len(row) for row in csv.reader(sample, delimiter=delimiter) if row]
        header = widths[0] if widths else 0
        return (sum(width == header for width in widths) if header > 1 else 0, header)

    return max(DELIMITERS, key=score)


def column_names(header: Sequence[str]) -> tuple[str, ...]:
    """Return the header's words, with a name for the empty ones and a number for repeated ones."""
    names: list[str] = []
    seen: dict[str, int] = {}
    for place, word in enumerate(header, start=1):
        name = " ".join(without_nulls(word).split()) or f"kolumn {place}"
        seen[name.casefold()] = seen.get(name.casefold(), 0) + 1
        repeat = seen[name.casefold()]
        names.append(name if repeat == 1 else f"{name} ({repeat})")
    return tuple(names)


def relation(path: Path, columns: Sequence[str], *, delimiter: str, n_skipped: int = 0) -> str:
    """Return the SQL that reads a text file as columns of text, refusing any irregular record."""
    types = ", ".join(f"{literal(column)}: 'VARCHAR'" for column in columns)
    names = ", ".join(quoted(column) for column in columns)
    return (
        f"(SELECT {names} FROM read_csv({literal(str(path))}, delim={literal(delimiter)}, "
        f"skip={n_skipped}, header=true, quote='\"', escape='\"', auto_detect=false, "
        f"strict_mode=true, buffer_size={_BLOCK_BYTES}, max_line_size={_LONGEST_LINE_BYTES}, "
        f"columns={{{types}}}))"
    )


def written(folder: Path, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write rows as plain text in `folder` and return the relation that reads them.

    Columns barred by law are not written.
    """
    path = folder / "rows.csv"
    places = [place for place, column in enumerate(columns) if not is_refused(column)]
    allowed = [columns[place] for place in places]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\n")
        writer.writerow(allowed)
        for row in rows:
            writer.writerow([without_nulls(row[place]) for place in places])
    return relation(path, allowed, delimiter=";")
