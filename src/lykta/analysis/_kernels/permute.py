"""Conditional permutation of neighbours: where would this sum stand if values lay at random?

All places share one set of draws. A draw lists the places in random order as far as the largest
neighbourhood needs, so its first k are a fair sample without replacement for every k. For the
place asked about, the draws that hold it are left out: what remains is a fair sample of the
*other* places, exactly. That makes 99,999 draws for thousands of places as cheap as one sort
for each size of neighbourhood.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]
Longs = NDArray[np.int64]


@njit(cache=True)
def draw_places(rng: np.random.Generator, n: int, size: int, n_draws: int) -> Ints:
    """Return `n_draws` random orders of n places, cut after `size`; shape (n_draws, size)."""
    places = np.arange(n).astype(np.int32)
    draws = np.empty((n_draws, size), np.int32)
    for r in range(n_draws):
        for j in range(size):
            other = j + int(rng.random() * (n - j))
            places[j], places[other] = places[other], places[j]
            draws[r, j] = places[j]
    return draws


@njit(cache=True)
def _by_place(draws: Ints, n: int) -> tuple[Longs, Longs]:
    """Return where each place stands in the draws, as flat positions grouped by place."""
    starts = np.zeros(n + 1, np.int64)
    for place in draws.ravel():
        starts[place + 1] += 1
    starts = np.cumsum(starts)
    filled = starts[:-1].copy()
    positions = np.empty(draws.size, np.int64)
    for position, place in enumerate(draws.ravel()):
        positions[filled[place]] = position
        filled[place] += 1
    return starts, positions


@njit(cache=True)
def count_tails(
    values: Floats, observed: Floats, sizes: Ints, draws: Ints, slack: float
) -> tuple[Longs, Longs, Longs]:
    """Return, per place, how many draws reach its sum from above, from below, and were used.

    values : (n,).  observed : (n,) sum over each place's neighbours.  sizes : (n,) number of
    neighbours.  slack : sums nearer than this are the same sum.
    """
    n, n_draws = len(values), len(draws)
    upper, lower, used = np.zeros(n, np.int64), np.zeros(n, np.int64), np.zeros(n, np.int64)
    starts, positions = _by_place(draws, n)
    by_size = np.argsort(sizes, kind="mergesort")
    first = np.searchsorted(sizes[by_size], 1)
    sums = np.zeros(n_draws)
    for size in range(1, draws.shape[1] + 1):
        for r in range(n_draws):
            sums[r] += values[draws[r, size - 1]]
        last = first
        while last < n and sizes[by_size[last]] == size:
            last += 1
        if last == first:
            continue
        ordered = np.sort(sums)
        for place in by_size[first:last]:
            low, high = observed[place] - slack, observed[place] + slack
            upper[place] = n_draws - np.searchsorted(ordered, low)
            lower[place] = np.searchsorted(ordered, high, side="right")
            used[place] = n_draws
            for position in positions[starts[place] : starts[place + 1]]:
                r, j = divmod(position, draws.shape[1])
                if j < size:
                    used[place] -= 1
                    upper[place] -= sums[r] >= low
                    lower[place] -= sums[r] <= high
        first = last
    return upper, lower, used
