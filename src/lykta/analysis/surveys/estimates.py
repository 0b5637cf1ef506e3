"""Means and shares from a weighted sample, with the error that drawing and raking leave."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from lykta.analysis.results import Result
from lykta.analysis.surveys.design import Design, Units, grouped, units_of
from lykta.analysis.surveys.raking import Cells, Raked, fit, kish

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

# Persons drawn one by one are left out in so many groups, one group at a time.
N_GROUPS = 100
# Fewer degrees of freedom, and the error itself is hardly known.
FEW_UNITS = 10
# Below so many answers of either kind no approximate interval of a share is to be relied on.
FEW_ANSWERS = 5
FEW_FOR_SYMMETRY = 20
# With fewer in a category of a margin the linearised error falls short of the true one.
FEW_IN_CATEGORY = 50
TOO_FEW = (
    "Only {:.0f} respondents are in the smallest category raked to; the linearised error is "
    "somewhat too small. Choose method='replicate', or merge categories."
)
ALONE = (
    "{} categories raked to are found in one unit only; without it the others of their margin "
    "stand for them, and the error is rough."
)
SYMMETRIC = "A symmetric interval of a rare share falls short; choose wilson or logit."
# So many numbers at a time are raked anew.
BLOCK = 2_000_000


@dataclass(frozen=True, slots=True)
class Estimate(Result):
    """A mean or share, how sure it is, and each drawn unit's part in that."""

    estimate: float
    se: float
    low: float
    high: float
    n: int  # answers
    design_effect: float  # variance over that of a simple sample of as many answers
    effective_n: float  # answers in a simple sample that would be as sure
    freedom: int  # of the t quantile: units less strata
    parts: Floats  # (units,) the squares add up to the variance
    unit_of: NDArray[np.int64]  # (n,) the unit of each respondent
    params: dict[str, Any] = field(hash=False)
    warnings: tuple[str, ...] = ()


