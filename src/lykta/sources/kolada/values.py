"""Values of key figures, from the API (version 2 or 3) or as a table."""

from collections.abc import Mapping
from dataclasses import replace

from lykta.infrastructure.errors import LyktaError
from lykta.sources.figures import Figure, figure
from lykta.sources.files.table import Table, quoted
from lykta.sources.records import Observation, RowError, Status
from lykta.sources.rejecting import row_error

HEADERS = frozenset({"kpi", "gender", "value"})
NOTES = (
    "Värdet för en grupp av kommuner är ett ovägt medel.",
    "Varje nyckeltal har sin egen dag för publicering.",
)
_SIGNS = {"": Figure(None, Status.MISSING)}
_WITHHELD = ("private", "secret", "sekretess", "confidential")
_COUNTRY = ("0000", "00")
_SEX = {"t": "T", "k": "K", "f": "K", "m": "M"}


def values(table: Table, titles: Mapping[str, str]) -> tuple[list[Observation], list[RowError]]:
    """Return an observation for each key figure, municipality, year and sex."""
    names = {column.casefold(): column for column in table.columns}
    place = names.get("municipality_id", names.get("municipality", ""))
    period = names.get("period", names.get("year", ""))
    wanted = [names["kpi"], place, period, names["gender"], names["value"]]
    wanted += [names["status"]] if "status" in names else []
    observations: list[Observation] = []
    errors: list[RowError] = []
    for number, row in table.texts(wanted):
        value = figure(row[4], _SIGNS)
        if value is None or not row[2][:4].isdecimal():
            reason = "Värdet eller året är inget tal; hämta filen på nytt från Kolada."
            errors.append(row_error(number, names["value"], row[4], reason))
            continue
        observations.append(replace(_observation(row, value, titles), row=number))
    return observations, errors


def _observation(row: tuple[str, ...], value: Figure, titles: Mapping[str, str]) -> Observation:
    kpi, place, period, gender = row[:4]
    status = row[5].casefold() if len(row) > 5 else ""
    is_withheld = value.value is None and status in _WITHHELD
    code = "00" if place in _COUNTRY else place.zfill(4)
    return Observation(
        source="Kolada",
        dataset=kpi,
        indicator=titles.get(kpi, kpi),
        geo_code=code,
        geo_version=_kind(code),
        period=period.removesuffix(".0"),
        value=value.value,
        status=Status.SUPPRESSED if is_withheld else value.status,
        unit="",
        sex=_SEX.get(gender.casefold(), gender or "-"),
    )


def _kind(code: str) -> str:
    if code == "00":
        return "riket"
    return "län" if code.startswith("00") else "kommun"


def titles_of(table: Table) -> dict[str, str]:
    """Return the titles of key figures by id, from Kolada's own list of them."""
    names = {column.casefold(): column for column in table.columns}
    if not {"id", "title"} <= set(names):
        raise LyktaError(
            f"Filen {table.name} är ingen lista över nyckeltal: kolumnerna id och title saknas. "
            "Hämta den från Kolada.",
            code="missing-column",
        )
    wanted = f"{quoted(names['id'])}, {quoted(names['title'])}"
    return {str(id_): str(title) for id_, title in table.ask(f"SELECT {wanted} FROM source")}


def check_titles(expected: Mapping[str, str], found: Mapping[str, str]) -> None:
    """Raise where a key figure is not called what the caller believes: ids are often mixed up."""
    for kpi, title in expected.items():
        if found.get(kpi, "").strip().casefold() != title.strip().casefold():
            raise LyktaError(
                f"Nyckeltalet {kpi} heter ”{found.get(kpi, 'inget i Koladas lista')}”, inte "
                f"”{title}”. Rätta nyckeltalets id eller namn innan värdena läses in.",
                code="title-mismatch",
            )
