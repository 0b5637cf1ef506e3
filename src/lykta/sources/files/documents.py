"""JSON of known shapes: a list of objects, one object a line, and the statistics APIs."""

import json
from collections.abc import Iterator
from itertools import product
from math import prod
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lykta.infrastructure.errors import UnreadableFile
from lykta.sources.files.separated import column_names, written
from lykta.sources.files.table import Content
from lykta.sources.files.unpacking import PlainFile, unreadable
from lykta.sources.records import RowError
from lykta.sources.refusing import is_refused, is_total
from lykta.sources.rejecting import row_error

Row = dict[str, str]
# The statistics APIs give at most 150 000 cells in one answer.
_MOST_CELLS = 2_000_000


def read_json(plain: PlainFile, folder: Path) -> Content:
    """Return a JSON document as a table, a row for each object in it."""
    rows, numbers, broken = _read(plain)
    if not rows:
        raise unreadable(
            plain.name,
            "JSON-dokumentet innehåller ingen lista av poster.",
            "Kontrollera att det är svaret från en öppen datakälla, inte ett felmeddelande.",
        )
    keys = list(dict.fromkeys(key for row in rows for key in row))
    columns = column_names(keys)
    texts = ([row.get(key, "") for key in keys] for row in rows)
    return Content(written(folder, columns, texts), columns, broken=broken, numbers=numbers)


def _read(plain: PlainFile) -> tuple[list[Row], NDArray[np.int64] | None, tuple[RowError, ...]]:
    """Return the rows of one document, or of a document a line with the damaged lines apart."""
    try:
        text = plain.path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _damaged(plain) from error
    if (document := _parsed(text)) is not None:
        return [row for row in _rows(document) if row], None, ()
    lines = [line for line in text.split("\n") if line.strip()]
    found = [(number, line, _parsed(line)) for number, line in enumerate(lines, start=1)]
    rows = [(n, flat(item)) for n, _, item in found if isinstance(item, dict) and item]
    if not rows:
        raise _damaged(plain)
    good = {number for number, _ in rows}
    reason = "Raden är ingen hel JSON-post; hämta filen på nytt från källan."
    broken = tuple(row_error(n, "", line, reason) for n, line, _ in found if n not in good)
    return [row for _, row in rows], np.array(sorted(good), dtype=np.int64), broken


def _parsed(text: str) -> Any:
    """Return a JSON text as values, None where it is no JSON."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _damaged(plain: PlainFile) -> UnreadableFile:
    return unreadable(plain.name, "JSON-texten är avhuggen eller felaktig.", "Hämta den på nytt.")


def _rows(document: Any) -> Iterator[Row]:
    if isinstance(document, list):
        for item in document:
            yield flat(item) if isinstance(item, dict) else {"värde": text_of(item)}
    elif isinstance(document, dict) and document.get("class") == "dataset":
        yield from _rows_of_json_stat(document)
    elif isinstance(document, dict) and _is_pxweb(document):
        yield from _rows_of_pxweb(document)
    elif isinstance(document, dict) and isinstance(document.get("values"), list):
        for item in document["values"]:
            yield from _rows_of_values(item)


def flat(item: dict[str, Any], prefix: str = "") -> Row:
    """Return an object as text by key; an object inside it gives keys `outer_inner`."""
    row: Row = {}
    for key, value in item.items():
        if isinstance(value, dict):
            row |= flat(value, f"{prefix}{key}_")
        elif not isinstance(value, list):
            row[f"{prefix}{key}"] = text_of(value)
    return row


def text_of(value: Any) -> str:
    """Return a JSON value as text, "" for null."""
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _rows_of_values(item: Any) -> Iterator[Row]:
    """Yield Kolada's objects: one for each gender where values are nested, else the object."""
    if not isinstance(item, dict):
        return
    outer = flat(item)
    inner = item.get("values")
    if not isinstance(inner, list):
        yield outer
        return
    for value in inner:
        if isinstance(value, dict):
            yield outer | flat(value)


def _is_pxweb(document: dict[str, Any]) -> bool:
    return isinstance(document.get("columns"), list) and isinstance(document.get("data"), list)


def _rows_of_pxweb(document: dict[str, Any]) -> Iterator[Row]:
    names = [str(c.get("text", c.get("code"))) for c in document["columns"] if isinstance(c, dict)]
    for item in document["data"]:
        if isinstance(item, dict):
            cells = [*_as_list(item.get("key")), *_as_list(item.get("values"))]
            yield dict(zip(names, map(text_of, cells), strict=False))


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _rows_of_json_stat(document: dict[str, Any]) -> Iterator[Row]:
    """Yield a row for each cell of a json-stat2 cube; the last dimension runs fastest.

    Of a dimension barred by law only the total is read.
    """
    try:
        dimensions = [document["dimension"][key] for key in document["id"]]
        names = [
            str(d.get("label", key)) for key, d in zip(document["id"], dimensions, strict=True)
        ]
        categories = [_categories(dimension) for dimension in dimensions]
        if prod(map(len, categories)) > _MOST_CELLS:
            return
        values, status = document["value"], document.get("status") or {}
        for place, cell in enumerate(product(*categories)):
            if any(is_refused(n) and not is_total(c[1]) for n, c in zip(names, cell, strict=True)):
                continue
            row = dict(zip(names, (code for code, _ in cell), strict=True))
            labels = zip(names, (label for _, label in cell), strict=True)
            row |= {f"{name} text": label for name, label in labels}
            yield row | {"värde": _at(values, place), "status": _at(status, place)}
    except (KeyError, TypeError, ValueError, AttributeError, IndexError):
        return


def _categories(dimension: dict[str, Any]) -> list[tuple[str, str]]:
    category = dimension["category"]
    labels = category.get("label", {})
    index = category.get("index", list(labels))
    codes = sorted(index, key=index.__getitem__) if isinstance(index, dict) else index
    return [(str(code), str(labels.get(code, code))) for code in codes]


def _at(values: Any, place: int) -> str:
    """Return a cell's value; the standard allows a list, or an object by place."""
    if isinstance(values, dict):
        return text_of(values.get(str(place)))
    return text_of(values[place]) if isinstance(values, list) else text_of(values)
