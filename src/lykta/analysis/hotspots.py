"""Where values gather: Getis–Ord Gi* and Gi, and local Moran."""

from dataclasses import dataclass, field
from typing import Any, ClassVar, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lykta.analysis._kernels import permute as kernel
from lykta.analysis.multiplicity import q_values
from lykta.analysis.results import Result
from lykta.analysis.weights import Neighbours

Floats = NDArray[np.float64]

# With so few draws left after setting aside those that hold the place itself, p is too coarse.
FEWEST_DRAWS = 99
# Below one expected event a place's deviate is too skewed to be exchanged with others.
LEAST_EXPECTED = 1.0


@dataclass(frozen=True, slots=True)
class HotSpots(Result):
    """Gi* for n places: which lie among high (hot) or low (cold) values, and how surely."""

    COLUMNS: ClassVar[tuple[str, ...]] = (
        "z_analytic", "p_two_sided", "p_upper", "p_lower", "p_fdr", "kind", "is_tested",
    )  # fmt: skip

    z_analytic: Floats  # under randomisation, no distribution assumed; nan where not tested
    p_two_sided: Floats
    p_upper: Floats
    p_lower: Floats
    p_fdr: Floats
    kind: NDArray[np.int8]  # 1 hot, -1 cold, 0 neither, at `alpha` on p_fdr
    is_tested: NDArray[np.bool_]
    values: Floats  # what was compared: the values given, or their deviates from the exposure
    params: dict[str, Any] = field(hash=False)
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LocalMoran(Result):
    """Local Moran for n places: likeness to neighbours; nan for those without."""

    COLUMNS: ClassVar[tuple[str, ...]] = (
        "i", "expected_conditional", "variance_conditional", "z_conditional",
        "expected_total", "variance_total", "z_total",
        "p_two_sided", "p_upper", "p_lower", "p_fdr", "quadrant",
    )  # fmt: skip

    i: Floats  # scaled by sum(z²)/n
    expected_conditional: Floats  # the place's own value held
    variance_conditional: Floats
    z_conditional: Floats
    expected_total: Floats  # all values laid out anew
    variance_total: Floats
    z_total: Floats
    p_two_sided: Floats  # by conditional permutation, as the three that follow
    p_upper: Floats
    p_lower: Floats
    p_fdr: Floats
    quadrant: NDArray[np.int8]  # 1 high-high, 2 low-high, 3 low-low, 4 high-low
    params: dict[str, Any] = field(hash=False)
    warnings: tuple[str, ...] = ()


class _Draws(NamedTuple):
    """How to permute, and at which level to tell."""

    n: int
    alpha: float
    rng: np.random.Generator | int | None


def getis_ord_gi_star(
    values: ArrayLike,
    neighbours: Neighbours,
    *,
    exposure: ArrayLike | None = None,
    n_permutations: int = 999,
    alpha: float = 0.05,
    rng: np.random.Generator | int | None = None,
) -> HotSpots:
    """Return Gi* with conditional permutation p-values and false-discovery control.

    values : (n,) float; with `exposure` they must be counts.
    neighbours : each neighbour counts alike; the place itself is added.
    exposure : (n,) float ≥ 0, for example inhabitants; the values are then compared as
        Freeman–Tukey deviates from what the exposure leads to expect, which have nearly the
        same spread everywhere; places expecting fewer than one are not tested.
    n_permutations : 999 suits some tens of places. False-discovery control over n places at
        `alpha` needs at least 2 n / alpha draws to be able to single out one place.
    Places without neighbours are not tested. Permutation: the value at the place is held, its
    k neighbours are drawn without replacement from the others; p = (1 + #) / (draws + 1); the
    two-sided p is twice the smaller tail, at most 1.
    Source: Ord & Getis (1995), Geographical Analysis 27(4), eq. 14; Freeman & Tukey (1950),
    Annals of Mathematical Statistics 21(4); Caldas de Castro & Singer (2006), Geographical
    Analysis 38(2).

    >>> from lykta.analysis.weights import neighbours_from_lists
    >>> ring = [[(i + step) % 40 for step in (-2, -1, 1, 2)] for i in range(40)]
    >>> values = [9.0] * 6 + [1.0, 2.0] * 17
    >>> found = getis_ord_gi_star(values, neighbours_from_lists(ring), n_permutations=9999, rng=1)
    >>> found.kind[:6].tolist()
    [0, 0, 1, 1, 0, 0]
    """
    draws = _Draws(n_permutations, alpha, rng)
    return _gathering(values, neighbours, exposure, draws, has_self=True)


