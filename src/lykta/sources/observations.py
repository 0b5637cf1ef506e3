"""Observations of Brå, SCB and Kolada, and key figures of one's own, each from its own form."""

from collections.abc import Mapping
from dataclasses import dataclass

from lykta.infrastructure.errors import MissingColumn
from lykta.sources import key_figures
from lykta.sources.bra import reported_crimes
from lykta.sources.choosing import Plan, listed
from lykta.sources.files.table import Table
from lykta.sources.kolada import values
from lykta.sources.layouts import Layout
from lykta.sources.passports import passport
from lykta.sources.records import Observation, ObservationRecords, RowError
from lykta.sources.refusing import refused
from lykta.sources.statistics_sweden import cubes, observations


@dataclass(frozen=True, slots=True)
class Found:
    """What one form of file gave."""

    observations: list[Observation]
    errors: list[RowError]
    n_read: int
    refused: tuple[str, ...] = ()


def observations_from(table: Table, titles: Mapping[str, str]) -> ObservationRecords:
    """Return the observations of a table; `titles` names Kolada's key figures by id."""
    layout, found = _found(table, titles)
    n_broken = len(table.content.broken)
    barred = tuple(dict.fromkeys((*refused(table.columns), *found.refused)))
    errors = sorted([*table.content.broken, *found.errors], key=lambda error: error.row)
    return ObservationRecords(
        observations=tuple(found.observations),
        passport=passport(
            table,
            Plan(layout, {}, barred),
            n_read=found.n_read + n_broken,
            n_rejected=len(found.errors) + n_broken,
        ),
        errors=tuple(errors),
    )


def _found(table: Table, titles: Mapping[str, str]) -> tuple[Layout, Found]:
    headers = {column.casefold() for column in table.columns}
    if cubes.is_export(table.content.grid):
        return _layout("scb-export", "SCB"), _of_cube(cubes.cube_of_export(table.content.grid))
    if cubes.is_json_stat(table.columns):
        return _layout("scb-json-stat", "SCB"), _of_cube(cubes.cube_of_json_stat(table))
    if headers >= reported_crimes.BY_PERIOD:
        layout = _layout("bra-by-period", "Brå", reported_crimes.NOTES)
        return layout, Found(*reported_crimes.by_period(table), _n_rows(table))
    if headers >= reported_crimes.BY_MUNICIPALITY:
        layout = _layout("bra-by-municipality", "Brå", reported_crimes.NOTES)
        return layout, Found(*reported_crimes.by_municipality(table), _n_rows(table))
    if key_figures.is_form(table.columns):
        layout = _layout("key-figures", "okänd")
        return layout, Found(*key_figures.key_figures(table), _n_rows(table))
    if headers >= values.HEADERS:
        layout = _layout("kolada", "Kolada", values.NOTES)
        return layout, Found(*values.values(table, titles), _n_rows(table))
    raise MissingColumn(
        f"Filen {table.name} känns inte igen som statistik från Brå, SCB eller Kolada. "
        f"{listed(table.columns)} Hämta den på nytt i någon av deras egna former, eller skriv egna "
        "nyckeltal med kolumnerna nyckeltal, period, område och värde."
    )


def _of_cube(cube: cubes.Cube) -> Found:
    return Found(*observations.observations_of(cube), len(cube.cells), cube.refused)


def _n_rows(table: Table) -> int:
    return int(table.ask("SELECT count(*) FROM source")[0][0])


def _layout(key: str, source: str, notes: tuple[str, ...] = ()) -> Layout:
    return Layout(
        key=key, source=source, noun="uppgifter", headers=frozenset(), fields={}, notes=notes
    )
