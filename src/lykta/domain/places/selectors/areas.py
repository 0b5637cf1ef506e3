"""Areas as they were on a day."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import get_language

from lykta.domain.places import rules
from lykta.domain.places.arrays import polygon_of
from lykta.domain.places.models import READ, Area, AreaVersion, Classification, Population
from lykta.domain.places.rules import BorderOrigin, Kind
from lykta.domain.places.selectors import lists
from lykta.domain.places.selectors.population import PARTITIONS, populations
from lykta.infrastructure import collation
from lykta.infrastructure.access import Reach, Refused, require
from lykta.infrastructure.figures import Figure
from lykta.infrastructure.imports import selectors as imports

# Degrees, some decimetres: two files seldom have the very same points on a border that they share.
_SAME_LINE = 3e-6
_ORDER = {kind: place for place, kind in enumerate(Kind)}


@dataclass(frozen=True, slots=True)
class AreaRow:
    """One area as it was on a day, with what every list of areas shows."""

    id: int
    code: str
    name: str
    kind: str
    kind_label: str
    parent: int | None
    depth: int
    border_origin: str
    border_origin_label: str
    border_note: str
    has_border: bool
    valid_from: date
    area_km2: float | None
    population: Figure
    classification: Classification | None  # what the list that holds on the day says
    point: tuple[float, float] | None = None  # longitude and latitude of a point inside


@dataclass(frozen=True, slots=True)
class AreaDetails:
    """All that this room knows of one area on a day."""

    row: AreaRow
    ancestors: tuple[AreaRow, ...]
    children: tuple[AreaRow, ...]
    versions: QuerySet[AreaVersion]  # asked for when it is shown
    populations: tuple[Population, ...]
    list_years: tuple[lists.ListYear, ...]
    listed: tuple[AreaRow, ...]  # every area on the list that held, to stand beside this one


def areas(reach: Reach, *, as_of: date) -> list[AreaRow]:
    """Return the areas as a tree, each parent before its children, in Swedish order."""
    require(reach, READ)
    return list(_areas(reach.alike(READ), as_of, get_language() or "", imports.state(AreaVersion)))


@lru_cache(maxsize=256)
def _areas(reach: Reach, as_of: date, _language: str, _known: object) -> tuple[AreaRow, ...]:
    """Return the areas; every page asks for them, and they seldom change."""
    versions = list(_versions(reach, as_of))
    people = populations(versions, as_of=as_of)
    classed = lists.current(reach, as_of=as_of)
    rows = [
        _row(version, people[version.area_id], classed.get(version.area_id)) for version in versions
    ]
    return tuple(_tree(rows))


def area(reach: Reach, code: str, *, as_of: date) -> AreaDetails:
    """Return one area, or refuse as if it did not exist."""
    require(reach, READ)
    known = imports.state(AreaVersion)
    found = _area(reach.alike(READ), code, as_of, get_language() or "", known)
    # Who recorded them may change her name: only what is read in is kept.
    versions = AreaVersion.objects.visible_to(reach).filter(
        area=found.row.id, valid_from__lte=as_of
    )
    related = versions.select_related("recorded_by", "run", "parent")
    return replace(found, versions=related.order_by("-valid_from", "-id"))


@lru_cache(maxsize=1_000)
def _area(reach: Reach, code: str, as_of: date, language: str, known: object) -> AreaDetails:
    """Return the same without its versions."""
    rows = _areas(reach, as_of, language, known)
    row = next((row for row in rows if row.code == code), None)
    if row is None:
        raise Refused
    by_id = {each.id: each for each in rows}
    figures = Population.objects.latest().filter(area=row.id, year__lt=as_of.year)
    return AreaDetails(
        row=row,
        ancestors=tuple(_ancestors(row, by_id)),
        children=tuple(replace(each, depth=0) for each in rows if each.parent == row.id),
        versions=AreaVersion.objects.none(),
        populations=tuple(figures.order_by("-year")),
        list_years=tuple(lists.years_of(reach, row.id, as_of=as_of)),
        listed=tuple(on_list(rows)),
    )


def codes(reach: Reach) -> dict[str, Area]:
    """Return every area that has a version within reach, by its code."""
    known = AreaVersion.objects.visible_to(reach).values("area")
    return {each.code: each for each in Area.objects.filter(pk__in=known)}


def features(reach: Reach, *, as_of: date, kinds: Collection[str] = ()) -> list[dict[str, Any]]:
    """Return the areas of some kinds, or all, that have a border as GeoJSON features."""
    rows = {
        row.id: row
        for row in areas(reach, as_of=as_of)
        if row.has_border and (not kinds or row.kind in kinds)
    }
    borders = dict(
        AreaVersion.objects.held(as_of).filter(area__in=rows).values_list("area", "border")
    )
    return [_feature(row, borders[key]) for key, row in rows.items()]


def shapes(reach: Reach, *, as_of: date) -> dict[Kind, list[tuple[int, Any]]]:
    """Return the id and the polygon of each area that has a border, by kind; SWEREF 99 TM."""
    return _shapes(reach.alike(READ), as_of, imports.state(AreaVersion))


@lru_cache(maxsize=64)
def _shapes(reach: Reach, as_of: date, _known: object) -> dict[Kind, list[tuple[int, Any]]]:
    held = AreaVersion.objects.visible_to(reach).held(as_of).exclude(border="")
    found: dict[Kind, list[tuple[int, Any]]] = {}
    fields = ("area", "area__kind", "pk", "border_sha256")
    for key, kind, version, digest in held.order_by("area").values_list(*fields):
        found.setdefault(Kind(kind), []).append((key, _polygon(version, digest)))
    return found


def widened(reach: Reach, *, as_of: date) -> Reach:
    """Return the reach with every area that lies in one of its own, as the tree is on a day."""
    if not any(grant.limits for grant in reach.grants):
        return reach
    above = parents(as_of)

    def inside(areas: frozenset[int] | None) -> frozenset[int] | None:
        return None if areas is None else _inside(areas, above)

    grants = tuple(
        replace(grant, areas=inside(grant.areas), agreed=inside(grant.agreed))
        for grant in reach.grants
    )
    return replace(reach, grants=grants)


def within(area_id: int, *, as_of: date) -> frozenset[int]:
    """Return an area and every area that lies in it."""
    return _inside(frozenset({area_id}), parents(as_of))


def parents(as_of: date) -> Mapping[int, int | None]:
    """Return what each area lies in on a day, by their ids."""
    return _known_parents(as_of, imports.state(AreaVersion))


@lru_cache(maxsize=64)
def _known_parents(as_of: date, _known: object) -> Mapping[int, int | None]:
    return dict(AreaVersion.objects.held(as_of).values_list("area", "parent"))


def _inside(areas: frozenset[int], parents: Mapping[int, int | None]) -> frozenset[int]:
    held = set(areas)
    while inside := {key for key, parent in parents.items() if parent in held} - held:
        held |= inside
    return frozenset(held)


@lru_cache(maxsize=2_000)
def _polygon(version: int, _sha256: str) -> Any:
    """Return the polygon of a version; one with the same number and digest never changes."""
    return polygon_of(AreaVersion.objects.values_list("border", flat=True).get(pk=version))


def lines(features: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the borders of features, each drawn once: where two areas meet, one line.

    A line that is an official border anywhere is official; dashes of two neighbours laid over each
    other would look whole.
    """
    import shapely

    borders = {
        is_official: shapely.union_all(
            [
                shapely.boundary(shapely.from_geojson(json.dumps(each["geometry"])))
                for each in features
                if (each["properties"]["origin"] == BorderOrigin.OFFICIAL) == is_official
            ]
        )
        for is_official in (True, False)
    }
    rough = shapely.difference(borders[False], shapely.buffer(borders[True], _SAME_LINE))
    drawn = {BorderOrigin.OFFICIAL: borders[True], BorderOrigin.APPROXIMATION: rough}
    return [
        {
            "type": "Feature",
            "geometry": json.loads(shapely.to_geojson(shapely.line_merge(border))),
            "properties": {"origin": origin},
        }
        for origin, border in drawn.items()
        if not shapely.is_empty(border)
    ]


