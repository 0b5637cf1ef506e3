"""Squares and hexagons of one size over the whole map, numbered from a fixed origin."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lykta.analysis.weights import Neighbours, neighbours_from_pairs

Floats = NDArray[np.float64]
Longs = NDArray[np.int64]

# A cell's number holds two signed steps from the origin, 31 bits each.
HALF = 1 << 30
SHIFT = 31
SQRT3 = 3.0**0.5
# Points further from the origin than so many cells have no number.
FARTHEST = HALF / 4
# Points are counted in a block of all cells around them, unless most of it would be empty.
MOST_CELLS_APIECE, FEWEST_COUNTED = 8, 4_000_000
# Steps to three of the six (eight) neighbours; the others are the same backwards.
SIDES = {"hex": 6, "square": 4}
STEPS = {"hex": ((1, 0), (0, 1), (1, -1)), "square": ((1, 0), (0, 1), (1, 1), (1, -1))}


@dataclass(frozen=True, slots=True)
class Lattice:
    """A flat lattice in metres with its origin at (0, 0) of the reference system.

    kind : "hex" (pointed top) or "square".
    size_m : distance between opposite sides, metres.
    """

    kind: str
    size_m: float

    def __post_init__(self) -> None:
        if self.kind not in STEPS:
            raise ValueError(f"kind={self.kind!r} is not available; choose one of {sorted(STEPS)}")
        if not 0 < self.size_m < np.inf:
            raise ValueError(f"size_m={self.size_m!r} must be above 0 metres, and finite")

    @property
    def area_km2(self) -> float:
        """Area of one cell, square kilometres."""
        return self.size_m**2 * (SQRT3 / 2 if self.kind == "hex" else 1) / 1e6

    def cells(self, x_m: ArrayLike, y_m: ArrayLike) -> Longs:
        """Return the number of the cell that holds each point; (n,) int64.

        -1 for points that are not known, or too far off to have a number.
        """
        x, y = np.asarray(x_m, float) / self.size_m, np.asarray(y_m, float) / self.size_m
        far = ~((np.abs(x) < FARTHEST) & (np.abs(y) < FARTHEST))
        if far.any():
            x, y = np.where(far, 0.0, x), np.where(far, 0.0, y)
            return np.where(far, -1, Lattice(self.kind, 1.0).cells(x, y))
        if self.kind == "square":
            return _number(np.floor(x), np.floor(y))
        # Axial coordinates; the nearest centre is found by rounding the three cube coordinates.
        r = y * 2 / SQRT3
        q = x - r / 2
        s = -q - r
        rounded = [np.rint(v) for v in (q, r, s)]
        gaps = [np.abs(a - b) for a, b in zip(rounded, (q, r, s), strict=True)]
        fix_q = (gaps[0] > gaps[1]) & (gaps[0] > gaps[2])
        fix_r = ~fix_q & (gaps[1] > gaps[2])
        q = np.where(fix_q, -rounded[1] - rounded[2], rounded[0])
        r = np.where(fix_r, -rounded[0] - rounded[2], rounded[1])
        return _number(q, r)

    def count(self, x_m: ArrayLike, y_m: ArrayLike) -> tuple[Longs, Longs]:
        """Return the cells that hold any of the points, ascending, and how many each holds.

        x_m, y_m : (n,) metres; points that are not known are not counted.
        Raises ValueError for points in degrees.
        """
        from lykta.analysis._kernels import lattice as kernel  # numba takes a while to load
        from lykta.analysis.geometry import coordinates, refuse_degrees

        x, y = coordinates(x_m, y_m)
        known = np.isfinite(x) & np.isfinite(y)
        if not known.all():
            x, y = x[known], y[known]
        if not len(x):
            return np.empty(0, np.int64), np.empty(0, np.int64)
        low, high = np.array([x.min(), y.min()]), np.array([x.max(), y.max()])
        refuse_degrees(low, high)
        first, last = self._block(low, high)
        shape = last - first + 1
        if np.prod(shape.astype(float)) > max(MOST_CELLS_APIECE * len(x), FEWEST_COUNTED):
            cells = self.cells(x, y)
            found, counts = np.unique(cells[cells >= 0], return_counts=True)
            return found, counts.astype(np.int64)
        block = kernel.count_points(x, y, self.size_m, SIDES[self.kind], first, shape)
        column, row = np.nonzero(block)
        return _number(column + first[0], row + first[1]), block[column, row]

    def _block(self, low: Floats, high: Floats) -> tuple[Longs, Longs]:
        """Return the least and the largest steps of any cell that a box can touch."""
        left, right = low / self.size_m, high / self.size_m
        if self.kind == "hex":
            rows = np.array([left[1], right[1]]) * 2 / SQRT3
            left = np.array([left[0] - rows[1] / 2, rows[0]])
            right = np.array([right[0] - rows[0] / 2, rows[1]])
        if np.abs((left, right)).max() >= FARTHEST:
            raise ValueError(f"points from {low} to {high} lie too far off for cells this small")
        return np.floor(left).astype(np.int64) - 1, np.ceil(right).astype(np.int64) + 1

    def centres(self, cells: Longs) -> tuple[Floats, Floats]:
        """Return the centres of cells, metres."""
        q, r = _steps(cells)
        if self.kind == "square":
            return (q + 0.5) * self.size_m, (r + 0.5) * self.size_m
        return (q + r / 2) * self.size_m, r * (SQRT3 / 2) * self.size_m

    def corners(self, cells: Longs) -> Floats:
        """Return the corners of cells, counter-clockwise; shape (n, 6 or 4, 2), metres."""
        if self.kind == "square":
            ring = np.array([(-0.5, -0.5), (0.5, -0.5), (0.5, 0.5), (-0.5, 0.5)])
        else:
            angle = np.deg2rad(np.arange(-90, 270, 60))
            ring = np.column_stack((np.cos(angle), np.sin(angle))) / SQRT3
        centre = np.column_stack(self.centres(cells))
        return np.asarray(centre[:, None, :] + ring * self.size_m)

    def polygons(self, cells: Longs) -> NDArray[np.object_]:
        """Return the cells as shapely polygons."""
        import shapely

        return np.asarray(shapely.polygons(self.corners(cells)), dtype=object)

    def cover(self, shape: Any) -> Longs:
        """Return the cells whose centre lies in a shapely polygon or on its border, ascending."""
        import shapely

        left, bottom, right, top = shapely.bounds(shape)
        step = self.size_m / 2
        x, y = np.meshgrid(np.arange(left, right + step, step), np.arange(bottom, top + step, step))
        cells = np.unique(self.cells(x.ravel(), y.ravel()))
        shapely.prepare(shape)
        return cells[shapely.intersects_xy(shape, *self.centres(cells))]

    def neighbours(self, cells: Longs) -> Neighbours:
        """Return which of these cells touch; `cells` must be ascending."""
        q, r = _steps(cells)
        pairs = []
        for dq, dr in STEPS[self.kind]:
            wanted = _number(q + dq, r + dr)
            at = np.minimum(np.searchsorted(cells, wanted), len(cells) - 1)
            found = cells[at] == wanted
            pairs.append(np.column_stack((np.flatnonzero(found), at[found])))
        return neighbours_from_pairs(np.concatenate(pairs), len(cells))


def _number(q: NDArray[Any], r: NDArray[Any]) -> Longs:
    """Return one whole number for two steps."""
    return ((q.astype(np.int64) + HALF) << SHIFT) + (r.astype(np.int64) + HALF)


def _steps(cells: Longs) -> tuple[Floats, Floats]:
    """Return the two steps behind a cell's number."""
    cells = np.asarray(cells, np.int64)
    return ((cells >> SHIFT) - HALF).astype(float), ((cells & ((1 << SHIFT) - 1)) - HALF).astype(
        float
    )
