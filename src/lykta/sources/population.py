"""Population of every layout: per area code, or as points."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lykta.sources import coordinates
from lykta.sources.areas import AskedAreas
from lykta.sources.choosing import Plan, plan, require
from lykta.sources.cleaning import is_given, number
from lykta.sources.files.table import Table, quoted
from lykta.sources.guessing import POPULATION_WORDS, population_by_year, year_in
from lykta.sources.keys import Key, faults_of_keys, faults_of_texts
from lykta.sources.passports import is_synthetic, passport
from lykta.sources.points import NO_POINT, points_of, unplaced
from lykta.sources.records import Floats, Passport, PopulationRecords, RowError
from lykta.sources.rejecting import row_error

_NO_YEAR = "Året saknas eller är inget årtal; skriv det som 2023."
_NO_NUMBER = "Folkmängden är inget tal från 0 och uppåt; rätta den."
_NOT_THERE = "Folkmängden saknas; källan lämnar inte ut den eller så är fältet tomt."


@dataclass(frozen=True, slots=True)
class Row:
    """One area or point in one year."""

    number: int  # of the row in the file
    column: str  # that the value stands in
    code: str
    value: float | None
    text: str
    is_given: bool
    x: float | None
    y: float | None
    year: int  # 0 where not known
    year_text: str
    origin: str
    fetched: str


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of the years that are read."""

    rows: list[Row]
    x: Floats
    y: Floats
    numbers: NDArray[np.int64]  # of the rows in the file
    n_other_years: int
    every_year: bool

    @property
    def year(self) -> int | None:
        """The latest year."""
        return max((row.year for row in self.rows), default=0) or None


def population_of(table: Table, asked: AskedAreas, *, every_year: bool) -> PopulationRecords:
    """Return the population of a table; of several years only the latest, or every one."""
    how = plan(table, {}, POPULATION_WORDS, asked.mapping, noun="invånare")
    require(table, how, "folkmängd", ["population"])
    has_points = how.has("lon", "lat") or how.has("x", "y")
    require(table, how, "område eller punkt", ["code"], ["lon", "lat"], ["x", "y"])
    columns = _columns(table, how, asked.mapping or {}, every_year=every_year)
    rows = _chosen(_rows(table, how, columns), every_year=every_year)
    faults = _faults(rows, how, is_by_code=not has_points)
    points, crs = points_of(table, how, asked, rows.x, rows.y) if has_points else (None, "")
    if points:
        faults |= _unplaced(rows, points, faults)
    n_broken = len(table.content.broken)
    page = passport(
        table,
        how,
        n_read=len(rows.rows) + n_broken,
        n_rejected=len(faults) + n_broken,
        crs=crs,
        notes=_notes(rows, columns),
        is_synthetic=is_synthetic(table),
    )
    errors = sorted([*table.content.broken, *faults.values()], key=lambda error: error.row)
    return _records(rows, faults, points, page, tuple(errors))


def _columns(
    table: Table, how: Plan, asked: Mapping[str, str], *, every_year: bool
) -> dict[str, int]:
    """Return the columns of population that are read, with the year in their names or 0."""
    guessed = how.mapping["population"]
    allowed = [column for column in table.columns if column not in how.refused]
    years = population_by_year(allowed)
    if (
        every_year
        and guessed in years.values()
        and not how.has("year")
        and "population" not in asked
    ):
        return {years[year]: year for year in sorted(years)}
    return {guessed: year_in(guessed) or 0}


def _rows(table: Table, how: Plan, columns: Mapping[str, int]) -> list[Row]:
    """Return every row of the file, once for each column of population."""
    x, y = ("lon", "lat") if how.has("lon", "lat") else ("x", "y")
    year = _year(table, how)
    code, year_text, origin, fetched = (
        f"coalesce(trim({how.sql(field)}), '')" for field in ("code", "year", "origin", "fetched")
    )
    found = []
    for column, in_header in columns.items():
        value = quoted(column)
        rows = table.ask(
            f"SELECT {code}, {number(value)}, coalesce({value}, ''), {is_given(value)}, "
            f"{number(how.sql(x))}, {number(how.sql(y))}, {year or in_header}, {year_text}, "
            f"{origin}, {fetched} FROM source"
        )
        numbers = table.record_numbers(np.arange(len(rows))).tolist()
        found.append([Row(n, column, *row) for n, row in zip(numbers, rows, strict=True)])
    return [row for together in zip(*found, strict=True) for row in together]


