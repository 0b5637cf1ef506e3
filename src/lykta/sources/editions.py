"""How many areas stand on each list of the police in the whole country, a row for each list."""

from collections.abc import Mapping

import numpy as np

from lykta.sources.choosing import Plan, plan, require, texts_of
from lykta.sources.days import Day, days_of
from lykta.sources.figures import Figure, figure
from lykta.sources.files.table import Table
from lykta.sources.guessing import EDITION_WORDS
from lykta.sources.keys import Key, faults_of_keys, faults_of_texts
from lykta.sources.passports import is_synthetic, passport
from lykta.sources.publishing import fault_of_publishing, published, year_of
from lykta.sources.records import Edition, EditionRecords, RowError, Status
from lykta.sources.rejecting import row_error

Row = dict[str, str]
_LEVELS = ("specially_vulnerable", "risk_areas", "vulnerable")
_COUNTS = ("total", *_LEVELS, "n_split")
_SIGNS = {sign: Figure(None, Status.MISSING) for sign in ("", "-", "–", ".", "..")}
_MOST = 1_000_000
_NO_COUNT = f"Antalet är inget helt tal från 0 till {_MOST}; rätta det eller lämna fältet tomt."
_NO_SUM = "De tre nivåerna blir tillsammans {} områden och inte antalet områden; rätta siffrorna."


def editions_of(table: Table, mapping: Mapping[str, str] | None) -> EditionRecords:
    """Return the editions of a table; the same list twice is an error."""
    how = plan(table, {}, EDITION_WORDS, mapping, noun="listor")
    require(table, how, "listans år", ["list_year"])
    require(table, how, "antal områden", ["total"], *([level] for level in _LEVELS))
    rows, days = texts_of(table, how, tuple(EDITION_WORDS)), days_of(table, how, "published")
    numbers = table.record_numbers(np.arange(len(rows)))
    faults = _faults(rows, days, how, numbers)
    n_broken = len(table.content.broken)
    errors = sorted([*table.content.broken, *faults.values()], key=lambda error: error.row)
    return EditionRecords(
        editions=tuple(
            _edition(row, days[place], int(numbers[place]))
            for place, row in enumerate(rows)
            if place not in faults
        ),
        passport=passport(
            table,
            how,
            n_read=len(rows) + n_broken,
            n_rejected=len(faults) + n_broken,
            is_synthetic=is_synthetic(table),
        ),
        errors=tuple(errors),
    )


def _faults(
    rows: list[Row], days: list[Day], how: Plan, numbers: np.ndarray
) -> dict[int, RowError]:
    """Return the errors of rows, by place from 0."""
    years = [str(year_of(row["list_year"]) or row["list_year"]) for row in rows]
    key = Key(how.mapping.get("list_year", ""), "Listans år", numbers)
    found = {
        place: row_error(int(numbers[place]), how.mapping.get(field, ""), row[field], reason)
        for place, row in enumerate(rows)
        for field, reason in _faulty(row, days[place])
    }
    return faults_of_keys(years, key) | found | faults_of_texts(rows, how.mapping, numbers)


def _faulty(row: Row, day: Day) -> list[tuple[str, str]]:
    """Return the first field that cannot be used, and why, or nothing."""
    if fault := fault_of_publishing(row, day):
        return [fault]
    if bad := next((field for field in _COUNTS if not _is_count(row[field])), ""):
        return [(bad, _NO_COUNT)]
    total, levels = _count(row["total"]), [_count(row[level]) for level in _LEVELS]
    known = [count for count in levels if count is not None]
    if total is not None and len(known) == len(levels) and sum(known) != total:
        return [("total", _NO_SUM.format(sum(known)))]
    return []


def _is_count(text: str) -> bool:
    found = figure(text, _SIGNS)
    if found is None:
        return False
    return found.value is None or (0 <= found.value <= _MOST and found.value.is_integer())


def _count(text: str) -> int | None:
    found = figure(text, _SIGNS)
    return None if found is None or found.value is None else int(found.value)


def _edition(row: Row, day: Day, number: int) -> Edition:
    year = year_of(row["list_year"]) or 0
    published_on, precision = published(year, day)
    return Edition(
        list_year=year,
        published=published_on,
        published_precision=precision,
        total=_count(row["total"]),
        specially_vulnerable=_count(row["specially_vulnerable"]),
        risk_areas=_count(row["risk_areas"]),
        vulnerable=_count(row["vulnerable"]),
        n_split=_count(row["n_split"]),
        certainty=row["certainty"],
        source=row["source"],
        note=row["note"],
        row=number,
    )
