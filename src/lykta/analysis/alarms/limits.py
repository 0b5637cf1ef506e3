"""Is this week out of the ordinary? Control limits from a series' own past."""

from dataclasses import dataclass, field
from typing import Any, ClassVar

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from lykta.analysis.alarms.tails import first_count
from lykta.analysis.results import Result

Floats = NDArray[np.float64]

# Shewhart's three standard deviations: one false alarm in 370 points.
ALARM_LEVEL = 0.0027
# Shorter, and neither the level nor the spread is known well enough to warn of anything.
SHORTEST_BASELINE = 24
# A pair of season terms needs to have seen the season come round.
SEASONS_NEEDED = 1.5


@dataclass(frozen=True, slots=True)
class ControlLimits(Result):
    """What the past leads to expect of each later point, and which points lie outside."""

    COLUMNS: ClassVar[tuple[str, ...]] = (
        "expected",
        "lower",
        "upper",
        "p_upper",
        "p_lower",
        "kind",
    )

    expected: Floats
    lower: Floats  # smallest count that is no alarm
    upper: Floats  # largest count that is no alarm
    p_upper: Floats  # mid-p of a count this high, or higher
    p_lower: Floats
    kind: NDArray[np.int8]  # 1 above, -1 below, 0 inside
    dispersion: float  # variance over mean in the baseline, after season
    params: dict[str, Any] = field(hash=False)
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Baseline:
    """A log-linear mean with season, fitted to counts."""

    coefficients: Floats
    covariance: Floats  # at dispersion 1
    dispersion: float
    freedom: int


def control_limits(
    counts: ArrayLike,
    *,
    n_baseline: int,
    season_length: float | None = None,
    alpha: float = ALARM_LEVEL,
) -> ControlLimits:
    """Return limits for the points after the baseline, foretold from the baseline alone.

    counts : (n,) whole numbers, equally long periods in order of time.
    n_baseline : the first so many points make the baseline, at least 24.
    season_length : points in a year, 52.18 or 12; the mean then follows one yearly wave, if the
        baseline holds a season and a half.
    alpha : chance of an alarm at a point when nothing has happened, both sides together.
    A quasi-Poisson mean; the predictive distribution is negative binomial, Poisson or binomial
    as the dispersion is above, at or below one, widened for the uncertainty of mean (delta
    method) and dispersion (t quantile). Mid-p, so that the level holds for small counts too.
    The level of the baseline is taken to go on: there is no trend.
    Raises ValueError where the baseline is too short or empty.
    Source: Farrington et al. (1996), JRSS A 159(3), for the idea of limits that allow for both;
    McCullagh & Nelder (1989), Generalized Linear Models, 4.5 and 9; Lancaster (1961), JASA
    56(294), for mid-p.
    """
    y = np.asarray(counts, float)
    _check(y, n_baseline)
    seasonal = (
        season_length if season_length and n_baseline >= SEASONS_NEEDED * season_length else None
    )
    design = _design(len(y), seasonal)
    baseline = _fit(y[:n_baseline], design[:n_baseline])
    later = design[n_baseline:]
    mean = np.exp(later @ baseline.coefficients)
    leverage = np.einsum("ij,jk,ik->i", later, baseline.covariance, later)
    spread = baseline.dispersion * (1 + mean * leverage)  # variance over mean of a new point
    tail = float(special.ndtr(special.stdtrit(baseline.freedom, alpha / 2)))
    p_upper, p_lower = mid_tails(y[n_baseline:], mean, spread)
    kind = np.where(p_upper < tail, 1, np.where(p_lower < tail, -1, 0)).astype(np.int8)
    lower, upper = _limits(mean, spread, tail)
    params = {
        "n_baseline": n_baseline,
        "season_length": seasonal,
        "alpha": alpha,
        "degrees_of_freedom": baseline.freedom,
    }
    return ControlLimits(mean, lower, upper, p_upper, p_lower, kind, baseline.dispersion, params)


