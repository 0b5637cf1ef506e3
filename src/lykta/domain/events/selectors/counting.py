"""Events counted by the columns: per week and area, per list, per category and per hexagon."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from lykta.domain.events.rules import Reliability
from lykta.domain.events.selectors.choices import (
    MIRROR,
    as_date,
    categories,
    covered,
    day_number,
    kinds_of,
)
from lykta.domain.places import selectors as places
from lykta.infrastructure.access import Reach
from lykta.infrastructure.columns import selectors as columns

Longs = NDArray[np.int64]
MONDAY = 4  # 1970-01-01 was a Thursday
WEEKS_A_YEAR = 52
# What is compared with: so many weeks before, or as many as are asked about where those are more.
USUAL_WEEKS = 48
# Three years are counted: the last is shown, and the others say what to expect of it.
WEEKS_COUNTED = 3 * WEEKS_A_YEAR
NOBODYS = -1


@dataclass(frozen=True, slots=True)
class Asked:
    """Which events, and against which."""

    first_week: date  # the Monday of the first week
    last_week: date  # the Monday of the last
    category: int | None = None
    area: int | None = None
    source: int | None = None
    reliability: Reliability | None = None
    is_against_last_year: bool = False

    @property
    def weeks(self) -> range:
        """Return the weeks asked about, numbered from 1970."""
        return range(week_number(self.first_week), week_number(self.last_week) + 1)

    @property
    def before(self) -> range:
        """Return the weeks that they are set against."""
        n, first = len(self.weeks), self.weeks.start
        if self.is_against_last_year:
            return range(first - WEEKS_A_YEAR, first - WEEKS_A_YEAR + n)
        return range(first - max(USUAL_WEEKS, n), first)

    @property
    def last_day(self) -> date:
        """Return the last Sunday."""
        return self.last_week + timedelta(days=6)


@dataclass(frozen=True, slots=True)
class Table:
    """How many events of each key, now and before; the key is -1 where it is not known."""

    key: Longs
    now: Longs
    before: Longs


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted of three years of events."""

    weeks: range
    areas: Longs  # (a,) the smallest area of each row of `by_area`
    by_area: Longs  # (a, w) events per area and week
    by_category: Longs  # (c, w) the same per row of `categories`
    listed: Table
    categories: Table
    n_undated: int  # in the weeks asked about, but known only to a longer time than a week
    n_unseen: int  # withheld by the source: the counts of now are at least so many too few

    def of_weeks(self, weeks: range) -> Longs:
        """Return the events of some weeks per area; weeks that were not counted add nothing."""
        first = max(weeks.start - self.weeks.start, 0)
        return np.asarray(
            self.by_area[:, first : max(weeks.stop - self.weeks.start, 0)].sum(axis=1), np.int64
        )


def week_number(day: date) -> int:
    """Return the number of the week that a day falls in, counted from 1970."""
    return (day_number(day) - MONDAY) // 7


def monday(week: int) -> date:
    """Return the Monday of a week."""
    return as_date(MONDAY + 7 * week)


def count(reach: Reach, asked: Asked, *, as_of: date, has_undated: bool = True) -> Counted:
    """Return the events of three years up to the weeks asked about."""
    if asked.last_day > as_of:
        raise ValueError(f"last_week={asked.last_week} has not ended on {as_of}")
    weeks = range(min(asked.weeks.stop - WEEKS_COUNTED, asked.before.start), asked.weeks.stop)
    found = columns.ask(
        MIRROR,
        f"SELECT week, area_id, listed_area_id, category_id, count, unseen FROM {{table}} "
        f"WHERE week BETWEEN {weeks.start} AND {weeks.stop - 1} "
        f"AND {_where(reach, asked, as_of=as_of)}",
        of="weeks",
    )
    week, area, listed, category, n, unseen = (
        np.ma.filled(values, NOBODYS).astype(np.int64) for values in found.values()
    )
    areas, by_area = _by_week(area, week, n, weeks)
    _kinds, by_category = _by_week(category, week, n, weeks)
    now, before = (_is_in(week, span) * n for span in (asked.weeks, asked.before))
    return Counted(
        weeks=weeks,
        areas=areas,
        by_area=by_area,
        by_category=by_category,
        listed=_table(listed, now, before),
        categories=_table(category, now, before),
        n_undated=_undated(reach, asked, as_of=as_of) if has_undated else 0,
        n_unseen=int(unseen[week >= asked.weeks.start].sum()),
    )


