"""Points of the rows of a table, by whichever columns and reference system it has."""

import numpy as np

from lykta.sources import coordinates
from lykta.sources.areas import AskedAreas
from lykta.sources.choosing import Plan
from lykta.sources.coordinates import DEGREES, Floats, Points
from lykta.sources.files.shapes import POINT_X
from lykta.sources.files.table import Table

NO_POINT = "Punkten saknas eller ligger utanför referenssystemet; kontrollera koordinaterna."


def points_of(
    table: Table, how: Plan, asked: AskedAreas, x: Floats, y: Floats
) -> tuple[Points, str]:
    """Return points, (n,) and (n,), in metres, and the reference system that they are given in."""
    has_degrees = how.has("lon", "lat")
    said = table.content.crs if how.mapping.get("x") == POINT_X else ""
    crs = asked.crs or (DEGREES if has_degrees else said)
    if not crs:
        raise coordinates.unknown(x, y)
    crs = coordinates.name_of(crs)
    coordinates.check(x, y, crs=crs, fields=("lon", "lat") if has_degrees else ("x", "y"))
    return coordinates.placed(x, y, crs=crs, metric_crs=asked.metric_crs), crs


def unplaced(points: Points) -> list[int]:
    """Return which points, by place from 0, are missing or beyond the reference system."""
    return np.flatnonzero(~(np.isfinite(points.x_m) & np.isfinite(points.y_m))).tolist()
