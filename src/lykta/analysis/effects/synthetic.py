"""What would have happened without the measure: a weighted mean of places that had none."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lykta.analysis.effects.drawing import two_lines
from lykta.analysis.results import Result

Floats = NDArray[np.float64]

# The weights are at the optimum when the duality gap is this small beside the objective.
GAP = 1e-11
# A misfit this small beside the nearest donor's is rounding: the fit is perfect.
NOTHING = 1e-8
# Shorter, and a good fit may be luck.
SHORT_PAST = 10
# Placebos that fit as badly as this tell little of a unit that fits well, and the other way.
POOR_FIT = 2.0


@dataclass(frozen=True, slots=True)
class SyntheticControl(Result):
    """A unit beside its synthetic control, one row a period."""

    COLUMNS: ClassVar[tuple[str, ...]] = ("outcome", "synthetic", "gap")

    outcome: Floats
    synthetic: Floats
    gap: Floats  # outcome - synthetic
    weights: Floats  # (units,), 0 for the treated unit
    att: float  # mean gap from the first treated period on
    pre_rmspe: float  # root mean squared gap before it
    rmspe_ratio: Floats  # (units,) after over before, each unit in its turn taken for treated
    placebo_att: Floats  # (units,) mean gap after; both nan without placebos but for the treated
    p: float  # rank of the treated unit's ratio over the number of units
    leave_one_out: Floats  # (units,) att without this donor; nan where it has no weight
    kkt_gap: float  # duality gap over the objective, the largest of all fits
    first_treated: int
    params: Mapping[str, Any] = field(hash=False)
    warnings: tuple[str, ...] = ()

    def chart(self) -> dict[str, Any]:
        """Return a Vega-Lite chart of the unit and, dashed, its synthetic control."""
        return two_lines(self.outcome, self.synthetic, start=self.first_treated, y_title="outcome")


@dataclass(frozen=True, slots=True)
class _Fit:
    """One unit's weights on its donors, its gap in each period and how near the optimum it is."""

    weights: Floats
    gap: Floats
    kkt_gap: float


def synthetic_control(
    outcomes: ArrayLike,
    treated: int,
    first_treated: int,
    *,
    placebo: Literal["in_space"] | None = "in_space",
) -> SyntheticControl:
    """Return the gap between a treated unit and the mix of others that was most like it before.

    outcomes : (units, periods) rates or counts, finite, equally long periods in order of time.
    treated : row of the treated unit; all others are donors and must not have had the measure.
    first_treated : column of the first period with the measure. Columns before it, at least two,
        make the fit; that column and all later ones, at least one, the effect. None is in both.
    placebo : "in_space" takes each donor in its turn for treated, the treated unit left out of
        its donors, and ranks the ratios of root mean squared gap after to before:
        p = (number of units with a ratio as large, itself counted) / (number of units); ties
        count against the measure. None leaves p nan.
    The weights, none negative and of sum 1, minimise the squared gap before the measure, on the
    outcome alone; they are exact, found by active sets (non-negative least squares, of which
    this is an instance) with `kkt_gap` as proof. p is right if any of the units might as well
    have been the treated one; there is no interval.
    Source: Abadie, Diamond & Hainmueller (2010), JASA 105(490); Lawson & Hanson (1974), Solving
    Least Squares Problems, 23.

    >>> outcomes = [[1, 2, 3, 9], [0, 1, 2, 3], [2, 3, 4, 5], [9, 9, 9, 9]]
    >>> found = synthetic_control(outcomes, 0, 3)
    >>> found.weights.round(3).tolist(), round(found.att, 3)
    ([0.0, 0.5, 0.5, 0.0], 5.0)
    """
    y = np.asarray(outcomes, float)
    _check(y, treated, first_treated, placebo)
    own = _fit(y, treated, _donors(len(y), treated), first_treated)
    fits = {treated: own}
    for unit in _donors(len(y), treated) if placebo else ():
        fits[int(unit)] = _fit(y, int(unit), _donors(len(y), treated, int(unit)), first_treated)
    ratio, effect = np.full(len(y), np.nan), np.full(len(y), np.nan)
    for unit, fit in fits.items():
        ratio[unit], effect[unit] = _rmspe_ratio(fit.gap, first_treated), _att(fit, first_treated)
    slack = 1e-9 * ratio[treated] if np.isfinite(ratio[treated]) else 0.0
    p = float(np.mean(ratio >= ratio[treated] - slack)) if placebo else float("nan")
    return SyntheticControl(
        y[treated].copy(), y[treated] - own.gap, own.gap, own.weights,
        float(effect[treated]), _root_mean_square(own.gap[:first_treated]), ratio, effect, p,
        _leave_one_out(y, treated, own, first_treated),
        max(fit.kkt_gap for fit in fits.values()), first_treated,
        params={"treated": treated, "first_treated": first_treated, "placebo": placebo},
        warnings=_warnings(fits, treated, first_treated),
    )  # fmt: skip


