"""Registers of places: landmarks and addresses, each with a name and a point."""

from collections.abc import Sequence

import numpy as np

from lykta.sources.areas import AskedAreas
from lykta.sources.choosing import plan, require, texts_of
from lykta.sources.cleaning import number
from lykta.sources.coordinates import DEGREES, transform
from lykta.sources.files.table import Table
from lykta.sources.guessing import PLACE_WORDS
from lykta.sources.keys import Key, faults_of_keys, faults_of_texts
from lykta.sources.passports import is_synthetic, passport
from lykta.sources.points import points_of, unplaced
from lykta.sources.records import PlaceRecords, RowError
from lykta.sources.rejecting import row_error

_TEXTS = ("code", "name", "kind", "aliases", "is_dwelling", "is_ended")
_YES = frozenset({"ja", "j", "yes", "y", "true", "sant", "1", "x"})
_BETWEEN_ALIASES = "|"


def places_of(table: Table, asked: AskedAreas) -> PlaceRecords:
    """Return the places of a table in its order; one without name or point is an error."""
    how = plan(table, {}, PLACE_WORDS, asked.mapping, noun="platser")
    require(table, how, "platsens namn", ["name"])
    require(table, how, "platsens punkt", ["lon", "lat"], ["x", "y"])
    rows = texts_of(table, how, _TEXTS)
    numbers = table.record_numbers(np.arange(len(rows)))
    x_name, y_name = ("lon", "lat") if how.has("lon", "lat") else ("x", "y")
    found = table.ask(f"SELECT {number(how.sql(x_name))}, {number(how.sql(y_name))} FROM source")
    x, y = (np.array([row[n] for row in found], dtype=np.float64) for n in (0, 1))
    points, crs = points_of(table, how, asked, x, y)
    faults = faults_of_texts(rows, how.mapping, numbers)
    faults = (
        unplaced(points, numbers) | _unnamed(rows, how.mapping.get("name", ""), numbers) | faults
    )
    if how.has("code"):
        key = Key(how.mapping["code"], "Platsens kod", numbers)
        faults = faults_of_keys([row["code"] for row in rows], key) | faults
    kept = [place for place in range(len(rows)) if place not in faults]
    n_broken = len(table.content.broken)
    lon, lat = transform(points.x_m[kept], points.y_m[kept], points.metric_crs or DEGREES, DEGREES)
    texts = [rows[place] for place in kept]
    return PlaceRecords(
        codes=tuple(row["code"] for row in texts),
        names=tuple(row["name"] for row in texts),
        kinds=tuple(row["kind"] for row in texts),
        aliases=tuple(_aliases(row["aliases"]) for row in texts),
        is_dwelling=tuple(row["is_dwelling"].casefold() in _YES for row in texts),
        is_ended=tuple(row["is_ended"].casefold() in _YES for row in texts),
        x_m=points.x_m[kept],
        y_m=points.y_m[kept],
        lon=lon,
        lat=lat,
        rows=numbers[kept],
        passport=passport(
            table,
            how,
            n_read=len(rows) + n_broken,
            n_rejected=len(faults) + n_broken,
            crs=crs,
            is_synthetic=is_synthetic(table),
        ),
        errors=tuple(
            sorted([*table.content.broken, *faults.values()], key=lambda error: error.row)
        ),
    )


def _unnamed(
    rows: Sequence[dict[str, str]], column: str, numbers: np.ndarray
) -> dict[int, RowError]:
    return {
        place: row_error(int(numbers[place]), column, "", "Platsens namn saknas; fyll i det.")
        for place, row in enumerate(rows)
        if not row["name"]
    }


def _aliases(text: str) -> tuple[str, ...]:
    """Return the other names of a place, which stand with a bar between them."""
    return tuple(filter(None, (part.strip() for part in text.split(_BETWEEN_ALIASES))))
