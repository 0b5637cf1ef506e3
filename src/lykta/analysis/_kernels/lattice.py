"""How many points each cell of a lattice holds, in one pass that names no point's cell."""

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Longs = NDArray[np.int64]

SQRT3 = 3.0**0.5


@njit(cache=True)
def count_points(
    x: Floats, y: Floats, size: float, n_sides: int, first: Longs, shape: Longs
) -> Longs:
    """Return the points in each cell of a block of steps; shape (shape[0], shape[1]).

    x, y : (n,) metres; points outside the block, nan among them, are not counted.
    n_sides : 6 or 4.  first : the least steps of the block.  shape : how many it has either way.
    """
    counts = np.zeros((shape[0], shape[1]), np.int64)
    for i in range(len(x)):
        u, v = x[i] / size, y[i] / size
        if n_sides == 6:
            b = v * 2 / SQRT3
            a = u - b / 2
            c = -a - b
            q, r, s = np.rint(a), np.rint(b), np.rint(c)
            gap_q, gap_r, gap_s = abs(q - a), abs(r - b), abs(s - c)
            if gap_q > gap_r and gap_q > gap_s:
                q = -r - s
            elif gap_r > gap_s:
                r = -q - s
        else:
            q, r = np.floor(u), np.floor(v)
        column, row = q - first[0], r - first[1]
        if 0 <= column < shape[0] and 0 <= row < shape[1]:
            counts[int(column), int(row)] += 1
    return counts
