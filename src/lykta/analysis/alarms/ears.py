"""Does this week hold more than the few weeks before it? EARS, for series without a long past."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from lykta.analysis.alarms.charts import alarm_chart
from lykta.analysis.alarms.series import Floats, Places, count_table, judged, over_series
from lykta.analysis.results import Result

Method = Literal["C1", "C2", "C3"]
Limit = Literal["normal", "t"]

GAPS: dict[Method, int] = {"C1": 0, "C2": 2, "C3": 2}  # weeks between baseline and week judged
LAGS: dict[Method, int] = {
    "C1": 0,
    "C2": 0,
    "C3": 2,
}  # weeks before it whose own excess is added up
SMALL_MEAN = 5.0
CLEARLY = 0.01  # p-value from which something is said of how the counts sway
SHORTEST_PAST = 30  # weeks, to say anything of seasons


@dataclass(frozen=True, slots=True)
class Ears(Result):
    """The judged weeks of each series, a row for each: all weeks of the first series first."""

    COLUMNS: ClassVar[tuple[str, ...]] = (
        "series",
        "week",
        "count",
        "expected",
        "upper_bound",
        "statistic",
        "p_upper",
        "q_value",
        "is_alarm",
        "dispersion",
    )

    series: Places
    week: Places  # place in the series
    count: Floats
    expected: Floats  # mean of the baseline; nan where the week is not judged
    upper_bound: Floats
    statistic: Floats  # C1, C2 or C3, in standard deviations
    p_upper: Floats  # one-sided; nan where the baseline does not vary
    q_value: Floats  # over the series of the same week
    is_alarm: NDArray[np.bool_]
    dispersion: Floats  # variance over mean of the baseline
    params: dict[str, Any] = field(hash=False)
    warnings: tuple[str, ...] = ()

    def chart(self, series: int = 0) -> dict[str, Any]:
        """Return a Vega-Lite chart of the judged weeks of one series."""
        return alarm_chart({k: v[self.series == series] for k, v in self.columns().items()})


def ears(
    counts: ArrayLike,
    method: Method = "C1",
    *,
    n_baseline: int = 7,
    alpha: float = 0.001,
    limit: Limit = "normal",
    min_sd: float = 0.0,
    n_now: int = 1,
) -> Ears:
    """Return which of the last weeks lie far above the mean of the few weeks before.

    counts : (weeks,) or (series, weeks) whole numbers, oldest first; each series by itself.
    method : "C1" learns from the `n_baseline` weeks just before, "C2" leaves two weeks between,
        "C3" adds up by how much C2 exceeded 1 in each of the two weeks before; its bound lies as
        far above this week's count as that sum falls short, so it tells of a rise that lasts, late.
    n_baseline : weeks, at least 3.  min_sd : a standard deviation (with limit="t" of the
        square roots) is taken for no smaller.
    alpha : chance of a false alarm a week, where there is neither season nor trend.
    limit : "normal" is the published one. It takes the mean and standard deviation of the few
        weeks for known, so that false alarms are more than alpha. "t" foretells one more value,
        among square roots of counts, which sway evenly, and keeps alpha for means above 5. C3 has
        no level: its alpha is that of a normal variable of the same size.
    n_now : how many of the last weeks are judged, each from what was before it.
    Alarms are for high counts only and p is one-sided. A week with too few weeks before it is not
    judged: nan, and no alarm. Standard deviations have n - 1 below. Where the baseline does not
    vary (and min_sd is 0) its mean is the bound and p is nan.
    Raises ValueError for counts that are no counts, and for what no EARS has.
    Source: Hutwagner et al. (2003), Journal of Urban Health 80(2), suppl. 1; C3 as in Salmon et
    al. (2016), Journal of Statistical Software 70(10); "t": Bartlett (1936), JRSS suppl. 3(1), for
    square roots.

    >>> found = ears([4, 6, 5, 7, 5, 4, 6, 15])
    >>> found.is_alarm.tolist(), found.upper_bound.round(2).tolist()
    ([True], [8.72])
    """
    table = count_table(counts, alpha, n_now)
    _check(method, limit, n_baseline, min_sd)
    series, week = judged(table, n_now)
    reach = n_now + LAGS[method] + GAPS[method] + n_baseline
    count = table[:, -reach:]  # what the judged weeks hang on
    expected, sway = _before(count, n_baseline, GAPS[method])
    dispersion = sway**2 / np.where(expected > 0, expected, np.nan)
    value = np.sqrt(count) if limit == "t" else count
    mean, sd = _before(value, n_baseline, GAPS[method])
    sd = np.maximum(sd, min_sd)
    statistic = _excess(value - mean, sd)
    start, reached = mean, np.zeros_like(mean)
    if method == "C3":
        start, statistic = value, _carried(statistic)
        reached = statistic
    edge, p = _level(statistic, alpha, n_baseline, limit)
    with np.errstate(invalid="ignore"):  # no spread, and an excess without end
        upper = np.maximum(0, start + np.where(sd > 0, sd * (edge - reached), 0 * mean))
    upper = upper**2 if limit == "t" else upper
    found = {
        "expected": expected,
        "upper_bound": upper,
        "statistic": statistic,
        "p_upper": np.where(sd > 0, p, np.nan),
        "is_alarm": count > upper,
        "dispersion": dispersion,
    }
    rows = {name: table[:, -n_now:].reshape(-1) for name, table in found.items()}
    return Ears(
        series=series,
        week=week,
        count=table[series, week],
        q_value=over_series(rows["p_upper"], n_now),
        params={
            "method": method,
            "n_baseline": n_baseline,
            "alpha": alpha,
            "limit": limit,
            "min_sd": min_sd,
            "n_now": n_now,
        },
        warnings=(
            *_warnings(rows, dispersion[:, -1], n_baseline, method, limit),
            *_seasons(table),
        ),
        **rows,
    )


def _check(method: Method, limit: Limit, n_baseline: int, min_sd: float) -> None:
    for name, value, known in (("method", method, Method), ("limit", limit, Limit)):
        if value not in get_args(known):
            raise ValueError(f"{name}={value!r} must be one of {get_args(known)}")
    if method == "C3" and limit == "t":
        raise ValueError("limit='t' is for C1 and C2: nothing exact is known of C3")
    if n_baseline < 3:
        raise ValueError(f"n_baseline={n_baseline}; at least 3 weeks are needed")
    if not 0 <= min_sd < np.inf:
        raise ValueError(f"min_sd={min_sd} must be 0 or more")


def _before(count: Floats, n_baseline: int, gap: int) -> tuple[Floats, Floats]:
    """Return mean and standard deviation of the weeks before each week; nan where too few are."""
    head = n_baseline + gap
    windows = np.full((*count.shape, n_baseline), np.nan)
    if count.shape[1] > head:
        slices = np.lib.stride_tricks.sliding_window_view(count, n_baseline, axis=1)
        windows[:, head:] = slices[:, : count.shape[1] - head]
    return windows.mean(axis=2), windows.std(axis=2, ddof=1)


def _excess(above: Floats, sd: Floats) -> Floats:
    """Return how many standard deviations that is; where there are none, all or nothing."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(above == 0, 0.0, above / sd)


