"""Are neighbours alike, over the map as a whole? Moran's I, Geary's C, and Getis and Ord's G."""

from dataclasses import dataclass, field
from typing import Any, ClassVar, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from lykta.analysis.results import Result
from lykta.analysis.weights import Neighbours

Floats = NDArray[np.float64]

WEIGHTS = ("row", "binary")
FEWEST_PLACES = 4  # the variances divide by n - 3


@dataclass(frozen=True, slots=True)
class Autocorrelation(Result):
    """One measure of a whole map, and what it would be if the values lay at random."""

    COLUMNS: ClassVar[tuple[str, ...]] = ()

    statistic: float
    expected: float
    variance: float  # under randomisation
    z: float  # nan where every arrangement gives the same
    p_two_sided: float
    p_upper: float
    p_lower: float
    params: dict[str, Any] = field(hash=False)
    warnings: tuple[str, ...] = ()


class _Weights(NamedTuple):
    """The weights of all neighbouring pairs, and their sums."""

    place: NDArray[np.int64]
    near: NDArray[np.int64]
    weight: Floats
    s0: float
    s1: float
    s2: float


def moran(values: ArrayLike, neighbours: Neighbours, *, weights: str = "row") -> Autocorrelation:
    """Return Moran's I; high where neighbours are alike.

    values : (n,) float, all known.  weights : "row" (each place's neighbours share one) or
    "binary" (each neighbour counts alike).  The p-values are normal.
    Source: Cliff & Ord (1981), Spatial Processes, eq. 1.44 and 1.53.

    >>> from lykta.analysis.weights import neighbours_from_lists
    >>> line = neighbours_from_lists([[1], [0, 2], [1, 3], [2, 4], [3]])
    >>> round(moran([1.0, 2, 3, 4, 5], line).statistic, 3)
    0.6
    """
    x, w = _ready(values, neighbours, weights)
    n, z = len(x), x - x.mean()
    statistic = n / w.s0 * np.sum(w.weight * z[w.place] * z[w.near]) / np.sum(z**2)
    b2 = n * np.sum(z**4) / np.sum(z**2) ** 2
    expected = -1 / (n - 1)
    first = n * ((n**2 - 3 * n + 3) * w.s1 - n * w.s2 + 3 * w.s0**2)
    second = b2 * ((n**2 - n) * w.s1 - 2 * n * w.s2 + 6 * w.s0**2)
    variance = (first - second) / ((n - 1) * (n - 2) * (n - 3) * w.s0**2) - expected**2
    return _result(statistic, expected, variance, weights)


def geary(values: ArrayLike, neighbours: Neighbours, *, weights: str = "row") -> Autocorrelation:
    """Return Geary's C; below 1 where neighbours are alike, so that `p_lower` speaks of likeness.

    Arguments as `moran`.
    Source: Cliff & Ord (1981), Spatial Processes, eq. 1.45 and 1.55.

    >>> from lykta.analysis.weights import neighbours_from_lists
    >>> line = neighbours_from_lists([[1], [0, 2], [1, 3], [2, 4], [3]])
    >>> round(geary([1.0, 2, 3, 4, 5], line).statistic, 3)
    0.2
    """
    x, w = _ready(values, neighbours, weights)
    n, z = len(x), x - x.mean()
    squares = np.sum(w.weight * (x[w.place] - x[w.near]) ** 2)
    statistic = (n - 1) * squares / (2 * w.s0 * np.sum(z**2))
    b2 = n * np.sum(z**4) / np.sum(z**2) ** 2
    first = (n - 1) * w.s1 * (n**2 - 3 * n + 3 - (n - 1) * b2)
    second = (n - 1) * w.s2 * (n**2 + 3 * n - 6 - (n**2 - n + 2) * b2) / 4
    third = w.s0**2 * (n**2 - 3 - (n - 1) ** 2 * b2)
    variance = (first - second + third) / (n * (n - 2) * (n - 3) * w.s0**2)
    return _result(statistic, 1.0, variance, weights)


