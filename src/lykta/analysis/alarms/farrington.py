"""Does this week hold more than its own past led to expect? Farrington's method, both forms."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from typing import Any, ClassVar

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from lykta.analysis.alarms.baselines import FLEXIBLE_2013, FarringtonForm, Threshold
from lykta.analysis.alarms.charts import alarm_chart
from lykta.analysis.alarms.loglinear import Fit, fit
from lykta.analysis.alarms.series import Floats, Places, count_table, judged, over_series
from lykta.analysis.alarms.tails import at_least, largest_usual
from lykta.analysis.results import Result

Flags = NDArray[np.bool_]

FORGOTTEN = 0.02  # share of the variance that may be left out unsaid
SWAYING = 1.3  # variance over mean from which counts to the power 2/3 are skew
SMALL_MEAN = 5.0
USUAL_RESIDUAL = 2.0  # residuals below it are no outliers
ROWS_AT_ONCE = 200  # so that what is worked on stays in the processor's cache


@dataclass(frozen=True, slots=True)
class Farrington(Result):
    """The judged weeks of each series, a row for each: all weeks of the first series first."""

    COLUMNS: ClassVar[tuple[str, ...]] = (
        "series",
        "week",
        "count",
        "expected",
        "upper_bound",
        "exceedance",
        "p_upper",
        "q_value",
        "is_alarm",
        "dispersion",
        "is_trend_used",
        "trend",
    )

    series: Places
    week: Places  # place in the series
    count: Floats
    expected: Floats
    upper_bound: Floats  # largest count that is no alarm; nan where the week is not judged
    exceedance: Floats  # excess over expected, as a share of what an alarm takes: alarm above 1
    p_upper: Floats  # one-sided: of a count this high, or higher
    q_value: Floats  # over the series of the same week
    is_alarm: Flags
    dispersion: Floats  # variance over mean, at least 1
    is_trend_used: Flags
    trend: Floats  # change of the logarithm a week; nan where no trend is used
    params: dict[str, Any] = field(hash=False)
    warnings: tuple[str, ...] = ()

    def chart(self, series: int = 0) -> dict[str, Any]:
        """Return a Vega-Lite chart of the judged weeks of one series."""
        return alarm_chart({k: v[self.series == series] for k, v in self.columns().items()})


def farrington(
    counts: ArrayLike,
    *,
    form: FarringtonForm = FLEXIBLE_2013,
    threshold: Threshold | None = None,
    alpha: float = 0.01,
    n_now: int = 1,
) -> Farrington:
    """Return which of the last weeks hold more events than the weeks of years before foretell.

    counts : (weeks,) or (series, weeks) whole numbers, oldest first; each series by itself.
    form : FLEXIBLE_2013, ORIGINAL_1996, or one made from them.
    threshold : None takes the form's own.
        "nb" takes the negative binomial at the expected mean, as if that were known; "muan" at
        its upper limit, at level alpha; "delta" a normal distribution of counts to the power 2/3,
        with the variance of the mean added. "predictive" is "nb" with the variance of the mean
        added: it keeps alpha best where counts sway more than by chance.
    alpha : chance of a false alarm a week. Alarms are for high counts only and p is one-sided; the
        1996 form gives the high side half of alpha. With "muan" p depends on alpha.
    n_now : how many of the last weeks are judged, each from what was before it.
    A week with fewer than 5 events in it and the three before is not judged: nan, and no alarm.
    So is one whose past is too short, empty, or without a fit; `warnings` says how many.
    Raises ValueError for counts that are no counts, and a baseline of too few weeks.
    Source: Farrington et al. (1996), JRSS A 159(3); Noufaily et al. (2013), Statistics in Medicine
    32(7); "muan": Salmon et al. (2016), Journal of Statistical Software 70(10).

    >>> past = np.tile([6, 9, 8, 7], 80)
    >>> found = farrington(np.append(past, [8, 25]), n_now=2)
    >>> found.is_alarm.tolist(), found.upper_bound.tolist()
    ([False, True], [15.0, 14.0])
    """
    table = count_table(counts, alpha, n_now)
    form = form if threshold is None else replace(form, threshold=threshold)
    tail = alpha / 2 if form.is_alpha_shared else alpha
    series, week = judged(table, n_now)
    count = table[series, week]
    is_lively = _recent(table, form.recent_weeks)[series, week] >= form.fewest_events
    mean, error, dispersion, trend = _outlook(table, series, week, form)
    upper, p = bounds(count, (mean, error, dispersion), form.threshold, tail)
    upper, p = np.where(is_lively, upper, np.nan), np.where(is_lively, p, np.nan)
    room = np.where(upper > mean, upper - mean, np.nan)
    return Farrington(
        series=series,
        week=week,
        count=count,
        expected=mean,
        upper_bound=upper,
        exceedance=(count - mean) / room,
        p_upper=p,
        q_value=over_series(p, n_now),
        is_alarm=count > upper,
        dispersion=dispersion,
        is_trend_used=~np.isnan(trend),
        trend=trend,
        params=asdict(form) | {"alpha": alpha, "tail": tail, "n_now": n_now},
        warnings=(
            *_unjudged(week < form.baseline()[0].max(), mean, is_lively, form),
            *_doubts(mean, error, dispersion, form),
        ),
    )


def _recent(table: Floats, n_weeks: int) -> Floats:
    """Return the events of each week and those before it, `n_weeks` in all."""
    total = np.cumsum(table, axis=1)
    return total - np.pad(total, ((0, 0), (n_weeks, 0)))[:, :-n_weeks]


def _outlook(table: Floats, series: Places, week: Places, form: FarringtonForm) -> Floats:
    """Return for each judged week its mean, the standard error of the mean's logarithm, the
    dispersion and the trend: four rows, nan where nothing is found and where no trend is used.
    """
    outlook = np.full((4, len(week)), np.nan)
    ago, _ = form.baseline()
    long_enough = np.flatnonzero(week >= ago.max())
    for start in range(0, len(long_enough), ROWS_AT_ONCE):
        rows = long_enough[start : start + ROWS_AT_ONCE]
        past = table[series[rows][:, None], week[rows][:, None] - ago]
        is_known = past.any(axis=1)
        outlook[:, rows[is_known]] = _from_past(past[is_known], form)
    return outlook


def _from_past(past: Floats, form: FarringtonForm) -> Floats:
    """Return the outlook from (rows, weeks) of baseline, with a trend where it is to be kept."""
    if not form.may_have_trend:
        return _without_trend(past, form)
    found, scale = _weighed_fit(past, form, has_trend=True)
    is_kept = found.is_found & (found.now <= past.max(axis=1))
    if form.trend_level < 1:
        t = np.abs(found.slope) / np.sqrt(found.slope_variance * scale)
        is_kept &= 2 * special.stdtr(found.freedom, -t) < form.trend_level
    outlook = _read(found, scale, found.slope, form)
    outlook[:, ~is_kept] = _without_trend(past[~is_kept], form)
    return outlook


def _without_trend(past: Floats, form: FarringtonForm) -> Floats:
    found, scale = _weighed_fit(past, form, has_trend=False)
    return _read(found, scale, np.full(len(past), np.nan), form)


def _read(found: Fit, scale: Floats, trend: Floats, form: FarringtonForm) -> Floats:
    least = 1.0 if form.errors == "pearson" else 0.0
    error = np.sqrt(found.now_variance * np.maximum(scale, least))
    said = np.array([found.now, error, np.maximum(found.pearson, 1), trend])
    return np.where(found.is_found, said, np.nan)


def _weighed_fit(past: Floats, form: FarringtonForm, *, has_trend: bool) -> tuple[Fit, Floats]:
    """Return the fit in which past outbreaks weigh less, and what its variances are scaled by."""
    design = form.design(has_trend=has_trend)
    first = fit(past, np.ones_like(past), design)
    weights = _weights(past, first, form.outlier_above)
    found = fit(past, weights, design)
    if form.errors == "pearson":
        return found, found.pearson
    relative = np.sum(weights * (past / found.mean - 1) ** 2, axis=1)
    return found, relative / found.freedom


def _weights(past: Floats, first: Fit, outlier_above: float) -> Floats:
    """Return weights of mean 1: the inverse square of residuals that lie far above.

    Source: Farrington et al. (1996), with Anscombe's residuals of a Poisson mean.
    """
    raw = 1.5 * (past ** (2 / 3) * first.mean ** (-1 / 6) - first.mean**0.5)
    room = np.maximum(1 - first.leverage, 1e-12)
    residual = raw / np.sqrt(np.maximum(first.pearson, 1)[:, None] * room)
    weights = np.maximum(np.where(residual > outlier_above, residual, 1.0), 1e-6) ** -2.0
    return weights * (past.shape[1] / weights.sum(axis=1, keepdims=True))


def bounds(
    count: Floats, outlook: tuple[Floats, Floats, Floats], threshold: Threshold, tail: float
) -> tuple[Floats, Floats]:
    """Return the largest count that is no alarm, and the chance of one as high as that seen.

    outlook : mean, standard error of its logarithm, dispersion; (n,) each, nan where unknown.
    Source: Farrington et al. (1996) for "delta", Noufaily et al. (2013) for "nb".
    """
    mean, error, dispersion = outlook
    edge = -float(special.ndtri(tail))
    if threshold == "delta":
        power = 2 / 3
        spread = power * np.sqrt(mean ** (2 * power - 1) * (dispersion + mean * error**2))
        upper = (mean**power + edge * spread) ** (1 / power)
        return upper, special.ndtr((mean**power - count**power) / spread)
    level = mean * np.exp(edge * error) if threshold == "muan" else mean
    spread = dispersion + mean * error**2 if threshold == "predictive" else dispersion
    is_known = np.isfinite(level)
    upper, p = np.full((2, len(count)), np.nan)
    known = level[is_known], spread[is_known]
    upper[is_known] = largest_usual(*known, tail)
    p[is_known] = at_least(count[is_known], *known)
    return upper, p


def _unjudged(
    is_short: Flags, mean: Floats, is_lively: Flags, form: FarringtonForm
) -> Iterator[str]:
    n = len(mean)
    if count := np.count_nonzero(is_short):
        yield f"{count} of {n} weeks have too short a past to be judged"
    if count := np.count_nonzero(np.isnan(mean) & ~is_short):
        yield f"{count} of {n} weeks have a past without events, or without a fit"
    if count := np.count_nonzero(~is_lively):
        yield (
            f"{count} of {n} weeks are not judged: fewer than {form.fewest_events} events in the "
            f"last {form.recent_weeks} weeks"
        )


def _doubts(mean: Floats, error: Floats, dispersion: Floats, form: FarringtonForm) -> Iterator[str]:
    """Say what may make false alarms more than alpha."""
    known = ~np.isnan(mean)
    if not known.any():
        return
    sway = float(np.median(dispersion[known]))
    added = float(np.median((mean * error**2 / dispersion)[known]))
    remedy = "false alarms may be more than alpha; threshold='predictive' keeps it better"
    if form.threshold == "nb" and added > FORGOTTEN:
        yield (
            f"the mean is taken for known, though what is not known of it adds {added:.0%} to the "
            f"variance: {remedy}"
        )
    if form.threshold == "delta" and (sway > SWAYING or np.median(mean[known]) < SMALL_MEAN):
        yield f"counts so few or so uneven (dispersion {sway:.1f}) are not normal: {remedy}"
    if form.outlier_above < USUAL_RESIDUAL:
        yield (
            f"past weeks with residuals above {form.outlier_above:g} weigh less, which are many "
            "when nothing has happened: the dispersion is held too low, and false alarms are more "
            "than alpha"
        )
    if form.n_periods == 1:
        yield (
            f"with one level all {2 * form.half_window + 1} weeks around the same week of a year "
            "have one mean: where the season is steep, false alarms are more than alpha"
        )
