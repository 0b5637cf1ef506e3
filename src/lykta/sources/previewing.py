"""How a file of events would be read, to be shown before it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from lykta.sources.choosing import plan
from lykta.sources.files.opening import with_table
from lykta.sources.files.table import Table
from lykta.sources.guessing import EVENT_WORDS
from lykta.sources.known import EVENT_LAYOUTS

# Our fields in the words of the interface, in the order they are shown.
FIELD_NAMES = {
    "time": "tidpunkt",
    "from": "tidigast",
    "to": "senast",
    "clock": "klockslag",
    "lon": "longitud",
    "lat": "latitud",
    "x": "x (öst)",
    "y": "y (nord)",
    "area": "område",
    "municipality": "kommun",
    "category": "kategori",
    "count": "antal",
    "id": "id",
}


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file seems to be and how it would be read."""

    layout: str
    source: str
    columns: tuple[str, ...]  # that may be mapped
    mapping: dict[str, str]
    refused_columns: tuple[str, ...]


def preview(path: Path, *, mapping: Mapping[str, str] | None = None) -> Preview:
    """Return how a file of events would be read, without reading its rows."""
    return with_table(Path(path), partial(_preview, mapping=mapping))


def _preview(table: Table, mapping: Mapping[str, str] | None) -> Preview:
    how = plan(table, EVENT_LAYOUTS, EVENT_WORDS, mapping, noun="händelser")
    allowed = tuple(column for column in table.columns if column not in how.refused)
    return Preview(how.layout.key, how.layout.source, allowed, how.mapping, how.refused)


def describe_mapping(mapping: Mapping[str, str]) -> list[str]:
    """Return a line for each field that is read: what it is, and the column it comes from."""
    return [
        f"{name}: kolumnen ”{mapping[field]}” (ändra med --map {field}=…)"
        for field, name in FIELD_NAMES.items()
        if field in mapping
    ]