def getis_ord_gi(
    values: ArrayLike,
    neighbours: Neighbours,
    *,
    exposure: ArrayLike | None = None,
    n_permutations: int = 999,
    alpha: float = 0.05,
    rng: np.random.Generator | int | None = None,
) -> HotSpots:
    """Return Gi: like `getis_ord_gi_star`, but of the neighbours alone, without the place itself.

    Arguments as there. The permutation holds the place's own value, so its p-values are those of
    Gi*; only `z_analytic` differs, measured from the mean and the spread of the other places.
    Source: Ord & Getis (1995), Geographical Analysis 27(4), eq. 6.

    >>> from lykta.analysis.weights import neighbours_from_lists
    >>> line = neighbours_from_lists([[1], [0, 2], [1, 3], [2, 4], [3]])
    >>> getis_ord_gi([1.0, 2, 3, 4, 5], line, rng=1).z_analytic.round(2).tolist()
    [-1.34, -1.46, 0.0, 1.46, 1.34]
    """
    draws = _Draws(n_permutations, alpha, rng)
    return _gathering(values, neighbours, exposure, draws, has_self=False)


def local_moran(
    values: ArrayLike,
    neighbours: Neighbours,
    *,
    n_permutations: int = 999,
    rng: np.random.Generator | int | None = None,
) -> LocalMoran:
    """Return local Moran (row-standardised) with conditional permutation p-values.

    values : (n,) float, all known.  Same permutation as `getis_ord_gi_star`; nan without
        neighbours.
    Source: Anselin (1995), Geographical Analysis 27(2); conditional moments by Sokal, Oden &
    Thomson (1998), Geographical Analysis 30(4).
    """
    x = _varying(values, neighbours)
    z, k = x - x.mean(), np.maximum(neighbours.counts, 1)
    lag, has_near = neighbours.sums(z) / k, neighbours.counts > 0
    i = z * lag / np.mean(z**2)
    held, total = _conditional_moments(z, k), _total_moments(z, k)
    upper, lower, _ = _tails(x, neighbours, n_permutations, rng)
    # Where the place lies below the mean, a high sum of its neighbours is a low I.
    p_upper, p_lower = np.where(z > 0, (upper, lower), (lower, upper))
    quadrant = np.select([(z > 0) & (lag > 0), (z <= 0) & (lag > 0), z <= 0], [1, 2, 3], 4)
    params = {"n_permutations": n_permutations, "rng": rng if isinstance(rng, int) else None}
    tails = (np.minimum(1.0, 2 * np.minimum(upper, lower)), p_upper, p_lower)
    found = (*held, _standard(i, *held), *total, _standard(i, *total), *tails)
    known = np.where(has_near, np.stack(found), np.nan)
    return LocalMoran(
        np.where(has_near, i, np.nan), known[0], known[1], known[2], known[3], known[4], known[5],
        known[6], known[7], known[8], q_values(known[6]), quadrant.astype(np.int8), params,
    )  # fmt: skip


def freeman_tukey(counts: Floats, expected: Floats) -> Floats:
    """Return deviates of counts from what was expected, of nearly equal spread.

    Source: Freeman & Tukey (1950), Annals of Mathematical Statistics 21(4).
    """
    return np.asarray(np.sqrt(counts) + np.sqrt(counts + 1) - np.sqrt(4 * expected + 1))


