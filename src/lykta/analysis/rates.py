"""Counts as rates, and one count set against another, with exact intervals."""

from dataclasses import dataclass, field
from typing import Any, ClassVar

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from lykta.analysis.results import Result

Floats = NDArray[np.float64]

# The E-test goes through all pairs of counts; of more events than this they take too much memory.
MOST_EVENTS = 5_000


@dataclass(frozen=True, slots=True)
class Rates(Result):
    """Events per `per` units of exposure, with an interval."""

    COLUMNS: ClassVar[tuple[str, ...]] = ("rate", "low", "high")

    rate: Floats
    low: Floats
    high: Floats
    params: dict[str, Any] = field(default_factory=dict, hash=False)
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RateRatios(Result):
    """Rates after set against rates before; nan where both counts are zero."""

    COLUMNS: ClassVar[tuple[str, ...]] = ("ratio", "low", "high", "p_two_sided")

    ratio: Floats  # inf where nothing was counted before
    low: Floats
    high: Floats
    p_two_sided: Floats
    params: dict[str, Any] = field(default_factory=dict, hash=False)
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RelativeRisks(Result):
    """Counts of n areas set against what their population leads to expect."""

    COLUMNS: ClassVar[tuple[str, ...]] = ("expected", "risk", "p_lower", "p_upper")

    expected: Floats
    risk: Floats  # counted over expected; nan where nothing is expected
    p_lower: Floats  # chance of so few, or fewer
    p_upper: Floats  # chance of so many, or more
    params: dict[str, Any] = field(hash=False)
    warnings: tuple[str, ...] = ()


def poisson_rates(
    counts: ArrayLike,
    exposure: ArrayLike,
    *,
    per: float = 1.0,
    level: float = 0.95,
    dispersion: ArrayLike = 1.0,
) -> Rates:
    """Return rates with exact intervals for Poisson counts.

    counts : (n,) events ≥ 0, nan gives nan.
    exposure : (n,) inhabitants, hours or km² ≥ 0; nan or 0 gives nan.
    per : 1000 gives events per 1,000 units of exposure.
    dispersion : variance over mean; above 1 the interval is that of counts / dispersion.
    Source: Garwood (1936), Biometrika 28(3/4).

    >>> interval = poisson_rates([10], [1000], per=1000)
    >>> [round(float(v[0]), 2) for v in (interval.rate, interval.low, interval.high)]
    [10.0, 4.8, 18.39]
    """
    events, at_risk, phi = np.broadcast_arrays(
        np.asarray(counts, float), np.asarray(exposure, float), np.asarray(dispersion, float)
    )
    _refuse_unfit(counts=events, exposure=at_risk)
    _refuse_less("dispersion", phi, 0.0)
    _refuse_level(level)
    known = (at_risk > 0) & ~np.isnan(events)
    scale = np.divide(per, at_risk, out=np.full(at_risk.shape, np.nan), where=known)
    alpha = 1 - level
    low = phi * special.gammaincinv(np.maximum(events / phi, 1e-300), alpha / 2)
    high = phi * special.gammaincinv(events / phi + 1, 1 - alpha / 2)
    params = {"per": per, "level": level, "dispersion": dispersion}
    return Rates(events * scale, np.where(events > 0, low, 0.0) * scale, high * scale, params)


def compare_counts(
    after: ArrayLike,
    before: ArrayLike,
    *,
    exposure_after: ArrayLike = 1.0,
    exposure_before: ArrayLike = 1.0,
    dispersion: ArrayLike = 1.0,
    level: float = 0.95,
) -> RateRatios:
    """Return the ratio of two rates with the interval and p-value of the exact conditional test.

    after, before : (n,) events ≥ 0; nan gives nan.
    exposure_after, exposure_before : weeks, inhabitants …, > 0.
    dispersion : variance over mean, ≥ 1; the counts weigh as counts / dispersion.
    The two-sided p is twice the smaller tail, at most 1, and agrees with the interval.
    Source: Przyborowski & Wilenski (1940), Biometrika 31; Clopper & Pearson (1934), Biometrika
    26(4); quasi-likelihood scaling, McCullagh & Nelder (1989), Generalized Linear Models, 4.5.

    >>> change = compare_counts([18], [30])
    >>> round(float(change.ratio[0]), 2), round(float(change.p_two_sided[0]), 3)
    (0.6, 0.111)
    """
    arrays = (after, before, exposure_after, exposure_before, dispersion)
    a, b, ta, tb, phi = np.broadcast_arrays(*(np.asarray(v, float) for v in arrays))
    _refuse_unfit(after=a, before=b, exposure_after=ta, exposure_before=tb)
    if np.any(np.minimum(ta, tb) == 0):
        raise ValueError("exposure_after and exposure_before must be above 0")
    _refuse_less("dispersion", phi, 1.0)
    _refuse_level(level)
    x, n, alpha = a / phi, (a + b) / phi, 1 - level
    share = ta / (ta + tb)  # of all events, expected after if the rates are the same
    low = np.where(x > 0, special.betaincinv(np.maximum(x, 1e-300), n - x + 1, alpha / 2), 0)
    high = np.where(n > x, special.betaincinv(x + 1, np.maximum(n - x, 1e-300), 1 - alpha / 2), 1)
    p = np.minimum(1.0, 2 * np.minimum(*_conditional_tails(x, n, share)))
    with np.errstate(divide="ignore", invalid="ignore"):
        odds = tb / ta
        ratio, low, high = a / b * odds, low / (1 - low) * odds, high / (1 - high) * odds
    empty = (a + b == 0) | np.isnan(a + b + share)
    low, high = np.where(empty, np.nan, low), np.where(empty, np.nan, high)
    params = {
        "exposure_after": exposure_after, "exposure_before": exposure_before,
        "dispersion": dispersion, "level": level,
    }  # fmt: skip
    return RateRatios(ratio, low, high, np.where(empty, np.nan, p), params)


