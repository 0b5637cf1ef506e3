"""Gi* and single places: how often is a place called hot or cold on a map of noise?"""

import numpy as np

from benchmarks.calibrate import DISPERSIONS
from benchmarks.calibrate.promises import alarms
from benchmarks.calibrate.rows import Row, row
from benchmarks.calibrate.worlds import MAPS, swaying
from lykta.analysis import Neighbours, getis_ord_gi_star
from lykta.analysis.cells import permutations_needed
from lykta.analysis.excess import excess

SOURCES = (
    "_kernels/permute", "alarms/limits", "cells", "excess", "hotspots", "multiplicity", "weights",
)  # fmt: skip
ALPHA = 0.05
TOGETHER = "the false-discovery rate of places that go together: at most its level"
EXPECTED = 6.0  # events a place, on average
TIES = "equal sums of small counts are held against the place"
EXACT = "exact tails of small counts: cannot reach their level"


def rows(n_worlds: int, rng: np.random.Generator) -> list[Row]:
    """Return the false alarms by place and by map, with and without exposure."""
    return [
        each
        for name, make in MAPS.items()
        for dispersion in DISPERSIONS
        for has_exposure in (False, True)
        for each in _setting(name, make(), dispersion, has_exposure, n_worlds, rng)
    ]


def _setting(
    name: str, near: Neighbours, dispersion: float, has_exposure, n_worlds: int, rng
) -> list[Row]:
    single, family, own, own_family = [], [], [], []
    for _ in range(n_worlds):
        people = rng.gamma(3.0, size=near.n) if has_exposure else np.ones(near.n)
        expected = people / people.mean() * EXPECTED
        counts = swaying(expected, dispersion, rng)
        hot = getis_ord_gi_star(
            counts, near, exposure=people if has_exposure else None,
            n_permutations=permutations_needed(near.n, ALPHA), alpha=ALPHA, rng=rng,
        )  # fmt: skip
        single.append(hot.p_two_sided)
        family.append(float(np.any(hot.kind != 0)))
        alone = excess(counts, expected * counts.sum() / expected.sum(), alpha=ALPHA)
        own.append(alone.p_two_sided)
        own_family.append(float(np.any(alone.kind != 0)))
    setting = f"{name}, dispersion {dispersion:g}, {'with' if has_exposure else 'no'} exposure"
    families = [
        ("getis_ord_gi_star, whole map after FDR", family, n_worlds, TOGETHER),
        ("excess, whole map after FDR", own_family, n_worlds, EXACT),
    ]
    return [
        *alarms("getis_ord_gi_star, one place", setting, single, TIES),
        *alarms("excess, one place", setting, own, EXACT),
        *(row(name, setting, "false alarms", ALPHA, *rest) for name, *rest in families),
    ]
