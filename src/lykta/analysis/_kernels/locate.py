"""Which polygon holds which point: a raster of cells, and clipped edges where borders pass.

A point's membership follows from that of its cell's lower left corner and from the edges that
the path corner → (corner x, point y) → point crosses: an odd number of crossings of an area's
edges changes the answer for that area. Only edges of the point's own cell can cross that path.
Crossings are half-open, so that a point on a shared border belongs to one side and never both.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]

ON_BORDER_M = 1e-6  # nearer than a thousandth of a millimetre counts as on the border


@njit(cache=True)
def _column_span(edge: Floats, row: int, grid: Floats) -> tuple[int, int]:
    """Return the first and last column that an edge may touch in a row of cells."""
    x0, y0, size = grid[0], grid[1], grid[2]
    slack = size * 1e-6
    low, high = y0 + row * size - slack, y0 + (row + 1) * size + slack
    xa, ya, xb, yb = edge[0], edge[1], edge[2], edge[3]
    if yb > ya:
        slope = (xb - xa) / (yb - ya)
        start = xa + (max(low, ya) - ya) * slope
        end = xa + (min(high, yb) - ya) * slope
    else:
        start, end = xa, xb
    left, right = min(start, end) - slack, max(start, end) + slack
    return int((left - x0) / size), int((right - x0) / size)


@njit(cache=True)
def _row_span(edge: Floats, grid: Floats) -> tuple[int, int]:
    """Return the first and last row of cells that an edge may touch."""
    y0, size = grid[1], grid[2]
    slack = size * 1e-6
    return int((edge[1] - slack - y0) / size), int((edge[3] + slack - y0) / size)


@njit(cache=True)
def count_edges(edges: Floats, grid: Floats, n_columns: int, n_rows: int) -> Ints:
    """Return how many edges may touch each cell; shape (n_rows * n_columns,)."""
    counts = np.zeros(n_columns * n_rows, np.int32)
    for i in range(len(edges)):
        first, last = _row_span(edges[i], grid)
        for row in range(first, last + 1):
            left, right = _column_span(edges[i], row, grid)
            for column in range(left, right + 1):
                counts[row * n_columns + column] += 1
    return counts


@njit(cache=True)
def list_edges(edges: Floats, grid: Floats, n_columns: int, starts: Ints, slots: Ints) -> Ints:
    """Return the edges of every border cell, cell after cell, in the order of their owners.

    slots : (n_cells,) which border cell a cell is, or -1.  starts : (n_border_cells + 1,).
    """
    listed = np.empty(starts[-1], np.int32)
    filled = starts[:-1].copy()
    for i in range(len(edges)):
        first, last = _row_span(edges[i], grid)
        for row in range(first, last + 1):
            left, right = _column_span(edges[i], row, grid)
            for column in range(left, right + 1):
                slot = slots[row * n_columns + column]
                listed[filled[slot]] = i
                filled[slot] += 1
    return listed


@njit(cache=True)
def _flip_corners(edges: Floats, grid: Floats, box: Ints, flips: NDArray[np.uint8]) -> None:
    """Mark, row by row, the first corner right of each edge of one area."""
    x0, y0, size = grid[0], grid[1], grid[2]
    width = box[2] - box[0] + 1
    for i in range(len(edges)):
        xa, ya, xb, yb = edges[i, 0], edges[i, 1], edges[i, 2], edges[i, 3]
        first = int(np.ceil((ya - y0) / size))
        for row in range(first, int((yb - y0) / size) + 2):
            y = y0 + row * size
            if not ya <= y < yb:
                continue
            x = xa + (y - ya) * ((xb - xa) / (yb - ya))
            column = int(np.ceil((x - x0) / size))
            flips[(row - box[1]) * width + column - box[0]] ^= 1


@njit(cache=True)
def fill_corners(
    edges: Floats, owner_starts: Ints, boxes: Ints, grid: Floats, n_columns: int, n_rows: int
) -> tuple[Ints, NDArray[np.int64]]:
    """Return which area holds each cell's lower left corner, and the overlaps beside it.

    owner_starts : (n_areas + 1,) the edges of each area.  boxes : (n_areas, 4) first column,
    first row, last column, last row, two columns and rows wider than the area.
    Returns (n_cells,) the lowest-numbered area at the corner or -1, and the sorted keys
    ``cell * n_areas + area`` of every further area that holds the corner too.
    """
    n_areas = len(owner_starts) - 1
    corners = np.full(n_columns * n_rows, -1, np.int32)
    overlaps = [np.int64(0) for _ in range(0)]
    largest = 1
    for area in range(n_areas):
        box = boxes[area]
        largest = max(largest, (box[2] - box[0] + 1) * (box[3] - box[1] + 1))
    flips = np.zeros(largest, np.uint8)
    for area in range(n_areas):
        box = boxes[area]
        width, height = box[2] - box[0] + 1, box[3] - box[1] + 1
        flips[: width * height] = 0
        _flip_corners(edges[owner_starts[area] : owner_starts[area + 1]], grid, box, flips)
        for row in range(height):
            inside = np.uint8(0)
            for column in range(width):
                inside ^= flips[row * width + column]
                if not inside:
                    continue
                cell = (row + box[1]) * n_columns + column + box[0]
                if corners[cell] < 0:
                    corners[cell] = area
                else:
                    overlaps.append(np.int64(cell) * n_areas + area)
    keys = np.array(overlaps, dtype=np.int64) if len(overlaps) else np.empty(0, np.int64)
    return corners, np.sort(keys)


@njit(cache=True)
def rasterise(
    edges: Floats, owner_starts: Ints, boxes: Ints, grid: Floats, n_columns: int, n_rows: int
) -> tuple[Ints, Ints, Ints, Ints, NDArray[np.int64]]:
    """Return the raster that `locate` looks points up in: cells, starts, listed, corners, overlaps.

    One compiled whole, since each kernel that is called from outside costs time to load.
    """
    counts = count_edges(edges, grid, n_columns, n_rows)
    border = np.flatnonzero(counts)
    slots = np.full(len(counts), -1, np.int32)
    starts = np.zeros(len(border) + 1, np.int32)
    for slot in range(len(border)):
        slots[border[slot]] = slot
        starts[slot + 1] = starts[slot] + counts[border[slot]]
    listed = list_edges(edges, grid, n_columns, starts, slots)
    cells, overlaps = fill_corners(edges, owner_starts, boxes, grid, n_columns, n_rows)
    corners = cells[border]
    for slot in range(len(border)):
        cells[border[slot]] = -2 - slot
    return cells, starts, listed, corners, overlaps


@njit(cache=True)
def _crosses(
    edge: Floats, x: float, y: float, x_corner: float, y_corner: float
) -> tuple[bool, bool]:
    """Return whether an edge is crossed an odd number of times, and whether the point is on it."""
    xa, ya, xb, yb = edge[0], edge[1], edge[2], edge[3]
    odd = on_border = False
    if ya <= y < yb:
        cut = xa + (y - ya) * ((xb - xa) / (yb - ya))
        odd = x_corner < cut <= x
        on_border = abs(cut - x) < ON_BORDER_M
    if (xa <= x_corner) != (xb <= x_corner):
        cut = ya + (x_corner - xa) * ((yb - ya) / (xb - xa))
        if y_corner < cut <= y:
            odd = not odd
    return odd, on_border


@njit(cache=True)
def _owns_any(owners: Ints, listed: Ints, area: int) -> bool:
    """Return whether any of the listed edges belongs to an area."""
    owns_any = False
    for edge in listed:
        owns_any |= owners[edge] == area
    return owns_any


@njit(cache=True)
def _among_edges(
    x: float,
    y: float,
    x_corner: float,
    y_corner: float,
    listed: Ints,
    edges: Floats,
    owners: Ints,
    at_corner: Ints,
) -> tuple[int, bool]:
    """Return the lowest-numbered area holding a point of a border cell, and if it is on a border.

    listed : the cell's edges, in ascending order of their areas.  at_corner : the areas that hold
    the cell's lower left corner.
    """
    best, on_any = -1, False
    k = 0
    while k < len(listed):  # one run of edges per area
        area = owners[listed[k]]
        inside = False
        for one in at_corner:
            inside |= one == area
        while k < len(listed) and owners[listed[k]] == area:
            odd, on_border = _crosses(edges[listed[k]], x, y, x_corner, y_corner)
            inside ^= odd
            on_any |= on_border
            k += 1
        if inside and best < 0:
            best = area
    for area in at_corner:  # an area without edges here covers the whole cell
        if (best < 0 or area < best) and not _owns_any(owners, listed, area):
            best = area
    return best, on_any


@njit(cache=True)
def _areas_at_corner(
    corner: int, cell: int, overlaps: NDArray[np.int64], n_areas: int, room: Ints
) -> int:
    """Write the areas that hold a cell's corner into `room`, and return how many they are."""
    if corner < 0:
        return 0
    room[0], n = corner, 1
    if len(overlaps) == 0:
        return n
    at = np.searchsorted(overlaps, np.int64(cell) * n_areas)
    while at < len(overlaps) and overlaps[at] // n_areas == cell:
        room[n] = overlaps[at] % n_areas
        n += 1
        at += 1
    return n


