"""Where the events of a file happened, and which rows say it wrongly."""

import numpy as np

from lykta.sources import coordinates
from lykta.sources.choosing import Plan
from lykta.sources.coordinates import DEGREES, Points
from lykta.sources.events.columns import Columns
from lykta.sources.events.faults import Fault
from lykta.sources.files.shapes import POINT_X
from lykta.sources.files.table import Table

_SWEDISH_NORTHINGS = (6_100_000, 7_700_000)


def crs_of(table: Table, plan: Plan, columns: Columns, given: str | None) -> str:
    """Return the reference system of the file's points, or raise where nobody says it."""
    if columns.x is None or columns.y is None:
        return ""
    if given:
        return coordinates.name_of(given)
    if plan.has("lon", "lat"):
        return DEGREES
    if plan.mapping.get("x") == POINT_X and table.content.crs:
        return coordinates.name_of(table.content.crs)
    if plan.layout.crs:
        return plan.layout.crs
    if not np.isfinite(columns.x).any():
        return ""
    raise coordinates.unknown(columns.x, columns.y)


def points_of(columns: Columns, plan: Plan, crs: str, metric_crs: str | None) -> Points | None:
    """Return the points of all rows, nan where not given; rows with wrong ones become faulty."""
    if columns.x is None or columns.y is None or not crs:
        return None
    _empty_origins(columns)
    fields = ("lon", "lat") if plan.has("lon", "lat") else ("x", "y")
    coordinates.check(columns.x, columns.y, crs=crs, fields=fields)
    _mark_odd_ones(columns, crs)
    is_used = columns.fault == Fault.NONE
    x = columns.x if is_used.all() else np.where(is_used, columns.x, np.nan)
    points = coordinates.placed(x, columns.y, crs=crs, metric_crs=metric_crs)
    _mark(columns, np.isfinite(x) & ~np.isfinite(points.x_m), Fault.OUTSIDE)
    return points


def _empty_origins(columns: Columns) -> None:
    """Turn the point (0, 0), which means that nobody knew, into no point."""
    if columns.x is None or columns.y is None:
        return
    is_origin = (columns.x == 0) & (columns.y == 0)
    if is_origin.any():
        columns.x = np.where(is_origin, np.nan, columns.x)
        columns.y = np.where(is_origin, np.nan, columns.y)


def _mark_odd_ones(columns: Columns, crs: str) -> None:
    x, y = columns.x, columns.y
    if x is None or y is None:
        return
    if coordinates.is_degrees(crs):
        _mark(columns, (np.abs(x) > 180) | (np.abs(y) > 90), Fault.OUTSIDE)
        return
    _mark(columns, (np.abs(x) <= 180) & (np.abs(y) <= 90), Fault.DEGREES)
    if crs == coordinates.SWEREF_99_TM:
        low, high = _SWEDISH_NORTHINGS
        _mark(columns, (x > low) & (x < high) & (y < low), Fault.SWAPPED)


def _mark(columns: Columns, is_wrong: np.ndarray, fault: Fault) -> None:
    columns.fault[is_wrong & (columns.fault == Fault.NONE)] = fault
