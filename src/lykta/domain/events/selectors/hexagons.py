"""Events over hexagons, against the inhabitants of each and against its own past."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lykta.analysis.cells import (
    HotPlaces,
    People,
    covering,
    fitting_size,
    hot_lattice,
    inhabitants,
)
from lykta.analysis.lattices import Lattice
from lykta.domain.events.arrays import CELLS_M
from lykta.domain.events.selectors.counting import Asked, Table, count_cells
from lykta.domain.places import selectors as places
from lykta.domain.places.rules import Kind
from lykta.domain.places.selectors import AreaRow
from lykta.infrastructure.access import Reach

Longs = NDArray[np.int64]
Floats = NDArray[np.float64]
# The same question gives the same answer each time.
SEED = 1


@dataclass(frozen=True, slots=True)
class Hexagons:
    """Hexagons with what was counted in them."""

    table: Table
    hot: HotPlaces
    areas: Longs  # the area that holds most of each one's events, -1 for none


def hexagons(
    reach: Reach,
    asked: Asked,
    rows: Sequence[AreaRow],
    *,
    n_events: int,
    as_of: date,
    has_before: bool,
) -> Hexagons | None:
    """Return the events per hexagon now and before, and which hexagons are dense; None if few."""
    shapes = places.shapes(reach, as_of=as_of)
    whole = shapes.get(Kind.DISTRICT) or shapes.get(Kind.MUNICIPALITY) or []
    if not whole or not n_events:
        return None
    borders = tuple(shape for _, shape in whole)
    size = _fitting(n_events, borders)
    table, area = count_cells(reach, asked, size_m=size, as_of=as_of, has_before=has_before)
    cells = np.union1d(_cover(size, borders), table.key)
    above = ancestor_of(rows, Kind.DISTRICT)
    order = {row.id: n for n, row in enumerate(r for r in rows if r.kind == Kind.DISTRICT)}
    part = np.array([order.get(above.get(int(one), -1), 0) for one in area], np.int32)
    hot = hot_lattice(
        Lattice("hex", float(size)), table.key, part, table.now, cells=cells,
        exposure=_inhabitants(size, cells, borders, _homes(rows, shapes)),
        n_areas=max(len(order), 1), rng=SEED,
    )  # fmt: skip
    if hot is None:
        return None
    return Hexagons(_spread(table, cells), hot, _main_areas(table, area, cells))


def _main_areas(table: Table, area: Longs, cells: Longs) -> Longs:
    """Return the area that holds most of each hexagon's events, -1 for none."""
    found = np.full(len(cells), -1, np.int64)
    order = np.argsort(table.now + table.before, kind="stable")
    found[np.searchsorted(cells, table.key[order])] = area[order]
    return found


def _spread(table: Table, cells: Longs) -> Table:
    """Return the counts of each of some hexagons, 0 where nothing was counted."""
    place = np.searchsorted(cells, table.key)
    now, before = (
        np.bincount(place, weights=part, minlength=len(cells)).astype(np.int64)
        for part in (table.now, table.before)
    )
    return Table(cells, now, before)


def _homes(
    rows: Sequence[AreaRow], shapes: Mapping[Kind, Sequence[tuple[int, Any]]]
) -> tuple[tuple[Any, float], ...]:
    """Return the borders of the small areas and how many live in each; none if one is unknown."""
    lived = {row.id: row.population.value for row in rows}
    small = shapes.get(Kind.DESO) or shapes.get(Kind.DISTRICT) or []
    homes = tuple((shape, value) for key, shape in small if (value := lived.get(key)) is not None)
    return homes if len(homes) == len(small) else ()


def _inhabitants(
    size_m: int, cells: Longs, borders: tuple[Any, ...], homes: tuple[tuple[Any, float], ...]
) -> Floats | None:
    """Return how many live in each hexagon, None where that is not known finely enough."""
    everywhere, people = _people_of(size_m, borders, homes)
    if people is None or not np.isin(cells, everywhere).all():
        return None
    return people[np.searchsorted(everywhere, cells)]


@lru_cache(maxsize=32)
def _people_of(
    size_m: int, borders: tuple[Any, ...], homes: tuple[tuple[Any, float], ...]
) -> tuple[Longs, Floats | None]:
    """Return every hexagon that touches the municipality, and how many live in each."""
    lattice = Lattice("hex", float(size_m))
    around = [shape.buffer(size_m) for shape in borders]
    everywhere = covering(lattice, np.array(around, dtype=object))
    if not homes:
        return everywhere, None
    shapes, lived = zip(*homes, strict=True)
    people = People(np.array(lived, float), np.array(shapes, dtype=object))
    return everywhere, inhabitants(lattice, everywhere, people)


@lru_cache(maxsize=32)
def _cover(size_m: int, shapes: tuple[Any, ...]) -> Longs:
    """Return the hexagons that lie over the municipality."""
    return covering(Lattice("hex", float(size_m)), np.array(shapes, dtype=object))


@lru_cache(maxsize=32)
def _km2(shapes: tuple[Any, ...]) -> float:
    return float(sum(shape.area for shape in shapes)) / 1e6


def _fitting(n_events: int, shapes: tuple[Any, ...]) -> int:
    return int(min(CELLS_M, key=lambda size: abs(size - fitting_size(n_events, _km2(shapes)))))


def ancestor_of(rows: Sequence[AreaRow], kind: Kind) -> dict[int, int]:
    """Return for each area the area of a kind that it lies in, or is."""
    by_id = {row.id: row for row in rows}
    found = {}
    for row in rows:
        above: AreaRow | None = row
        while above is not None and above.kind != kind:
            above = by_id.get(above.parent or 0)
        if above is not None:
            found[row.id] = above.id
    return found