def weighted_mean(
    values: ArrayLike,
    weights: Raked | ArrayLike,
    *,
    design: Design | None = None,
    domain: ArrayLike | None = None,
    method: str = "linearised",
    interval: str | None = None,
    level: float = 0.95,
    rng: np.random.Generator | int = 0,
) -> Estimate:
    """Return the weighted mean of some answers, or the share where they are 0 and 1.

    values : (n,) answers; nan where there is none.
    weights : from `rake`, whose error then takes the raking into account, or (n,) numbers above 0.
    design : strata, clusters and the share drawn; where not given all were drawn one by one.
    domain : (n,) true for those asked about; the others still tell of the drawing.
    method : "linearised" takes the residuals from the regression on the margins, weighted by the
        base weights, times the final weights, between units of a stratum, with the factor
        n / (n - 1), as others do; where a category raked to has fewer than 50 respondents it falls
        short, and says so. "replicate" leaves out one cluster at a time (without clusters one of
        100 groups dealt at random by `rng`), rakes anew, and holds there too.
    interval : "wilson" (the rule for shares) and "logit" with the effective sample size, "t" (the
        rule for means) symmetric; all with t quantiles of units less strata in the domain.
    Source: Deville & Särndal (1992), JASA 87(418), eq. 3.4; Wolter (2007), Introduction to
    Variance Estimation, ch. 4; Korn & Graubard (1998), Survey Methodology 24(2), for intervals.

    >>> found = weighted_mean([1, 0, 1, 1, 0, 0, 1, 0], [2, 1, 1, 1, 1, 1, 1, 2])
    >>> [round(v, 3) for v in (found.estimate, found.low, found.high)]
    [0.5, 0.169, 0.831]
    """
    if not 0 < level < 1:
        raise ValueError(f"level={level} must lie between 0 and 1")
    y, inside = _checked_answers(values, domain)
    raked = weights if isinstance(weights, Raked) else _as_given(weights, len(y))
    if len(raked.weights) != len(y):
        raise ValueError(f"{len(raked.weights)} weights for {len(y)} values; one each is needed")
    drawn = design or Design()
    units = units_of(drawn, len(y))
    if method not in METHODS:
        raise ValueError(f"method={method!r} is not available; choose linearised, replicate")
    if method == "replicate" and drawn.clusters is None:
        units = grouped(units, N_GROUPS, np.random.default_rng(rng))
    freedom = units.freedom(inside)
    if freedom < 1:
        raise ValueError("the domain is found in one unit a stratum; at least 2 are needed")
    mean = float(np.average(y[inside], weights=raked.weights[inside]))
    parts = METHODS[method](y, mean, inside, raked, units)
    return _summed_up(
        _Parts(y[inside], raked.weights[inside], mean, parts, freedom, units.of),
        interval=interval,
        level=level,
        params={"method": method, "has_clusters": drawn.clusters is not None,
                "has_strata": drawn.strata is not None, "level": level,
                "rng": rng if isinstance(rng, int) else "a generator"},
        warnings=raked.warnings + _unanswered(inside, domain) + _thin(method, raked, units),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Parts:
    """What an estimate is put together from."""

    y: Floats  # of the domain
    weights: Floats
    mean: float
    parts: Floats
    freedom: int
    unit_of: NDArray[np.int64]


def _summed_up(
    of: _Parts,
    *,
    interval: str | None,
    level: float,
    params: dict[str, Any],
    warnings: tuple[str, ...],
) -> Estimate:
    n, is_share = len(of.y), bool(np.all((of.y == 0) | (of.y == 1)))
    kind = interval or ("wilson" if is_share else "t")
    if kind not in ("wilson", "logit", "t") or (kind != "t" and not is_share):
        raise ValueError(f"interval={kind!r}: choose t; wilson and logit for answers of 0 and 1")
    se = float(np.sqrt(np.sum(of.parts**2)))
    spread = np.average((of.y - of.mean) ** 2, weights=of.weights) * n / max(n - 1, 1)
    is_alike = spread == 0
    effect = kish(of.weights) if is_alike else se**2 * n / spread
    effective = n / effect if effect > 0 else np.inf
    t = -float(special.stdtrit(of.freedom, (1 - level) / 2))
    low, high = _interval(kind, of.mean, se, effective, t)
    warnings += _doubts(of, kind, is_share=is_share, is_alike=is_alike)
    return Estimate(
        of.mean, se, low, high, n, float(effect), float(effective), of.freedom,
        of.parts, of.unit_of, params | {"interval": kind}, warnings,
    )  # fmt: skip


def _linearised(y: Floats, mean: float, inside: Bools, raked: Raked, units: Units) -> Floats:
    """Return each unit's part in the standard error, by Taylor's series."""
    influence = np.where(inside, y - mean, 0.0) / raked.weights[inside].sum()
    residual = influence - _fitted(influence, raked)[raked.cells.of]
    sums = np.bincount(units.of, weights=raked.weights * residual, minlength=len(units.stratum))
    size = units.in_stratum
    means = np.bincount(units.stratum, weights=sums)[units.stratum] / size
    return (sums - means) * np.sqrt((1 - units.sampled_share) * size / (size - 1))


def _fitted(values: Floats, raked: Raked) -> Floats:
    """Return what the margins foretell of each cell, by least squares with the base weights."""
    cells = raked.cells
    if not cells.codes:
        return np.zeros(1)
    # A cell at a bound does not give way when the margins do, so it says nothing of how they work.
    weight = np.where(raked.is_cell_bounded, 0.0, cells.sums(raked.base_weights))
    sums = np.where(raked.is_cell_bounded, 0.0, cells.sums(raked.base_weights * values))
    first = np.cumsum([0, *(len(target) for target in cells.targets)])
    columns = [code + start for code, start in zip(cells.codes, first, strict=False)]
    normal, right = np.zeros((first[-1], first[-1])), np.zeros(first[-1])
    for one in columns:
        right += np.bincount(one, weights=sums, minlength=first[-1])
        for other in columns:
            np.add.at(normal, (one, other), weight)
    solution = np.linalg.lstsq(normal, right, rcond=1e-11)[0]
    return sum(solution[column] for column in columns)


def _replicates(y: Floats, mean: float, inside: Bools, raked: Raked, units: Units) -> Floats:
    """Return each unit's part: what the mean is without it, the others made up for it and raked."""
    cells, base = raked.cells, raked.base_weights
    asked = base * inside
    parts = [base, asked, np.where(inside, asked * y, 0.0)]
    block = max(1, BLOCK // cells.count)
    without = np.empty(len(units.stratum))
    for start in range(0, len(without), block):
        here = np.arange(start, min(start + block, len(without)))
        everyone, number, answers = (_left(part, cells, units, here) for part in parts)
        ratio, _, _ = fit(
            everyone, cells, trim=raked.params["trim"], limit=raked.params["max_iterations"],
            tolerance=max(raked.params["tolerance"], 1e-9),
        )  # fmt: skip
        without[here] = np.sum(ratio * answers, axis=1) / np.sum(ratio * number, axis=1)
    return (without - mean) * np.sqrt((1 - units.sampled_share) * (1 - 1 / units.in_stratum))


METHODS = {"linearised": _linearised, "replicate": _replicates}


def _left(values: Floats, cells: Cells, units: Units, here: NDArray[np.int64]) -> Floats:
    """Return sums by cell, one row for each unit left out, its stratum's others made up for it."""
    size, stratum = units.in_stratum[here], units.stratum[here]
    is_here = (units.of >= here[0]) & (units.of <= here[-1])
    place = (units.of[is_here] - here[0]) * cells.count + cells.of[is_here]
    shape = (len(here), cells.count)
    own = np.bincount(place, values[is_here], minlength=shape[0] * shape[1]).reshape(shape)
    shape = (int(units.stratum.max()) + 1, cells.count)
    place = units.stratum[units.of] * cells.count + cells.of
    whole = np.bincount(place, values, minlength=shape[0] * shape[1]).reshape(shape)
    return whole.sum(axis=0) + (whole[stratum] - size[:, None] * own) / (size - 1)[:, None]


def _interval(kind: str, mean: float, se: float, effective: float, t: float) -> tuple[float, float]:
    if kind == "t":
        return mean - t * se, mean + t * se
    if kind == "wilson":
        grip = t**2 / effective
        centre = (mean + grip / 2) / (1 + grip)
        half = np.sqrt(grip * mean * (1 - mean) + grip**2 / 4) / (1 + grip)
        return max(float(centre - half), 0.0), min(float(centre + half), 1.0)
    if mean in (0.0, 1.0):
        return float("nan"), float("nan")
    middle, half = special.logit(mean), t * se / (mean * (1 - mean))
    return float(special.expit(middle - half)), float(special.expit(middle + half))


def _as_given(weights: ArrayLike, n: int) -> Raked:
    """Return weights that are taken as they are, as if raked to nothing."""
    given = np.asarray(weights, float)
    if given.shape != (n,) or not np.all(np.isfinite(given)) or np.any(given <= 0):
        raise ValueError(f"weights must be {n} numbers above 0, one a respondent")
    effect = kish(given)
    return Raked(
        given, given, n_iterations=0, largest_gap=0.0, design_effect=effect,
        effective_n=n / effect, is_converged=True, cells=Cells(np.zeros(n, np.int64), (), ()),
        is_cell_bounded=np.zeros(1, bool),
        params={"trim": None, "tolerance": 0.0, "max_iterations": 0},
    )  # fmt: skip


def _checked_answers(values: ArrayLike, domain: ArrayLike | None) -> tuple[Floats, Bools]:
    y = np.asarray(values, float)
    if y.ndim != 1 or np.any(np.isinf(y)):
        raise ValueError("values must be a column of finite numbers, nan where there is no answer")
    inside = np.isfinite(y)
    if domain is not None:
        asked = np.asarray(domain)
        if asked.shape != y.shape or asked.dtype != bool:
            raise ValueError("domain must hold true or false, one a value")
        inside = inside & asked
    if inside.sum() < 2:
        raise ValueError(f"{inside.sum()} answers in the domain; at least 2 are needed")
    return np.where(np.isfinite(y), y, 0.0), inside


def _unanswered(inside: Bools, domain: ArrayLike | None) -> tuple[str, ...]:
    asked = len(inside) if domain is None else int(np.sum(domain))
    missing = asked - int(inside.sum())
    if not missing:
        return ()
    return (f"{missing} of {asked} gave no answer; the others are taken to speak for them.",)


def _fewest_in_category(raked: Raked) -> float:
    """Return how many respondents are in the smallest category raked to; infinity if in none."""
    persons = raked.cells.sums(np.ones(len(raked.weights)))
    return min((np.bincount(code, persons).min() for code in raked.cells.codes), default=np.inf)


def _thin(method: str, raked: Raked, units: Units) -> tuple[str, ...]:
    """Return what is to be said of categories that few, or few units, speak for."""
    if method == "linearised":
        fewest = _fewest_in_category(raked)
        return (TOO_FEW.format(fewest),) if fewest < FEW_IN_CATEGORY else ()
    n_alone = sum(
        int(
            np.sum(
                np.bincount(np.unique(units.of * len(target) + code[raked.cells.of]) % len(target))
                == 1
            )
        )
        for code, target in zip(raked.cells.codes, raked.cells.targets, strict=True)
    )
    return (ALONE.format(n_alone),) if n_alone else ()


def _doubts(of: _Parts, kind: str, *, is_share: bool, is_alike: bool) -> tuple[str, ...]:
    said = []
    fewer = min(of.y.sum(), len(of.y) - of.y.sum()) if is_share else np.inf
    if of.freedom < FEW_UNITS:
        said.append(f"The error rests on {of.freedom} degrees of freedom, and is hardly known.")
    if is_alike:
        said.append("All answers are alike; the error of drawing cannot be seen in them.")
    elif fewer < FEW_ANSWERS:
        said.append(f"Fewer than {FEW_ANSWERS} answers are of one kind; the interval is rough.")
    elif kind == "t" and fewer < FEW_FOR_SYMMETRY:
        said.append(SYMMETRIC)
    return tuple(said)
