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


def count_tails(
    values: Floats, observed: Floats, sizes: Ints, draws: Ints, slack: float
) -> tuple[Longs, Longs, Longs]:
    """Return, per place, how many draws reach its sum from above, from below, and were used.

    values : (n,).  observed : (n,) sum over each place's neighbours.  sizes : (n,) number of
    neighbours.  draws : (size, n_draws) from `draw_places`.  slack : sums nearer than this are
    the same sum.
    """
    n, n_draws = len(values), draws.shape[1]
    low, high = observed - slack, observed + slack
    upper, lower, used = np.zeros(n, np.int64), np.zeros(n, np.int64), np.zeros(n, np.int64)
    sums = np.zeros(n_draws)
    for size in range(1, len(draws) + 1):
        sums += values[draws[size - 1]]
        here = np.flatnonzero(sizes == size)
        if not len(here):
            continue
        ordered = np.sort(sums)
        used[here] = n_draws
        upper[here] = n_draws - np.searchsorted(ordered, low[here])
        lower[here] = np.searchsorted(ordered, high[here], side="right")
        _set_aside(draws[:size], sums, sizes, low, high, upper, lower, used)
    return upper, lower, used


@njit(cache=True)
def draw_places(rng: np.random.Generator, n: int, size: int, n_draws: int) -> Ints:
    """Return `n_draws` random orders of n places, cut after `size`; shape (size, n_draws)."""
    places = np.arange(n).astype(np.int32)
    draws = np.empty((size, n_draws), np.int32)
    for r in range(n_draws):
        for j in range(size):
            other = j + int(rng.random() * (n - j))
            places[j], places[other] = places[other], places[j]
            draws[j, r] = places[j]
    return draws


@njit(cache=True)
def _set_aside(
    draws: Ints,
    sums: Floats,
    sizes: Ints,
    low: Floats,
    high: Floats,
    upper: Longs,
    lower: Longs,
    used: Longs,
) -> None:
    """Take back what the draws that hold a place gave to its counts; changes the last three.

    draws : (size, n_draws), as many as the neighbours of the places to be mended.
    """
    size, n_draws = draws.shape
    for j in range(size):
        for r in range(n_draws):
            place = draws[j, r]
            if sizes[place] == size:
                used[place] -= 1
                upper[place] -= sums[r] >= low[place]
                lower[place] -= sums[r] <= high[place]
