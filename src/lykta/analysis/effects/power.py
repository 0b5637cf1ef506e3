"""How great must an effect be to be found? Known before the money is spent."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import special

from lykta.analysis.effects.reading import Alternative, quantile
from lykta.analysis.effects.segments import Segmented, design, foreseen
from lykta.analysis.results import Result

Floats = NDArray[np.float64]

# Ratios beyond these are no effects of measures.
LEAST_RATIO, MOST_RATIO = 1e-4, 1e4


@dataclass(frozen=True, slots=True)
class TwoCountsDesign:
    """One place before and after, by `compare_counts`."""

    before: float  # events expected before
    length_ratio: float = 1.0  # length of the time after over that before
    dispersion: float = 1.0

    def distance(self, ratio: float) -> float:
        """Return the distance of two shares on the scale of arcsines.

        The share of all events that come after; Yates's half an event is given up, as the exact
        test does on the average.  Source: Cohen (1988), Statistical Power Analysis, 6.2.
        """
        _refuse_bad(self, ("before", "length_ratio", "dispersion"))
        after = self.before * self.length_ratio
        whole = (self.before + ratio * after) / self.dispersion
        share, still = ratio * after / (self.before + ratio * after), after / (self.before + after)
        share -= np.clip(share - still, -0.5 / whole, 0.5 / whole)
        apart = np.arcsin(np.sqrt(share)) - np.arcsin(np.sqrt(still))
        return float(2 * np.sqrt(whole) * apart)

    def freedom(self) -> float:
        """Return inf: the dispersion is taken to be known."""
        return float("inf")


@dataclass(frozen=True, slots=True)
class DisplacementDesign:
    """Treated and control areas before and after, by the difference of `wdd`."""

    treated: float  # events expected before
    control: float
    displacement_treated: float = 0.0
    displacement_control: float = 0.0
    length_ratio: float = 1.0  # length of the time after over that before; made up for by weights
    dispersion: float = 1.0
    degrees_of_freedom: float = float("inf")  # of the dispersion, from `baseline_dispersion`

    def distance(self, ratio: float) -> float:
        """Return the expected difference over its standard error; nothing is displaced."""
        _refuse_bad(self, ("treated", "control", "length_ratio", "dispersion"))
        others = self.control + self.displacement_treated + self.displacement_control
        before, after = self.treated + others, ratio * self.treated + others
        variance = self.dispersion * (before + after / self.length_ratio)
        return float((ratio - 1) * self.treated / np.sqrt(variance))

    def freedom(self) -> float:
        """Return those of the dispersion."""
        return self.degrees_of_freedom


@dataclass(frozen=True, slots=True)
class PanelDesign:
    """Many places, some of them treated from one time on, by `poisson_did`."""

    n_treated: int  # clusters
    n_control: int
    mean: float  # events a cluster and period
    n_before: int  # periods
    n_after: int
    dispersion: float = 1.0  # of single periods
    own_change: float = 0.0  # standard deviation of the logarithm of a cluster's own change

    def distance(self, ratio: float) -> float:
        """Return the logarithm of the ratio over its standard error (delta method)."""
        _refuse_bad(self, ("n_treated", "n_control", "mean", "n_before", "n_after", "dispersion"))
        chance = sum(
            self.dispersion / (n * self.mean) * (1 / self.n_before + 1 / (change * self.n_after))
            for n, change in ((self.n_treated, ratio), (self.n_control, 1.0))
        )
        if not self.own_change >= 0:
            raise ValueError(f"own_change={self.own_change} must not be negative")
        own = self.own_change**2 * (1 / self.n_treated + 1 / self.n_control)
        return float(np.log(ratio) / np.sqrt(chance + own))

    def freedom(self) -> float:
        """Return Welch's, for two groups of clusters of one spread; at least 1."""
        one, other = 1 / self.n_treated, 1 / self.n_control
        parts = [share**2 / (n - 1) if n > 1 else np.inf for share, n in
                 ((one, self.n_treated), (other, self.n_control))]  # fmt: skip
        return float(max((one + other) ** 2 / sum(parts), 1.0))


@dataclass(frozen=True, slots=True)
class SeriesDesign:
    """One series before and after, by the effect of `interrupted_series`, without control.

    At most 2,000 periods in all.
    """

    mean: float  # events a period
    n_before: int  # periods
    n_after: int
    season_length: float | None = None
    dispersion: float = 1.0
    lag_correlation: float = 0.0  # of one period with the next

    def distance(self, ratio: float) -> float:
        """Return the logarithm of the ratio over its standard error."""
        return float(np.log(ratio) / self._foreseen(ratio)[0])

    def freedom(self) -> float:
        """Return those of Newey and West's variance."""
        return self._foreseen(1.0)[1]

    def _foreseen(self, ratio: float) -> tuple[float, float]:
        _refuse_bad(self, ("mean", "n_before", "n_after", "dispersion"))
        if not 0 <= self.lag_correlation < 1:
            raise ValueError(f"lag_correlation={self.lag_correlation} must lie from 0 to below 1")
        n = self.n_before + self.n_after
        columns = design(n, self.n_before, self.season_length, 1)
        is_after = np.arange(n) >= self.n_before
        mean = self.mean * np.where(is_after, ratio, 1.0)
        inverse = np.asarray(np.linalg.inv(columns.T @ (columns * mean[:, None])), float)
        none = np.zeros(n)
        fit = Segmented(columns, np.zeros(columns.shape[1]), mean, none, self.dispersion * mean,
                        inverse, np.ones(n), self.dispersion, 0.0)  # fmt: skip
        average = columns[is_after].mean(axis=0) * np.isin(np.arange(columns.shape[1]), (2, 3))
        return foreseen(fit, self.lag_correlation, average)