@njit(cache=True)
def locate(
    x: Floats,
    y: Floats,
    grid: Floats,
    n_columns: int,
    n_rows: int,
    cells: Ints,
    starts: Ints,
    listed: Ints,
    corners: Ints,
    edges: Floats,
    owners: Ints,
    overlaps: NDArray[np.int64],
    n_areas: int,
) -> tuple[Ints, int]:
    """Return the lowest-numbered area holding each point, or -1, and how many lie on a border.

    cells : (n_cells,) the area of a cell without edges (-1: none), else ``-2 - slot``.
    starts, listed, corners : per border cell, see `list_edges` and `fill_corners`.
    """
    found = np.full(len(x), -1, np.int32)
    room = np.empty(n_areas, np.int32)
    n_on_border = 0
    x0, y0, size = grid[0], grid[1], grid[2]
    for i in range(len(x)):
        across, up = (x[i] - x0) / size, (y[i] - y0) / size
        if not (0 <= across < n_columns and 0 <= up < n_rows):  # also refuses nan
            continue
        column, row = int(across), int(up)
        cell = row * n_columns + column
        if cells[cell] >= -1:
            found[i] = cells[cell]
            continue
        slot = -2 - cells[cell]
        n = _areas_at_corner(corners[slot], cell, overlaps, n_areas, room)
        found[i], on_border = _among_edges(
            x[i],
            y[i],
            x0 + column * size,
            y0 + row * size,
            listed[starts[slot] : starts[slot + 1]],
            edges,
            owners,
            room[:n],
        )
        n_on_border += on_border
    return found, n_on_border
