"""Did a series change when the measure came, beyond its trend, its season and its like?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lykta.analysis.effects.drawing import two_lines
from lykta.analysis.effects.reading import check_level
from lykta.analysis.effects.segments import (
    Segmented,
    contrast,
    design,
    lag_correlation,
    n_lags,
    negative_binomial,
    poisson_many,
    quasi_poisson,
)
from lykta.analysis.results import Result

Floats = NDArray[np.float64]

# Shorter, and trend and season cannot be told from the measure.
SHORTEST_BEFORE, SHORTEST_AFTER = 24, 8
SEASONS_NEEDED = 1.5
# Fewer, and there is no mean whose logarithm has a normal error.
FEWEST_EVENTS = 10
# Counts that sway less show no error to reckon with; a mean so low has lost its way.
LEAST_DISPERSION, LEAST_MEAN = 0.01, 1e-6
# Fewer dates to try give no rank worth the name.
ENOUGH_DATES = 10
ENOUGH_FREEDOM = 4.0
# From here on a series wanders so much that p is somewhat too small (see the calibration).
STRONG_CORRELATION = 0.4


class Effect(NamedTuple):
    """A ratio with its interval."""

    ratio: float
    low: float
    high: float
    p: float
    degrees_of_freedom: float


@dataclass(frozen=True, slots=True)
class InterruptedSeries(Result):
    """A series before and after a measure, one row a period."""

    COLUMNS: ClassVar[tuple[str, ...]] = ("observed", "expected", "without_measure")

    observed: Floats
    expected: Floats  # by the fitted mean
    without_measure: Floats  # had level and trend gone on, and the control's change been shared
    effect: Effect  # geometric mean over the periods after, of with over without
    level_change: Effect  # at the start
    trend_change: Effect  # a period
    dispersion: float  # variance over mean
    lag_correlation: float  # of one period with the next
    placebo_dates: NDArray[np.int64]  # dates before the measure, tried as if it had come then
    placebo_p: float  # rank of the measure's own date among them
    n_before: int
    params: Mapping[str, Any] = field(hash=False)
    warnings: tuple[str, ...] = ()

    def chart(self) -> dict[str, Any]:
        """Return a Vega-Lite chart of the counts and, dashed, what they would have been."""
        return two_lines(
            self.observed, self.without_measure, start=self.n_before, y_title="events a period"
        )


def interrupted_series(
    counts: ArrayLike,
    n_before: int,
    *,
    season_length: float | None,
    n_waves: int = 1,
    control: ArrayLike | None = None,
    model: Literal["quasi-poisson", "negative-binomial"] = "quasi-poisson",
    has_placebo: bool = True,
    level: float = 0.95,
) -> InterruptedSeries:
    """Return how a series changed at a date, as ratios to what it would have been without.

    counts : (n,) events in equally long periods in order of time, at most 2,000.
    n_before : the first so many, at least 24, are before the measure; at least 8 after it.
    season_length : periods in a year, 12 or 52.18, or None for no season; left out with a
        warning where less than a season and a half lies before the measure.
    n_waves : sine waves a season.
    control : (n,) events where no measure came; the logarithms of its changes are subtracted.
    model : variance a multiple of the mean, or mean + extra · mean².
    The logarithm of the mean is a level, a trend, waves, and from the measure on a change of
    level and of trend. Errors allow for periods that go together: Newey and West's, Bartlett
    weights on 1.3 √n lags, freed from its bias in short series under a working
    autoregression, with Student's t on Satterthwaite's degrees of freedom, which is a little
    wide in its tails: some 4 % where 5 % is asked for.
    has_placebo : False spares the time that `placebo_p` takes; it is then nan.
    placebo_p : the quasi-Poisson z of the effect, ranked among those of all dates before the
        measure with 24 periods before and 8 after, fitted to what lies before the measure alone;
        (1 + number as far from 0) / (dates + 1). The dates overlap: a description, no test.
    Source: Wagner, Soumerai, Zhang & Ross-Degnan (2002), J. Clinical Pharmacy and Therapeutics
    27(4); Lopez Bernal, Cummins & Gasparrini (2017, 2018), Int. J. Epidemiology 46(1), 47(6).

    >>> counts = np.repeat([30, 20], [48, 24]) + np.tile([1, -1, 0, 2, -2, 0], 12)
    >>> found = interrupted_series(counts, 48, season_length=12)
    >>> round(found.effect.ratio, 2), found.effect.p < 0.01
    (0.67, True)
    """
    check_level(level)
    y = _series("counts", counts, n_before)
    other = None if control is None else _series("control", control, n_before)
    if other is not None and len(other) != len(y):
        raise ValueError(f"control has {len(other)} periods and counts has {len(y)}")
    if model not in ("quasi-poisson", "negative-binomial"):
        raise ValueError(f'model={model!r}; "quasi-poisson" or "negative-binomial"')
    season = season_length if _is_season_seen(season_length, n_waves, n_before) else None
    columns = design(len(y), n_before, season, n_waves)
    both = [each for each in (y, other) if each is not None]
    fit = quasi_poisson if model == "quasi-poisson" else negative_binomial
    fits = [fit(each, columns) for each in both]
    correlations = [lag_correlation(each) for each in fits]
    weights = np.eye(columns.shape[1])[2:4]
    weights[1] /= len(y)  # the columns count time in lengths of the series
    average = columns[n_before:].mean(axis=0) * np.isin(np.arange(columns.shape[1]), (2, 3))
    effect, at_start, trend = (
        _effect(fits, correlations, each, level) for each in (average, *weights)
    )
    dates, placebo_p = np.zeros(0, np.int64), float("nan")
    if has_placebo:
        dates, placebo_p = _placebo(both, n_before, season, n_waves)
    return InterruptedSeries(
        y.copy(), fits[0].expected, _without(fits), effect, at_start, trend, fits[0].dispersion,
        correlations[0], dates, placebo_p, n_before,
        params={
            "n_before": n_before, "season_length": season, "n_waves": n_waves,
            "control": "none" if control is None else "given", "model": model, "level": level,
            "n_lags": n_lags(len(y)),
        },
        warnings=_warnings(
            fits, max(correlations), effect, is_season_out=season_length != season,
            is_placebo_out=has_placebo and bool(np.isnan(placebo_p))
        ),
    )  # fmt: skip


def _series(name: str, values: ArrayLike, n_before: int) -> Floats:
    y = np.asarray(values, float)
    if y.ndim != 1 or not np.all(np.isfinite(y)) or np.any(y < 0):
        raise ValueError(f"{name} must be a column of counts, none negative, missing or infinite")
    if n_before < SHORTEST_BEFORE or len(y) - n_before < SHORTEST_AFTER:
        raise ValueError(
            f"n_before={n_before} of {len(y)} periods; at least {SHORTEST_BEFORE} before and "
            f"{SHORTEST_AFTER} after are needed"
        )
    before, after = y[:n_before].sum(), y[n_before:].sum()
    if min(before, after) < FEWEST_EVENTS:
        raise ValueError(
            f"{name} holds {before:g} events before and {after:g} after the measure; at least "
            f"{FEWEST_EVENTS} of each are needed"
        )
    return y


def _is_season_seen(season_length: float | None, n_waves: int, n_before: int) -> bool:
    if season_length is None:
        return False
    if not season_length > 2 * n_waves or n_waves < 1:
        raise ValueError(
            f"season_length={season_length}, n_waves={n_waves}; a wave needs more than 2 periods"
        )
    return n_before >= SEASONS_NEEDED * season_length


def _effect(
    fits: list[Segmented], correlations: list[float], weights: Floats, level: float
) -> Effect:
    estimate, read, freedom = contrast(fits, correlations, weights, level)
    if any(map(_has_no_error, fits)):
        return Effect(float(np.exp(estimate)), np.nan, np.nan, np.nan, np.nan)
    with np.errstate(over="ignore"):  # an interval without end
        ratio, low, high = (float(np.exp(edge)) for edge in (estimate, read.low, read.high))
    return Effect(ratio, low, high, float(read.p), freedom)


def _has_no_error(fit: Segmented) -> bool:
    """Return whether a fit is so close, or so far out, that its error cannot be told."""
    return fit.dispersion < LEAST_DISPERSION or float(fit.expected.min()) < LEAST_MEAN


def _without(fits: list[Segmented]) -> Floats:
    """Return the mean had the measure not come: its own level and trend, the control's change."""
    is_change = np.zeros(fits[0].design.shape[1])
    is_change[2:4] = 1
    change = fits[0].coefficients * is_change
    if len(fits) > 1:
        change = change - fits[1].coefficients * is_change
    return np.asarray(fits[0].expected * np.exp(-fits[0].design @ change))