Design = TwoCountsDesign | DisplacementDesign | PanelDesign | SeriesDesign


@dataclass(frozen=True, slots=True)
class DetectableEffect(Result):
    """The ratios nearest to 1 that would be found."""

    decrease: float  # ratio below 1; nan where even an end of all events would be missed
    increase: float  # ratio above 1
    degrees_of_freedom: float
    params: Mapping[str, Any] = field(hash=False)
    warnings: tuple[str, ...] = ()


def minimum_detectable_effect(
    design: Design,
    *,
    power: float = 0.8,
    alpha: float = 0.05,
    alternative: Alternative = "two-sided",
) -> DetectableEffect:
    """Return the smallest fall and the smallest rise that would be found with a given chance.

    design : `TwoCountsDesign`, `DisplacementDesign`, `PanelDesign` or `SeriesDesign`, which hold
        the events to be expected without the measure.
    power : chance that an effect so great is found.  alpha : level of the test.
    alternative : "less" looks for falls only, "greater" for rises; the other is nan.
    Asymptotic: noncentral t (or normal) about the expected estimate over its standard error.
    A measure whose likely effect lies between the two cannot be judged by this design.
    Source: Bloom (1995), Evaluation Review 19(5); Cohen (1988), Statistical Power Analysis.

    >>> found = minimum_detectable_effect(TwoCountsDesign(before=100))
    >>> round(found.decrease, 2), round(found.increase, 2)
    (0.63, 1.45)
    """
    for name, value in (("power", power), ("alpha", alpha)):
        if not 0 < value < 1:
            raise ValueError(f"{name}={value} must lie between 0 and 1")
    if power <= alpha:
        raise ValueError(f"power={power} must be above alpha={alpha}")

    def missing(log_ratio: float) -> float:
        return chance_to_find(design, np.exp(log_ratio), alpha, alternative) - power

    nan = float("nan")
    decrease = nan if alternative == "greater" else _edge(missing, np.log(LEAST_RATIO))
    increase = nan if alternative == "less" else _edge(missing, np.log(MOST_RATIO))
    said = {
        "even an end of all events would be missed: this design cannot tell.": (
            alternative != "greater" and np.isnan(decrease)
        ),
        "no rise, however great, would be found.": alternative != "less" and np.isnan(increase),
    }
    return DetectableEffect(
        decrease, increase, design.freedom(),
        params={"design": type(design).__name__, "power": power, "alpha": alpha,
                "alternative": alternative} | asdict(design),
        warnings=tuple(sentence for sentence, is_so in said.items() if is_so),
    )  # fmt: skip


def chance_to_find(
    design: Design, ratio: float, alpha: float = 0.05, alternative: Alternative = "two-sided"
) -> float:
    """Return the chance that an effect of this ratio is found, on the right side of 1.

    Source: noncentral t; see `minimum_detectable_effect`.

    >>> round(chance_to_find(TwoCountsDesign(before=100), 0.65), 2)
    0.76
    """
    if alternative not in ("two-sided", "less", "greater"):
        raise ValueError(f'alternative={alternative!r}; "two-sided", "less" or "greater"')
    if not 0 <= ratio < np.inf:
        raise ValueError(f"ratio={ratio} must be known, finite and not negative")
    if not 0 < alpha < 1:
        raise ValueError(f"alpha={alpha} must lie between 0 and 1")
    side = {"less": -1, "greater": 1}.get(alternative, -1 if ratio < 1 else 1)
    away = side * design.distance(ratio)
    freedom = design.freedom()
    tail = alpha / 2 if alternative == "two-sided" else alpha
    edge = float(-quantile(tail, np.asarray(freedom)))
    if np.isinf(freedom):
        return float(special.ndtr(away - edge))
    return float(1 - special.nctdtr(freedom, away, edge))


def _edge(missing: Callable[[float], float], far: float) -> float:
    """Return the ratio nearest to 1 from which on effects are found; nan if none is.

    The chance may fall again far out, where few events are left: the first crossing is taken.
    """
    steps = np.linspace(0, far, 200)
    beyond = next((k for k in range(1, 200) if missing(steps[k]) >= 0), None)
    if beyond is None:
        return float("nan")
    near, off = steps[beyond - 1], steps[beyond]
    for _ in range(50):
        middle = (near + off) / 2
        near, off = (near, middle) if missing(middle) >= 0 else (middle, off)
    return float(np.exp(off))


def _refuse_bad(design: Any, names: tuple[str, ...]) -> None:
    for name in names:
        value = getattr(design, name)
        if not (value > 0 and np.isfinite(value)):
            raise ValueError(f"{name}={value} must be above 0")