def _year(table: Table, how: Plan) -> str:
    """Return SQL for the year of a row, 0 where it has none; "" where no row has one."""
    value = number(how.sql("year"))
    whole = f"CASE WHEN {value} BETWEEN 1701 AND 2199 AND {value} = floor({value}) THEN {value} END"
    is_dated = table.ask(f"SELECT count({whole}) FROM source")[0][0]
    return f"CAST(coalesce({whole}, 0) AS INTEGER)" if is_dated else ""


def _chosen(found: list[Row], *, every_year: bool) -> Rows:
    """Return the rows of the latest year, or of every year."""
    latest = max((row.year for row in found), default=0)
    rows = found if every_year else [row for row in found if row.year == latest]
    return Rows(
        rows=rows,
        x=np.array([row.x for row in rows], dtype=np.float64),
        y=np.array([row.y for row in rows], dtype=np.float64),
        numbers=np.array([row.number for row in rows], dtype=np.int64),
        n_other_years=len(found) - len(rows),
        every_year=every_year,
    )


def _records(
    rows: Rows,
    faults: Mapping[int, RowError],
    points: coordinates.Points | None,
    page: Passport,
    errors: tuple[RowError, ...],
) -> PopulationRecords:
    """Return the rows without fault."""
    kept = [place for place in range(len(rows.rows)) if place not in faults]
    sound = [rows.rows[place] for place in kept]
    return PopulationRecords(
        codes=tuple(row.code for row in sound),
        population=np.array([row.value for row in sound], dtype=np.float64),
        x_m=points.x_m[kept] if points else None,
        y_m=points.y_m[kept] if points else None,
        year=rows.year,
        years=np.array([row.year for row in sound], dtype=np.int64),
        rows=rows.numbers[kept],
        origins=tuple(row.origin for row in sound),
        fetched=tuple(row.fetched for row in sound),
        passport=page,
        errors=errors,
    )


def _faults(rows: Rows, how: Plan, *, is_by_code: bool) -> dict[int, RowError]:
    """Return the errors of rows, by place from 0."""
    texts = [{"origin": row.origin, "fetched": row.fetched} for row in rows.rows]
    faults = _bad_values(rows) | faults_of_texts(texts, how.mapping, rows.numbers)
    if is_by_code:
        within = " för samma år" if rows.every_year else ""
        years = [row.year for row in rows.rows]
        key = Key(how.mapping.get("code", ""), "Områdets kod", rows.numbers, years, within)
        faults |= faults_of_keys([row.code for row in rows.rows], key)
    return faults | _undated(rows, how) if rows.every_year and how.has("year") else faults


def _bad_values(rows: Rows) -> dict[int, RowError]:
    return {
        place: row_error(row.number, row.column, row.text, reason)
        for place, row in enumerate(rows.rows)
        for reason in [_NO_NUMBER if row.is_given else _NOT_THERE]
        if row.value is None or not 0 <= row.value < np.inf
    }


def _undated(rows: Rows, how: Plan) -> dict[int, RowError]:
    column = how.mapping["year"]
    return {
        place: row_error(row.number, column, row.year_text, _NO_YEAR)
        for place, row in enumerate(rows.rows)
        if not row.year
    }


def _unplaced(
    rows: Rows, points: coordinates.Points, faults: dict[int, RowError]
) -> dict[int, RowError]:
    return {
        place: row_error(int(rows.numbers[place]), "", "", NO_POINT)
        for place in unplaced(points)
        if place not in faults
    }


def _notes(rows: Rows, columns: Mapping[str, int]) -> list[str]:
    notes = []
    if rows.every_year:
        years = sorted({row.year for row in rows.rows if row.year})
        if years:
            notes.append(f"Folkmängden gäller {', '.join(map(str, years))}.")
    elif rows.year:
        notes.append(f"Folkmängden är den från {rows.year}, det senaste året i filen.")
    if rows.n_other_years:
        notes.append(f"{rows.n_other_years} rader från andra år lästes inte.")
    if len(columns) > 1:
        notes.append("Varje år har sin kolumn i filen; en rad räknas en gång för varje år.")
    return notes
