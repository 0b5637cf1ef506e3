"""Steadier rates for small areas: each leans on the whole, or on its neighbours."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from lykta.analysis.weights import Neighbours

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class SmoothedRates:
    """Empirical-Bayes rates per unit of exposure."""

    rate: Floats
    sd: Floats  # of the gamma posterior, with what is not known of the prior
    low: Floats
    high: Floats
    prior_mean: Floats
    prior_variance: Floats  # 0: the areas differ no more than chance would have it
    params: dict[str, Any] = field(hash=False)

    def columns(self) -> dict[str, Floats]:
        """Return the columns by name, one row an area."""
        return {name: getattr(self, name) for name in ("rate", "sd", "low", "high")}


@dataclass(frozen=True, slots=True)
class RankIntervals:
    """Where each area may stand among all, 1 the highest rate."""

    median: Floats
    low: Floats
    high: Floats
    params: dict[str, Any] = field(hash=False)


def eb_smooth(
    events: ArrayLike,
    population: ArrayLike,
    *,
    method: str = "global",
    neighbours: Neighbours | None = None,
    dispersion: float = 1.0,
    level: float = 0.95,
) -> SmoothedRates:
    """Return empirical-Bayes rates: what an area's own count says, tempered by the others.

    events : (n,) counts.  population : (n,) > 0.
    method : "global" leans on all areas; "local_geoda" and "local_spdep" on the area itself and
        its `neighbours`. They differ in whose mean the spread is measured from: the area's own
        neighbourhood mean, or each neighbour's.
    dispersion : variance over mean of a count around its own rate, ≥ 1; every count then weighs as
        counts / dispersion, and what sways from week to week is not taken for a lasting difference.
    The interval is that of a gamma variable with mean `rate` and spread `sd`. The spread adds to
    the posterior's own what one standard error of the prior's mean and variance would, by as much
    as the area leans on the prior; else areas that seem alike by luck would seem known for sure.
    Source: Marshall (1991), Applied Statistics 40(2), eq. 6–9; for the idea of the addition
    Prasad & Rao (1990), JASA 85(409), eq. 5.2–5.4.

    >>> round(float(eb_smooth([0, 10, 20], [100, 1000, 1000]).rate[0]), 4)
    0.013
    """
    y, n = np.asarray(events, float), np.asarray(population, float)
    if y.shape != n.shape or not (np.all(n > 0) and np.all(y >= 0)):
        raise ValueError("events and population must be columns of one length; population above 0")
    if dispersion < 1:
        raise ValueError(f"dispersion={dispersion} must be at least 1")
    y, n = y / dispersion, n / dispersion
    mean, variance, doubt = _prior(y, n, method, neighbours)
    with np.errstate(divide="ignore", invalid="ignore"):
        weight = np.where(variance > 0, variance / (variance + mean / n), 0.0)
        rate = mean + weight * (y / n - mean)
        sd = np.sqrt(weight * rate / n + (1 - weight) ** 2 * doubt)
    low, high = _gamma_interval(rate, sd, level)
    return SmoothedRates(
        rate,
        sd,
        low,
        high,
        mean,
        variance,
        {"method": method, "dispersion": dispersion, "level": level},
    )


def rank_intervals(
    smoothed: SmoothedRates,
    *,
    n_draws: int = 2000,
    level: float = 0.95,
    rng: np.random.Generator | int | None = None,
) -> RankIntervals:
    """Return the interval of each area's place in an order of rates, drawn from the posterior.

    A wide interval says that the order cannot be told, which is the usual answer.
    Source: Goldstein & Spiegelhalter (1996), J. Royal Statistical Society A 159(3).
    """
    generator = np.random.default_rng(rng)
    rate, sd = smoothed.rate, np.maximum(smoothed.sd, 1e-12)
    shape = np.maximum((rate / sd) ** 2, 1e-9)
    draws = generator.gamma(shape, size=(n_draws, len(rate))) * (rate / shape)
    draws[:, smoothed.sd == 0] = rate[smoothed.sd == 0]
    jitter = generator.random(draws.shape)  # equal rates share their places evenly
    ranks = np.empty(draws.shape)
    order = np.lexsort((jitter, -draws), axis=1)
    np.put_along_axis(ranks, order, np.arange(1.0, len(rate) + 1)[None, :], axis=1)
    edges = np.array([(1 - level) / 2, 0.5, (1 + level) / 2])
    low, median, high = np.quantile(ranks, edges, axis=0, method="inverted_cdf")
    return RankIntervals(median, low, high, {"n_draws": n_draws, "level": level})


def _prior(
    y: Floats, n: Floats, method: str, neighbours: Neighbours | None
) -> tuple[Floats, Floats, Floats]:
    """Return the prior mean and variance of each area, and the doubt about both."""
    if method == "global":
        return _global_prior(y, n)
    if method not in ("local_geoda", "local_spdep"):
        raise ValueError(
            f"method={method!r} is not available; choose global, local_geoda, local_spdep"
        )
    if neighbours is None:
        raise ValueError(f"method={method!r} needs neighbours")
    return _local_prior(y, n, neighbours, is_spdep=method == "local_spdep")


def _global_prior(y: Floats, n: Floats) -> tuple[Floats, Floats, Floats]:
    """Return the prior mean and variance, the same for all areas, and the doubt about both."""
    mean = y.sum() / n.sum()
    spread = np.sum(n * (y / n - mean) ** 2) / n.sum()
    variance = max(spread - mean / n.mean(), 0.0)
    count = np.full(len(y), len(y))
    doubt = _doubt(mean / n.mean(), variance, count)
    return np.full(len(y), mean), np.full(len(y), variance), doubt


def _local_prior(
    y: Floats, n: Floats, neighbours: Neighbours, *, is_spdep: bool
) -> tuple[Floats, Floats, Floats]:
    """Return the prior of each area from itself and its neighbours, and the doubt about it."""

    def around(values: Floats) -> Floats:
        return neighbours.sums(values) + values

    people = around(n)
    mean = around(y) / people
    if is_spdep:
        spread = around(n * (y / n - mean) ** 2) / people
    else:
        rate = y / n
        spread = (around(n * rate**2) - 2 * mean * around(n * rate) + mean**2 * people) / people
    size = people / (neighbours.counts + 1)
    variance = np.maximum(spread - mean / size, 0.0)
    return mean, variance, _doubt(mean / size, variance, neighbours.counts + 1)


def _doubt(chance: Floats, variance: Floats, count: NDArray[np.integer]) -> Floats:
    """Return one standard error of a prior variance, and the variance of a prior mean.

    chance : the part of the spread among `count` areas that is due to chance alone.
    """
    spread = np.asarray(chance + variance)
    return np.sqrt(2 / np.maximum(count - 1, 1)) * spread + spread / count


def _gamma_interval(mean: Floats, sd: Floats, level: float) -> tuple[Floats, Floats]:
    """Return the central interval of gamma variables with these means and spreads."""
    positive = (sd > 0) & (mean > 0)
    shape = np.where(positive, mean / np.where(positive, sd, 1), 1.0) ** 2
    tail = (1 - level) / 2
    low, high = (special.gammaincinv(shape, p) * mean / shape for p in (tail, 1 - tail))
    # Of a spread many times the mean, the mean itself may lie above the upper quantile.
    return np.where(positive, low, mean), np.where(positive, np.maximum(high, mean), mean)
