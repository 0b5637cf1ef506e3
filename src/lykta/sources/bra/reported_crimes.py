"""Anmälda brott: exports of Brå's statistics, by region and period, or by municipality."""

import re

from lykta.sources.figures import Figure, figure
from lykta.sources.files.table import Table
from lykta.sources.records import Observation, RowError, Status
from lykta.sources.rejecting import row_error
from lykta.sources.statistics_sweden.geography import region

BY_PERIOD = frozenset({"region", "brott", "år", "period", "antal"})
BY_MUNICIPALITY = frozenset({"name", "numcrimes", "crimesrelative"})
PER_100_000 = "antal per 100 000 invånare"
NOTES = (
    "Anmälda brott är inte samma sak som brott, och en del anmälningar visar sig inte vara brott.",
    "Månads- och kvartalssiffror är preliminära tills de fastställs i februari året efter.",
    "Siffror för kommun gäller där brottet skedde, för region där ärendet handlades; "
    "de får inte jämföras.",
    "Bedrägerier saknar ofta plats och fattas därför delvis i siffror för kommuner.",
)
_DATASET = "Anmälda brott"
_SIGNS = {
    "..": Figure(None, Status.NOT_APPLICABLE),
    "": Figure(None, Status.MISSING),
    "-": Figure(0.0, Status.FINAL),
}
_MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_NOT_A_NUMBER = "Värdet är inget tal; kontrollera filen mot källan."
_NO_YEAR = "Året går inte att läsa; skriv det som 2026 eller 2026 prel."
Found = tuple[list[Observation], list[RowError]]


def by_period(table: Table) -> Found:
    """Return counts, and rates where they are there, by region, crime and period."""
    names = {column.casefold(): column for column in table.columns}
    rate = next((column for key, column in names.items() if key.startswith("/100")), None)
    wanted = [names[key] for key in ("region", "brott", "år", "period", "antal")]
    units = [("antal", 4), *([(PER_100_000, 5)] if rate else [])]
    observations: list[Observation] = []
    errors: list[RowError] = []
    for number, row in table.texts([*wanted, *([rate] if rate else [])]):
        year = re.fullmatch(r"(\d{4})\s*(prel\.?)?", row[2])
        if not year:
            errors.append(row_error(number, names["år"], row[2], _NO_YEAR))
            continue
        values = [(unit, figure(row[place], _SIGNS)) for unit, place in units]
        if any(value is None for _, value in values):
            errors.append(row_error(number, names["antal"], "; ".join(row[4:]), _NOT_A_NUMBER))
            continue
        code, version = region(row[0], int(year[1]))
        is_preliminary = bool(year[2])
        observations += [
            _observation(
                (code, version, row[1], _period(year[1], row[3]), unit),
                value,
                number,
                is_preliminary=is_preliminary,
            )
            for unit, value in values
            if value
        ]
    return observations, errors


def by_municipality(table: Table) -> Found:
    """Return the counts and rates of a list of municipalities named in the genitive."""
    names = {column.casefold(): column for column in table.columns}
    wanted = [names[key] for key in ("name", "numcrimes", "crimesrelative")]
    observations: list[Observation] = []
    errors: list[RowError] = []
    for number, row in table.texts(wanted):
        code, version = region(row[0], None)
        if not version:
            reason = "Kommunen känns inte igen; skriv dess namn som i kommunförteckningen."
            errors.append(row_error(number, wanted[0], row[0], reason))
            continue
        values = [figure(text, _SIGNS) for text in row[1:]]
        if None in values:
            errors.append(row_error(number, wanted[1], "; ".join(row[1:]), _NOT_A_NUMBER))
            continue
        observations += [
            _observation((code, version, _DATASET, "", unit), value, number, is_preliminary=False)
            for unit, value in zip(("antal", PER_100_000), values, strict=True)
            if value
        ]
    return observations, errors


def _observation(
    key: tuple[str, str, str, str, str], value: Figure, row: int, *, is_preliminary: bool
) -> Observation:
    code, version, indicator, period, unit = key
    is_open = is_preliminary and value.status is Status.FINAL
    return Observation(
        source="Brå",
        dataset=_DATASET,
        indicator=indicator,
        geo_code=code,
        geo_version=version,
        period=period,
        value=value.value,
        status=Status.PRELIMINARY if is_open else value.status,
        unit=unit,
        row=row,
    )


def _period(year: str, period: str) -> str:
    word = period.casefold()
    if word[:3] in _MONTHS:
        return f"{year}-{_MONTHS.index(word[:3]) + 1:02d}"
    if quarter := re.search(r"(?:kv|kvartal|q)\.?\s*([1-4])|^([1-4])\s*(?:kv|:a)", word):
        return f"{year}-Q{quarter[1] or quarter[2]}"
    return year
