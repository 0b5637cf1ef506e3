"""How far one hidden cell of a table can move while the others make up for it.

A table with known sums is a network: rows and columns are its nodes, hidden cells its pipes. If
cell (i, j) grows, another cell of column j must shrink, another of that cell's row grow, and so on
until row i is even again. How far (i, j) can grow is the largest flow from column j to row i, by
way of cells that can shrink (column to row) and cells that can grow (row to column).
Source: shortest augmenting paths, Edmonds & Karp (1972), J. ACM 19(2).
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Longs = NDArray[np.int64]
Bools = NDArray[np.bool_]

# A pipe narrower than this is closed: what is left over from sums of fractions.
CLOSED = 1e-9


@njit(cache=True)
def push_all(
    grow: Floats, shrink: Floats, hidden: Floats, cells: Longs, needs: Floats
) -> tuple[Floats, Bools, Bools]:
    """Return how far each cell can grow, at most its need, and what its narrowest cut divides.

    grow, shrink : (n, m) how far each cell can move.  hidden : (n, m) 1 where hidden, 0 where
    shown, between if in part.  cells : (k, 2) row and column.  needs : (k,), above 0.
    Of the move of another cell no more counts than the need, times how far it is hidden.
    The cut is (k, n) rows and (k, m) columns on the near side, where the need is not met.
    """
    n, m = grow.shape
    k = len(cells)
    moved = np.zeros(k)
    rows, columns = np.zeros((k, n), np.bool_), np.zeros((k, m), np.bool_)
    up, down = np.empty((n, m)), np.empty((n, m))
    for q in range(k):
        for r in range(n):
            for c in range(m):
                up[r, c] = min(grow[r, c], needs[q]) * hidden[r, c]
                down[r, c] = min(shrink[r, c], needs[q]) * hidden[r, c]
        i, j = cells[q, 0], cells[q, 1]
        up[i, j] = 0.0
        down[i, j] = 0.0
        moved[q] = _push(up, down, i, j, needs[q], rows[q], columns[q])
    return moved, rows, columns


@njit(cache=True)
def _push(
    up: Floats, down: Floats, i: int, j: int, need: float, rows: Bools, columns: Bools
) -> float:
    """Return the flow from column j to row i, at most the need; marks the nodes reached last."""
    n, m = up.shape
    row_before, column_before = np.empty(m, np.int64), np.empty(n, np.int64)
    moved = 0.0
    while moved < need - CLOSED and _reach(
        up, down, i, j, rows, columns, row_before, column_before
    ):
        least = need - moved
        for is_measured in (True, False):
            r, c = i, column_before[i]
            while True:
                if is_measured:
                    least = min(least, down[r, c])
                else:
                    down[r, c] -= least
                    up[r, c] += least
                if c == j:
                    break
                r = row_before[c]
                if is_measured:
                    least = min(least, up[r, c])
                else:
                    up[r, c] -= least
                    down[r, c] += least
                c = column_before[r]
        moved += least
    return moved


@njit(cache=True)
def _reach(
    up: Floats, down: Floats, i: int, j: int, rows: Bools, columns: Bools,
    row_before: Longs, column_before: Longs,
) -> bool:  # fmt: skip
    """Return whether row i can be reached from column j, marking the way by fewest cells."""
    n, m = up.shape
    rows[:] = False
    columns[:] = False
    columns[j] = True
    queue = np.empty(n + m, np.int64)
    queue[0] = n + j
    head, tail = 0, 1
    while head < tail:
        here = queue[head]
        head += 1
        if here < n:
            for c in range(m):
                if not columns[c] and up[here, c] > CLOSED:
                    columns[c], row_before[c] = True, here
                    queue[tail] = n + c
                    tail += 1
        else:
            for r in range(n):
                if not rows[r] and down[r, here - n] > CLOSED:
                    rows[r], column_before[r] = True, here - n
                    queue[tail] = r
                    tail += 1
            if rows[i]:
                return True
    return False
