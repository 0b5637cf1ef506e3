"""What a picture of a period counts, from the copy of the events as columns, for someone."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, NoReturn

import numpy as np
from numpy.typing import NDArray

from lykta.analysis.spans import Question
from lykta.domain.events import rules
from lykta.domain.events.models import AREAS, COUNT, Category, Source
from lykta.domain.events.papers import words
from lykta.domain.events.selectors.counted import (
    ALL_CATEGORIES,
    NONE,
    CountedSource,
    PictureFilters,
    PictureInput,
)
from lykta.domain.events.selectors.grounds import Ground, ground
from lykta.domain.places import selectors as places
from lykta.infrastructure.access import Confidentiality, Reach, require, visible_sql
from lykta.infrastructure.columns import selectors as columns
from lykta.infrastructure.errors import BadPeriod

Found = dict[str, NDArray[Any]]
# The season is learnt from the three years before a period (`analysis.timeline`).
YEARS_BEFORE = 3
# What only some may count is in no picture that others read, not even as a part of a sum.
COUNTED = (Confidentiality.PUBLIC, Confidentiality.PARTNERS)
_EXACT = "first_day = last_day AND first_minute >= 0 AND first_minute = last_minute"


def picture_input(
    reach: Reach,
    *,
    period: tuple[date, date],
    filters: PictureFilters,
    audience: str,
    today: date,
) -> PictureInput:
    """Return what a picture for an audience is made from; only what partners may count is in it.

    Raises BadPeriod where the period holds too few events to be shown, or is finer than the
    audience may see.
    """
    require(reach, COUNT)
    rule = rules.fineness(audience, on=today)
    _check_period(period, rule)
    laid = ground(reach, filters.area, on=period[1], today=today)
    found = _rows(reach, period, filters, laid)
    sources, source = _sources(found.pop("source_id"))
    names, found["category"] = _categories(found.pop("category_id"))
    found["area"] = _position(found.pop("area_id"), laid.position, is_all=bool(filters.area))
    found["source"] = source
    question = _question(found, period, laid, rule, n_categories=len(names))
    return PictureInput(
        columns=found,
        question=replace(question, has_rates=all(source.has_rates for source in sources)),
        areas=laid.areas,
        people=laid.people,
        category_names=names,
        sources=sources,
        area_noun=laid.noun,
        population=laid.population,
    )


def filters_of(
    reach: Reach,
    *,
    today: date,
    categories: Iterable[str] = (),
    sources: Iterable[str] = (),
    area: str = "",
    reliabilities: Iterable[str] = (),
) -> PictureFilters:
    """Return the filters that texts say, by id or by code or name; what is unknown is left out."""
    by_category = {row.code: row.pk for row in Category.objects.all()}
    by_source = {row.name: row.pk for row in Source.objects.all()}
    by_area = {row.code: row.id for row in places.areas(reach, as_of=today)}
    known = {each.value for each in rules.Reliability}
    return PictureFilters(
        categories=_named(categories, by_category),
        sources=_named(sources, by_source),
        area=next(iter(_named([area], by_area)), None),
        reliabilities=tuple(sorted({each for each in reliabilities if each in known})),
    )


def in_words(reach: Reach, filters: PictureFilters, *, today: date) -> list[tuple[str, str]]:
    """Return what filters leave in, a term and its words for each; nothing where all is counted."""
    rows = {row.id: row.name for row in places.areas(reach, as_of=today)}
    said = (
        ("Kategori", Category.objects.filter(pk__in=filters.categories)),
        ("Område", [rows[filters.area]] if filters.area in rows else []),
        ("Källa", Source.objects.filter(pk__in=filters.sources).order_by("name")),
        (
            "Tillförlitlighet",
            [rules.RELIABILITIES[rules.Reliability(each)] for each in filters.reliabilities],
        ),
    )
    return [(term, ", ".join(map(str, found))) for term, found in said if found]


def _named(texts: Iterable[str], known: Mapping[str, int]) -> tuple[int, ...]:
    """Return the ids that texts are, or name."""
    keys = set(known.values())
    wanted = {known.get(text, int(text) if text.isdecimal() else NONE) for text in texts}
    return tuple(sorted(wanted & keys))


def _rows(reach: Reach, period: tuple[date, date], filters: PictureFilters, laid: Ground) -> Found:
    """Return the events of the period and the years before it, as far as the reach covers them."""
    first, last = ((day - words.EPOCH).days for day in period)
    earliest = (date(period[0].year - YEARS_BEFORE, period[0].month, 1) - words.EPOCH).days
    covered = visible_sql(reach, right=COUNT, area=AREAS, organisation="organisation")
    levels = ", ".join(f"'{level.value}'" for level in COUNTED)
    asked = (
        f"(first_day + last_day) // 2 BETWEEN {min(earliest, first)} AND {last}",
        f"confidentiality IN ({levels})",
        covered,
        *_wanted(filters, laid),
    )
    found = columns.ask(
        "events",
        f"""
        SELECT first_day, last_day,
            CAST(CASE WHEN {_EXACT} THEN first_minute ELSE -1 END AS SMALLINT) AS minute,
            x_m, y_m, area_id, category_id, source_id, "count", unseen
        FROM {{table}} WHERE {" AND ".join(asked)}
        """,
    )
    return {name: _plain(column) for name, column in found.items()}


def _wanted(filters: PictureFilters, laid: Ground) -> list[str]:
    """Return what filters ask of a row, in SQL; ids and words of this program only."""
    asked = []
    if filters.categories:
        rows = Category.objects.filter(pk__in=filters.categories)
        children = Category.objects.filter(parent__in=rows)
        keys = {*rows.values_list("pk", flat=True), *children.values_list("pk", flat=True)}
        asked.append(f"category_id IN ({_listed(keys)})")
    if filters.sources:
        asked.append(f"source_id IN ({_listed(filters.sources)})")
    if filters.reliabilities:
        held = ", ".join(f"'{rules.Reliability(each).value}'" for each in filters.reliabilities)
        asked.append(f"reliability IN ({held})")
    if filters.area is not None:
        inside = " OR ".join(f"{field}_id IN ({_listed(laid.position)})" for field in AREAS)
        asked.append(f"({inside})")
    return asked


def _sources(source_id: NDArray[Any]) -> tuple[tuple[CountedSource, ...], NDArray[np.int32]]:
    """Return the sources that have rows, and which of them each row is from."""
    rows = Source.objects.filter(pk__in=np.unique(source_id).tolist()).order_by("name")
    position = {row.pk: n for n, row in enumerate(rows)}
    found = tuple(CountedSource(r.name, r.noun, r.has_rates, tuple(r.notes)) for r in rows)
    return found, _position(source_id, position)


def _categories(category_id: NDArray[Any]) -> tuple[tuple[str, ...], NDArray[np.int32]]:
    """Return the top categories that have rows, and which of them each row counts under."""
    rows = list(Category.objects.all())
    top = {row.pk: row.parent_id or row.pk for row in rows}
    used = {top[key] for key in np.unique(category_id).tolist() if key in top}
    if not used:
        return ALL_CATEGORIES, np.zeros(len(category_id), np.int32)
    kept = [row for row in rows if row.pk in used]
    order = {row.pk: n for n, row in enumerate(kept)}
    position = {key: order[over] for key, over in top.items() if over in order}
    return tuple(row.name for row in kept), _position(category_id, position)


def _question(
    found: Found,
    period: tuple[date, date],
    laid: Ground,
    rule: rules.Fineness,
    *,
    n_categories: int,
) -> Question:
    """Return what the picture is to be of: the period, as fine as the audience may see."""
    n_areas = rules.MOST_LARGE_AREAS + 1 if laid.is_fine else len(laid.areas)
    smallest_shown = rules.smallest_shown(rule, n_areas=n_areas)
    first, last = ((day - words.EPOCH).days for day in period)
    day = (found["first_day"].astype(np.int64) + found["last_day"]) // 2
    n_events = int(found["count"][(day >= first) & (day <= last)].sum())
    if n_events < max(smallest_shown, 1):
        _refuse(period, n_events, smallest_shown)
    return Question(
        first_day=first,
        last_day=last,
        n_categories=n_categories,
        finest_unit=rule.finest_unit,
        smallest_shown=smallest_shown,
        has_points=not np.isnan(found["x_m"]).all(),
    )


def _check_period(period: tuple[date, date], rule: rules.Fineness) -> None:
    """Raise where months are the finest that may be shown, and the period is not of whole ones.

    Two periods of which one is a few days longer would tell what happened on those days.
    """
    is_whole = period[0].day == 1 and (period[1] + timedelta(days=1)).day == 1
    if rule.finest_unit == "month" and not is_whole:
        raise BadPeriod(
            "För allmänheten gäller bilden hela månader. Välj ett år eller hela månader."
        )


def _refuse(period: tuple[date, date], n_events: int, smallest_shown: int) -> NoReturn:
    few = f"färre än {smallest_shown}" if n_events else "inga"
    raise BadPeriod(
        f"Perioden {period[0]}–{period[1]} har {few} händelser att räkna, och det räcker inte till "
        "en lägesbild. Välj en annan period eller ett bredare urval."
    )


def _position(
    ids: NDArray[Any], position: Mapping[int, int], *, is_all: bool = False
) -> NDArray[np.int32]:
    """Return the position of each id, -1 where it has none; nought for all of them if so said."""
    if is_all:
        return np.zeros(len(ids), np.int32)
    unique, back = np.unique(ids, return_inverse=True)
    found = np.array([position.get(key, NONE) for key in unique.tolist()], np.int32)
    return found[back] if len(ids) else np.zeros(0, np.int32)


def _plain(column: Any) -> NDArray[Any]:
    """Return a column of the copy without a mask; what is missing is nan, or -1 if whole."""
    if not np.ma.isMaskedArray(column):
        return np.asarray(column)
    return np.asarray(column.filled(np.nan if column.dtype.kind == "f" else NONE))


def _listed(keys: Iterable[int]) -> str:
    return ", ".join(str(int(key)) for key in sorted(keys)) or "NULL"