def _placebo(
    series: list[Floats], n_before: int, season: float | None, n_waves: int
) -> tuple[NDArray[np.int64], float]:
    """Return the dates tried before the measure, and the rank of its own among them."""
    dates = np.arange(SHORTEST_BEFORE, n_before - SHORTEST_AFTER + 1)
    if len(dates) < ENOUGH_DATES:
        return dates, float("nan")
    own = _statistics(series, np.array([n_before]), season, n_waves)
    tried = _statistics([each[:n_before] for each in series], dates, season, n_waves)
    return dates, float((1 + np.sum(np.abs(tried) >= abs(own[0]))) / (len(dates) + 1))


def _statistics(
    series: list[Floats], dates: NDArray[np.int64], season: float | None, n_waves: int
) -> Floats:
    """Return the quasi-Poisson z of the effect at each date."""
    designs = design(len(series[0]), dates[:, None], season, n_waves)
    after = np.arange(len(series[0])) >= dates[:, None]
    weights = (designs * after[..., None]).sum(axis=1) / after.sum(axis=1)[:, None]
    weights[:, [*range(2), *range(4, designs.shape[2])]] = 0
    gap, variance = np.zeros(len(dates)), np.zeros(len(dates))
    for sign, each in zip((1, -1), series, strict=False):
        beta, inverse, phi = poisson_many(each, designs)
        gap += sign * (beta * weights).sum(axis=1)
        variance += phi * np.einsum("mk,mkl,ml->m", weights, inverse, weights)
    return gap / np.sqrt(np.maximum(variance, 1e-300))


def _warnings(
    fits: list[Segmented], lag: float, effect: Effect, *, is_season_out: bool, is_placebo_out: bool
) -> tuple[str, ...]:
    few = min(float(fit.expected.mean()) for fit in fits)
    said = {
        "the counts follow the fitted mean to the letter, or the fit has no end: no interval can "
        "be told.": any(map(_has_no_error, fits)),
        "less than a season and a half before the measure: the season is left out, and may pass "
        "for an effect.": is_season_out,
        f"one period goes with the next by {lag:.2f}: the series wanders by itself and p may be "
        "too small.": lag > STRONG_CORRELATION,
        f"the variance has {effect.degrees_of_freedom:.1f} degrees of freedom; read p and "
        "interval with care.": effect.degrees_of_freedom < ENOUGH_FREEDOM,
        f"{few:.1f} events a period: too few for the normal law of a mean's logarithm.": few < 2,
        "too few dates before the measure to try it on.": is_placebo_out,
    }
    return tuple(sentence for sentence, is_so in said.items() if is_so)
