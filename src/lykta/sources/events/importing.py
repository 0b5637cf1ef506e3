"""One file of events, from its table to its records."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np

from lykta.sources import coordinates, days, times
from lykta.sources.choosing import Plan, plan, require
from lykta.sources.events import choice, positions, words
from lykta.sources.events.columns import Columns, columns_of
from lykta.sources.events.faults import Fault
from lykta.sources.events.query import Query, numbered, survey_sql, times_sql
from lykta.sources.events.rejected import MOST_LISTED, errors_of
from lykta.sources.events.repeats import repeats
from lykta.sources.files.table import Table
from lykta.sources.files.unpacking import unreadable
from lykta.sources.guessing import EVENT_WORDS
from lykta.sources.known import EVENT_LAYOUTS
from lykta.sources.passports import is_synthetic, passport
from lykta.sources.records import EventRecords


@dataclass(frozen=True, slots=True)
class Asked:
    """What the user says about a file of events."""

    mapping: Mapping[str, str] | None = None
    crs: str | None = None
    metric_crs: str | None = None
    municipality: str | None = None
    today: date | None = None  # events after it are rejected, where it is given
    is_keyed: bool = False  # whether each event's row and id are asked for


@dataclass(frozen=True, slots=True)
class Survey:
    """What a first pass over the file finds."""

    n_rows: int
    n_chosen: int
    n_day_first: int
    n_month_first: int
    n_either: int
    n_in_utc: int
    categories: tuple[str, ...]
    areas: tuple[str, ...]


def events_of(table: Table, asked: Asked) -> EventRecords:
    """Return the events of a table; every row is either among them or among the errors."""
    how = _plan(table, asked)
    where = choice.rows_of(table, how, asked.municipality) if asked.municipality else ""
    has_points = how.layout.has_points and (how.has("lon", "lat") or how.has("x", "y"))
    query = Query(how, has_points=has_points, where=where or "true")
    survey = _survey(table, query)
    query = replace(
        query,
        is_day_first=_is_day_first(table, how, survey),
        has_categories=bool(survey.categories),
        has_areas=bool(survey.areas),
    )
    columns = columns_of(table, query)
    crs = positions.crs_of(table, how, columns, asked.crs)
    points = positions.points_of(columns, how, crs, asked.metric_crs)
    _mark_words_and_future(columns, survey, asked.today)
    repeated = _mark_repeats(table, query, columns)
    errors = errors_of(table, query, columns, repeated)
    notes = _notes(asked, survey, columns, has_choice=bool(where))
    n_broken = len(table.content.broken)
    page = passport(
        table,
        how,
        n_read=len(columns.fault) + n_broken,
        n_rejected=int(np.count_nonzero(columns.fault)) + n_broken,
        crs=crs,
        notes=notes,
        is_synthetic=is_synthetic(table),
        n_withheld=int(np.count_nonzero(columns.withheld)),
    )
    records = _records(columns, points, survey, page, errors, how)
    return _keyed(records, table, query, columns) if asked.is_keyed else records


def _plan(table: Table, asked: Asked) -> Plan:
    how = plan(table, EVENT_LAYOUTS, EVENT_WORDS, asked.mapping, noun="händelser")
    require(table, how, "tidpunkt", ["time"], ["from"])
    is_metric = bool(asked.crs) and not coordinates.is_degrees(str(asked.crs))
    if is_metric and how.has("x", "y") and not {"lon", "lat"} & set(asked.mapping or {}):
        in_metres = {k: v for k, v in how.mapping.items() if k not in ("lon", "lat")}
        return replace(how, mapping=in_metres)
    return how


def _survey(table: Table, query: Query) -> Survey:
    n_rows, n_chosen, n_odd, categories, areas = table.ask(survey_sql(query))[0]
    if not n_rows and not table.content.broken:
        raise unreadable(
            table.name, "den har en rubrikrad men inga rader.", "Hämta den på nytt från källan."
        )
    n_day_first, n_month_first, n_either, n_in_utc = (
        table.ask(times_sql(query))[0] if n_odd else (0, 0, 0, 0)
    )
    return Survey(
        n_rows=n_rows,
        n_chosen=n_chosen,
        n_day_first=n_day_first,
        n_month_first=n_month_first,
        n_either=n_either,
        n_in_utc=n_in_utc,
        categories=words.make_codes(table, "category", categories),
        areas=words.make_codes(table, "area", areas),
    )


def _is_day_first(table: Table, how: Plan, survey: Survey) -> bool:
    column = how.mapping.get("from") or how.mapping.get("time", "")
    return days.is_day_first(
        table, column, (survey.n_day_first, survey.n_month_first, survey.n_either)
    )


def _mark_words_and_future(columns: Columns, survey: Survey, today: date | None) -> None:
    is_open = columns.fault == Fault.NONE
    columns.fault[words.personal(survey.categories, columns.category) & is_open] = (
        Fault.PERSONAL_CATEGORY
    )
    columns.fault[words.personal(survey.areas, columns.area) & is_open] = Fault.PERSONAL_AREA
    if today is not None:
        is_ahead = columns.starts_at.astype("datetime64[D]") > np.datetime64(today)
        columns.fault[is_ahead & (columns.fault == Fault.NONE)] = Fault.FUTURE


def _mark_repeats(table: Table, query: Query, columns: Columns) -> dict[int, int]:
    if not query.plan.has("id"):
        return {}
    is_accepted = columns.fault == Fault.NONE
    repeated = repeats(table, query, places=columns.places, is_accepted=is_accepted)
    columns.fault[list(repeated)] = Fault.REPEATED
    return repeated


def _notes(asked: Asked, survey: Survey, columns: Columns, *, has_choice: bool) -> list[str]:
    notes = []
    if has_choice and survey.n_rows > survey.n_chosen:
        notes.append(
            f"Filen har {survey.n_rows} rader; {survey.n_chosen} gäller {asked.municipality} eller "
            "säger inte vilken kommun de gäller, och bara de lästes."
        )
    elif asked.municipality and not has_choice:
        notes.append("Filen säger inte vilken kommun raderna gäller; alla lästes.")
    if survey.n_in_utc:
        notes.append(f"{survey.n_in_utc} tider stod i UTC och är omräknade till svensk tid.")
    if n_withheld := int(np.count_nonzero(columns.withheld)):
        notes.append(
            f"{n_withheld} rader har ett antal som källan inte lämnar ut, till exempel ”<5”. "
            "Antal som de hör till är därför minst så många."
        )
    if np.count_nonzero(columns.fault) > MOST_LISTED:
        notes.append(
            f"Fler än {MOST_LISTED} rader godtogs inte; alla är räknade, men inte listade."
        )
    return notes


def _records(
    columns: Columns, points: Any, survey: Survey, page: Any, errors: Any, how: Plan
) -> EventRecords:
    """Return the accepted rows."""
    kept: Any = columns.fault == Fault.NONE
    if kept.all():
        kept = slice(None)  # no copies of a million rows that are all sound
    categories, category = words.used(survey.categories, columns.category[kept])
    areas, area = words.used(survey.areas, columns.area[kept])
    if how.layout.code_of_area:
        areas, area = words.translated(areas, area, how.layout.code_of_area)
    starts_at = columns.starts_at[kept]
    is_exact = columns.ends_at is columns.starts_at
    nowhere = np.full(len(starts_at), np.nan)
    x_m, y_m = (points.x_m[kept], points.y_m[kept]) if points else (nowhere, nowhere)
    return EventRecords(
        starts_at=starts_at,
        ends_at=starts_at if is_exact else columns.ends_at[kept],
        time_level=times.coarsest(columns.levels[kept]),
        x_m=x_m,
        y_m=y_m,
        metric_crs=points.metric_crs if points else "",
        area=area,
        area_codes=areas,
        category=category,
        categories=categories,
        count=columns.count[kept],
        withheld=columns.withheld[kept],
        passport=page,
        errors=errors,
    )


def _keyed(records: EventRecords, table: Table, query: Query, columns: Columns) -> EventRecords:
    """Return the records with the number and the id of each row."""
    kept = np.flatnonzero(columns.fault == Fault.NONE)
    rows = table.record_numbers(columns.places[kept])
    if not query.plan.has("id"):
        return replace(records, rows=rows)
    sql = f"SELECT id FROM ({numbered(query)}) WHERE {query.where} ORDER BY place"
    found = table.connection.execute(sql).fetchnumpy()["id"][kept]
    # Not `filled(None)`, which fills with numpy's own "?".
    ids: Any = np.ma.getdata(found).copy()
    ids[np.ma.getmaskarray(found)] = None
    return replace(records, rows=rows, ids=ids)
