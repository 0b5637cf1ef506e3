"""Did a measure help where it was taken, and did the trouble only move next door?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lykta.analysis.effects.reading import Alternative, check_level, quantile, read_against
from lykta.analysis.results import Result

Floats = NDArray[np.float64]

# No record of human doings is more even than this; below it the interval would close on itself.
LEAST_DISPERSION = 0.1
# Levels further apart than this make "the same change in numbers" doubtful.
FAR_APART = 1.5
# Fewer events than this in a cell, and the normal approximation of a logarithm is poor.
FEW_EVENTS = 10

# Tests reckoned at a time, so that what is in hand fits the cache and memory is used again.
BLOCK = 8192


@dataclass(frozen=True, slots=True)
class WeightedDisplacement(Result):
    """The change in treated areas beyond that in their controls, one row a test."""

    COLUMNS: ClassVar[tuple[str, ...]] = (
        "estimate", "standard_error", "z", "p", "low", "high",
        "local", "local_error", "displacement", "displacement_error",
        "ratio", "ratio_low", "ratio_high", "dispersion",
    )  # fmt: skip

    estimate: Floats  # events more (negative: fewer) than the controls foretell; local + displaced
    standard_error: Floats
    z: Floats
    p: Floats
    low: Floats
    high: Floats
    local: Floats  # the part in the treated areas themselves
    local_error: Floats
    displacement: Floats  # the part next to them: above 0 displaced, below 0 benefits that spread
    displacement_error: Floats
    ratio: Floats  # after over before, treated and displacement areas together, over the controls'
    ratio_low: Floats
    ratio_high: Floats
    dispersion: Floats  # variance over mean
    params: Mapping[str, Any] = field(hash=False)
    warnings: tuple[str, ...] = ()


def wdd(
    treated: ArrayLike,
    control: ArrayLike,
    displacement_treated: ArrayLike | None = None,
    displacement_control: ArrayLike | None = None,
    *,
    time_weights: tuple[float, float] = (1.0, 1.0),
    area_weights: tuple[float, float, float, float] = (1.0, 1.0, 1.0, 1.0),
    dispersion: ArrayLike | Literal["estimate"] = "estimate",
    baseline: ArrayLike | None = None,
    level: float = 0.95,
    alternative: Alternative = "two-sided",
) -> WeightedDisplacement:
    """Return the weighted displacement difference with its test and interval, for many tests.

    treated, control, displacement_treated, displacement_control : (2,) or (n, 2) events before
        and after; both displacement areas or neither.
    time_weights : lengths of the period before and the period after; counts are divided by them.
    area_weights : sizes (km², street length …) of the four areas in the order of the arguments.
    dispersion : variance over mean of the counts, > 0, one or (n,); "estimate" takes it from
        `baseline`, and is 1 with a warning where there is none, for four sums cannot tell it.
    baseline : (areas, periods) or (n, areas, periods) events in equally long periods before the
        measure, of the same areas or of areas like them; see `baseline_dispersion`. Where weeks
        go together take months: sums sway more than single weeks then tell.
    Variance: dispersion times the sum of the counts, each over its squared weight; normal
    quantiles, or those of t where the dispersion is estimated. The difference supposes that
    without the measure all areas would have changed by the same *number*; the ratio, that they
    would have changed in the same *proportion* (logarithm, delta method).
    nan where all counts are zero, and for the ratio where a side has none.
    Source: Wheeler & Ratcliffe (2018), Crime Science 7:11, eq. 1–3; quasi-likelihood scaling,
    McCullagh & Nelder (1989), Generalized Linear Models, 4.5.

    >>> found = wdd([207, 110], [308, 318], [178, 157], [150, 140], dispersion=1)
    >>> [round(float(v[0]), 2) for v in (found.estimate, found.standard_error, found.z)]
    [-118.0, 39.6, -2.98]
    """
    check_level(level)
    if (displacement_treated is None) != (displacement_control is None):
        raise ValueError("displacement areas need a treated and a control side, or neither")
    sides = _sides(
        treated=treated,
        control=control,
        displacement_treated=displacement_treated,
        displacement_control=displacement_control,
    )
    n = max(side.shape[1] for side in sides)
    weight = _weights(time_weights, area_weights)
    phi, freedom, lag_1 = _dispersion(dispersion, baseline, n)
    names = WeightedDisplacement.COLUMNS[:-1]
    numbers, doubts = np.empty((len(names), n)), np.zeros(3, int)
    for start in range(0, n, BLOCK):
        at = slice(start, start + BLOCK)
        counts = _stacked(sides, at, len(phi[at]))
        some = _numbers(counts, weight, phi[at], freedom[at], level, alternative)
        for row, values in zip(numbers, some, strict=True):
            row[at] = values
        doubts += _doubts(counts, weight)
    return WeightedDisplacement(
        **dict(zip(names, numbers, strict=True)),
        dispersion=phi,
        params={
            "time_weights": tuple(time_weights), "area_weights": tuple(area_weights),
            "dispersion": "estimate" if isinstance(dispersion, str) else "given",
            "degrees_of_freedom": freedom, "level": level, "alternative": alternative,
        },
        warnings=(
            *_warnings_of_dispersion(dispersion, freedom, lag_1),
            *_warnings_of_counts(n, *doubts.tolist()),
        ),
    )  # fmt: skip


class BaselineDispersion(NamedTuple):
    """How much the counts of each test's areas sway from period to period."""

    dispersion: Floats  # variance over mean, at least 0.1
    freedom: Floats  # degrees of freedom it is known to, 0 where nothing was counted
    lag_1: Floats  # correlation of one period with the next; far above 0, periods hang together


