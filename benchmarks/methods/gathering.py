"""Where high values gather."""

from benchmarks.methods.inputs import counted, lists_of
from benchmarks.methods.method import Act, Method


def our_gi_star(data: tuple) -> Act:
    """Return Gi* with 999 permutations."""
    from lykta import analysis

    counts, population, pairs = data
    near = analysis.neighbours_from_pairs(pairs, len(counts))
    return lambda: analysis.getis_ord_gi_star(counts / population, near, rng=1)


def our_local_moran(data: tuple) -> Act:
    """Return local Moran with 999 permutations."""
    from lykta import analysis

    counts, population, pairs = data
    near = analysis.neighbours_from_pairs(pairs, len(counts))
    return lambda: analysis.local_moran(counts / population, near, rng=1)


def peers_gi_star(data: tuple) -> Act:
    """Return Gi* by esda, with binary weights: its z is wrong with others.

    In one process, for the CPU seconds of its workers would not be seen.
    """
    import esda
    import libpysal

    counts, population, pairs = data
    near = libpysal.weights.W(lists_of(pairs, len(counts)), silence_warnings=True)
    return lambda: esda.G_Local(
        counts / population, near, star=True, transform="B", permutations=999, n_jobs=1, seed=1
    )


def peers_local_moran(data: tuple) -> Act:
    """Return local Moran by esda."""
    import esda
    import libpysal

    counts, population, pairs = data
    near = libpysal.weights.W(lists_of(pairs, len(counts)), silence_warnings=True)
    return lambda: esda.Moran_Local(counts / population, near, permutations=999, n_jobs=1, seed=1)


METHODS = (
    Method(
        "Gi*", "6,000 areas, 999 permutations", "esda.G_Local",
        lambda: counted(75, 80), our_gi_star, peers_gi_star, times=4, times_fresh=10,
    ),
    Method(
        "local Moran", "6,000 areas, 999 permutations", "esda.Moran_Local",
        lambda: counted(75, 80), our_local_moran, peers_local_moran, times=4, times_fresh=10,
    ),
)  # fmt: skip
