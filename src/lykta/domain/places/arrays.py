"""From polygons in metres to what is stored of a border."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lykta.sources.coordinates import DEGREES, transform

SWEREF_99_TM = "EPSG:3006"
# A centimetre; finer would only be noise of the conversion, and would not survive an export.
_DECIMALS = 7


@dataclass(frozen=True, slots=True)
class Border:
    """A border as it is stored: in degrees, with its box and a point inside in metres."""

    border: str
    border_sha256: str
    west_m: float
    south_m: float
    east_m: float
    north_m: float
    x_m: float
    y_m: float
    lon: float
    lat: float
    area_m2: float


def border_of(polygon: Any) -> Border:
    """Return what is stored of a polygon in metres of SWEREF 99 TM."""
    import shapely

    text = json.dumps(_rounded(shapely.transform(polygon, _degrees)), separators=(",", ":"))
    west, south, east, north = (round(float(value), 2) for value in polygon.bounds)
    inside = shapely.point_on_surface(polygon)
    lon, lat = transform(np.array([inside.x]), np.array([inside.y]), SWEREF_99_TM, DEGREES)
    return Border(
        border=text,
        border_sha256=hashlib.sha256(text.encode("utf-8")).hexdigest(),
        west_m=west,
        south_m=south,
        east_m=east,
        north_m=north,
        x_m=round(inside.x, 2),
        y_m=round(inside.y, 2),
        lon=round(float(lon[0]), _DECIMALS),
        lat=round(float(lat[0]), _DECIMALS),
        area_m2=round(float(polygon.area), 1),
    )


def polygon_of(border: str) -> Any:
    """Return a stored border as a polygon in metres of SWEREF 99 TM."""
    import shapely

    def metres(xy: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack(transform(xy[:, 0], xy[:, 1], DEGREES, SWEREF_99_TM))

    return shapely.transform(shapely.from_geojson(border), metres)


def metres_of(lon: float, lat: float) -> tuple[float, float] | None:
    """Return a point in metres of SWEREF 99 TM, None where the system does not reach."""
    x, y = transform(np.array([lon]), np.array([lat]), DEGREES, SWEREF_99_TM)
    return (float(x[0]), float(y[0])) if np.isfinite([x[0], y[0]]).all() else None


def _degrees(xy: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.column_stack(transform(xy[:, 0], xy[:, 1], SWEREF_99_TM, DEGREES))


def _rounded(polygon: Any) -> dict[str, Any]:
    from shapely.geometry import mapping

    def round_all(value: Any) -> Any:
        if isinstance(value, tuple | list):
            return [round_all(each) for each in value]
        return round(value, _DECIMALS)

    shape = mapping(polygon)
    return {"type": shape["type"], "coordinates": round_all(shape["coordinates"])}