def baseline_dispersion(baseline: ArrayLike) -> BaselineDispersion:
    """Return the dispersion of each test's areas in the time before a measure.

    baseline : (areas, periods) or (n, areas, periods) events in equally long periods; at least
        two areas and three periods.
    What all areas share, such as season, is set aside: each area is expected to have its share
    of what was counted in the period. Squared gaps are divided by the area's mean over all
    periods, for Pearson's own divisor is too small where few are counted. The degrees of
    freedom are (areas - 1)(periods - 1) over 1 + (φ - 1)(3φ - 1) / 2φ · the mean of 1 / mean:
    the variance of variance over mean, for negative binomial counts, by the delta method.
    Source: McCullagh & Nelder (1989), Generalized Linear Models, 4.5; O'Neill (2014), The
    American Statistician 68(4), for the variance of a variance.

    >>> found = baseline_dispersion([[4, 9, 2], [9, 6, 11]])
    >>> round(float(found.dispersion[0]), 2), round(float(found.freedom[0]), 2)
    (3.23, 1.36)
    """
    series = np.asarray(baseline, float)
    series = series[None] if series.ndim == 2 else series
    if series.ndim != 3 or series.shape[1] < 2 or series.shape[2] < 3:
        raise ValueError(
            f"baseline has the shape {np.shape(baseline)}; at least 2 areas and 3 periods are "
            "needed to tell how much counts sway"
        )
    _refuse_bad("baseline", series)
    n_areas, n_periods = ((series.sum(axis=axis) > 0).sum(axis=1) for axis in (2, 1))
    freedom = np.maximum(n_areas - 1.0, 0) * np.maximum(n_periods - 1.0, 0)
    mean = series.mean(axis=2, keepdims=True)
    share = _over(mean, mean.sum(axis=1, keepdims=True))
    gap = series - share * series.sum(axis=1, keepdims=True)
    gap = _over(gap, np.sqrt(mean))
    squares = (gap**2).sum(axis=(1, 2))
    phi = np.where(freedom > 0, np.maximum(_over(squares, freedom), LEAST_DISPERSION), np.nan)
    rarity = _over(np.ones(mean.shape), mean).sum(axis=(1, 2)) / np.maximum(n_areas, 1)
    tails = np.maximum((phi - 1) * (3 * phi - 1) / (2 * phi), 0) * rarity
    lag_1 = _over((gap[..., 1:] * gap[..., :-1]).sum(axis=(1, 2)), squares)
    return BaselineDispersion(phi, np.where(freedom > 0, freedom / (1 + tails), 0.0), lag_1)


