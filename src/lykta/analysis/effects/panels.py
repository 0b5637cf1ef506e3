"""Did a measure help, told from many places that got it at some time or never?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from lykta.analysis.effects.drawing import ratios
from lykta.analysis.effects.grids import NEVER, Grid, lay_out, poisson_panel
from lykta.analysis.effects.reading import Verdict, check_level, read_against
from lykta.analysis.effects.twoway import TwoWayFit, fit_two_way
from lykta.analysis.results import Result

Floats = NDArray[np.float64]

# Fewer clusters, and their sway cannot be known well.
ENOUGH_CLUSTERS = 20
# With fewer degrees of freedom than this the variance rests on a handful of places.
ENOUGH_FREEDOM = 8.0
# Where the fit takes all of the clusters' sway, no variance is left to be seen.
NO_VARIANCE = 1e-6
CONVENTION = "CRV1: G/(G-1) · (N-1)/(N-K), K of terms and periods; t with Satterthwaite's freedom"


@dataclass(frozen=True, slots=True)
class PoissonDid(Result):
    """The ratio between what happened with a measure and what would have without."""

    coefficient: float  # logarithm of the ratio
    standard_error: float  # of the coefficient, clusters allowed for
    ratio: float  # incidence rate ratio
    low: float
    high: float
    p: float
    degrees_of_freedom: float
    dispersion: float  # Pearson's statistic over its degrees of freedom
    deviance: float
    n_cells: int
    n_units: int  # with events
    n_clusters: int
    n_treated_clusters: int
    params: Mapping[str, Any] = field(hash=False)
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EventStudy(Result):
    """The ratio to the untreated, one row a period before or after the start."""

    COLUMNS: ClassVar[tuple[str, ...]] = (
        "relative", "coefficient", "standard_error", "ratio", "low", "high", "p",
        "degrees_of_freedom",
    )  # fmt: skip

    relative: NDArray[np.int64]  # periods since the start; the reference is left out
    coefficient: Floats
    standard_error: Floats
    ratio: Floats
    low: Floats
    high: Floats
    p: Floats
    degrees_of_freedom: Floats
    covariance: Floats  # (terms, terms), CRV1
    pre_trend_statistic: float  # Wald's, of all periods before the start
    pre_trend_p: float
    n_clusters: int
    params: Mapping[str, Any] = field(hash=False)
    warnings: tuple[str, ...] = ()

    def chart(self) -> dict[str, Any]:
        """Return a Vega-Lite chart of the ratios with their intervals."""
        return ratios(
            self.relative, self.ratio, self.low, self.high, x_title="periods since the start"
        )


def poisson_did(
    y: ArrayLike,
    unit: ArrayLike,
    time: ArrayLike,
    treated: ArrayLike,
    *,
    cluster: ArrayLike | None = None,
    exposure: ArrayLike | None = None,
    level: float = 0.95,
) -> PoissonDid:
    """Return the ratio of counts with a measure to those without, from a panel of places.

    y : (n,) events, one row a unit and period, in any order; rows may be missing.
    unit, time : (n,) what the row is of.  treated : (n,) 0 or 1, whether the measure is in place.
    cluster : (n,) groups of units that may sway together, one for each unit; the unit itself
        where none is given.  exposure : (n,) inhabitants, days …, > 0.
    Poisson maximum likelihood with an effect of each unit and period, right for any counts whose
    mean is so, however they sway. Standard errors CRV1: the outer product of the clusters'
    scores times G/(G-1) · (N-1)/(N-K), K counting terms and periods. p and interval use
    Student's t with Satterthwaite's degrees of freedom, at most G - 1, and the variance is freed
    from the bias it has for few clusters. Units and periods without events tell nothing and are
    left out. Supposes that without the measure all would have changed in the same proportion.
    Raises ValueError where the effect cannot be told from units and periods.
    Source: Wooldridge (1999), Journal of Econometrics 90(1); Cameron & Miller (2015), Journal of
    Human Resources 50(2); Bell & McCaffrey (2002), Survey Methodology 28(2).

    >>> y = [10, 20, 30, 40, 12, 9, 28, 25]
    >>> unit, time = [1, 1, 2, 2, 3, 3, 4, 4], [0, 1] * 4
    >>> found = poisson_did(y, unit, time, [0, 0, 0, 0, 0, 1, 0, 1])
    >>> round(found.ratio, 3), found.n_clusters
    (0.567, 4)
    """
    check_level(level)
    grid = lay_out(y, unit, time, treated, cluster=cluster, exposure=exposure)
    labels = np.where(grid.treated == 1, 0, -1)
    panel, kept = poisson_panel(grid, labels, 1)
    if not kept[0]:
        return _no_events(grid, level)
    fit = fit_two_way(panel)
    read = _read(fit, level)
    is_treated = np.zeros(panel.n_clusters, bool)
    is_treated[panel.cluster[(panel.labels == 0).any(axis=1)]] = True
    there = panel.exposure > 0
    n_fitted = len(panel.counts) + panel.counts.shape[1]
    return PoissonDid(
        float(fit.coefficients[0]), float(np.sqrt(fit.covariance[0, 0])),
        float(np.exp(fit.coefficients[0])), float(np.exp(read.low[0])),
        float(np.exp(read.high[0])), float(read.p[0]), float(fit.freedom[0]),
        _pearson(panel.counts[there], fit.expected[there], n_fitted),
        _deviance(panel.counts[there], fit.expected[there]),
        int(there.sum()), len(panel.counts), panel.n_clusters, int(is_treated.sum()),
        params=_params(cluster, exposure, level),
        warnings=_warnings(grid, fit, panel.n_clusters),
    )  # fmt: skip


def event_study(
    y: ArrayLike,
    unit: ArrayLike,
    time: ArrayLike,
    treated: ArrayLike,
    *,
    reference: int = -1,
    cluster: ArrayLike | None = None,
    exposure: ArrayLike | None = None,
    level: float = 0.95,
) -> EventStudy:
    """Return the ratio to the untreated in each period before and after the start of a measure.

    y, unit, time, treated, cluster, exposure : as in `poisson_did`; time in whole periods.
    A unit starts in its first treated period and stays treated.
    reference : period relative to the start that all others are set against.
    pre_trend_p : of Wald's statistic W of the q periods before the start, the reference aside,
        all being 1: (ν-q+1)/(νq) · W as F with q and ν-q+1 degrees of freedom (Hotelling), ν the
        mean of theirs; nan where that is below 1. A large p does not show that there is none.
    Standard errors, intervals and sources as in `poisson_did`.
    Source: Freyaldenhoven, Hansen, Pérez Pérez & Shapiro (2024), Visualization, Identification
    and Estimation in the Linear Panel Event-Study Design; Wooldridge (1999), J. Econometrics 90.

    >>> rng = np.random.default_rng(1)
    >>> unit, time = np.repeat(np.arange(40), 6), np.tile(np.arange(6), 40)
    >>> treated = (unit < 20) & (time >= 3)
    >>> found = event_study(rng.poisson(20 - 8 * treated), unit, time, treated)
    >>> found.relative.tolist(), found.ratio.round(1).tolist()
    ([-3, -2, 0, 1, 2], [1.0, 1.1, 0.7, 0.7, 0.7])
    """
    check_level(level)
    grid = lay_out(y, unit, time, treated, cluster=cluster, exposure=exposure)
    relative = grid.since_start()
    terms = np.unique(relative[(grid.exposure > 0) & (relative != NEVER)])
    if reference not in terms:
        raise ValueError(f"reference={reference} is none of the periods {terms.tolist()}")
    terms = terms[terms != reference]
    place = np.searchsorted(terms, relative)
    is_term = (terms[np.minimum(place, len(terms) - 1)] == relative) & (relative != NEVER)
    panel, kept = poisson_panel(grid, np.where(is_term, place, -1), len(terms))
    fit = fit_two_way(panel)
    read = _read(fit, level)
    wide = {
        name: _spread(values, kept)
        for name, values in {
            "coefficient": fit.coefficients,
            "standard_error": np.sqrt(np.diag(fit.covariance)),
            "low": np.exp(read.low), "high": np.exp(read.high), "p": read.p,
            "degrees_of_freedom": fit.freedom,
        }.items()
    }  # fmt: skip
    coefficient = np.where(kept, wide.pop("coefficient"), -np.inf)
    statistic, p = _pre_trend(fit, terms[kept] < 0)
    covariance = np.full((len(terms), len(terms)), np.nan)
    covariance[np.ix_(kept, kept)] = fit.covariance
    return EventStudy(
        relative=terms, coefficient=coefficient, ratio=np.exp(coefficient), **wide,
        covariance=covariance, pre_trend_statistic=statistic, pre_trend_p=p,
        n_clusters=panel.n_clusters,
        params=_params(cluster, exposure, level) | {"reference": reference},
        warnings=_warnings(grid, fit, panel.n_clusters, n_empty=int((~kept).sum())),
    )  # fmt: skip


def _read(fit: TwoWayFit, level: float) -> Verdict:
    """Return the test and interval of each coefficient, its variance freed from bias."""
    known = _is_known(fit)
    error = np.sqrt(np.where(known, np.diag(fit.covariance) / np.where(known, fit.bias, 1), np.nan))
    return read_against(fit.coefficients, error, fit.freedom, level, "two-sided")


def _is_known(fit: TwoWayFit) -> NDArray[np.bool_]:
    """Return of which terms the clusters show any sway."""
    seen = np.diag(fit.covariance) > NO_VARIANCE * np.diag(fit.model_covariance)
    return fit.has_settled & (fit.bias > NO_VARIANCE) & seen


def _spread(values: Floats, kept: NDArray[np.bool_]) -> Floats:
    """Return values in the places of the terms that were kept, nan in the others."""
    wide = np.full(len(kept), np.nan)
    wide[kept] = values
    return wide


def _pre_trend(fit: TwoWayFit, is_before: NDArray[np.bool_]) -> tuple[float, float]:
    """Return Wald's statistic of the terms before the start, and its p-value."""
    q = int(is_before.sum())
    if q == 0 or not fit.has_settled:
        return float("nan"), float("nan")
    size = np.sqrt(np.maximum(fit.bias[is_before], NO_VARIANCE))
    covariance = fit.covariance[np.ix_(is_before, is_before)] / size / size[:, None]
    gap = fit.coefficients[is_before]
    freedom = float(fit.freedom[is_before].mean())
    left = freedom - q + 1
    scale = np.sqrt(np.diag(covariance))
    if (
        left < 1
        or not scale.all()
        or np.linalg.eigvalsh(covariance / scale / scale[:, None])[0] < 1e-9
    ):
        return float("nan"), float("nan")
    statistic = float(gap @ np.linalg.solve(covariance, gap))
    return statistic, float(special.fdtrc(q, left, statistic * left / (freedom * q)))


