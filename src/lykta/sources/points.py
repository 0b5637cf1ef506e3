"""Points of a table, in metres, by the system that the file or the user names."""

import numpy as np

from lykta.sources import coordinates
from lykta.sources.areas import AskedAreas
from lykta.sources.choosing import Plan
from lykta.sources.coordinates import DEGREES, Points
from lykta.sources.files.shapes import POINT_X
from lykta.sources.files.table import Table
from lykta.sources.records import Floats, RowError
from lykta.sources.rejecting import row_error

UNPLACED = "Punkten saknas eller ligger utanför referenssystemet; kontrollera koordinaterna."


def points_of(
    table: Table, how: Plan, asked: AskedAreas, x: Floats, y: Floats
) -> tuple[Points, str]:
    """Return the points of all rows, x and y (n,), and the name of the system they are given in."""
    has_degrees = how.has("lon", "lat")
    said = table.content.crs if how.mapping.get("x") == POINT_X else ""
    crs = asked.crs or (DEGREES if has_degrees else said)
    if not crs:
        raise coordinates.unknown(x, y)
    crs = coordinates.name_of(crs)
    coordinates.check(x, y, crs=crs, fields=("lon", "lat") if has_degrees else ("x", "y"))
    return coordinates.placed(x, y, crs=crs, metric_crs=asked.metric_crs), crs


def unplaced(points: Points, numbers: np.ndarray) -> dict[int, RowError]:
    """Return the errors of rows without a point, by place from 0."""
    is_placed = np.isfinite(points.x_m) & np.isfinite(points.y_m)
    return {
        place: row_error(int(numbers[place]), "", "", UNPLACED)
        for place in np.flatnonzero(~is_placed).tolist()
    }
