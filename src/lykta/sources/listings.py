"""Which areas stand on the lists of the police, a row for each area and list."""

from collections.abc import Mapping

import numpy as np

from lykta.infrastructure.errors import MissingColumn
from lykta.sources.choosing import Plan, listed, plan, require, texts_of
from lykta.sources.days import Day, days_of
from lykta.sources.files.table import Table
from lykta.sources.guessing import LISTING_WORDS, plain
from lykta.sources.keys import Key, faults_of_keys, faults_of_texts
from lykta.sources.known import LISTING_LAYOUTS
from lykta.sources.passports import is_synthetic, passport
from lykta.sources.publishing import fault_of_publishing, published, year_of
from lykta.sources.records import Level, Listed, Listing, ListingRecords, RowError
from lykta.sources.rejecting import row_error

Row = dict[str, str]
_LISTED = {
    "": Listed.UNKNOWN,
    "ja": Listed.YES,
    "yes": Listed.YES,
    "nej": Listed.NO,
    "no": Listed.NO,
    "okänd": Listed.UNKNOWN,
    "okänt": Listed.UNKNOWN,
    "unknown": Listed.UNKNOWN,
}
_LEVELS = {
    "": Level.UNKNOWN,
    "utsatt område": Level.VULNERABLE,
    "vulnerable": Level.VULNERABLE,
    "vulnerable area": Level.VULNERABLE,
    "riskområde": Level.RISK_AREA,
    "risk area": Level.RISK_AREA,
    "särskilt utsatt område": Level.SPECIALLY_VULNERABLE,
    "specially vulnerable": Level.SPECIALLY_VULNERABLE,
    "specially vulnerable area": Level.SPECIALLY_VULNERABLE,
    "okänd": Level.UNKNOWN,
    "unknown": Level.UNKNOWN,
}
_NOT_LISTED = "Ordet känns inte igen; skriv ja, nej eller okänd."
_NO_LEVEL = (
    "Nivån känns inte igen; skriv utsatt område, riskområde, särskilt utsatt område eller okänd."
)
_LEVEL_OF_NONE = "Området står inte på listan men har en nivå; rätta det ena eller det andra."


def listings_of(
    table: Table, *, mapping: Mapping[str, str] | None, list_year: int | None
) -> ListingRecords:
    """Return the listings of a table; the same area twice on a list is an error."""
    how = plan(table, LISTING_LAYOUTS, LISTING_WORDS, mapping, noun="områden på listor")
    _check(table, how, list_year)
    rows = texts_of(table, how, tuple(LISTING_WORDS))
    if not how.has("list_year"):
        rows = [row | {"list_year": str(list_year)} for row in rows]
    days = days_of(table, how, "published")
    numbers = table.record_numbers(np.arange(len(rows)))
    faults = _faults(rows, days, how, numbers)
    n_broken = len(table.content.broken)
    errors = sorted([*table.content.broken, *faults.values()], key=lambda error: error.row)
    return ListingRecords(
        listings=tuple(
            _listing(row, days[place], int(numbers[place]))
            for place, row in enumerate(rows)
            if place not in faults
        ),
        passport=passport(
            table,
            how,
            n_read=len(rows) + n_broken,
            n_rejected=len(faults) + n_broken,
            notes=_notes(how, list_year),
            is_synthetic=is_synthetic(table),
        ),
        errors=tuple(errors),
    )


def _check(table: Table, how: Plan, list_year: int | None) -> None:
    require(table, how, "områdets namn", ["label"])
    require(table, how, "om området står på listan", ["listed"])
    if list_year is None and not how.has("list_year"):
        raise MissingColumn(
            f"Filen {table.name} säger inte vilket år listan gäller. {listed(table.columns)} "
            "Ange listans år, eller peka ut kolumnen med --map list_year=…."
        )


def _faults(
    rows: list[Row], days: list[Day], how: Plan, numbers: np.ndarray
) -> dict[int, RowError]:
    """Return the errors of rows, by place from 0."""
    groups = [(row["list_year"], row["area_code"]) for row in rows]
    column = how.mapping.get("label", "")
    key = Key(column, "Områdets beteckning", numbers, groups, " för samma år")
    found = {
        place: row_error(int(numbers[place]), how.mapping.get(field, ""), row[field], reason)
        for place, row in enumerate(rows)
        for field, reason in _faulty(row, days[place])
    }
    personal = faults_of_texts(rows, how.mapping, numbers)
    return found | personal | faults_of_keys([row["label"] for row in rows], key)


def _faulty(row: Row, day: Day) -> list[tuple[str, str]]:
    """Return the first field that cannot be used, and why, or nothing."""
    if fault := fault_of_publishing(row, day):
        return [fault]
    stands, level = _LISTED.get(plain(row["listed"])), _LEVELS.get(plain(row["level"]))
    if stands is None:
        return [("listed", _NOT_LISTED)]
    if level is None:
        return [("level", _NO_LEVEL)]
    if stands is Listed.NO and level is not Level.UNKNOWN:
        return [("level", _LEVEL_OF_NONE)]
    return []


def _listing(row: Row, day: Day, number: int) -> Listing:
    year = year_of(row["list_year"]) or 0
    published_on, precision = published(year, day)
    earlier = (label.strip() for label in row["split_from"].split(","))
    return Listing(
        list_year=year,
        published=published_on,
        published_precision=precision,
        label=row["label"],
        area_code=row["area_code"],
        listed=_LISTED[plain(row["listed"])],
        level=_LEVELS[plain(row["level"])],
        certainty=row["certainty"],
        source=row["source"],
        note=row["note"],
        split_from=tuple(label for label in earlier if label),
        row=number,
    )


def _notes(how: Plan, list_year: int | None) -> list[str]:
    if list_year is not None and how.has("list_year"):
        return [
            f"Filen säger själv vilka år listorna gäller; det angivna {list_year} användes inte."
        ]
    return []
