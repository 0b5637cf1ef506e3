"""Points to areas, and which areas are neighbours; flat metres in, integers out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lykta.analysis._kernels import locate as kernel
from lykta.analysis.weights import Neighbours, neighbours_from_pairs

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]

# About four cells an edge keeps the edge lists of border cells near one edge an area.
CELLS_PER_EDGE = 4
FEWEST_CELLS, MOST_CELLS = 1_024, 4_194_304
# The raster's origin lies off any round coordinate, so that no border runs along a cell's side.
ORIGIN_SHIFT = 0.381966011


@dataclass(frozen=True, slots=True)
class AreaIndex:
    """A set of polygons prepared for quick look-up of points; made by `area_index`."""

    n_areas: int
    grid: Floats  # (3,) x and y of the lower left corner, side of a cell, metres
    shape: tuple[int, int]  # columns, rows
    cells: Ints  # (columns * rows,) area without doubt, or -2 - slot of a border cell
    starts: Ints  # (n_border_cells + 1,)
    listed: Ints  # edges of each border cell
    corners: Ints  # (n_border_cells,) area at the lower left corner
    edges: Floats  # (n_edges, 4) x, y of the lower end, x, y of the upper end, metres
    owners: Ints  # (n_edges,)
    overlaps: NDArray[np.int64]  # corners held by more than one area


@dataclass(frozen=True, slots=True)
class Assignment:
    """Which area holds each point."""

    area: Ints  # (n,) index of the area, or `outside`
    n_outside: int
    n_on_boundary: int  # points nearer than 0.001 mm to a border; given to one side


def area_index(polygons: Sequence[Any] | NDArray[np.object_]) -> AreaIndex:
    """Return the polygons prepared for `assign_areas`.

    polygons : (n,) shapely Polygon or MultiPolygon in metres; holes are kept, and a border that
    crosses itself is read by the even-odd rule.  Raises ValueError for other geometries, for
    empty ones and for coordinates in degrees.
    """
    edges, owners = _edges(np.asarray(polygons, dtype=object))
    least, most = np.array([(column.min(), column.max()) for column in edges.T]).T
    low, high = np.minimum(least[:2], least[2:]), np.maximum(most[:2], most[2:])
    refuse_degrees(low, high)
    n_cells = np.clip(CELLS_PER_EDGE * len(edges), FEWEST_CELLS, MOST_CELLS)
    width, height = np.maximum(high - low, 1e-3)
    size = max(np.sqrt(width * height / n_cells), max(width, height) / n_cells)
    grid = np.array([*(low - (2 + ORIGIN_SHIFT) * size), size])
    n_columns, n_rows = (int(np.ceil((h - g) / size)) + 4 for h, g in zip(high, grid, strict=False))
    owner_starts, boxes = _boxes(edges, owners, grid, len(polygons))
    cells, starts, listed, corners, overlaps = kernel.rasterise(
        edges, owner_starts, boxes, grid, n_columns, n_rows
    )
    return AreaIndex(
        len(polygons),
        grid,
        (n_columns, n_rows),
        cells,
        starts,
        listed,
        corners,
        edges,
        owners,
        overlaps,
    )


def assign_areas(
    x_m: ArrayLike,
    y_m: ArrayLike,
    areas: AreaIndex | Sequence[Any] | NDArray[np.object_],
    *,
    outside: int = -1,
) -> Assignment:
    """Return the area that holds each point; where areas overlap, the first of them.

    x_m, y_m : (n,) float, metres, same reference system as the areas; nan lies outside.
    areas : polygons, or better an `AreaIndex` made once.
    Raises ValueError for points in degrees.

    >>> import shapely
    >>> west, east = shapely.box(0, 0, 500, 1000), shapely.box(500, 0, 1000, 1000)
    >>> assign_areas([250, 750, 1500], [10, 10, 10], [west, east]).area.tolist()
    [0, 1, -1]
    """
    index = areas if isinstance(areas, AreaIndex) else area_index(areas)
    x, y = coordinates(x_m, y_m)
    found, n_on_boundary = kernel.locate(
        x, y, index.grid, *index.shape, index.cells, index.starts, index.listed,
        index.corners, index.edges, index.owners, index.overlaps, index.n_areas,
    )  # fmt: skip
    n_outside = int(np.count_nonzero(found < 0))
    known = ~(np.isnan(x) | np.isnan(y))
    if n_outside == len(x) and known.any():
        xy = np.column_stack((x[known], y[known]))
        refuse_degrees(xy.min(axis=0), xy.max(axis=0))
    if outside != -1:
        found[found < 0] = outside
    return Assignment(found, n_outside, n_on_boundary)


def contiguity(polygons: Sequence[Any] | NDArray[np.object_], *, snap_m: float = 0.1) -> Neighbours:
    """Return which areas touch: those that share at least one corner of their borders ("queen").

    polygons : (n,) shapely Polygon or MultiPolygon, metres.
    snap_m : corners nearer than about this are the same corner, metres.
    """
    import shapely

    shapes = np.asarray(polygons, dtype=object)
    _refuse_shapes(shapes)
    if not 0 < snap_m < np.inf:
        raise ValueError(f"snap_m={snap_m} must be above 0 metres")
    xy, owner = shapely.get_coordinates(shapes, return_index=True)
    refuse_degrees(xy.min(axis=0), xy.max(axis=0))
    snapped = np.rint(xy / snap_m).astype(np.int64)
    low = snapped.min(axis=0)
    span = int(snapped[:, 1].max() - low[1]) + 1
    keys = (snapped[:, 0] - low[0]) * span + (snapped[:, 1] - low[1])
    order = np.argsort(keys, kind="stable")
    keys, owner = keys[order], owner[order]
    pairs = []
    for step in range(1, len(keys)):  # corner shared by k areas: k - 1 steps reach every pair
        same = keys[step:] == keys[:-step]
        if not same.any():
            break
        pairs.append(np.column_stack((owner[step:][same], owner[:-step][same])))
    return neighbours_from_pairs(
        np.concatenate(pairs) if pairs else np.empty((0, 2), np.int64), len(shapes)
    )


def _edges(polygons: NDArray[np.object_]) -> tuple[Floats, Ints]:
    """Return every border's edges, each with its lower end first, and the areas they belong to."""
    import shapely

    _refuse_shapes(polygons)
    parts, area = shapely.get_parts(polygons, return_index=True)
    rings, part = shapely.get_rings(parts, return_index=True)
    xy, ring = shapely.get_coordinates(rings, return_index=True)
    joined = ring[1:] == ring[:-1]
    start, end = xy[:-1][joined], xy[1:][joined]
    owners = area[part[ring[:-1][joined]]].astype(np.int32)
    # One direction for both owners of a shared edge, so that both compute the same crossing.
    turned = (start[:, 1] > end[:, 1]) | ((start[:, 1] == end[:, 1]) & (start[:, 0] > end[:, 0]))
    turned = turned[:, None]
    lower, upper = np.where(turned, end, start), np.where(turned, start, end)
    return np.hstack((lower, upper)), owners


