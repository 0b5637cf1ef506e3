"""Whether groups or years differ, with an answer for how many pairs are looked at."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray
from scipy import special

from lykta.analysis.results import VEGA_LITE, Result
from lykta.analysis.surveys.estimates import Estimate

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Differences(Result):
    """The first of each pair less the second."""

    COLUMNS: ClassVar[tuple[str, ...]] = (
        "first", "second", "difference", "se", "low", "high", "p_two_sided", "p_holm",
    )  # fmt: skip

    first: Integers
    second: Integers
    difference: Floats
    se: Floats
    low: Floats  # of each pair by itself
    high: Floats
    p_two_sided: Floats  # of each pair by itself
    p_holm: Floats  # the chance of any false finding among all pairs is kept to its level
    params: dict[str, Any] = field(hash=False)
    warnings: tuple[str, ...] = ()

    def chart(self) -> dict[str, Any]:
        """Return a Vega-Lite picture of the differences and their intervals."""
        rows = [
            {"pair": f"{a + 1} − {b + 1}", "difference": d, "low": low, "high": high}
            for a, b, d, low, high in zip(
                *(self.columns()[name].tolist() for name in self.COLUMNS[:3]),
                self.low.tolist(), self.high.tolist(), strict=True,
            )
        ]  # fmt: skip
        pair = {"field": "pair", "type": "nominal", "sort": None, "title": None}
        across = {"field": "low", "type": "quantitative", "title": "difference"}
        return {
            "$schema": VEGA_LITE,
            "data": {"values": rows},
            "encoding": {"y": pair},
            "layer": [
                {"mark": "rule", "encoding": {"x": across, "x2": {"field": "high"}}},
                {"mark": "point", "encoding": {"x": across | {"field": "difference"}}},
                {"mark": {"type": "rule", "strokeDash": [4, 4]}, "encoding": {"x": {"datum": 0}}},
            ],
        }


def differences(
    estimates: Sequence[Estimate],
    *,
    is_one_sample: bool,
    pairs: Sequence[tuple[int, int]] | None = None,
    level: float = 0.95,
) -> Differences:
    """Return the difference of each pair of estimates, with p-values for all pairs together.

    estimates : from `weighted_mean`, such as one a group (its `domain`) or one a year.
    is_one_sample : True for groups within one sample, whose errors go together; they must share
        design and method. False for samples drawn each by itself, as in different years.
    pairs : (first, second) places in `estimates`; all pairs where not given.
    Two-sided t tests; degrees of freedom: the smaller of the two in one sample,
    Welch and Satterthwaite's for two. nan where neither estimate has any error to go by.
    Source: Holm (1979), Scandinavian Journal of Statistics 6(2); Satterthwaite (1946), Biometrics
    Bulletin 2(6).

    >>> from lykta.analysis import weighted_mean
    >>> years = [weighted_mean(y, [1] * 6) for y in ([1, 2, 2, 3, 1, 3], [4, 5, 5, 4, 6, 6])]
    >>> differences(years, is_one_sample=False).difference.tolist()
    [-3.0]
    """
    if len(estimates) < 2:
        raise ValueError(f"{len(estimates)} estimates; at least 2 are needed")
    if not 0 < level < 1:
        raise ValueError(f"level={level} must lie between 0 and 1")
    first, second = _pairs(len(estimates), pairs)
    means = np.array([one.estimate for one in estimates])
    freedoms = np.array([one.freedom for one in estimates], float)
    if is_one_sample:
        _refuse_strangers(estimates)
        parts = np.stack([one.parts for one in estimates])
        variance = np.array(
            [np.sum((parts[a] - parts[b]) ** 2) for a, b in zip(first, second, strict=True)]
        )
        freedom = np.minimum(freedoms[first], freedoms[second])
    else:
        own = np.array([one.se**2 for one in estimates])
        variance = own[first] + own[second]
        weight = own**2 / freedoms
        whole = weight[first] + weight[second]
        freedom = np.divide(variance**2, whole, out=np.ones_like(whole), where=whole > 0)
    gap, se = means[first] - means[second], np.sqrt(variance)
    with np.errstate(divide="ignore", invalid="ignore"):
        score = np.where(se > 0, gap / se, np.nan)
    p = 2 * special.stdtr(freedom, -np.abs(score))
    half = np.where(se > 0, -special.stdtrit(freedom, (1 - level) / 2) * se, np.nan)
    return Differences(
        first, second, gap, se, gap - half, gap + half, p, holm(p),
        {"is_one_sample": is_one_sample, "n_pairs": len(first), "level": level},
        _warnings(estimates, p),
    )  # fmt: skip


def holm(p: Floats) -> Floats:
    """Return p-values such that the chance of any false finding is kept; nan takes no part."""
    result = np.full(len(p), np.nan)
    known = np.flatnonzero(np.isfinite(p))
    order = known[np.argsort(p[known], kind="stable")]
    stepped = p[order] * np.arange(len(order), 0, -1)
    result[order] = np.minimum(np.maximum.accumulate(stepped), 1.0)
    return result


def _pairs(n: int, pairs: Sequence[tuple[int, int]] | None) -> tuple[Integers, Integers]:
    chosen = np.array(list(combinations(range(n), 2)) if pairs is None else pairs, np.int64)
    if chosen.ndim != 2 or chosen.shape[1] != 2 or not np.all((chosen >= 0) & (chosen < n)):
        raise ValueError(f"pairs must be pairs of places from 0 to {n - 1}")
    if np.any(chosen[:, 0] == chosen[:, 1]):
        raise ValueError("pairs must not set an estimate against itself")
    return chosen[:, 0], chosen[:, 1]


def _refuse_strangers(estimates: Sequence[Estimate]) -> None:
    """Refuse estimates whose errors cannot be set side by side, unit by unit."""
    ground = estimates[0]
    for other in estimates[1:]:
        is_same = np.array_equal(ground.unit_of, other.unit_of)
        if not is_same or ground.params["method"] != other.params["method"]:
            raise ValueError("is_one_sample=True needs estimates of one sample, design and method")


def _warnings(estimates: Sequence[Estimate], p: Floats) -> tuple[str, ...]:
    said = dict.fromkeys(warning for one in estimates for warning in one.warnings)
    if np.isnan(p).any():
        said[f"{np.isnan(p).sum()} of {len(p)} differences cannot be told: no error is seen."] = (
            None
        )
    return tuple(said)
