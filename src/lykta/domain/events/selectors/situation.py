"""Läget: some weeks of events against what was expected, by area, by hexagon and over time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from lykta.analysis import change
from lykta.analysis.alarms.limits import SHORTEST_BASELINE, ControlLimits, control_limits
from lykta.analysis.cells import HotPlaces
from lykta.analysis.change import Changes
from lykta.analysis.rates import Rates, poisson_rates
from lykta.domain.events import rules
from lykta.domain.events.models import COUNT, Category
from lykta.domain.events.selectors.choices import (
    MIRROR,
    Known,
    audience,
    categories,
    category_state,
    sharing,
)
from lykta.domain.events.selectors.counting import (
    MONDAY,
    WEEKS_A_YEAR,
    Asked,
    Counted,
    Table,
    count,
    monday,
    week_number,
)
from lykta.domain.events.selectors.early import EarlyWarning, early_warning
from lykta.domain.events.selectors.hexagons import ancestor_of, hexagons
from lykta.domain.places import selectors as places
from lykta.domain.places.rules import Kind
from lykta.domain.places.selectors import AreaRow
from lykta.infrastructure.access import Reach, require
from lykta.infrastructure.columns import selectors as columns

Longs = NDArray[np.int64]
Floats = NDArray[np.float64]
SEASON_WEEKS = 52.18
Hexes = Literal["dense", "compared"] | None
# A week without any among at least so many is no chance but a gap in the data.
ENOUGH_A_WEEK = 10


@dataclass(frozen=True, slots=True)
class Division:
    """Areas, categories or hexagons, each against what was expected of it."""

    keys: tuple[int, ...]  # the id of each, or the number of a hexagon
    changes: Changes
    expected: Floats  # nan where there is nothing to expect from
    rates: Rates | None = None  # per 1,000 inhabitants and year


@dataclass(frozen=True, slots=True)
class _Members:
    """The areas or categories of a division, and to which of them each counted row belongs."""

    keys: tuple[int, ...]
    code: Longs  # place in `keys`, -1 for none
    people: tuple[float | None, ...] = ()  # who live in each; none where nobody does


@dataclass(frozen=True, slots=True)
class Weeks:
    """The counts of a year of weeks, with limits where the past can give them."""

    mondays: tuple[date, ...]
    counts: Longs
    limits: ControlLimits | None
    n_before: int  # weeks that the limits were learnt from


@dataclass(frozen=True, slots=True)
class Situation:
    """What may be said of some weeks."""

    asked: Asked
    audience: str
    known: Known
    before: range  # the weeks compared with; none where the events do not reach so far back
    total: Division
    districts: Division
    small_areas: Division
    listed: Division
    categories: Division
    weeks: Weeks
    early: EarlyWarning | None  # of districts and categories in the last week, if asked for
    cells: Division | None
    hot: HotPlaces | None  # over the same hexagons
    cell_areas: Longs  # the area that holds most of each hexagon's events, -1 for none
    n_undated: int
    n_without_area: int
    n_unseen: int

    @property
    def cell_m(self) -> float:
        """Return the width of the hexagons."""
        return self.hot.places.size_m if self.hot else float("nan")


def situation(
    reach: Reach,
    asked: Asked,
    *,
    as_of: date,
    rows: Sequence[AreaRow],
    there: Known,
    hexes: Hexes = None,
    has_early: bool = False,
) -> Situation:
    """Return what may be said of the weeks asked about.

    rows : the areas that the reader sees.  there : how far the events reach.
    hexes : whether hexagons are counted: not, to find dense ones, or set against their past too.
    has_early : whether the last week is also judged alone, series by series.
    """
    require(reach, COUNT)
    state = (columns.in_step(MIRROR).stamp, category_state())
    kept = sharing(reach)
    return _situation(
        kept, asked, as_of, tuple(rows), there, hexes=hexes, has_early=has_early, _at=state
    )


@lru_cache(maxsize=1_000)  # some ten pages of each reach
def _situation(
    reach: Reach,
    asked: Asked,
    as_of: date,
    rows: tuple[AreaRow, ...],
    there: Known,
    *,
    hexes: Hexes,
    has_early: bool,
    _at: object,
) -> Situation:
    """Return the same: all who reach the same events and areas share it while nothing changes."""
    counted = count(reach, asked, as_of=as_of, has_undated=there.has_undated)
    # The first week may have begun before the events did.
    earliest = week_number(there.first_day or as_of) + 1
    compare = _Comparison(asked, counted, earliest)
    rule = rules.fineness(audience(reach), on=as_of)
    districts, kinds = compare.areas(rows, Kind.DISTRICT), compare.kinds(_top_of(categories(reach)))
    found = hexes and hexagons(
        reach,
        asked,
        rows,
        n_events=int(counted.of_weeks(asked.weeks).sum()),
        as_of=as_of,
        has_before=hexes == "compared",
    )
    shown = rule.smallest_shown
    return Situation(
        asked=asked,
        audience=rule.audience,
        known=there,
        before=compare.before,
        total=compare.total(),
        districts=compare.division(districts, smallest_shown=shown),
        small_areas=compare.division(
            compare.areas(rows, Kind.DESO), smallest_shown=rule.smallest_shown_finer
        ),
        listed=compare.listed(rows, smallest_shown=shown),
        categories=compare.table(counted.categories, kinds, smallest_shown=shown),
        weeks=_weeks(counted, earliest),
        early=compare.early(districts, kinds) if has_early else None,
        cells=compare.cells(found.table) if found and hexes == "compared" else None,
        hot=found.hot if found else None,
        cell_areas=found.areas if found else np.zeros(0, np.int64),
        n_undated=counted.n_undated,
        n_without_area=int(counted.of_weeks(asked.weeks)[counted.areas < 0].sum()),
        n_unseen=counted.n_unseen,
    )


class _Comparison:
    """Sets counts of now against what the weeks before lead to expect."""

    def __init__(self, asked: Asked, counted: Counted, earliest: int) -> None:
        self.asked, self.counted = asked, counted
        self.before = _usable(asked, earliest)
        self.whole = _Members((0,), np.zeros(len(counted.areas), np.int64))
        first = max(earliest, counted.weeks.start)
        self.weeks = range(first, counted.weeks.stop)
        self.past = counted.by_area[:, first - counted.weeks.start :] if self.weeks else None

    def total(self) -> Division:
        """Return all events as one."""
        return self.division(self.whole)

    def areas(self, rows: Sequence[AreaRow], kind: Kind) -> _Members:
        """Return the areas of one kind, in the order of the rows."""
        chosen = [row for row in rows if row.kind == kind]
        above = ancestor_of(rows, kind)
        return _of_areas(chosen, [above.get(key, -1) for key in self.counted.areas.tolist()])

    def kinds(self, top_of: Mapping[int, int]) -> _Members:
        """Return the categories at the top of the tree that hold an event, then or now."""
        top = [top_of.get(key, -1) for key in self.counted.categories.key.tolist()]
        held = set(top)
        keys = [key for key in dict.fromkeys(top_of.values()) if key in held]
        return _Members(tuple(keys), _places(keys, top))

    def listed(self, rows: Sequence[AreaRow], *, smallest_shown: int) -> Division:
        """Return the areas on the list of the police that held."""
        held = self.counted.listed
        members = _of_areas(places.on_list(rows), held.key.tolist())
        return self.table(held, members, smallest_shown=smallest_shown)

    def division(self, members: _Members, *, smallest_shown: int = 0) -> Division:
        """Return members to which areas belong, each swaying as its own weeks do."""
        now, before = (
            _gathered(self.counted.of_weeks(weeks), members)
            for weeks in (self.asked.weeks, self.before)
        )
        return self._compared(members, now, before, self._sway(members), smallest_shown)

    def table(self, table: Table, members: _Members, *, smallest_shown: int) -> Division:
        """Return members to which the rows of a table belong, all swaying as the whole does."""
        now, before = (_gathered(counts, members) for counts in (table.now, table.before))
        return self._compared(members, now, before, self._sway(self.whole)[0], smallest_shown)

    def early(self, districts: _Members, kinds: _Members) -> EarlyWarning | None:
        """Return which districts and categories rise in the last week."""
        if self.past is None:
            return None
        by_category = self.counted.by_category[:, self.weeks.start - self.counted.weeks.start :]
        return early_warning(
            self.weeks,
            [
                ("area", districts.keys, _summed(self.past, districts)),
                ("category", kinds.keys, _summed(by_category, kinds)),
            ],
        )

    def cells(self, table: Table) -> Division:
        """Return the hexagons, swaying as the small areas do."""
        each = tuple(self.counted.areas.tolist())
        sway = self._sway(_Members(each, np.arange(len(each))))
        weights = self.counted.by_area.sum(axis=1)
        phi = float(np.average(sway, weights=weights)) if weights.sum() else 1.0
        cells = tuple(table.key.tolist())
        members = _Members(cells, np.arange(len(cells)))
        return self._compared(members, table.now, table.before, phi)

    def _compared(
        self, members: _Members, now: Longs, before: Longs, phi: Floats | float,
        smallest_shown: int = 0,
    ) -> Division:  # fmt: skip
        n_now, n_before = len(self.asked.weeks), len(self.before)
        changes = change.changes(
            now, before if n_before else None,
            exposure_now=n_now, exposure_before=max(n_before, 1),
            dispersion=phi, smallest_shown=smallest_shown,
        )  # fmt: skip
        expected = changes.before * n_now / n_before if n_before else np.full(len(now), np.nan)
        rates = None
        if members.people:
            lived = np.array([value or np.nan for value in members.people], float)
            years = n_now / SEASON_WEEKS
            hidden = np.where(changes.is_count_hidden, np.nan, lived)
            sway = np.nan_to_num(changes.dispersion, nan=1.0)
            rates = poisson_rates(now, hidden * years, per=1000, dispersion=sway)
        return Division(members.keys, changes, expected, rates)

    def _sway(self, members: _Members) -> Floats:
        """Return how much the weeks of each member sway, as variance over mean."""
        if self.past is None:
            return np.ones(len(members.keys))
        gathered = _summed(self.past, members)
        weeks = np.array(self.weeks)
        share = ((MONDAY + 7 * weeks) / 365.2425) % 1.0
        return change.row_dispersion(gathered, weeks >= self.asked.weeks.start, year_share=share)


def _usable(asked: Asked, earliest: int) -> range:
    """Return the weeks to compare with that the events reach back to; none if too few."""
    before = range(max(asked.before.start, earliest), asked.before.stop)
    is_enough = len(before) >= len(asked.weeks) and (
        not asked.is_against_last_year or len(before) == len(asked.before)
    )
    return before if is_enough else range(asked.before.stop, asked.before.stop)


def _weeks(counted: Counted, earliest: int) -> Weeks:
    """Return the last year of weeks, with limits from the weeks before it."""
    total = counted.by_area.sum(axis=0)
    first = max(counted.weeks.stop - WEEKS_A_YEAR, counted.weeks.start)
    known_from = max(earliest, counted.weeks.start)
    series = total[known_from - counted.weeks.start :]
    n_before = max(first - known_from, 0)
    past, limits = series[:n_before], None
    is_whole = n_before >= SHORTEST_BASELINE and past.any()
    if is_whole and (past.all() or past.mean() < ENOUGH_A_WEEK):
        limits = control_limits(series, n_baseline=n_before, season_length=SEASON_WEEKS)
    shown = range(max(first, known_from), counted.weeks.stop)
    return Weeks(tuple(monday(week) for week in shown), series[n_before:], limits, n_before)


def _of_areas(rows: Sequence[AreaRow], held: Sequence[int]) -> _Members:
    """Return areas, and which of them each counted row is held by."""
    keys = tuple(row.id for row in rows)
    return _Members(keys, _places(keys, held), tuple(row.population.value for row in rows))


def _places(keys: Sequence[int], held: Sequence[int]) -> Longs:
    """Return the place of each in the keys, -1 for none of them."""
    place = {key: n for n, key in enumerate(keys)}
    return np.array([place.get(key, -1) for key in held], np.int64)


def _summed(rows: Longs, members: _Members) -> Longs:
    """Return the sum of the rows of each member."""
    kept = members.code >= 0
    found = np.zeros((len(members.keys), rows.shape[1]), np.int64)
    np.add.at(found, members.code[kept], rows[kept])
    return found


def _gathered(counts: Longs, members: _Members) -> Longs:
    """Return the sum of the counts of each member."""
    kept = members.code >= 0
    found = np.bincount(members.code[kept], weights=counts[kept], minlength=len(members.keys))
    return found.astype(np.int64)


def _top_of(rows: Sequence[Category]) -> dict[int, int]:
    """Return for each category the one at the top of its tree, in the order of the list."""
    by_id = {row.pk: row for row in rows}
    found = {}
    for row in rows:
        top = row
        while top.parent_id in by_id:
            top = by_id[top.parent_id]
        found[row.pk] = top.pk
    return found