def conditional_test(
    k1: int, k2: int, *, exposure_1: float = 1.0, exposure_2: float = 1.0
) -> float:
    """Return the two-sided p-value that two Poisson counts have one rate, given their sum.

    k1, k2 : events.  Sums the chances of all divisions of the events that are no likelier than
    this one, as R's `poisson.test` does; `compare_counts` doubles the smaller tail instead, which
    agrees with its interval.
    Source: Przyborowski & Wilenski (1940), Biometrika 31.

    >>> round(conditional_test(6, 2), 4)
    0.2891
    """
    _refuse_pair(k1, k2, exposure_1, exposure_2)
    n, share = k1 + k2, exposure_1 / (exposure_1 + exposure_2)
    first = np.arange(n + 1.0)
    ways = special.gammaln(n + 1) - special.gammaln(first + 1) - special.gammaln(n - first + 1)
    chances = np.exp(ways + first * np.log(share) + (n - first) * np.log1p(-share))
    return float(min(1.0, chances[chances <= chances[int(k1)] * (1 + 1e-7)].sum()))


def compare_ratios(first: RateRatios, second: RateRatios) -> RateRatios:
    """Return how two independent changes differ, as a ratio of ratios on the log scale.

    The standard error of each logarithm is read back from its 95 % interval, so `level` must be
    0.95 in both.
    Source: Altman & Bland (2003), BMJ 326:219.
    """
    for each in (first, second):
        if each.params.get("level", 0.95) != 0.95:
            raise ValueError(f"level={each.params['level']} of a ratio must be 0.95")
    edge = float(special.ndtri(0.975))
    with np.errstate(divide="ignore", invalid="ignore"):
        gap = np.log(first.ratio) - np.log(second.ratio)
        errors = [(np.log(r.high) - np.log(r.low)) / (2 * edge) for r in (first, second)]
        error = np.hypot(*errors)
        known = np.isfinite(gap) & np.isfinite(error) & (error > 0)
        gap, error = np.where(known, gap, np.nan), np.where(known, error, np.nan)
        p = 2 * special.ndtr(-np.abs(gap / error))
    return RateRatios(np.exp(gap), np.exp(gap - edge * error), np.exp(gap + edge * error), p)


def e_test(k1: int, k2: int, *, exposure_1: float = 1.0, exposure_2: float = 1.0) -> float:
    """Return the two-sided p-value that two Poisson counts have one rate, unconditionally.

    k1, k2 : events.  Sums the Poisson probabilities of all pairs of counts at least as far
    apart (in pooled standard errors), at the pooled rate.
    Less conservative than `compare_counts` for small counts; for more than 5,000 events they
    agree, and only that one is quick enough.
    Source: Krishnamoorthy & Thomson (2004), J. Statistical Planning and Inference 119, eq. 3.4.

    >>> round(e_test(3, 0), 4)
    0.0884
    """
    _refuse_pair(k1, k2, exposure_1, exposure_2)
    if k1 + k2 > MOST_EVENTS:
        raise ValueError(
            f"k1 + k2 = {k1 + k2} events; of more than {MOST_EVENTS} use compare_counts instead"
        )
    pooled = (k1 + k2) / (exposure_1 + exposure_2)
    if pooled == 0:
        return 1.0
    counts, chances = zip(
        *(_likely_counts(pooled * t) for t in (exposure_1, exposure_2)), strict=True
    )
    x1, x2 = counts[0][:, None], counts[1][None, :]
    distance = np.abs(_standard_difference(x1, x2, exposure_1, exposure_2))
    observed = abs(float(_standard_difference(np.array(k1), np.array(k2), exposure_1, exposure_2)))
    joint = chances[0][:, None] * chances[1][None, :]
    return float(min(1.0, joint[distance >= observed - 1e-12].sum()))