def _over(part: Floats, whole: Floats) -> Floats:
    """Return part over whole, 0 where the whole is 0."""
    whole = np.broadcast_to(whole, part.shape)
    return np.divide(part, whole, out=np.zeros(part.shape), where=whole > 0)


def _sides(**sides: ArrayLike | None) -> list[Floats]:
    """Return the counts of each area, before and after, (2, n) or (2, 1); zeros for no area."""
    counts = [
        np.zeros((2, 1)) if values is None else _counts(name, values)
        for name, values in sides.items()
    ]
    n = max(side.shape[1] for side in counts)
    for name, side in zip(sides, counts, strict=True):
        if side.shape[1] not in (1, n):
            raise ValueError(f"{name} holds {side.shape[1]} tests and another side {n}")
    return counts


def _stacked(sides: list[Floats], at: slice, n: int) -> Floats:
    """Return the counts of some tests: (4 areas, before and after, n)."""
    stacked = np.empty((4, 2, n))
    for place, side in enumerate(sides):
        stacked[place] = side if side.shape[1] == 1 else side[:, at]
    return stacked


def _counts(name: str, values: ArrayLike) -> Floats:
    counts = np.atleast_2d(np.asarray(values, float))
    if counts.ndim != 2 or counts.shape[1] != 2 or not len(counts):
        raise ValueError(
            f"{name} has the shape {np.shape(values)}; (2,) or (n, 2) is needed: before and after"
        )
    _refuse_bad(name, counts)
    return counts.T


def _refuse_bad(name: str, counts: Floats) -> None:
    if not 0 <= counts.min(initial=0) <= counts.max(initial=0) < np.inf:
        raise ValueError(f"{name} must hold counts, none of them negative, missing or infinite")


def _weights(time_weights: tuple[float, ...], area_weights: tuple[float, ...]) -> Floats:
    """Return what each count is multiplied by, (4 areas, before and after)."""
    time, area = np.asarray(time_weights, float), np.asarray(area_weights, float)
    for name, weights, n in (("time_weights", time, 2), ("area_weights", area, 4)):
        if weights.shape != (n,) or not np.all((weights > 0) & np.isfinite(weights)):
            raise ValueError(f"{name}={weights.tolist()}; {n} numbers above 0 are needed")
    return 1 / np.outer(area, time)


def _dispersion(
    dispersion: ArrayLike | Literal["estimate"], baseline: ArrayLike | None, n: int
) -> tuple[Floats, Floats, Floats | None]:
    """Return the dispersion of n tests, its degrees of freedom, and the baseline's lag 1."""
    if isinstance(dispersion, str):
        if dispersion != "estimate":
            raise ValueError(f'dispersion={dispersion!r}; a number or "estimate" is needed')
        if baseline is None:
            return np.ones(n), np.full(n, np.inf), None
        found = baseline_dispersion(baseline)
        if len(found.freedom) not in (1, n):
            raise ValueError(f"baseline holds {len(found.freedom)} tests and the counts hold {n}")
        phi, freedom, lag_1 = (np.broadcast_to(part, (n,)) for part in found)
        return phi, freedom, lag_1
    if baseline is not None:
        raise ValueError('baseline is used only with dispersion="estimate"')
    phi = np.asarray(dispersion, float)
    if phi.shape not in ((), (1,), (n,)) or not np.all((phi > 0) & np.isfinite(phi)):
        raise ValueError("dispersion must be above 0, one number or one a test")
    return np.broadcast_to(phi, (n,)), np.full(n, np.inf), None