def listed_areas(reach: Reach, *, as_of: date) -> list[AreaRow]:
    """Return the areas that stand on the list that held on a day, for columns side by side."""
    return on_list(areas(reach, as_of=as_of))


def on_list(rows: Iterable[AreaRow]) -> list[AreaRow]:
    """Return those of the areas that stand on the list that held on their day."""
    return [
        row for row in rows if row.classification and row.classification.listed == rules.Listed.YES
    ]


def search(reach: Reach, text: str, *, as_of: date, at_most: int = 20) -> list[AreaRow]:
    """Return the areas whose name or code holds a text, by whichever case it is written."""
    if not text.strip() or not reach.may(READ):
        return []
    known = AreaVersion.objects.visible_to(reach).held(as_of)
    found = known.filter(name__mentions=text) | known.filter(area__code__mentions=text)
    keys = set(found.values_list("area", flat=True)[:at_most])
    return [row for row in areas(reach, as_of=as_of) if row.id in keys]


def gaps(rows: Iterable[AreaRow]) -> dict[str, list[AreaRow]]:
    """Return what is lacking: areas without a border, and without inhabitants known."""
    rows = list(rows)
    return {
        "border": [row for row in rows if not row.has_border],
        "population": [
            row for row in rows if row.population.value is None and row.kind in PARTITIONS
        ],
    }