def count_cells(
    reach: Reach, asked: Asked, *, size_m: int, as_of: date, has_before: bool
) -> tuple[Table, Longs]:
    """Return the events per hexagon and area of those that have both, and the area of each row."""
    now = f"week BETWEEN {asked.weeks.start} AND {asked.weeks.stop - 1}"
    before = f"week BETWEEN {asked.before.start} AND {asked.before.stop - 1}"
    weeks = range(asked.before.start if has_before else asked.weeks.start, asked.weeks.stop)
    found = columns.ask(
        MIRROR,
        f"""
        SELECT cell_{size_m} AS cell, area_id,
            sum(CASE WHEN {now} THEN count ELSE 0 END)::BIGINT AS now,
            sum(CASE WHEN {before} THEN count ELSE 0 END)::BIGINT AS before
        FROM {{table}}
        WHERE {_in_days(weeks)} AND ({now}{f" OR {before}" if has_before else ""})
            AND cell_{size_m} >= 0 AND area_id >= 0 AND {_where(reach, asked, as_of=as_of)}
        GROUP BY 1, 2 ORDER BY 1, 2
        """,
    )
    cell, area, n_now, n_before = (found[name].astype(np.int64) for name in found)
    return Table(cell, n_now, n_before), area


def _undated(reach: Reach, asked: Asked, *, as_of: date) -> int:
    """Return how many events of the weeks asked about are known only to a longer time."""
    first, last = day_number(asked.first_week), day_number(asked.last_day)
    found = columns.ask(
        MIRROR,
        f"SELECT coalesce(sum(count), 0)::BIGINT AS n FROM {{table}} WHERE week < 0 "
        f"AND undated_from <= {last} AND undated_to >= {first} "
        f"AND {_where(reach, asked, as_of=as_of)}",
        of="weeks",
    )
    return int(found["n"][0])


def _by_week(keys: Longs, week: Longs, n: Longs, weeks: range) -> tuple[Longs, Longs]:
    """Return the keys that there are, and the events of each in each week."""
    key, place = np.unique(keys, return_inverse=True)
    cell = place * len(weeks) + week - weeks.start
    counts = np.bincount(cell, weights=n, minlength=len(key) * len(weeks))
    return key, counts.astype(np.int64).reshape(len(key), len(weeks))


def _table(keys: Longs, now: Longs, before: Longs) -> Table:
    key, place = np.unique(keys, return_inverse=True)
    counts = (np.bincount(place, weights=each, minlength=len(key)) for each in (now, before))
    return Table(key, *(each.astype(np.int64) for each in counts))


def _is_in(week: Longs, weeks: range) -> NDArray[np.bool_]:
    return (week >= weeks.start) & (week < weeks.stop)


def _in_days(weeks: range) -> str:
    """Return the condition that lets the columns skip what is far from the weeks in time."""
    # An event of these weeks may have begun up to six days before them.
    return f"first_day BETWEEN {MONDAY + 7 * weeks.start - 6} AND {MONDAY + 7 * weeks.stop - 1}"


def _where(reach: Reach, asked: Asked, *, as_of: date) -> str:
    """Return the condition of the reach and the filters; only numbers and our own words."""
    parts = [covered(reach)]
    if asked.category is not None:
        kinds = kinds_of(asked.category, categories(reach))
        parts.append(f"category_id IN {_listed(kinds)}")
    if asked.source is not None:
        parts.append(f"source_id = {int(asked.source)}")
    if asked.reliability is not None:
        parts.append(f"reliability = '{Reliability(asked.reliability).value}'")
    if asked.area is not None:
        inside = _listed(places.within(asked.area, as_of=as_of))
        one = int(asked.area)
        parts.append(f"(area_id IN {inside} OR listed_area_id = {one} OR local_area_id = {one})")
    return " AND ".join(parts)


def _listed(keys: Iterable[int]) -> str:
    return f"({', '.join(str(int(key)) for key in sorted(keys))})"