def _pearson(counts: Floats, expected: Floats, n_fitted: int) -> float:
    freedom = len(counts) - n_fitted
    return float(np.sum((counts - expected) ** 2 / expected) / freedom) if freedom > 0 else np.nan


def _deviance(counts: Floats, expected: Floats) -> float:
    return float(2 * np.sum(special.xlogy(counts, counts / expected) - counts + expected))


def _params(cluster: ArrayLike | None, exposure: ArrayLike | None, level: float) -> dict[str, Any]:
    return {
        "cluster": "unit" if cluster is None else "given",
        "exposure": "1" if exposure is None else "given",
        "level": level,
        "standard_error": CONVENTION,
    }


def _no_events(grid: Grid, level: float) -> PoissonDid:
    """Return that nothing was counted with the measure, and that no interval can be given."""
    nan = float("nan")
    return PoissonDid(
        -np.inf, nan, 0.0, nan, nan, nan, nan, nan, nan, int((grid.exposure > 0).sum()),
        int((grid.counts.sum(axis=1) > 0).sum()), len(np.unique(grid.cluster)),
        len(np.unique(grid.cluster[(grid.treated == 1).any(axis=1)])),
        params={"level": level},
        warnings=("no events with the measure in place: the ratio is 0 without an interval.",),
    )  # fmt: skip


