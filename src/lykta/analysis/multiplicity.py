"""Many tests at once: how many of the findings may be chance."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def q_values(p_values: ArrayLike) -> NDArray[np.float64]:
    """Return the smallest false-discovery rate at which each test would count as a finding.

    p_values : (n,) float in [0, 1]; nan (not tested) stays nan and is not counted.
    Source: Benjamini & Hochberg (1995), Journal of the Royal Statistical Society B 57(1).

    >>> q_values([0.01, 0.02, 0.5]).round(3).tolist()
    [0.03, 0.03, 0.5]
    """
    p = np.asarray(p_values, float)
    if np.any(p < 0) or np.any(p > 1):
        raise ValueError("p_values must lie between 0 and 1")
    tested = np.flatnonzero(~np.isnan(p))
    order = tested[np.argsort(-p[tested], kind="stable")]  # largest first
    n = len(order)
    q = np.full(p.shape, np.nan)
    q[order] = np.minimum.accumulate(np.minimum(1.0, p[order] * n / np.arange(n, 0, -1)))
    return q