def simplex_weights(donors: ArrayLike, target: ArrayLike) -> tuple[Floats, float]:
    """Return the weights, none negative and of sum 1, that bring donors nearest to a target.

    donors : (n, periods).  target : (periods,).
    The second number is the duality gap over the objective: 0 at the optimum, and where the fit
    is perfect to rounding.
    The nearest point of a simplex is that of a cone, scaled: with D the donors less the target,
    u ≥ 0 that minimises |uD / s|² + (Σu - 1)² lies along the weights, whatever s is above 0; s
    near the distance itself keeps the numbers of one size.
    Source: Lawson & Hanson (1974), Solving Least Squares Problems, 23.4.

    >>> simplex_weights([[0, 0], [2, 0], [9, 9]], [1, 0])[0].round(9).tolist()
    [0.5, 0.5, 0.0]
    """
    from scipy.optimize import nnls  # slow to load, and only needed here

    near, aim = np.asarray(donors, float), np.asarray(target, float)
    if not near.size or near.shape[1:] != aim.shape or not np.isfinite(near.sum() + aim.sum()):
        raise ValueError("donors (n, periods) and target (periods,) must be finite, at least one")
    away = near - aim
    squares = np.einsum("ij,ij->i", away, away)
    nearest = float(squares.min())
    weights, gap = (np.arange(len(away)) == squares.argmin()).astype(float), 0.0
    objective, goal = nearest, np.append(np.zeros(away.shape[1]), 1.0)
    for _ in range(4):
        if objective <= NOTHING**2 * nearest:
            return weights, 0.0
        cone = nnls(np.vstack((away.T / np.sqrt(objective), np.ones(len(away)))), goal)[0]
        weights = cone / cone.sum()
        rest = weights @ away
        objective = float(rest @ rest)
        gap = max(objective - float((away @ rest).min()), 0.0) / max(objective, 1e-300)
        if gap <= GAP:
            break
    return weights, gap


def _check(y: Floats, treated: int, first_treated: int, placebo: str | None) -> None:
    if y.ndim != 2 or len(y) < 3:
        raise ValueError(
            f"outcomes has the shape {y.shape}; at least 3 units by periods are needed"
        )
    if not np.all(np.isfinite(y)):
        raise ValueError("outcomes must be finite; a unit with a gap in it cannot be a donor")
    if not 0 <= treated < len(y):
        raise ValueError(f"treated={treated} is no row of {len(y)} units")
    if not 2 <= first_treated < y.shape[1]:
        raise ValueError(
            f"first_treated={first_treated} of {y.shape[1]} periods; at least 2 before and 1 "
            "from it on are needed"
        )
    if placebo not in ("in_space", None):
        raise ValueError(f'placebo={placebo!r}; "in_space" or None')


def _donors(n: int, *left_out: int) -> NDArray[np.int64]:
    return np.setdiff1d(np.arange(n), left_out)


def _fit(y: Floats, unit: int, donors: NDArray[np.int64], first_treated: int) -> _Fit:
    past = y[:, :first_treated]
    own, gap = simplex_weights(past[donors], past[unit])
    weights = np.zeros(len(y))
    weights[donors] = own
    return _Fit(weights, y[unit] - weights @ y, gap)


def _att(fit: _Fit, first_treated: int) -> float:
    return float(fit.gap[first_treated:].mean())


def _rmspe_ratio(gap: Floats, first_treated: int) -> float:
    """Return the root mean squared gap after over that before; inf where the fit is perfect."""
    before, after = (_root_mean_square(part) for part in (gap[:first_treated], gap[first_treated:]))
    if after <= NOTHING * np.abs(gap).max():
        return 0.0
    return after / before if before > NOTHING * after else float("inf")


def _root_mean_square(values: Floats) -> float:
    return float(np.sqrt(np.mean(values**2)))


def _leave_one_out(y: Floats, treated: int, own: _Fit, first_treated: int) -> Floats:
    """Return the effect without each donor that has weight."""
    effect = np.full(len(y), np.nan)
    for unit in np.flatnonzero(own.weights > 0):
        fit = _fit(y, treated, _donors(len(y), treated, int(unit)), first_treated)
        effect[unit] = _att(fit, first_treated)
    return effect


def _warnings(fits: Mapping[int, _Fit], treated: int, first_treated: int) -> tuple[str, ...]:
    past = {unit: _root_mean_square(fit.gap[:first_treated]) for unit, fit in fits.items()}
    typical = float(np.median(list(past.values())))
    is_perfect = np.isinf(_rmspe_ratio(fits[treated].gap, first_treated))
    n = len(fits)
    said = {
        f"{first_treated} periods before the measure: so short a past may be matched by luck.": (
            first_treated < SHORT_PAST
        ),
        "the past is matched perfectly: more donors than periods, so the weights are not the only "
        "ones and the ratio tells nothing.": is_perfect,
        "the past is matched far worse than that of the donors: the treated unit lies outside of "
        "what they can be mixed to.": n > 1 and past[treated] > POOR_FIT * typical,
        f"with {n} units p cannot be below {1 / n:.3f}.": 1 < n < 20,
        "the weights are not quite at the optimum.": max(f.kkt_gap for f in fits.values()) > 1e-9,
    }
    return tuple(sentence for sentence, is_so in said.items() if is_so)
