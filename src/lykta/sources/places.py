"""The register of places: a row for each landmark or address, with its point."""

import re
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from lykta.sources.areas import AskedAreas
from lykta.sources.choosing import Plan, plan, require, texts_of
from lykta.sources.cleaning import number
from lykta.sources.coordinates import DEGREES, Points, transform
from lykta.sources.days import Day, days_of
from lykta.sources.files.table import Table
from lykta.sources.guessing import PLACE_WORDS, plain
from lykta.sources.keys import Key, faults_of_keys, faults_of_texts
from lykta.sources.passports import is_synthetic, passport
from lykta.sources.points import NO_POINT, points_of, unplaced
from lykta.sources.records import Passport, PlaceRecords, RowError
from lykta.sources.rejecting import row_error

_TEXTS = ("code", "name", "kind", "aliases", "is_dwelling")
_DWELLING = {"": False, "nej": False, "no": False, "0": False, "false": False}
_DWELLING |= {"ja": True, "yes": True, "1": True, "true": True}
_NO_NAME = "Platsens namn saknas; fyll i det."
_UNCLEAR = "Ordet känns inte igen; skriv ja eller nej."
_NO_DAY = "Dagen då platsen börjar gälla är inget datum; skriv den som 2026-11-24."
_BETWEEN_NAMES = re.compile(r"[,|/]")
_LONGEST_NAME = 120
Row = dict[str, str]


def places_of(table: Table, asked: AskedAreas) -> PlaceRecords:
    """Return the places of a table in its order; the same place twice is an error."""
    how = plan(table, {}, PLACE_WORDS, asked.mapping, noun="platser")
    require(table, how, "platsens namn", ["name"])
    require(table, how, "platsens punkt", ["lon", "lat"], ["x", "y"])
    rows, days = texts_of(table, how, _TEXTS), days_of(table, how, "valid_from")
    numbers = table.record_numbers(np.arange(len(rows)))
    points, crs = _points(table, how, asked)
    faults = _faults(rows, days, points, how, numbers)
    n_broken = len(table.content.broken)
    page = passport(
        table,
        how,
        n_read=len(rows) + n_broken,
        n_rejected=len(faults) + n_broken,
        crs=crs,
        is_synthetic=is_synthetic(table),
    )
    errors = sorted([*table.content.broken, *faults.values()], key=lambda error: error.row)
    kept = [place for place in range(len(rows)) if place not in faults]
    sound = [rows[place] for place in kept]
    return _records(
        sound, [days[place] for place in kept], _taken(points, kept), numbers[kept], page, errors
    )


def _points(table: Table, how: Plan, asked: AskedAreas) -> tuple[Points, str]:
    fields = ("lon", "lat") if how.has("lon", "lat") else ("x", "y")
    wanted = ", ".join(number(how.sql(field)) for field in fields)
    x, y = np.array(table.ask(f"SELECT {wanted} FROM source"), np.float64).reshape(-1, 2).T
    return points_of(table, how, asked, x, y)


def _taken(points: Points, kept: list[int]) -> Points:
    return Points(points.x_m[kept], points.y_m[kept], points.metric_crs)


def _records(
    rows: list[Row],
    days: list[Day],
    points: Points,
    numbers: NDArray[np.int64],
    page: Passport,
    errors: list[RowError],
) -> PlaceRecords:
    if points.metric_crs:
        lon, lat = transform(points.x_m, points.y_m, points.metric_crs, DEGREES)
    else:
        lon, lat = points.x_m, points.y_m  # no row has a point
    return PlaceRecords(
        codes=tuple(row["code"] for row in rows),
        names=tuple(" ".join(row["name"].split()) for row in rows),
        kinds=tuple(row["kind"] for row in rows),
        aliases=tuple(_aliases(row) for row in rows),
        is_dwelling=tuple(_DWELLING[plain(row["is_dwelling"])] for row in rows),
        valid_from=tuple(day.last for day in days),
        x_m=points.x_m,
        y_m=points.y_m,
        lon=lon,
        lat=lat,
        metric_crs=points.metric_crs,
        rows=numbers,
        passport=page,
        errors=tuple(errors),
    )


def _aliases(row: Row) -> tuple[str, ...]:
    names = (" ".join(name.split()) for name in _BETWEEN_NAMES.split(row["aliases"]))
    return tuple(dict.fromkeys(name for name in names if name and name != row["name"]))


def _faults(
    rows: list[Row], days: list[Day], points: Points, how: Plan, numbers: NDArray[np.int64]
) -> dict[int, RowError]:
    """Return the errors of rows, by place from 0."""
    found = {
        place: row_error(int(numbers[place]), "", row["name"], NO_POINT)
        for place in unplaced(points)
        for row in [rows[place]]
    }
    found |= {
        place: row_error(int(numbers[place]), how.mapping.get(field, ""), text, reason)
        for place, row in enumerate(rows)
        for field, text, reason in _faulty(row, days[place])
    }
    return found | _faults_of_keys(rows, how, numbers) | faults_of_texts(rows, how.mapping, numbers)


def _faulty(row: Mapping[str, str], day: Day) -> list[tuple[str, str, str]]:
    """Return the first field that cannot be used, its text and why, or nothing."""
    if not row["name"]:
        return [("name", "", _NO_NAME)]
    if plain(row["is_dwelling"]) not in _DWELLING:
        return [("is_dwelling", row["is_dwelling"], _UNCLEAR)]
    if day.text and day.precision != "day":
        return [("valid_from", day.text, _NO_DAY)]
    return []


def _faults_of_keys(rows: list[Row], how: Plan, numbers: NDArray[np.int64]) -> dict[int, RowError]:
    """Return the errors of codes; of names where the file has no codes."""
    if how.has("code"):
        key = Key(how.mapping["code"], "Platsens kod", numbers)
        return faults_of_keys([row["code"] for row in rows], key)
    kinds = [plain(row["kind"]) for row in rows]
    key = Key(
        *(how.mapping["name"], "Platsens namn", numbers, kinds, " för samma slag"),
        longest=_LONGEST_NAME,
    )
    return faults_of_keys([plain(row["name"]) for row in rows], key)
