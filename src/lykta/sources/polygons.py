"""Polygons of a file, sound and in metres."""

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lykta.sources import coordinates
from lykta.sources.coordinates import DEGREES
from lykta.sources.files.table import Table
from lykta.sources.records import Floats


@dataclass(frozen=True, slots=True)
class Shapes:
    """Polygons in metres, None where the row has none that can be used."""

    polygons: NDArray[np.object_]  # all parts of an area stand with its first row
    crs: str
    metric_crs: str
    n_mended: int
    # Rows that are further parts of an area -> the row that the area stands with.
    parts: dict[int, int] = field(default_factory=dict)


def shapes_of(table: Table, *, crs: str | None, metric_crs: str | None) -> Shapes | None:
    """Return the polygons in metres; shapes that cross themselves are mended."""
    import shapely

    found = table.content.polygons
    if found is None:
        return None
    crs = coordinates.name_of(crs or table.content.crs or DEGREES)
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
    asked = metric_crs and coordinates.name_of(metric_crs)
    metric = asked or coordinates.metric_crs_of(lon, lat)
    return Shapes(_moved(polygons, crs, metric), crs, metric, int(is_broken.sum()))


def joined(shapes: Shapes, keys: list[tuple[str, str]]) -> Shapes:
    """Return the polygons with rows of the same code and name laid together in the first."""
    import shapely

    polygons = shapes.polygons.copy()
    parts: dict[int, int] = {}
    first: dict[tuple[str, str], int] = {}
    for place, key in enumerate(keys):
        if not key[0] or polygons[place] is None:
            continue
        if key in first:
            parts[place] = first[key]
            pair = [polygons[first[key]], polygons[place]]
            polygons[first[key]] = shapely.union_all(pair)
        else:
            first[key] = place
    return replace(shapes, polygons=polygons, parts=parts)


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
