"""Steadier rates, and the ranks they leave open."""

import numpy as np

from benchmarks.methods.inputs import counted, lists_of
from benchmarks.methods.method import Act, Method


def our_local_bayes(data: tuple) -> Act:
    """Return local empirical-Bayes rates, with their intervals."""
    from lykta import analysis

    counts, population, pairs = data
    near = analysis.neighbours_from_pairs(pairs, len(counts))
    return lambda: (
        analysis.eb_smooth(counts, population, method="local_geoda", neighbours=near).rate
    )


def peers_local_bayes(data: tuple) -> Act:
    """Return the same rates by esda, which has no intervals."""
    import esda
    import libpysal

    counts, population, pairs = data
    n = len(counts)
    near = libpysal.weights.W(lists_of(pairs, n), id_order=list(range(n)), silence_warnings=True)
    return lambda: esda.smoothing.Spatial_Empirical_Bayes(counts, population, near).r


def our_ranks(data: tuple) -> Act:
    """Return 2,000 draws of the ranks of all areas."""
    from lykta import analysis

    smoothed = analysis.eb_smooth(*data[:2])

    def act() -> list[np.ndarray]:
        found = analysis.rank_intervals(smoothed, n_draws=2_000, rng=1)
        return [found.low, found.median, found.high]

    return act


def plain_ranks(data: tuple) -> Act:
    """Return the same by the plain way of numpy."""
    from numpy.random import default_rng

    counts, population, _ = data

    def act() -> np.ndarray:
        draws = default_rng(1).gamma(counts + 0.5, 1 / population, (2_000, len(counts)))
        ranks = np.argsort(np.argsort(-draws, axis=1), axis=1) + 1
        return np.quantile(ranks, [0.025, 0.5, 0.975], axis=0)

    return act


METHODS = (
    Method(
        "EB local", "50,000 areas", "esda.smoothing.Spatial_Empirical_Bayes",
        lambda: counted(250, 200), our_local_bayes, peers_local_bayes, times=50,
        within=1e-9,
    ),
    Method(
        "ranks", "6,000 areas x 2,000 draws", "numpy, plainly",
        lambda: counted(75, 80), our_ranks, plain_ranks, most_s=0.5,
    ),
)  # fmt: skip
