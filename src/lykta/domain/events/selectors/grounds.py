"""The areas that a picture is laid on: as they were at the end of its period."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from lykta.domain.events.selectors.counted import CountedArea
from lykta.domain.places import selectors as places
from lykta.domain.places.rules import Kind
from lykta.domain.places.selectors import AreaRow
from lykta.infrastructure.access import Reach, Refused
from lykta.infrastructure.errors import LyktaError

_NOUNS = {Kind.DISTRICT: "kommundel", Kind.MUNICIPALITY: "kommun"}
_LARGE = (Kind.DISTRICT, Kind.MUNICIPALITY)
_DECIMALS = 2  # centimetres: as exact as borders are stored


class NoAreas(LyktaError):
    """There are no areas to lay a picture on."""

    code = "no-areas"


@dataclass(frozen=True, slots=True)
class Ground:
    """The areas of a picture, and what lies in them."""

    areas: tuple[CountedArea, ...]
    people: tuple[CountedArea, ...]
    position: Mapping[int, int]  # which of them an area is, or lies in, by its id
    noun: str
    is_fine: bool  # smaller than a kommundel, so that small counts tell more
    population: str


def ground(reach: Reach, area: int | None, *, on: date, today: date) -> Ground:
    """Return the kommundelar, else the municipality, or one chosen area, as they were on a day.

    Where no areas were known to hold then, those of today are taken.
    """
    now = places.areas(reach, as_of=today)
    rows, as_of = places.areas(reach, as_of=on), on
    if not _chosen(rows, area):
        rows, as_of = now, today
    chosen = _chosen(rows, area)
    if not chosen:
        raise Refused if area else NoAreas("Läs in kommunens gräns eller kommundelar först.")
    polygons = _polygons(reach, as_of)
    position = _positions((*now, *rows), chosen)
    kind = Kind(chosen[0].kind)
    return Ground(
        areas=tuple(_counted(row, polygons) for row in chosen),
        people=_people(rows, position, polygons, n_areas=len(chosen)),
        position=position,
        noun=_NOUNS.get(kind, "område"),
        is_fine=kind not in _LARGE,
        population=_origin(chosen),
    )


def _chosen(rows: list[AreaRow], area: int | None) -> tuple[AreaRow, ...]:
    if area is not None:
        return tuple(row for row in rows if row.id == area)
    for kind in _LARGE:
        if found := tuple(row for row in rows if row.kind == kind):
            return found
    return ()


def _polygons(reach: Reach, as_of: date) -> dict[int, Any]:
    import shapely

    shapes = places.shapes(reach, as_of=as_of)
    return {
        key: shapely.transform(shape, lambda xy: np.round(xy, _DECIMALS))
        for held in shapes.values()
        for key, shape in held
    }


def _positions(rows: Iterable[AreaRow], chosen: tuple[AreaRow, ...]) -> dict[int, int]:
    """Return which of the chosen areas each area is or lies in, by the tree."""
    parents = {row.id: row.parent for row in rows}
    known = {row.id: n for n, row in enumerate(chosen)}
    found = {}
    for key in parents:
        seen: set[int] = set()
        at: int | None = key
        while at is not None and at not in known and at not in seen:
            seen.add(at)
            at = parents.get(at)
        if at in known:
            found[key] = known[at]
    return found


def _counted(row: AreaRow, polygons: Mapping[int, Any]) -> CountedArea:
    name = f"{row.kind_label} {row.name}".capitalize() if row.name.isdecimal() else row.name
    return CountedArea(row.code, name, row.population.value, polygons.get(row.id))


def _people(
    rows: list[AreaRow], position: Mapping[int, int], polygons: Mapping[int, Any], *, n_areas: int
) -> tuple[CountedArea, ...]:
    """Return the DeSO within the areas, if it is known of all of them how many live there."""
    held = [_counted(row, polygons) for row in rows if row.kind == Kind.DESO and row.id in position]
    is_known = all(each.population is not None and each.polygon is not None for each in held)
    return tuple(held) if is_known and len(held) > n_areas else ()


def _origin(rows: tuple[AreaRow, ...]) -> str:
    figures = [row.population for row in rows if row.population.value is not None]
    if not figures:
        return ""
    first = figures[0]
    return f"31 december {first.period}. {first.source}"
