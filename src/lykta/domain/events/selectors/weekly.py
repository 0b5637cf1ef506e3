"""The rows that the picture of one week is counted from: grouped, without anything said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from lykta.domain.events.models import COUNT, Category
from lykta.domain.events.selectors.choices import MIRROR, categories, covered, known
from lykta.domain.events.selectors.counting import MONDAY, WEEKS_COUNTED, week_number
from lykta.domain.events.selectors.hexagons import ancestor_of
from lykta.domain.places.rules import Kind
from lykta.domain.places.selectors import AreaRow
from lykta.infrastructure.access import Confidentiality, Grant, Reach
from lykta.infrastructure.columns import selectors as columns

Longs = NDArray[np.int64]
NONE = -1
# The weeks of which the hour is told: older ones only as counts.
RECENT_WEEKS = 8
# What every partner may see, whoever makes the picture: no more is in it.
FOR_PARTNERS = Reach(
    grants=(
        Grant(
            organisation=0,
            rights=frozenset({COUNT}),
            clearance=frozenset({Confidentiality.PUBLIC, Confidentiality.PARTNERS}),
        ),
    )
)


@dataclass(frozen=True, slots=True)
class WeekRows:
    """Events of three years of weeks, as columns of one length, and what their numbers mean.

    week : numbered from 1970.  area, category : places in the names, -1 for none.
    hour : of the week, 0 is Monday 00-01; -1 where it is not known to the hour, or old.
    """

    columns: Mapping[str, Longs]
    week: int
    first_week: int  # the first that the events reach back to
    areas: tuple[tuple[int, str], ...]
    categories: tuple[tuple[int, str], ...]


def week_rows(monday: date, *, as_of: date, rows: Sequence[AreaRow]) -> WeekRows:
    """Return what the picture of a week is counted from, as partners may see it."""
    week = week_number(monday)
    found = columns.ask(
        MIRROR,
        f"""
        SELECT week, area_id, category_id,
            CASE WHEN week > {week - RECENT_WEEKS} AND first_minute >= 0 AND last_day = first_day
                AND last_minute - first_minute <= 60
                THEN ((first_day - {MONDAY}) % 7) * 24 + first_minute // 60 ELSE -1 END AS hour,
            sum("count")::BIGINT AS "count", sum(unseen)::BIGINT AS unseen
        FROM {{table}}
        WHERE week BETWEEN {week - WEEKS_COUNTED + 1} AND {week} AND {covered(FOR_PARTNERS)}
        GROUP BY ALL ORDER BY ALL
        """,
    )
    held = {name: np.ma.filled(each, NONE).astype(np.int64) for name, each in found.items()}
    districts = [row for row in rows if row.kind == Kind.DISTRICT]
    kinds = categories(FOR_PARTNERS)
    tops = [row for row in kinds if row.parent_id is None]
    order = {row.id: n for n, row in enumerate(districts)}
    above = {key: order[top] for key, top in ancestor_of(rows, Kind.DISTRICT).items()}
    place = {row.pk: n for n, row in enumerate(tops)}
    held["area"] = _places(held.pop("area_id"), above)
    held["category"] = _places(held.pop("category_id"), {r.pk: place[_top(r)] for r in kinds})
    there = known(FOR_PARTNERS, as_of=as_of)
    return WeekRows(
        columns=held,
        week=week,
        # The first week may have begun before the events did.
        first_week=week_number(there.first_day or as_of) + 1,
        areas=tuple((row.id, row.name) for row in districts),
        categories=tuple((row.pk, row.name) for row in tops),
    )


def _top(row: Category) -> int:
    return row.parent_id or row.pk


def _places(keys: Longs, place: Mapping[int, int]) -> Longs:
    unique, back = np.unique(keys, return_inverse=True)
    return np.array([place.get(int(key), NONE) for key in unique], np.int64)[back]