def relative_risks(events: ArrayLike, population: ArrayLike) -> RelativeRisks:
    """Return each area's count against its share of all events, with the chances of a Poisson map.

    events : (n,) whole numbers.  population : (n,) ≥ 0, known.
    `p_lower` is the probability of Choynowski's map; the tails overlap at the count itself. No
    allowance is made for counts that sway more than Poisson's, nor for the many areas.
    Source: Choynowski (1959), Journal of the American Statistical Association 54(286).

    >>> found = relative_risks([0, 10, 20], [100, 1000, 1000])
    >>> found.risk.round(2).tolist(), found.p_lower.round(3).tolist()
    ([0.0, 0.7, 1.4], [0.24, 0.158, 0.943])
    """
    y, n = np.asarray(events, float), np.asarray(population, float)
    if y.shape != n.shape or y.ndim != 1:
        raise ValueError(f"events {y.shape} and population {n.shape} must be columns of one length")
    _refuse_unfit(events=y, population=n)
    if not (np.all(np.isfinite(n)) and n.sum() > 0 and np.all(y == np.floor(y))):
        raise ValueError("events must be whole numbers; population must be known and not all 0")
    expected = n * (y.sum() / n.sum())
    risk = np.divide(y, expected, out=np.full(len(y), np.nan), where=expected > 0)
    upper = np.where(y > 0, special.gammainc(np.maximum(y, 1), expected), 1.0)
    return RelativeRisks(expected, risk, special.gammaincc(y + 1, expected), upper, {})


def wilson_interval(
    part: ArrayLike, whole: ArrayLike, *, level: float = 0.95
) -> tuple[Floats, Floats, Floats]:
    """Return a share with its Wilson interval: share, low, high; nan where `whole` is 0.

    Source: Wilson (1927), Journal of the American Statistical Association 22(158).

    >>> [round(float(v), 3) for v in wilson_interval(8, 20)]
    [0.4, 0.219, 0.613]
    """
    x, n = np.asarray(part, float), np.asarray(whole, float)
    _refuse_level(level)
    if np.any(x < 0) or np.any(x > n) or np.any(np.isinf(n)):
        raise ValueError("part must lie between 0 and whole")
    z = float(special.ndtri(0.5 + level / 2))
    with np.errstate(divide="ignore", invalid="ignore"):
        share = x / n
        centre = (share + z**2 / (2 * n)) / (1 + z**2 / n)
        half = z / (1 + z**2 / n) * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    return share, np.maximum(centre - half, 0), np.minimum(centre + half, 1)


def _conditional_tails(x: Floats, n: Floats, share: Floats) -> tuple[Any, Any]:
    """Return P(X ≤ x) and P(X ≥ x) for X binomial(n, share), continued between whole numbers."""
    rest = n - x
    lower = np.where(rest > 0, special.betainc(np.maximum(rest, 1e-300), x + 1, 1 - share), 1.0)
    upper = np.where(x > 0, special.betainc(np.maximum(x, 1e-300), rest + 1, share), 1.0)
    return lower, upper


def _likely_counts(mean: float) -> tuple[Floats, Floats]:
    """Return the counts that a Poisson variable may take beyond any doubt, and their chances."""
    last = int(mean + 12 * np.sqrt(mean) + 30)
    counts = np.arange(last + 1, dtype=float)
    return counts, np.exp(special.xlogy(counts, mean) - mean - special.gammaln(counts + 1))


def _standard_difference(x1: Any, x2: Any, t1: float, t2: float) -> Any:
    """Return the difference of two rates over its pooled standard error; 0 where both are 0."""
    spread = np.sqrt((x1 + x2) / (t1 + t2) * (1 / t1 + 1 / t2))
    return np.where(spread > 0, (x1 / t1 - x2 / t2) / np.where(spread > 0, spread, 1), 0.0)


def _refuse_unfit(**columns: Floats) -> None:
    """Raise ValueError where a column holds anything negative or infinite."""
    for name, values in columns.items():
        _refuse_less(name, values, 0.0)
        if np.any(np.isinf(values)):
            raise ValueError(f"{name} holds infinity")


def _refuse_less(name: str, values: Floats, least: float) -> None:
    if np.any(values < least):
        rule = "must not be negative" if least == 0 else f"must be at least {least:g}"
        raise ValueError(f"{name} holds {np.nanmin(values)} and {rule}")


def _refuse_level(level: float) -> None:
    if not 0 < level < 1:
        raise ValueError(f"level={level} must lie between 0 and 1")


def _refuse_pair(k1: float, k2: float, exposure_1: float, exposure_2: float) -> None:
    if not all(k >= 0 and float(k).is_integer() for k in (k1, k2)):
        raise ValueError(f"k1={k1}, k2={k2} must be whole numbers, none negative")
    if not all(0 < t < np.inf for t in (exposure_1, exposure_2)):
        raise ValueError(f"exposures {exposure_1} and {exposure_2} must be above 0 and finite")
