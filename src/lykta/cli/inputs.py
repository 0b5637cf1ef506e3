"""From files to the analysis' columns: names become numbers here, once."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from lykta.analysis.cells import People
from lykta.analysis.geometry import assign_areas
from lykta.analysis.picture import Areas
from lykta.analysis.spans import Events, Question
from lykta.cli.asked import Asked
from lykta.cli.periods import default_period, parse_period
from lykta.domain.events import rules
from lykta.domain.events.papers import words
from lykta.infrastructure.errors import BadPeriod, LyktaError
from lykta.infrastructure.imports.mapping import pairs
from lykta.sources.reading import read_areas, read_categories, read_events, read_population
from lykta.sources.records import (
    AreaRecords,
    CategoryRecords,
    EventRecords,
    Passport,
    PopulationRecords,
    RowError,
)

Floats = NDArray[np.float64]
Codes = NDArray[np.int32]

# A file with events alone still has one category.
WITHOUT_CATEGORY = "Alla"


@dataclass(frozen=True, slots=True)
class Read:
    """Everything read, as records and as columns."""

    event_records: EventRecords
    area_records: AreaRecords
    events: Events
    areas: Areas
    category_names: tuple[str, ...]
    passports: tuple[Passport, ...]
    errors: tuple[RowError, ...]


def read(asked: Asked, tell: Callable[[str], None]) -> Read:
    """Return the files' contents, the areas deciding in which metres all is laid."""
    tell(f"Läser områden ur {asked.areas.name}")
    areas = read_areas(asked.areas, mapping=pairs(asked.areas_map), crs=asked.areas_crs)
    tell("Läser händelser")
    events = read_events(
        asked.events,
        mapping=pairs(asked.mapping),
        crs=asked.crs,
        metric_crs=areas.metric_crs or None,
        municipality=asked.municipality,
        today=date.fromisoformat(asked.made_at[:10]),
    )
    categories = read_categories(asked.categories) if asked.categories else None
    tell("Läser folkmängd")
    placed, population, finer = _areas(asked, areas)
    names, category = _categories(events, categories)
    beside = [records for records in (areas, population, categories) if records is not None]
    return Read(
        events,
        areas,
        _events(events, positions(events.area_codes, areas, finer), category),
        placed,
        names,
        tuple(r.passport for r in (events, areas, population) if r is not None),
        (*events.errors, *(error for records in beside for error in _named(records))),
    )


def _named(records: AreaRecords | PopulationRecords | CategoryRecords) -> list[RowError]:
    """Return the errors of a file beside the events, its name before each reason."""
    name = Path(records.passport.path).name
    return [replace(error, reason=f"{name}: {error.reason}") for error in records.errors]


def question(asked: Asked, read: Read, *, on: date) -> Question:
    """Return what the picture is to be of: the period asked for, as fine as the reader may see."""
    events, passport = read.events, read.event_records.passport
    day = (events.first_day + events.last_day) // 2
    if asked.period:
        first, last = parse_period(asked.period)
    else:
        is_daily = read.event_records.time_level in ("minute", "day")
        first, last = default_period(day, events.count, is_daily=is_daily)
    rule = rules.fineness(asked.audience, on=on)
    smallest_shown = rules.smallest_shown(rule, n_areas=read.areas.n)
    n_events = int(events.count[(day >= first) & (day <= last)].sum())
    if n_events < max(smallest_shown, 1):
        few = f"färre än {smallest_shown}" if n_events else "inga"
        raise BadPeriod(
            f"Perioden {words.as_date(first)}–{words.as_date(last)} har {few} händelser, och det "
            "räcker inte till en lägesbild. Välj en annan period med --period."
        )
    return Question(
        first_day=first,
        last_day=last,
        n_categories=len(read.category_names),
        finest_unit=rule.finest_unit,
        smallest_shown=smallest_shown,
        cell_m=asked.cell_m,
        has_points=passport.has_points and not np.isnan(events.x_m).all(),
        has_rates=passport.has_rates,
    )


