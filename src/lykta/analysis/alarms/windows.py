"""How surprising is the busiest stretch of time, wherever it lies?"""

import numpy as np
from numpy.typing import NDArray
from scipy import special


def temporal_scan_p(
    n: int,
    window_days: float,
    total_days: float,
    rate_per_day: float,
    *,
    dispersion: float = 1.0,
    as_ptools: bool = False,
) -> float:
    """Return the chance that some window, wherever it begins, holds `n` events or more.

    n : events in the busiest window.  window_days : its length, at most half of `total_days`, the
    whole time looked at.  rate_per_day : events a day in the long run, > 0; known, not learnt from
    the very days looked at.  dispersion : variance over mean of a count, ≥ 1, where several events
    come together: the rate then weighs as rate / dispersion, and n so too, rounded down. Left at
    1, such events are a cluster to it; so is the height of a season.
    One-sided: busy windows only. Times are exact: counts of whole days see fewer windows.
    as_ptools : leave out the last term of a sum, as the R package ptools does; only to compare.
    Raises ValueError for numbers that are none of this.
    Source: Naus (1982), JASA 77(377): two and three windows' time exactly, more by the
    ratio of these.

    >>> round(temporal_scan_p(6, 14, 8 * 364, 0.3 / 7), 3)  # six deaths in a fortnight, in 8 years
    0.039
    """
    if not (np.isfinite(n) and n == int(n) and n >= 0):
        raise ValueError(f"n={n} must be a whole number, not negative")
    if not (0 < window_days < np.inf and 2 * window_days <= total_days < np.inf):
        raise ValueError(
            f"window_days={window_days} of total_days={total_days}; above 0 and at most half of "
            "them is needed"
        )
    if not 0 < rate_per_day < np.inf:
        raise ValueError(f"rate_per_day={rate_per_day} must be above 0")
    if not 1 <= dispersion < np.inf:
        raise ValueError(f"dispersion={dispersion} must be at least 1")
    n, rate_per_day = int(n / dispersion), rate_per_day / dispersion
    if n <= 1:
        return float(-np.expm1(-rate_per_day * total_days)) if n else 1.0
    two, three = _no_window(n, rate_per_day * window_days, is_short=as_ptools)
    if min(two, three) <= 0:  # far fewer than a usual window holds; the difference has drowned
        return 1.0
    none = two * (three / two) ** (total_days / window_days - 2)
    return float(np.clip(1 - none, 0, 1))


def _no_window(n: int, mean: float, *, is_short: bool) -> tuple[float, float]:
    """Return the chances that no window holds `n` in two and in three windows' time."""

    def at(k: int | NDArray[np.intp]) -> NDArray[np.float64]:
        return np.exp(special.xlogy(k, mean) - mean - special.gammaln(np.add(k, 1)))

    def to(k: int | NDArray[np.intp]) -> NDArray[np.float64]:
        return np.where(np.less(k, 0), 0.0, special.pdtr(np.maximum(k, 0), mean))

    below, m = to(n - 1), n - 1
    two = below**2 - m * at(n) * at(n - 2) - (m - mean) * at(n) * to(n - 3)
    first = 2 * at(n) * below * (m * to(n - 2) - mean * to(n - 3))
    second = m * (n - 2) * to(n - 3) - 2 * (n - 2) * mean * to(n - 4) + mean**2 * to(n - 5)
    r = np.arange(1, n)
    third = np.sum(at(2 * n - r) * to(r - 1) ** 2)
    r = r[1:-1] if is_short else r[1:]
    fourth = np.sum(at(2 * n - r) * at(r) * ((r - 1) * to(r - 2) - mean * to(r - 3)))
    three = below**3 - first + at(n) ** 2 / 2 * second + third - fourth
    return float(two), float(three)