def _carried(excess: Floats) -> Floats:
    """Return the sum of what the excess over 1 was in the two weeks before each week."""
    over = np.pad(np.maximum(0, excess - 1), ((0, 0), (2, 0)), constant_values=np.nan)
    return over[:, :-2] + over[:, 1:-1]


def _level(statistic: Floats, alpha: float, n_baseline: int, limit: Limit) -> tuple[float, Floats]:
    """Return the statistic at which alarm is raised, and the chance of one as high as that seen."""
    if limit == "normal":
        return -float(special.ndtri(alpha)), special.ndtr(-statistic)
    widen, freedom = np.sqrt(1 + 1 / n_baseline), n_baseline - 1
    edge = -float(special.stdtrit(freedom, alpha)) * widen
    return edge, special.stdtr(freedom, -statistic / widen)


def _warnings(
    rows: dict[str, Floats], dispersion: Floats, n_baseline: int, method: Method, limit: Limit
) -> Iterator[str]:
    mean, n = rows["expected"], len(rows["expected"])
    if method == "C3":
        yield "C3 has no known level: false alarms may be far more or fewer than alpha"
    elif limit == "normal":
        yield (
            f"the limit takes what {n_baseline} weeks say of mean and spread for the truth: false "
            "alarms are more than alpha (limit='t' allows for it)"
        )
    if count := np.count_nonzero(np.isnan(rows["statistic"])):
        yield f"{count} of {n} weeks have too few weeks before them to be judged"
    if count := np.count_nonzero(mean < SMALL_MEAN):
        yield f"{count} of {n} weeks expect fewer than {SMALL_MEAN:g}: too few for a normal limit"
    if count := np.count_nonzero(np.isnan(rows["p_upper"]) & ~np.isnan(rows["statistic"])):
        yield f"{count} of {n} baselines do not vary, so any rise is an alarm: set min_sd"
    known = dispersion[~np.isnan(dispersion)]
    freedom = len(known) * (n_baseline - 1)
    if freedom and special.chdtrc(freedom, known.sum() * (n_baseline - 1)) < CLEARLY:
        yield (
            f"counts sway {known.mean():.1f} times as much as by chance alone: season, clustering "
            "or skew, which EARS ignores, raise false alarms"
        )


def _seasons(table: Floats) -> Iterator[str]:
    """Say so if weeks resemble their neighbours: what rises for long is no surprise."""
    off = table - table.mean(axis=1, keepdims=True)
    square = np.sum(off**2, axis=1)
    off, square = off[square > 0], square[square > 0]
    if not off.size or off.shape[1] < SHORTEST_PAST:
        return
    alike = float(np.mean(np.sum(off[:, 1:] * off[:, :-1], axis=1) / square))
    if special.ndtr(-alike * np.sqrt(off.size)) < CLEARLY:
        yield (
            f"weeks are like the weeks before them (correlation {alike:.2f}): where a season or "
            "trend rises, EARS raises false alarms"
        )
