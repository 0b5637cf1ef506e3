"""The register of places: what someone may mean, and what lies near."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
from django.db.models import QuerySet
from django.utils.translation import get_language
from numpy.typing import NDArray

from lykta.domain.places.models import CHANGE, PLACE_AREAS, READ, Area, AreaVersion, Place
from lykta.domain.places.rules import Kind, PlaceKind
from lykta.domain.places.selectors.areas import parents
from lykta.domain.places.selectors.searching import Ints, Names
from lykta.infrastructure.access import Grant, Reach, Refused, require
from lykta.infrastructure.collation import sort_key
from lykta.infrastructure.imports import selectors as imports

Floats = NDArray[np.float64]
# Who has no account may know what is public of the register, and nothing more.
RESIDENT = Reach(grants=(Grant(organisation=0, rights=frozenset({READ}), clearance=frozenset()),))
# As last recorded, whatever the day.
LATEST = date.max


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One place as it was on a day; its point is None for those who may not see it."""

    id: int
    code: str
    name: str
    kind: str
    kind_label: str
    aliases: tuple[str, ...]
    areas: tuple[tuple[int, str], ...]  # id and name of those it lies in, the smallest first
    is_dwelling: bool
    point: tuple[float, float] | None  # longitude and latitude
    xy_m: tuple[float, float] | None  # SWEREF 99 TM

    def lies_in(self, area_id: int) -> bool:
        """Return whether the place lies in an area."""
        return any(key == area_id for key, _ in self.areas)

    @property
    def area_names(self) -> str:
        """Return the areas as they are read in a list."""
        return ", ".join(name for _, name in self.areas)


@dataclass(frozen=True, slots=True)
class Register:
    """Every place of a day, at hand."""

    rows: tuple[PlaceRow, ...]  # in Swedish order
    names: Names
    xy_m: Floats  # (n, 2)
    is_dwelling: NDArray[np.bool_]


def places(reach: Reach, *, as_of: date) -> list[PlaceRow]:
    """Return the places within reach, in Swedish order."""
    require(reach, READ)
    register = _register(as_of)
    return _shown(reach, register, np.flatnonzero(_seen(reach, as_of)))


def whereabouts(place_id: int) -> dict[str, Any]:
    """Return the point and the areas of a place, for what is kept of a report and not shown."""
    names = (*("x_m", "y_m", "lon", "lat"), *(f"{name}_id" for name in PLACE_AREAS))
    return Place.objects.values(*names).get(pk=place_id)


def known_names() -> frozenset[str]:
    """Return what areas and places are called, whoever asks; addresses left out."""
    return _known_names(imports.state(Place, AreaVersion))


@lru_cache(maxsize=2)
def _known_names(_known: object) -> frozenset[str]:
    rows = Place.objects.held(LATEST).exclude(kind=PlaceKind.ADDRESS)
    named = {name for row in rows for name in (row.name, *row.aliases)}
    return frozenset(named | set(Area.objects.values_list("name", flat=True)))


def within_reach(reach: Reach) -> QuerySet[Place, Any]:
    """Return the keys of the places within reach, for other rooms to ask the database with."""
    return Place.objects.visible_to(reach).values("pk")


def places_in(reach: Reach, area_id: int, *, as_of: date) -> list[PlaceRow]:
    """Return the places within reach that lie in an area, in Swedish order."""
    return [row for row in places(reach, as_of=as_of) if row.lies_in(area_id)]


def place(reach: Reach, code: str, *, as_of: date = LATEST) -> PlaceRow:
    """Return one place, or refuse as if it did not exist."""
    row = next((row for row in places(reach, as_of=as_of) if row.code == code), None)
    if row is None:
        raise Refused
    return row


def find_places(
    reach: Reach,
    text: str,
    *,
    near: tuple[float, float] | None = None,
    at_most: int = 8,
    as_of: date = LATEST,
) -> list[PlaceRow]:
    """Return the places that a text may mean, the likeliest first; asked at each stroke of a key.

    The fewest wrong letters come first, then names that begin with the text, then what is nearest.
    near : metres of SWEREF 99 TM.
    """
    if not text.strip() or not reach.may(READ):
        return []
    register, seen = _register(as_of), _seen(reach, as_of)
    found, costs, stands = register.names.found(text, enough=at_most)
    is_seen = seen[found]
    found, costs, stands = found[is_seen], costs[is_seen], stands[is_seen]
    apart = _apart(reach, register, near)[found] if near else np.zeros(len(found))
    order = np.lexsort((found, apart, stands, costs))[:at_most]
    return _shown(reach, register, found[order])


