"""Where high values gather."""

import numpy as np

from benchmarks.methods.inputs import counted, lists_of
from benchmarks.methods.method import Act, Method


def our_gi_star(data: tuple) -> Act:
    """Return Gi* with 999 permutations."""
    from lykta import analysis

    counts, population, pairs = data
    near = analysis.neighbours_from_pairs(pairs, len(counts))
    return lambda: analysis.getis_ord_gi_star(counts / population, near, rng=1).z_analytic


def our_local_moran(data: tuple) -> Act:
    """Return local Moran with 999 permutations."""
    from lykta import analysis

    counts, population, pairs = data
    near = analysis.neighbours_from_pairs(pairs, len(counts))
    return lambda: analysis.local_moran(counts / population, near, rng=1).i


def peers_gi_star(data: tuple) -> Act:
    """Return Gi* by esda, with binary weights: its z is wrong with others.

    In one process, for the CPU seconds of its workers would not be seen.
    """
    import esda
    import libpysal

    counts, population, pairs = data
    near = libpysal.weights.W(lists_of(pairs, len(counts)), silence_warnings=True)

    def act() -> np.ndarray:
        rates = counts / population
        return esda.G_Local(
            rates, near, star=True, transform="B", permutations=999, n_jobs=1, seed=1
        ).Zs

    return act


def peers_local_moran(data: tuple) -> Act:
    """Return local Moran by esda, whose scale is sum(z²) / (n - 1); brought to ours."""
    import esda
    import libpysal

    counts, population, pairs = data
    near = libpysal.weights.W(lists_of(pairs, len(counts)), silence_warnings=True)
    to_ours = len(counts) / (len(counts) - 1)

    def act() -> np.ndarray:
        rates = counts / population
        return esda.Moran_Local(rates, near, permutations=999, n_jobs=1, seed=1).Is * to_ours

    return act


METHODS = (
    Method(
        "Gi*", "6,000 areas, 999 permutations", "esda.G_Local",
        lambda: counted(75, 80), our_gi_star, peers_gi_star, times=4, times_fresh=10,
        within=1e-9,
    ),
    Method(
        "local Moran", "6,000 areas, 999 permutations", "esda.Moran_Local",
        lambda: counted(75, 80), our_local_moran, peers_local_moran, times=4, times_fresh=10,
        within=1e-9,
    ),
)  # fmt: skip