def _numbers(
    counts: Floats,
    weight: Floats,
    phi: Floats,
    freedom: Floats,
    level: float,
    alternative: Alternative,
) -> tuple[Floats, ...]:
    """Return the columns of some tests, all but the dispersion, in their order."""
    weighted = counts * weight[..., None]
    variance = weighted * weight[..., None]  # of each, but for the dispersion
    local, displaced = (
        (own[1] - own[0]) - (others[1] - others[0]) for own, others in (weighted[:2], weighted[2:])
    )
    spreads = [phi * part.sum(axis=(0, 1)) for part in (variance[:2], variance[2:])]
    estimate, error = local + displaced, np.sqrt(spreads[0] + spreads[1])
    total = read_against(estimate, error, freedom, level, alternative)
    ratio = _ratio(weighted, phi * variance, -quantile((1 - level) / 2, freedom))
    return (
        estimate, error, *total,
        local, np.sqrt(spreads[0]), displaced, np.sqrt(spreads[1]), *ratio,
    )  # fmt: skip


def _ratio(weighted: Floats, variance: Floats, edge: Any) -> tuple[Floats, Floats, Floats]:
    """Return the ratio of ratios with its interval; nan where one of its four sums is zero.

    edge : how many standard errors of the logarithm the interval reaches to either side.
    """
    sums, spread = (part[:2] + part[2:] for part in (weighted, variance))
    (own_before, own_after), (others_before, others_after) = sums
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = own_after * others_before / (own_before * others_after)
        factor = np.exp(edge * np.sqrt((spread / sums**2).sum(axis=(0, 1))))
        known = np.where(np.isfinite(factor) & (ratio > 0), ratio, np.nan)
        return known, known / factor, known * factor


def _warnings_of_dispersion(
    dispersion: Any, freedom: Floats, lag_1: Floats | None
) -> tuple[str, ...]:
    if lag_1 is None and isinstance(dispersion, str):
        return (
            "dispersion is taken to be 1 (pure chance): counts before and after cannot tell it. "
            "Where weekly counts vary two or three times as much, a test at 5 % calls out 16 % or "
            "26 % of measures without effect; give dispersion= or a baseline.",
        )
    if lag_1 is None:
        return ()
    n, n_unknown = len(lag_1), int((freedom == 0).sum())
    with np.errstate(divide="ignore"):
        n_hanging = int((lag_1 > 2 / np.sqrt(freedom)).sum())
    said = {
        f"in {n_hanging} of {n} baselines one period goes with the next: sums over many periods "
        "sway more than single periods tell, and p is too small; take longer periods, months "
        "for weeks.": n_hanging > 0,
        f"{n_unknown} of {n} baselines hold too few events to tell the dispersion.": n_unknown > 0,
    }
    return tuple(sentence for sentence, is_so in said.items() if is_so)


def _doubts(counts: Floats, weight: Floats) -> NDArray[np.int64]:
    """Return in how many tests areas lie far apart, counts are few, and nothing was counted."""
    is_apart = np.zeros(counts.shape[2], bool)
    for one, other in ((0, 1), (2, 3)):
        pair = [weight[area, 0] * counts[area, 0] for area in (one, other)]
        is_apart |= np.maximum(*pair) > FAR_APART * np.minimum(*pair)
    is_few = (counts if counts[2:].any() else counts[:2]).min(axis=(0, 1)) < FEW_EVENTS
    return np.array([is_apart.sum(), is_few.sum(), (counts.max(axis=(0, 1)) == 0).sum()])


def _warnings_of_counts(n: int, n_apart: int, n_few: int, n_empty: int) -> tuple[str, ...]:
    said = {
        f"in {n_apart} of {n} tests the areas differ by more than {FAR_APART:g} times before "
        "the measure: a change in proportion common to both would show as a difference in "
        "numbers; read the ratio.": n_apart > 0,
        f"in {n_few} of {n} tests a count is below {FEW_EVENTS}; intervals of the ratio are "
        "rough, and there is none where a sum is 0.": n_few > 0,
        f"{n_empty} of {n} tests hold no events; nothing can be told.": n_empty > 0,
    }
    return tuple(sentence for sentence, is_so in said.items() if is_so)