def nearest_places(
    reach: Reach,
    x_m: float,
    y_m: float,
    *,
    within_m: float = 300,
    at_most: int = 3,
    as_of: date = LATEST,
) -> list[PlaceRow]:
    """Return the places nearest to a point in SWEREF 99 TM, the nearest first."""
    if not reach.may(READ):
        return []
    register = _register(as_of)
    apart = np.where(_seen(reach, as_of), _apart(reach, register, (x_m, y_m)), np.inf)
    near = np.flatnonzero(apart <= within_m)
    return _shown(reach, register, near[np.argsort(apart[near], kind="stable")][:at_most])


def _apart(reach: Reach, register: Register, near: tuple[float, float]) -> Floats:
    """Return the distance to each place in metres, infinite to one whose point is not shown.

    Otherwise the order of answers to some questions would tell where a dwelling lies.
    """
    apart = np.hypot(*(register.xy_m - near).T)
    return apart if reach.may(CHANGE) else np.where(register.is_dwelling, np.inf, apart)


def _shown(reach: Reach, register: Register, which: Ints) -> list[PlaceRow]:
    rows = [register.rows[number] for number in which.tolist()]
    if reach.may(CHANGE):
        return rows
    return [replace(row, point=None, xy_m=None) if row.is_dwelling else row for row in rows]


def _register(as_of: date) -> Register:
    return _known_register(as_of, get_language() or "", imports.state(Place, AreaVersion))


@lru_cache(maxsize=8)
def _known_register(as_of: date, _language: str, _known: object) -> Register:
    """Return the register; it is asked at each stroke of a key, and seldom changes."""
    held = sorted(Place.objects.held(as_of), key=lambda each: (sort_key(each.name), each.code))
    areas = {area.pk: area for area in Area.objects.all()}
    above = parents(as_of)
    rows = tuple(_row(each, areas, above) for each in held)
    return Register(
        rows=rows,
        names=Names.of((row.name, *row.aliases) for row in rows),
        xy_m=np.array([(each.x_m, each.y_m) for each in held], np.float64).reshape(-1, 2),
        is_dwelling=np.array([each.is_dwelling for each in held], bool),
    )


def _row(each: Place, areas: Mapping[int, Area], above: Mapping[int, int | None]) -> PlaceRow:
    return PlaceRow(
        id=each.pk,
        code=each.code,
        name=each.name,
        kind=each.kind,
        kind_label=str(each.get_kind_display()),
        aliases=tuple(each.aliases),
        areas=tuple((key, areas[key].name) for key in _areas_of(each, areas, above)),
        is_dwelling=each.is_dwelling,
        point=(each.lon, each.lat),
        xy_m=(each.x_m, each.y_m),
    )


def _areas_of(each: Place, areas: Mapping[int, Area], above: Mapping[int, int | None]) -> list[int]:
    """Return the areas that a place lies in, the smallest first, the municipality left out."""
    found: list[int] = []
    key = each.area_id
    while key is not None and key not in found:
        found.append(key)
        key = above.get(key)
    across = [getattr(each, f"{name}_id") for name in PLACE_AREAS[1:]]
    everything = dict.fromkeys([*found, *(key for key in across if key is not None)])
    return [key for key in everything if areas[key].kind != Kind.MUNICIPALITY]


def _seen(reach: Reach, as_of: date) -> NDArray[np.bool_]:
    known = imports.state(Place, AreaVersion)
    return _known_seen(reach.alike(READ), as_of, get_language() or "", known)


@lru_cache(maxsize=256)
def _known_seen(reach: Reach, as_of: date, language: str, known: object) -> NDArray[np.bool_]:
    """Return which rows of the register the reach covers."""
    keys = set(Place.objects.visible_to(reach).values_list("pk", flat=True))
    return np.array([row.id in keys for row in _known_register(as_of, language, known).rows], bool)