def _gathering(
    values: ArrayLike,
    neighbours: Neighbours,
    exposure: ArrayLike | None,
    draws: _Draws,
    *,
    has_self: bool,
) -> HotSpots:
    """Return Gi* or, without the place itself, Gi."""
    x, is_tested, warnings = _comparable(values, exposure)
    if neighbours.n != len(x):
        raise ValueError(f"neighbours has {neighbours.n} places, values has {len(x)}")
    near = neighbours.keep(is_tested)
    upper, lower, used = _tails(x[is_tested], near, draws.n, draws.rng)
    enough = (near.counts > 0) & (used >= min(FEWEST_DRAWS, draws.n // 2))
    two_sided = np.minimum(1.0, 2 * np.minimum(upper, lower))
    z = (_gi_star_z if has_self else _gi_z)(x[is_tested], near)
    z, p, p_upper, p_lower = (
        _whole(part, is_tested, enough) for part in (z, two_sided, upper, lower)
    )
    is_tested = ~np.isnan(p)
    p_fdr = q_values(p)
    hit = p_fdr <= draws.alpha
    kind = np.where(hit, np.where(p_upper < p_lower, 1, -1), 0).astype(np.int8)
    n_tested = int(is_tested.sum())
    if n_tested and (draws.n + 1) * draws.alpha < 2 * n_tested:
        warnings += (
            f"{draws.n} permutations cannot single out one of {n_tested} places at {draws.alpha}",
        )
    params = {
        "n_permutations": draws.n,
        "alpha": draws.alpha,
        "n_tested": n_tested,
        "n_left_out": len(x) - n_tested,
        "has_exposure": exposure is not None,
        "has_self": has_self,
        "rng": draws.rng if isinstance(draws.rng, int) else None,
    }
    return HotSpots(z, p, p_upper, p_lower, p_fdr, kind, is_tested, x, params, warnings)


def _comparable(
    values: ArrayLike, exposure: ArrayLike | None
) -> tuple[Floats, NDArray[np.bool_], tuple[str, ...]]:
    """Return what to compare, which places can be, and doubts."""
    x = np.asarray(values, float)
    if x.ndim != 1 or len(x) < 3:
        raise ValueError(f"values has shape {x.shape}; a column of at least three places is needed")
    if np.any(np.isinf(x)):
        raise ValueError("values holds infinity")
    if exposure is None:
        return x, ~np.isnan(x), ()
    at_risk = np.asarray(exposure, float)
    if at_risk.shape != x.shape or np.any(at_risk < 0) or np.any(np.isinf(at_risk)):
        raise ValueError("exposure must be a column like values, none negative or infinite")
    if np.any(x < 0):
        raise ValueError("values must be counts, none negative, where there is an exposure")
    known = ~(np.isnan(x) | np.isnan(at_risk))
    expected = np.where(known, at_risk, 0) * (x[known].sum() / max(at_risk[known].sum(), 1e-12))
    enough = known & (expected >= LEAST_EXPECTED)
    left_out = int(np.count_nonzero(known & ~enough))
    note = (
        (f"{left_out} places expect fewer than one event and are not tested",) if left_out else ()
    )
    return freeman_tukey(np.where(known, x, 0), expected), enough, note


def _varying(values: ArrayLike, neighbours: Neighbours) -> Floats:
    """Return the values as a column, refusing what Moran's measures cannot be told of."""
    x = np.asarray(values, float)
    if x.shape != (neighbours.n,):
        raise ValueError(f"values has shape {x.shape}, neighbours has {neighbours.n} places")
    if not (np.all(np.isfinite(x)) and np.ptp(x) > 0):
        raise ValueError("values must all be known and finite, and not all alike")
    return x


def _whole(part: Floats, is_part: NDArray[np.bool_], keep: NDArray[np.bool_]) -> Floats:
    """Return a column for all places from one for some of them; nan where not kept."""
    column = np.full(len(is_part), np.nan)
    column[is_part] = np.where(keep, part, np.nan)
    return column


def _conditional_moments(z: Floats, k: NDArray[np.integer]) -> tuple[Floats, Floats]:
    """Return mean and variance of local Moran when a place's own value is held."""
    n, m2 = len(z), np.mean(z**2)
    expected = -(z**2) / ((n - 1) * m2)
    spread = m2 - z**2 / (n - 1)
    return expected, (z / m2) ** 2 * (n / max(n - 2, 1)) * (1 / k - 1 / (n - 1)) * spread


def _total_moments(z: Floats, k: NDArray[np.integer]) -> tuple[Floats, Floats]:
    """Return mean and variance of local Moran when all values are laid out anew."""
    n = len(z)
    b2 = np.mean(z**4) / np.mean(z**2) ** 2
    expected = np.full(n, -1 / (n - 1))
    first = (n - b2) / (n - 1) / k
    second = (1 - 1 / k) * (2 * b2 - n) / ((n - 1) * max(n - 2, 1))
    return expected, first + second - expected**2


def _standard(found: Floats, expected: Floats, variance: Floats) -> Floats:
    """Return deviates; nan where there is no variance."""
    sd = np.sqrt(np.maximum(variance, 0))
    return np.divide(found - expected, sd, out=np.full(len(sd), np.nan), where=sd > 1e-12)


def _gi_star_z(x: Floats, neighbours: Neighbours) -> Floats:
    """Return the standardised Gi* of each place."""
    n, k = len(x), neighbours.counts + 1
    if not n:
        return np.empty(0)
    spread = np.sqrt(np.mean((x - x.mean()) ** 2))
    scale = float(spread) * np.sqrt(np.maximum(n * k - k**2, 0) / max(n - 1, 1))
    excess = neighbours.sums(x) + x - k * x.mean()
    return np.divide(excess, scale, out=np.full(n, np.nan), where=scale > 0)


def _gi_z(x: Floats, neighbours: Neighbours) -> Floats:
    """Return the standardised Gi of each place, from the mean and spread of the others."""
    n, k = len(x), neighbours.counts
    if not n:
        return np.empty(0)
    others = max(n - 1, 1)
    centred = x - x.mean()  # the same answer, without the cancelling of large squares
    mean = -centred / others
    variance = (np.sum(centred**2) - centred**2) / others - mean**2
    scale = np.sqrt(np.maximum(variance * k * (others - k), 0) / max(n - 2, 1))
    excess = neighbours.sums(centred) - k * mean
    return np.divide(excess, scale, out=np.full(n, np.nan), where=scale > 1e-7 * np.ptp(x))


def _tails(
    x: Floats, neighbours: Neighbours, n_permutations: int, rng: np.random.Generator | int | None
) -> tuple[Floats, Floats, NDArray[np.int64]]:
    """Return the upper and lower conditional p-value of each place, and the draws behind them."""
    if n_permutations < 1:
        raise ValueError(f"n_permutations={n_permutations} must be at least 1")
    if not len(x):
        return np.empty(0), np.empty(0), np.empty(0, np.int64)
    sizes = neighbours.counts
    largest = int(sizes.max(initial=0))
    draws = kernel.draw_places(np.random.default_rng(rng), len(x), largest, n_permutations)
    slack = 1e-9 * float(np.abs(x).max(initial=0.0) or 1.0) * max(largest, 1)
    upper, lower, used = kernel.count_tails(x, neighbours.sums(x), sizes, draws, slack)
    return (1 + upper) / (used + 1), (1 + lower) / (used + 1), used
