"""Population of every layout: per area code, or as points."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from lykta.sources import coordinates
from lykta.sources.areas import AskedAreas
from lykta.sources.choosing import Plan, plan, require
from lykta.sources.cleaning import is_given, number
from lykta.sources.coordinates import DEGREES
from lykta.sources.files.shapes import POINT_X
from lykta.sources.files.table import Table
from lykta.sources.guessing import POPULATION_WORDS, year_in
from lykta.sources.keys import Key, faults_of_keys
from lykta.sources.passports import is_synthetic, passport
from lykta.sources.records import Floats, PopulationRecords, RowError
from lykta.sources.rejecting import row_error


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of the year that is read."""

    codes: list[str]
    values: list[float | None]
    texts: list[str]
    is_given: list[bool]
    x: Floats
    y: Floats
    numbers: Any  # of the rows in the file
    n_other_years: int
    year: int | None


def population_of(table: Table, asked: AskedAreas) -> PopulationRecords:
    """Return the population of a table; of several years only the latest is read."""
    how = plan(table, {}, POPULATION_WORDS, asked.mapping, noun="invånare")
    require(table, how, "folkmängd", ["population"])
    has_points = how.has("lon", "lat") or how.has("x", "y")
    require(table, how, "område eller punkt", ["code"], ["lon", "lat"], ["x", "y"])
    rows = _rows(table, how)
    faults = _faults(rows, how, is_by_code=not has_points)
    points, crs = _points(table, rows, how, asked) if has_points else (None, "")
    if points:
        faults |= _unplaced(rows, points, faults)
    kept = [place for place in range(len(rows.codes)) if place not in faults]
    n_broken = len(table.content.broken)
    errors = sorted([*table.content.broken, *faults.values()], key=lambda error: error.row)
    return PopulationRecords(
        codes=tuple(rows.codes[place] for place in kept),
        population=np.array([rows.values[place] for place in kept], dtype=np.float64),
        x_m=points.x_m[kept] if points else None,
        y_m=points.y_m[kept] if points else None,
        year=rows.year,
        passport=passport(
            table,
            how,
            n_read=len(rows.codes) + n_broken,
            n_rejected=len(faults) + n_broken,
            crs=crs,
            notes=_notes(rows),
            is_synthetic=is_synthetic(table),
        ),
        errors=tuple(errors),
    )


def _rows(table: Table, how: Plan) -> Rows:
    value = how.sql("population")
    x, y = ("lon", "lat") if how.has("lon", "lat") else ("x", "y")
    found = table.ask(
        f"SELECT coalesce(trim({how.sql('code')}), ''), {number(value)}, coalesce({value}, ''), "
        f"{is_given(value)}, {number(how.sql(x))}, {number(how.sql(y))}, "
        f"{number(how.sql('year'))} FROM source"
    )
    years = [row[6] for row in found if row[6] is not None and 1700 < row[6] < 2200]
    latest = max(years) if years else None
    places = [p for p, row in enumerate(found) if latest is None or row[6] == latest]
    chosen = [found[place] for place in places]
    return Rows(
        codes=[row[0] for row in chosen],
        values=[row[1] for row in chosen],
        texts=[row[2] for row in chosen],
        is_given=[row[3] for row in chosen],
        x=np.array([row[4] for row in chosen], dtype=np.float64),
        y=np.array([row[5] for row in chosen], dtype=np.float64),
        numbers=table.record_numbers(np.array(places, dtype=np.int64)),
        n_other_years=len(found) - len(chosen),
        year=int(latest) if latest else year_in(how.mapping.get("population", "")),
    )


def _faults(rows: Rows, how: Plan, *, is_by_code: bool) -> dict[int, RowError]:
    column = how.mapping["population"]
    faults: dict[int, RowError] = {}
    if is_by_code:
        key = Key(how.mapping.get("code", ""), "Områdets kod", rows.numbers)
        faults = faults_of_keys(rows.codes, key)
    for place, value in enumerate(rows.values):
        if place not in faults and (value is None or not 0 <= value < np.inf):
            reason = (
                "Folkmängden är inget tal från 0 och uppåt; rätta den."
                if rows.is_given[place]
                else "Folkmängden saknas; källan lämnar inte ut den eller så är fältet tomt."
            )
            faults[place] = row_error(int(rows.numbers[place]), column, rows.texts[place], reason)
    return faults


def _points(
    table: Table, rows: Rows, how: Plan, asked: AskedAreas
) -> tuple[coordinates.Points, str]:
    has_degrees = how.has("lon", "lat")
    said = table.content.crs if how.mapping.get("x") == POINT_X else ""
    crs = asked.crs or (DEGREES if has_degrees else said)
    if not crs:
        raise coordinates.unknown(rows.x, rows.y)
    crs = coordinates.name_of(crs)
    fields = ("lon", "lat") if has_degrees else ("x", "y")
    coordinates.check(rows.x, rows.y, crs=crs, fields=fields)
    return coordinates.placed(rows.x, rows.y, crs=crs, metric_crs=asked.metric_crs), crs


def _unplaced(
    rows: Rows, points: coordinates.Points, faults: dict[int, RowError]
) -> dict[int, RowError]:
    reason = "Punkten saknas eller ligger utanför referenssystemet; kontrollera koordinaterna."
    is_placed = np.isfinite(points.x_m) & np.isfinite(points.y_m)
    return {
        place: row_error(int(rows.numbers[place]), "", "", reason)
        for place in np.flatnonzero(~is_placed).tolist()
        if place not in faults
    }


def _notes(rows: Rows) -> list[str]:
    notes = []
    if rows.year:
        notes.append(f"Folkmängden är den från {rows.year}, det senaste året i filen.")
    if rows.n_other_years:
        notes.append(f"{rows.n_other_years} rader från andra år lästes inte.")
    return notes