def general_g(
    values: ArrayLike, neighbours: Neighbours, *, weights: str = "binary"
) -> Autocorrelation:
    """Return Getis and Ord's G; high where high values lie together, low where low ones do.

    values : (n,) float ≥ 0 with a true zero, such as counts.  Else as `moran`.
    Source: Getis & Ord (1992), Geographical Analysis 24(3), eq. 5–8.

    >>> from lykta.analysis.weights import neighbours_from_lists
    >>> line = neighbours_from_lists([[1], [0, 2], [1, 3], [2, 4], [3]])
    >>> round(general_g([1.0, 2, 3, 4, 5], line).statistic, 3)
    0.471
    """
    x, w = _ready(values, neighbours, weights)
    if x.min() < 0:
        raise ValueError(f"values holds {x.min()} and must not be negative")
    n = len(x)
    m1, m2, m3, m4 = (float(np.sum(x**power)) for power in (1, 2, 3, 4))
    pairs = m1**2 - m2
    statistic = np.sum(w.weight * x[w.place] * x[w.near]) / pairs
    expected = w.s0 / (n * (n - 1))
    b0 = (n**2 - 3 * n + 3) * w.s1 - n * w.s2 + 3 * w.s0**2
    b1 = -((n**2 - n) * w.s1 - 2 * n * w.s2 + 6 * w.s0**2)
    b2 = -(2 * n * w.s1 - (n + 3) * w.s2 + 6 * w.s0**2)
    b3 = 4 * (n - 1) * w.s1 - 2 * (n + 1) * w.s2 + 8 * w.s0**2
    b4 = w.s1 - w.s2 + w.s0**2
    square = b0 * m2**2 + b1 * m4 + b2 * m1**2 * m2 + b3 * m1 * m3 + b4 * m1**4
    variance = square / (pairs**2 * n * (n - 1) * (n - 2) * (n - 3)) - expected**2
    return _result(statistic, expected, variance, weights, scale=expected)


def _ready(values: ArrayLike, neighbours: Neighbours, weights: str) -> tuple[Floats, _Weights]:
    """Return the values as a column and the weights, refusing what tells nothing."""
    x = np.asarray(values, float)
    if x.shape != (neighbours.n,) or len(x) < FEWEST_PLACES:
        raise ValueError(
            f"values has shape {x.shape}, neighbours has {neighbours.n} places; as many are "
            f"needed, and at least {FEWEST_PLACES}"
        )
    if not (np.all(np.isfinite(x)) and np.ptp(x) > 0):
        raise ValueError("values must all be known and finite, and not all alike")
    if weights not in WEIGHTS:
        raise ValueError(
            f"weights={weights!r} is not available; choose one of {', '.join(WEIGHTS)}"
        )
    if not len(neighbours.ids):
        raise ValueError("no place has a neighbour")
    return x, _weighed(neighbours, weights)


def _weighed(neighbours: Neighbours, weights: str) -> _Weights:
    """Return every pair's weight and the three sums that the variances need."""
    n, counts = neighbours.n, neighbours.counts
    place = np.repeat(np.arange(n), counts)
    near = neighbours.ids.astype(np.int64)
    weight = 1 / counts[place] if weights == "row" else np.ones(len(place))
    # The weight back, 0 where a place is near in one direction only.
    keys, back_keys = place * n + near, near * n + place
    at = np.minimum(np.searchsorted(keys, back_keys), len(keys) - 1)
    back = np.where(keys[at] == back_keys, weight[at], 0.0)
    # A pair that is met once here stands twice in the sum over all i and j.
    s1 = 0.5 * np.sum(np.where(back > 0, (weight + back) ** 2, 2 * weight**2))
    sums = [np.bincount(ends, weights=weight, minlength=n) for ends in (place, near)]
    return _Weights(
        place, near, weight, float(weight.sum()), float(s1), float(np.sum(sum(sums) ** 2))
    )


def _result(
    statistic: Any, expected: float, variance: Any, weights: str, *, scale: float = 1.0
) -> Autocorrelation:
    """Return a statistic with its normal p-values; `scale` says what is no variance at all."""
    # As where one single value differs from all others, and lies among as many wherever it is.
    is_fixed = variance < 1e-12 * scale**2
    z = np.nan if is_fixed else float((statistic - expected) / np.sqrt(variance))
    upper, lower = float(special.ndtr(-z)), float(special.ndtr(z))
    note = "every arrangement of the values gives nearly the same: nothing can be told"
    return Autocorrelation(
        float(statistic), expected, float(variance), z, 2 * min(upper, lower), upper, lower,
        {"weights": weights}, (note,) if is_fixed else (),
    )  # fmt: skip
