"""Arrays that several methods share; the same on both sides, for they are seeded."""

import numpy as np

from benchmarks.picture.town import areas, events

SEED = 20261127


def touching(columns: int, rows: int) -> np.ndarray:
    """Return which cells of a lattice touch, corners included, as pairs; shape (pairs, 2)."""
    number = np.arange(columns * rows).reshape(rows, columns)
    steps = (
        (number[:, :-1], number[:, 1:]),
        (number[:-1], number[1:]),
        (number[:-1, :-1], number[1:, 1:]),
        (number[:-1, 1:], number[1:, :-1]),
    )
    return np.concatenate([np.column_stack((a.ravel(), b.ravel())) for a, b in steps])


def lists_of(pairs: np.ndarray, n: int) -> dict[int, list[int]]:
    """Return the neighbours of each place, as libpysal takes them."""
    both = np.vstack((pairs, pairs[:, ::-1]))
    both = both[np.lexsort((both[:, 1], both[:, 0]))]
    starts = np.searchsorted(both[:, 0], np.arange(n + 1))
    near = both[:, 1].tolist()
    return {i: near[starts[i] : starts[i + 1]] for i in range(n)}


def counted(columns: int, rows: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return events and inhabitants of the cells of a lattice, and which of them touch."""
    rng = np.random.default_rng(SEED)
    n = columns * rows
    population = rng.integers(300, 3_000, n).astype(float)
    counts = rng.poisson(population * 0.03 * rng.gamma(8, 1 / 8, n)).astype(float)
    return counts, population, touching(columns, rows)


def town() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return 6,000 crinkled areas and a million points among them, metres."""
    rng = np.random.default_rng(SEED)
    polygons = areas(75, 80, rng)
    x, y, _, _ = events(1_000_000, polygons, rng)
    return polygons, x, y