def _refuse_shapes(shapes: NDArray[np.object_]) -> None:
    """Raise ValueError for what is no area."""
    import shapely

    kinds = shapely.get_type_id(shapes)
    if len(shapes) == 0 or not np.isin(kinds, (3, 6)).all() or shapely.is_empty(shapes).any():
        raise ValueError("areas must be non-empty polygons or multipolygons, at least one")
    if not np.isfinite(shapely.bounds(shapes)).all():
        raise ValueError("the corners of the areas must be known and finite")


def _boxes(edges: Floats, owners: Ints, grid: Floats, n_areas: int) -> tuple[Ints, Ints]:
    """Return where each area's edges begin, and the cells that each area may reach."""
    starts = np.searchsorted(owners, np.arange(n_areas + 1)).astype(np.int32)
    left = np.minimum.reduceat(np.minimum(edges[:, 0], edges[:, 2]), starts[:-1])
    right = np.maximum.reduceat(np.maximum(edges[:, 0], edges[:, 2]), starts[:-1])
    bottom = np.minimum.reduceat(edges[:, 1], starts[:-1])
    top = np.maximum.reduceat(edges[:, 3], starts[:-1])
    low = np.floor((np.column_stack((left, bottom)) - grid[:2]) / grid[2]) - 1
    high = np.floor((np.column_stack((right, top)) - grid[:2]) / grid[2]) + 2
    return starts, np.hstack((low, high)).astype(np.int32)


def coordinates(x_m: ArrayLike, y_m: ArrayLike) -> tuple[Floats, Floats]:
    """Return two float columns of one length."""
    x, y = np.ascontiguousarray(x_m, float), np.ascontiguousarray(y_m, float)
    if x.shape != y.shape or x.ndim != 1:
        raise ValueError(f"x_m {x.shape} and y_m {y.shape} must be columns of one length")
    return x, y


def refuse_degrees(low: Floats, high: Floats) -> None:
    """Raise ValueError if a box can only be one in degrees."""
    if low[0] >= -180 and low[1] >= -90 and high[0] <= 180 and high[1] <= 90:
        raise ValueError(
            f"coordinates from {low} to {high} look like degrees; metres of a projected system "
            "are needed, such as SWEREF 99 TM (EPSG:3006)"
        )
