"""Areas of every layout: a list of codes and names, with polygons where the file has them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lykta.sources import coordinates
from lykta.sources.choosing import Plan, plan, require
from lykta.sources.cleaning import number
from lykta.sources.coordinates import DEGREES
from lykta.sources.files.table import Table
from lykta.sources.guessing import AREA_WORDS, year_in
from lykta.sources.keys import Key, faults_of_keys
from lykta.sources.known import AREA_LAYOUTS
from lykta.sources.passports import is_synthetic, passport
from lykta.sources.records import AreaRecords, Floats, RowError
from lykta.sources.rejecting import row_error


@dataclass(frozen=True, slots=True)
class AskedAreas:
    """What the user says about a file of areas."""

    mapping: Mapping[str, str] | None = None
    crs: str | None = None
    metric_crs: str | None = None


@dataclass(frozen=True, slots=True)
class Shapes:
    """Polygons in metres, None where the row has none that can be used."""

    polygons: NDArray[np.object_]  # all parts of an area stand with its first row
    crs: str
    metric_crs: str
    n_mended: int
    parts: tuple[int, ...] = ()  # rows that are further parts of an earlier row's area


def areas_of(table: Table, asked: AskedAreas) -> AreaRecords:
    """Return the areas of a table in its order; a repeated code and a missing area are errors."""
    how = plan(table, AREA_LAYOUTS, AREA_WORDS, asked.mapping, noun="områden")
    require(table, how, "områdenas kod eller namn", ["code"], ["name"])
    code = "code" if how.has("code") else "name"
    name = "name" if how.has("name") else "code"
    rows = table.ask(
        f"SELECT coalesce(trim({how.sql(code)}), ''), coalesce(trim({how.sql(name)}), ''), "
        f"{number(how.sql('population'))} FROM source"
    )
    codes = [row[0] for row in rows]
    shapes = _shapes(table, asked)
    faults = faults_of_keys(codes, _keys(table, how, code))
    if shapes:
        shapes = _joined(shapes, [(row[0], row[1]) for row in rows])
        faults = {place: error for place, error in faults.items() if place not in shapes.parts}
        faults |= _missing_shapes(table, codes, shapes, faults)
    parts = set(shapes.parts) if shapes else set()
    kept = [place for place in range(len(rows)) if place not in faults and place not in parts]
    errors = sorted([*table.content.broken, *faults.values()], key=lambda error: error.row)
    n_broken = len(table.content.broken)
    return AreaRecords(
        codes=tuple(codes[place] for place in kept),
        names=tuple(rows[place][1] or codes[place] for place in kept),
        polygons=shapes.polygons[kept] if shapes else None,
        metric_crs=shapes.metric_crs if shapes else "",
        population=_population(how, rows, kept),
        population_year=year_in(how.mapping.get("population", "")),
        passport=passport(
            table,
            how,
            n_read=len(rows) + n_broken,
            n_rejected=len(faults) + n_broken,
            crs=shapes.crs if shapes else "",
            notes=_notes(how, shapes),
            is_synthetic=is_synthetic(table),
        ),
        errors=tuple(errors),
    )


def _keys(table: Table, how: Plan, code: str) -> Key:
    numbers = table.record_numbers(np.arange(table.ask("SELECT count(*) FROM source")[0][0]))
    return Key(how.mapping.get(code, ""), "Områdets kod", numbers)


def _shapes(table: Table, asked: AskedAreas) -> Shapes | None:
    """Return the polygons in metres; shapes that cross themselves are mended."""
    import shapely

    found = table.content.polygons
    if found is None:
        return None
    crs = coordinates.name_of(asked.crs or table.content.crs or DEGREES)
    is_flat = not shapely.has_z(found).any()
    polygons: NDArray[np.object_] = found.copy() if is_flat else shapely.force_2d(found)
    is_area = np.isin(shapely.get_type_id(polygons), (3, 6)) & ~shapely.is_empty(polygons)
    is_area &= np.isfinite(shapely.bounds(polygons)).all(axis=1)
    polygons[~is_area] = None
    is_broken = is_area & ~shapely.is_valid(polygons)
    # Of what crosses itself only the surfaces are kept; lines left over are no area.
    polygons[is_broken] = shapely.make_valid(
        polygons[is_broken], method="structure", keep_collapsed=False
    )
    x, y = _middles(polygons)
    coordinates.check(x, y, crs=crs, fields=("lon", "lat"))
    lon, lat = coordinates.transform(x, y, crs, DEGREES)
    asked_metric = asked.metric_crs and coordinates.name_of(asked.metric_crs)
    metric = asked_metric or coordinates.metric_crs_of(lon, lat)
    return Shapes(_moved(polygons, crs, metric), crs, metric, int(is_broken.sum()))


def _joined(shapes: Shapes, keys: list[tuple[str, str]]) -> Shapes:
    """Return the polygons with rows of the same code and name laid together in the first."""
    import shapely

    polygons, parts = shapes.polygons.copy(), []
    first: dict[tuple[str, str], int] = {}
    for place, key in enumerate(keys):
        if not key[0] or polygons[place] is None:
            continue
        if key in first:
            parts.append(place)
            pair = [polygons[first[key]], polygons[place]]
            polygons[first[key]] = shapely.union_all(pair)
        else:
            first[key] = place
    return replace(shapes, polygons=polygons, parts=tuple(parts))


def _middles(polygons: NDArray[np.object_]) -> tuple[Floats, Floats]:
    import shapely

    west, south, east, north = shapely.bounds(polygons).T
    return (west + east) / 2, (south + north) / 2


def _moved(polygons: NDArray[np.object_], crs: str, metric: str) -> NDArray[np.object_]:
    import shapely

    if not metric or crs == metric:
        return polygons

    def move(xy: Any) -> Any:
        return np.column_stack(coordinates.transform(xy[:, 0], xy[:, 1], crs, metric))

    moved: NDArray[np.object_] = shapely.transform(polygons, move)
    is_reached = np.isfinite(shapely.bounds(moved)).all(axis=1)
    moved[~is_reached] = None
    return moved


def _missing_shapes(
    table: Table, codes: list[str], shapes: Shapes, faults: Mapping[int, RowError]
) -> dict[int, RowError]:
    done = {*faults, *shapes.parts}
    places = [p for p, shape in enumerate(shapes.polygons) if shape is None and p not in done]
    numbers = table.record_numbers(np.array(places, dtype=np.int64))
    reason = "Området saknar yta i filen; rita in den eller ta bort raden."
    return {
        place: row_error(int(row), "", codes[place], reason)
        for place, row in zip(places, numbers, strict=True)
    }


def _population(how: Plan, rows: list[Any], kept: list[int]) -> Floats | None:
    if not how.has("population"):
        return None
    values = [np.nan if rows[place][2] is None else float(rows[place][2]) for place in kept]
    return np.array(values, dtype=np.float64)


def _notes(how: Plan, shapes: Shapes | None) -> list[str]:
    notes = []
    if year := year_in(how.mapping.get("population", "")):
        notes.append(f"Folkmängden är den från {year}, det senaste året i filen.")
    if shapes and shapes.n_mended:
        areas = "område" if shapes.n_mended == 1 else "områden"
        notes.append(f"{shapes.n_mended} {areas} korsade sin egen gräns och rättades.")
    if shapes and shapes.parts:
        rows = "rad är en del" if len(shapes.parts) == 1 else "rader är delar"
        notes.append(f"{len(shapes.parts)} {rows} av ett område med samma kod och lades till det.")
    return notes