def _versions(reach: Reach, as_of: date) -> QuerySet[AreaVersion]:
    rows = AreaVersion.objects.visible_to(reach).held(as_of).select_related("area")
    return rows.defer("border").order_by(collation.in_swedish("name"), "area__code")


def _row(version: AreaVersion, people: Figure, classed: Classification | None) -> AreaRow:
    return AreaRow(
        id=version.area_id,
        code=version.area.code,
        name=version.name,
        kind=version.area.kind,
        kind_label=version.area.get_kind_display(),
        parent=version.parent_id,
        depth=0,
        border_origin=version.border_origin,
        border_origin_label=version.get_border_origin_display(),
        border_note=version.border_note,
        has_border=version.border_origin != BorderOrigin.NONE,
        valid_from=version.valid_from,
        area_km2=None if version.area_m2 is None else version.area_m2 / 1e6,
        population=people,
        classification=classed,
        point=(version.lon, version.lat) if version.lon and version.lat else None,
    )


def _tree(rows: list[AreaRow]) -> list[AreaRow]:
    """Return the rows with each parent before its children, and how deep each lies."""
    there = {row.id for row in rows}
    children: dict[int | None, list[AreaRow]] = {}
    for row in rows:
        children.setdefault(row.parent if row.parent in there else None, []).append(row)
    ordered: list[AreaRow] = []

    def add(parent: int | None, depth: int) -> None:
        for row in sorted(children.get(parent, []), key=lambda each: _ORDER[Kind(each.kind)]):
            ordered.append(replace(row, depth=depth))
            add(row.id, depth + 1)

    add(None, 0)
    return ordered


def _ancestors(row: AreaRow, by_id: Mapping[int, AreaRow]) -> list[AreaRow]:
    found: list[AreaRow] = []
    while (parent := by_id.get(row.parent or 0)) and parent not in found:
        found.insert(0, parent)
        row = parent
    return found


def _feature(row: AreaRow, border: str) -> dict[str, Any]:
    return {
        "type": "Feature",
        "geometry": json.loads(border),
        "properties": {
            "code": row.code,
            "name": row.name,
            "kind": row.kind,
            "origin": row.border_origin,
            "note": row.border_note,
            "lon": row.point and row.point[0],
            "lat": row.point and row.point[1],
        },
    }
