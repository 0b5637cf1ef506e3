"""Single places that hold more, or fewer, events than their exposure leads to expect.

Gi* looks at a place together with its neighbours and cannot, by permutation, single out one
place alone; this test looks at each place by itself.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lykta.analysis.alarms.limits import exact_tails
from lykta.analysis.multiplicity import q_values

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Excess:
    """n places, each against its own expectation."""

    p_two_sided: Floats
    p_fdr: Floats
    kind: NDArray[np.int8]  # 1 more, -1 fewer, 0 neither, at `alpha` on p_fdr
    dispersion: float  # variance over mean of all places, at least 1


def excess(counts: ArrayLike, expected: ArrayLike, *, alpha: float = 0.05) -> Excess:
    """Return which places hold more or fewer events than expected, with false-discovery control.

    counts : (n,) whole numbers.  expected : (n,) ≥ 0, adding up to about as many.
    The counts are taken as negative binomial around their expectation, with one dispersion for
    all, measured over all places; hot places raise it, which makes the test more careful.
    Twice the smaller exact tail: mid-p would exceed its level where all places expect the same.
    Places where nothing is expected are not tested.
    Source: McCullagh & Nelder (1989), Generalized Linear Models, 4.5.

    >>> excess([4, 6] * 40 + [40], [5.0] * 81).kind[-3:].tolist()
    [0, 0, 1]
    """
    y, mean = np.asarray(counts, float), np.asarray(expected, float)
    if y.shape != mean.shape or np.any(y < 0) or np.any(mean < 0):
        raise ValueError("counts and expected must be columns of one length, none negative")
    tested = mean > 0
    p, upper = np.full(len(y), np.nan), np.zeros(len(y))
    pearson = np.sum((y[tested] - mean[tested]) ** 2 / mean[tested]) / max(tested.sum() - 1, 1)
    dispersion = max(float(pearson), 1.0)
    spread = np.full(int(tested.sum()), dispersion)
    upper[tested], lower = exact_tails(y[tested], mean[tested], spread)
    p[tested] = np.minimum(1.0, 2 * np.minimum(upper[tested], lower))
    p_fdr = q_values(p)
    side = np.where(y > mean, 1, -1)
    return Excess(p, p_fdr, np.where(p_fdr <= alpha, side, 0).astype(np.int8), dispersion)