def dispersion(counts: ArrayLike, *, season_length: float | None = None) -> float:
    """Return the variance over the mean of a series, its season set aside; 1 for pure chance.

    counts : (n,) equally long periods.  nan for fewer than eight points or no events.
    Source: Pearson's statistic over its degrees of freedom, McCullagh & Nelder (1989), 4.5.
    """
    y = np.asarray(counts, float)
    if np.any(y < 0) or np.any(np.isinf(y)):
        raise ValueError("counts must be finite, none negative")
    if len(y) < 8 or y.sum() == 0:
        return float("nan")
    seasonal = season_length if season_length and len(y) >= SEASONS_NEEDED * season_length else None
    return _fit(y, _design(len(y), seasonal)).dispersion


def _check(y: Floats, n_baseline: int) -> None:
    if y.ndim != 1 or np.any(y < 0) or np.any(y != np.floor(y)) or np.any(np.isinf(y)):
        raise ValueError("counts must be a column of whole numbers, none negative")
    if not SHORTEST_BASELINE <= n_baseline < len(y):
        raise ValueError(
            f"n_baseline={n_baseline} of {len(y)} points; at least {SHORTEST_BASELINE} and fewer "
            "than all are needed"
        )
    if y[:n_baseline].sum() == 0:
        raise ValueError("the baseline holds no events, so nothing can be expected from it")


def _design(n: int, season_length: float | None) -> Floats:
    """Return the columns of the mean: level, and one yearly wave."""
    ones = np.ones(n)
    if season_length is None:
        return ones[:, None]
    turn = 2 * np.pi * np.arange(n) / season_length
    return np.column_stack((ones, np.cos(turn), np.sin(turn)))


def _fit(y: Floats, design: Floats) -> _Baseline:
    """Return the quasi-Poisson fit by iteratively reweighted least squares."""
    coefficients = np.zeros(design.shape[1])
    coefficients[0] = np.log(y.mean())
    for _ in range(50):
        mean = np.exp(np.clip(design @ coefficients, -30, 30))
        information = design.T @ (design * mean[:, None])
        step = np.linalg.solve(information, design.T @ (y - mean))
        coefficients = coefficients + np.clip(step, -2, 2)
        if np.abs(step).max() < 1e-10:
            break
    mean = np.exp(np.clip(design @ coefficients, -30, 30))
    freedom = len(y) - design.shape[1]
    pearson = float(np.sum((y - mean) ** 2 / mean)) / freedom
    # Below a tenth the limits would close on the mean; no record of human doings is so even.
    covariance = np.asarray(np.linalg.inv(information), float)
    return _Baseline(coefficients, covariance, max(pearson, 0.1), freedom)


def _cdf(k: Floats, mean: Floats, spread: Floats) -> Floats:
    """Return P(X ≤ k) for counts with this mean and variance = spread * mean."""
    k, mean, spread = np.broadcast_arrays(k, mean, spread)
    known = k >= 0
    at = np.where(known, k, 0)
    over, under = spread > 1 + 1e-9, spread < 1 - 1e-9
    result = special.gammaincc(at + 1, mean)
    size = mean / np.where(over, spread - 1, 1)
    result = np.where(over, special.betainc(size, at + 1, 1 / spread), result)
    trials = mean / np.where(under, 1 - spread, 1)
    left = np.maximum(trials - at, 1e-300)
    binomial = np.where(trials > at, special.betainc(left, at + 1, np.minimum(spread, 1)), 1.0)
    return np.where(known, np.where(under, binomial, result), 0.0)


def mid_tails(y: Floats, mean: Floats, spread: Floats) -> tuple[Floats, Floats]:
    """Return the mid-p values of counts as high and as low as these."""
    lower = 0.5 * (_cdf(y, mean, spread) + _cdf(y - 1, mean, spread))
    return 1 - lower, lower


def exact_tails(y: Floats, mean: Floats, spread: Floats) -> tuple[Floats, Floats]:
    """Return the chance of counts at least as high, and of counts at least as low, as these."""
    return 1 - _cdf(y - 1, mean, spread), _cdf(y, mean, spread)


def _limits(mean: Floats, spread: Floats, tail: float) -> tuple[Floats, Floats]:
    """Return the smallest and the largest count that raise no alarm."""
    top = np.ceil(mean + 12 * np.sqrt(spread * mean) + 12 * spread + 10)
    lower = first_count(top, lambda count: mid_tails(count, mean, spread)[1] >= tail)
    beyond = first_count(top, lambda count: mid_tails(count, mean, spread)[0] < tail)
    return lower, beyond - 1
