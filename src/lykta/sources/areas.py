"""Areas of every layout: a list of codes and names, with polygons where the file has them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from lykta.sources.choosing import Plan, plan, require, texts_of
from lykta.sources.cleaning import number
from lykta.sources.days import Day, days_of
from lykta.sources.files.table import Table
from lykta.sources.guessing import AREA_WORDS, year_in
from lykta.sources.keys import Key, faults_of_keys, faults_of_texts
from lykta.sources.known import AREA_LAYOUTS
from lykta.sources.passports import is_synthetic, passport
from lykta.sources.polygons import Shapes, joined, shapes_of
from lykta.sources.records import AreaRecords, Floats, Passport, RowError
from lykta.sources.rejecting import row_error

_TEXTS = ("kind", "parent", "border_origin", "border_note")


@dataclass(frozen=True, slots=True)
class AskedAreas:
    """What the user says about a file of areas."""

    mapping: Mapping[str, str] | None = None
    crs: str | None = None
    metric_crs: str | None = None


@dataclass(frozen=True, slots=True)
class Rows:
    """All rows of a file of areas."""

    code_column: str
    codes: list[str]
    names: list[str]
    texts: list[dict[str, str]]  # what else is said of each
    days: list[Day]  # from which it holds
    population: Floats | None
    numbers: NDArray[np.int64]  # of the rows in the file


def areas_of(table: Table, asked: AskedAreas) -> AreaRecords:
    """Return the areas of a table in its order; a repeated code and a missing area are errors."""
    how = plan(table, AREA_LAYOUTS, AREA_WORDS, asked.mapping, noun="områden")
    require(table, how, "områdenas kod eller namn", ["code"], ["name"])
    rows = _rows(table, how)
    shapes = shapes_of(table, crs=asked.crs, metric_crs=asked.metric_crs)
    if shapes:
        shapes = joined(shapes, list(zip(rows.codes, rows.names, strict=True)))
    faults = _faults(rows, how, shapes)
    parts = shapes.parts if shapes else {}
    kept = [p for p in range(len(rows.codes)) if p not in faults and p not in parts]
    n_broken = len(table.content.broken)
    page = passport(
        table,
        how,
        n_read=len(rows.codes) + n_broken,
        n_rejected=len(faults) + n_broken,
        crs=shapes.crs if shapes else "",
        notes=_notes(how, shapes),
        is_synthetic=is_synthetic(table),
    )
    errors = sorted([*table.content.broken, *faults.values()], key=lambda error: error.row)
    records = _records(rows, kept, shapes, page)
    year = year_in(how.mapping.get("population", ""))
    return replace(records, population_year=year, errors=tuple(errors))


def _rows(table: Table, how: Plan) -> Rows:
    """Return the rows; a code stands for a name where that is not there, and a name for a code."""
    code = "code" if how.has("code") else "name"
    name = "name" if how.has("name") else "code"
    keys = texts_of(table, how, (code, name))
    counted = table.ask(f"SELECT {number(how.sql('population'))} FROM source")
    population = np.array([row[0] for row in counted], dtype=np.float64)
    return Rows(
        code_column=how.mapping.get(code, ""),
        codes=[row[code] for row in keys],
        names=[row[name] for row in keys],
        texts=texts_of(table, how, _TEXTS),
        days=days_of(table, how, "valid_from"),
        population=population if how.has("population") else None,
        numbers=table.record_numbers(np.arange(len(keys))),
    )


def _records(rows: Rows, kept: list[int], shapes: Shapes | None, page: Passport) -> AreaRecords:
    """Return the rows that are kept."""
    texts = {field: tuple(rows.texts[place][field] for place in kept) for field in _TEXTS}
    return AreaRecords(
        codes=tuple(rows.codes[place] for place in kept),
        names=tuple(rows.names[place] or rows.codes[place] for place in kept),
        polygons=shapes.polygons[kept] if shapes else None,
        metric_crs=shapes.metric_crs if shapes else "",
        population=None if rows.population is None else rows.population[kept],
        population_year=None,
        rows=rows.numbers[kept],
        kinds=texts["kind"],
        parents=texts["parent"],
        valid_from=tuple(rows.days[place].last for place in kept),
        border_origins=texts["border_origin"],
        border_notes=texts["border_note"],
        passport=page,
    )


def _faults(rows: Rows, how: Plan, shapes: Shapes | None) -> dict[int, RowError]:
    """Return the errors of rows, by place from 0; a part of an area shares the area's error."""
    key = Key(rows.code_column, "Områdets kod", rows.numbers)
    faults = _undated(rows, how) | faults_of_texts(rows.texts, how.mapping, rows.numbers)
    faults |= faults_of_keys(rows.codes, key)
    if shapes is None:
        return faults
    faults = {place: error for place, error in faults.items() if place not in shapes.parts}
    faults |= _missing_shapes(rows, shapes, faults)
    return faults | {
        part: replace(faults[first], row=int(rows.numbers[part]))
        for part, first in shapes.parts.items()
        if first in faults
    }


def _undated(rows: Rows, how: Plan) -> dict[int, RowError]:
    column = how.mapping.get("valid_from", "")
    reason = "Dagen då området börjar gälla är inget datum; skriv den som 2026-11-24."
    return {
        place: row_error(int(rows.numbers[place]), column, day.text, reason)
        for place, day in enumerate(rows.days)
        if day.text and day.precision != "day"
    }


def _missing_shapes(
    rows: Rows, shapes: Shapes, faults: Mapping[int, RowError]
) -> dict[int, RowError]:
    done = {*faults, *shapes.parts}
    reason = "Området saknar yta i filen; rita in den eller ta bort raden."
    return {
        place: row_error(int(rows.numbers[place]), "", rows.codes[place], reason)
        for place, shape in enumerate(shapes.polygons)
        if shape is None and place not in done
    }


def _notes(how: Plan, shapes: Shapes | None) -> list[str]:
    notes = []
    if year := year_in(how.mapping.get("population", "")):
        notes.append(f"Folkmängden är den från {year}, det senaste året i filen.")
    if shapes and shapes.n_mended:
        areas = "område" if shapes.n_mended == 1 else "områden"
        notes.append(f"{shapes.n_mended} {areas} korsade sin egen gräns och rättades.")
    if shapes and shapes.parts:
        rows = "rad är en del" if len(shapes.parts) == 1 else "rader är delar"
        notes.append(f"{len(shapes.parts)} {rows} av ett område med samma kod och lades till det.")
    return notes