def _events(records: EventRecords, position: Codes, category: Codes) -> Events:
    """Return the events as columns; position : the area that each of the area codes means."""
    start = records.starts_at
    minutes = (start - start.astype("M8[D]")).astype("m8[m]").astype(float)
    is_partial = bool(records.withheld.any())
    is_timed = (start == records.ends_at) & (records.time_level == "minute")
    return Events(
        first_day=start.astype("M8[D]").astype(np.int64),
        last_day=records.ends_at.astype("M8[D]").astype(np.int64),
        hour=np.where(is_timed, minutes / 60, np.nan),
        x_m=records.x_m,
        y_m=records.y_m,
        area=position[records.area],
        category=category,
        # A withheld count is at least one; nought is never withheld.
        count=np.where(records.withheld > 0, 1, records.count) if is_partial else records.count,
        unseen=np.maximum(records.withheld - 1, 0) if is_partial else None,
    )


def _categories(
    records: EventRecords, categories: CategoryRecords | None
) -> tuple[tuple[str, ...], Codes]:
    """Return the names of the categories and each row's; grouped as a list of them says."""
    if not records.categories:
        return (WITHOUT_CATEGORY,), np.zeros(len(records.category), np.int32)
    wanted: list[str] = list(records.categories)
    if categories is not None:
        groups = dict(zip(categories.codes, categories.groups, strict=True))
        names = dict(zip(categories.codes, categories.names, strict=True))
        # A list without groups gives names; what is not in the list keeps its own word.
        wanted = [groups.get(code) or names.get(code) or code for code in wanted]
    kept = tuple(dict.fromkeys(wanted))
    position = {name: i for i, name in enumerate(kept)}
    table = np.array([*(position[name] for name in wanted), -1], np.int32)
    return kept, table[records.category]


def _areas(
    asked: Asked, records: AreaRecords
) -> tuple[Areas, PopulationRecords | AreaRecords | None, dict[str, int]]:
    """Return the areas with their inhabitants, the records these were counted from, and which
    area the code of a part of it means, where the inhabitants are counted per part.
    """
    n = len(records.codes)
    if asked.population is None:
        return Areas(n, records.polygons, records.population), None, {}
    mapping, crs = pairs(asked.population_map), asked.population_crs
    metres = records.metric_crs or None
    counted = read_population(asked.population, mapping=mapping, crs=crs, metric_crs=metres)
    if counted.x_m is not None:
        people = People(counted.population, None, counted.x_m, counted.y_m)
        total, _ = _summed(people, records)
        return Areas(n, records.polygons, total, people), counted, {}
    total = looked_up(counted.codes, counted.population, records)
    if not np.isnan(total).all():
        return Areas(n, records.polygons, total), counted, {}
    finer = read_areas(asked.population, mapping=mapping, crs=crs, metric_crs=metres)
    if finer.polygons is None or finer.population is None or records.polygons is None:
        raise LyktaError(
            f"Ingen områdeskod i ”{asked.population.name}” finns bland områdena. Välj en fil med "
            "samma koder, eller en karta med folkmängd per delområde.",
            code="no-common-code",
        )
    people = People(finer.population, finer.polygons)
    total, row = _summed(people, records)
    parts = {code.casefold(): int(i) for code, i in zip(finer.codes, row, strict=True)}
    return Areas(n, records.polygons, total, people), finer, parts


def positions(
    words: tuple[str, ...], areas: AreaRecords, parts: dict[str, int] | None = None
) -> Codes:
    """Return the area that each code or name means, -1 if none; the last entry is for no word."""
    position = dict(parts or {})
    position |= {name.casefold(): i for i, name in enumerate(areas.names)}
    position |= {code.casefold(): i for i, code in enumerate(areas.codes)}
    return np.array([*(position.get(word.casefold(), -1) for word in words), -1], np.int32)


def looked_up(codes: tuple[str, ...], values: Floats, areas: AreaRecords) -> Floats:
    """Return the sum of the values with each area's code or name; nan where there is none."""
    row = positions(codes, areas)[:-1]
    known = row >= 0
    total = np.bincount(row[known], weights=values[known], minlength=len(areas.codes))
    held = np.bincount(row[known], minlength=len(areas.codes)) > 0
    return np.where(held, total, np.nan)


def _summed(people: People, areas: AreaRecords) -> tuple[Floats | None, Codes]:
    """Return the inhabitants of each area, and the area of each place: where its middle lies."""
    if areas.polygons is None:
        return None, np.full(len(people.population), -1, np.int32)
    row = assign_areas(*people.middles(), areas.polygons).area
    known = row >= 0
    weights: Floats = np.nan_to_num(people.population[known])
    return np.bincount(row[known], weights=weights, minlength=len(areas.codes)).astype(float), row