def _warnings(grid: Grid, fit: TwoWayFit, n_clusters: int, *, n_empty: int = 0) -> tuple[str, ...]:
    first = grid.first_treated()
    starts = np.unique(first[first < grid.counts.shape[1]])
    n_silent = int((grid.counts.sum(axis=1) == 0).sum())
    said = {
        f"{n_clusters} clusters: fewer than {ENOUGH_CLUSTERS} tell little of how they sway.": (
            n_clusters < ENOUGH_CLUSTERS
        ),
        f"the variance has {fit.freedom.min():.1f} degrees of freedom: it rests on a few clusters "
        "and the normal law of their scores; read p and interval with care.": bool(
            fit.freedom.min() < ENOUGH_FREEDOM
        ),
        "too few clusters, or counts too even, to see any sway: no p and no interval.": bool(
            fit.has_settled and not _is_known(fit).all()
        ),
        "measures start at different times: where the effect grows or differs between starts the "
        "ratio is a mixture of effects with weights that may be negative.": len(starts) > 1,
        f"{n_silent} units without events tell nothing and are left out.": n_silent > 0,
        f"{n_empty} periods since the start are without events: ratio 0, no interval.": n_empty > 0,
        "the fit does not settle: some effect has no end, and nothing can be told.": (
            not fit.has_settled
        ),
    }
    return tuple(sentence for sentence, is_so in said.items() if is_so)
