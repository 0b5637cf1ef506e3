"""Places for machines: the same selectors, the same reach."""

from datetime import date
from typing import Any

from ninja import Router, Schema

from lykta.domain.places import selectors
from lykta.domain.places.rules import Kind, PlaceKind
from lykta.infrastructure.access import Request
from lykta.infrastructure.figures import Figure
from lykta.infrastructure.refusals import REFUSALS

router = Router(tags=["områden"])


class FigureOut(Schema):
    """A figure with its origin; value is null where it is missing, and `missing` says why."""

    value: float | None
    unit: str
    period: str
    source: str
    definition: str
    retrieved: str
    is_preliminary: bool
    missing: str


class ClassificationOut(Schema):
    """What one list says of an area."""

    list_year: int
    listed: str
    level: str
    label: str
    source: str
    certainty: str
    note: str


class AreaOut(Schema):
    """One area as it was on the day asked about."""

    code: str
    name: str
    kind: str
    parent: str | None
    valid_from: str
    border_origin: str
    border_note: str
    area_km2: float | None
    population: FigureOut
    classification: ClassificationOut | None


class AreaDetailsOut(AreaOut):
    """One area with its history."""

    children: list[str]
    versions: list[dict[str, Any]]
    classifications: list[ClassificationOut]


class PlaceOut(Schema):
    """One place of the register; without a point where the reader may not see it."""

    code: str
    name: str
    kind: str
    aliases: list[str]
    areas: list[str]
    lon: float | None
    lat: float | None


@router.get("", response={200: list[AreaOut], **REFUSALS}, summary="Områden, som de var en dag")
def list_areas(
    request: Request, slag: Kind | None = None, datum: date | None = None
) -> list[dict[str, Any]]:
    """Return the areas within reach, each parent before its children."""
    rows = selectors.areas(request.reach, as_of=datum or request.today)
    codes = {row.id: row.code for row in rows}
    return [_area(row, codes) for row in rows if slag is None or row.kind == slag]


@router.get(
    "karta.geojson", summary="Områdenas gränser", response={200: dict[str, Any], **REFUSALS}
)
def borders(request: Request, slag: str = "", datum: date | None = None) -> dict[str, Any]:
    """Return the areas that have a border as a FeatureCollection, WGS 84; `slag` may be several.

    Its further member `lines` has the same borders drawn once, for a map.
    """
    found = selectors.features(request.reach, as_of=datum or request.today, kinds=slag.split())
    return {"type": "FeatureCollection", "features": found, "lines": selectors.lines(found)}


@router.get("platser", response={200: list[PlaceOut], **REFUSALS}, summary="Registret över platser")
def list_places(
    request: Request, q: str = "", slag: PlaceKind | None = None, datum: date | None = None
) -> list[dict[str, Any]]:
    """Return the places within reach, or those that a text may mean, the likeliest first."""
    day = datum or request.today
    rows = selectors.places(request.reach, as_of=day)
    if q.strip():
        rows = selectors.find_places(request.reach, q, at_most=len(rows), as_of=day)
    return [_place(row) for row in rows if slag is None or row.kind == slag]


@router.get(
    "{code}", response={200: AreaDetailsOut, **REFUSALS}, summary="Ett område med sin historik"
)
def one_area(request: Request, code: str, datum: date | None = None) -> dict[str, Any]:
    """Return one area with its versions and what lists have said of it."""
    details = selectors.area(request.reach, code, as_of=datum or request.today)
    codes = {row.id: row.code for row in (*details.ancestors, details.row, *details.children)}
    return {
        **_area(details.row, codes),
        "children": [row.code for row in details.children],
        "versions": [
            {
                "name": version.name,
                "valid_from": str(version.valid_from),
                "recorded_at": version.recorded_at.isoformat(),
                "border_origin": version.border_origin,
                "border_sha256": version.border_sha256,
            }
            for version in details.versions
        ],
        "classifications": [
            _classification(entry) for year in details.list_years for entry in year.entries
        ],
    }


def _area(row: selectors.AreaRow, codes: dict[int, str]) -> dict[str, Any]:
    return {
        "code": row.code,
        "name": row.name,
        "kind": row.kind,
        "parent": codes.get(row.parent or 0),
        "valid_from": str(row.valid_from),
        "border_origin": row.border_origin,
        "border_note": row.border_note,
        "area_km2": row.area_km2,
        "population": _figure(row.population),
        "classification": row.classification and _classification(row.classification),
    }


def _place(row: selectors.PlaceRow) -> dict[str, Any]:
    lon, lat = row.point or (None, None)
    return {
        "code": row.code,
        "name": row.name,
        "kind": row.kind,
        "aliases": list(row.aliases),
        "areas": [name for _, name in row.areas],
        "lon": lon,
        "lat": lat,
    }


def _figure(figure: Figure) -> dict[str, Any]:
    return {name: getattr(figure, name) for name in FigureOut.model_fields}


def _classification(row: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ClassificationOut.model_fields}
