"""Does a forecast beat the simplest guesses, week after week, knowing only the past?"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, ClassVar

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from lykta.analysis.forecasts.accuracy import ranked, sums_within, whole_cells
from lykta.analysis.forecasts.resampling import FEWEST_UNITS, LEVEL, mean_interval
from lykta.analysis.results import VEGA_LITE, Result

Floats = NDArray[np.float64]
Forecast = Callable[[Floats], ArrayLike]

BETTER = "better than the baseline"
NO_BETTER = "no better than the baseline"
CANNOT_TELL = "cannot tell"

LOSSES = ("deviance", "absolute_error", "pai")
SEASON_LENGTH = 52
MEAN_OF = 8  # weeks
# A gain smaller than this share of the baseline's loss is not worth a method of its own.
WORTHWHILE = 0.02
# PAI is told of the tenth of the area forecast highest.
AREA_SHARE = 0.1
# Errors hang together while the means that made them share weeks.
BLOCK = 6


@dataclass(frozen=True, slots=True)
class Backtest(Result):
    """What a forecast and the naive baselines would have lost, and whether it paid.

    Losses are means over series and weeks; less is better, but of `pai` more is.
    """

    COLUMNS: ClassVar[tuple[str, ...]] = ("method", "deviance", "absolute_error", "pai")

    method: NDArray[np.str_]  # the forecast first, then the baselines
    deviance: Floats  # Poisson
    absolute_error: Floats
    pai: Floats  # at a tenth of the area; nan where no areas were given
    baseline: str  # the best of them, by the loss that decides
    gain: float  # what the forecast saves of that loss (PAI: adds to it)
    gain_low: float
    gain_high: float
    verdict: str  # BETTER, NO_BETTER or CANNOT_TELL
    predicted: Floats  # (series, n_test) what was forecast
    params: dict[str, Any] = field(hash=False)
    warnings: tuple[str, ...] = ()

    def chart(self) -> dict[str, Any]:
        """Return a Vega-Lite picture of the loss that decides, method by method."""
        loss = self.params["loss"]
        rows = [
            {"method": str(name), "loss": round(float(value), 6)}
            for name, value in zip(self.method, getattr(self, loss), strict=True)
        ]
        title = {"deviance": "Poisson deviance", "absolute_error": "Mean absolute error"}
        return {
            "$schema": VEGA_LITE,
            "data": {"values": rows},
            "mark": "bar",
            "encoding": {
                "y": {"field": "method", "type": "nominal", "sort": None, "title": None},
                "x": {"field": "loss", "type": "quantitative", "title": title.get(loss, "PAI")},
            },
        }


def backtest(
    counts: ArrayLike,
    forecast: Forecast,
    *,
    n_test: int,
    area_m2: ArrayLike | None = None,
    loss: str = "deviance",
    n_bootstrap: int = 1999,
    rng: np.random.Generator | int | None = None,
) -> Backtest:
    """Return how a forecast of next week would have done in each of the last weeks.

    counts : (series, weeks) events ≥ 0.
    forecast : called once a test week with a copy of the weeks before it, (series, weeks so far),
        and nothing later; returns (series,) expected counts ≥ 0 of the next week.
    n_test : weeks to forecast, the last ones; at least one week of the past is needed, and 52 for
        the baseline "same week last year". The other baseline is the mean of the last 8 weeks.
    area_m2 : (series,) > 0 where the series are areas; then PAI is told too.
    loss : which measure decides, "deviance", "absolute_error" or "pai".
    The forecast is set against the best baseline, chosen by hindsight, which favours the baseline.
    Deviance: expected counts are raised to half an event in all of the past, for every method
    alike, since an event that was called impossible would outweigh everything else.
    The 95 % interval of the gain is of weeks drawn in blocks of six (all series of a week
    together), with their own standard error. Verdict: BETTER if all of it lies above 0; NO_BETTER
    if all of it lies below a gain of 2 % of the baseline's loss; CANNOT_TELL otherwise.
    Source: Tashman (2000), International J. of Forecasting 16(4), for rolling origins; Diebold &
    Mariano (1995), J. Business & Economic Statistics 13(3), for the difference of losses.

    >>> weeks = np.random.default_rng(1).poisson(5, (20, 120))
    >>> found = backtest(weeks, lambda past: past.mean(axis=1), n_test=52, rng=1)
    >>> found.baseline, found.verdict
    ('moving mean', 'better than the baseline')
    """
    y, area = _checked(counts, n_test, area_m2, loss)
    first = y.shape[1] - n_test
    methods = _methods(forecast, first)
    predicted = {name: _rolled(y, first, act, name) for name, act in methods.items()}
    floor = 0.5 / np.arange(first, y.shape[1])
    seen = y[:, first:]
    losses = {name: _losses(seen, mean, floor, area) for name, mean in predicted.items()}
    means = np.array([each.mean(axis=1) for each in losses.values()])
    decides = LOSSES.index(loss)
    baseline = min(list(methods)[1:], key=lambda name: losses[name][decides].mean())
    gain = losses[baseline][decides] - losses["forecast"][decides]
    low, high = mean_interval(
        gain, length=BLOCK, n_draws=n_bootstrap, rng=np.random.default_rng(rng)
    )
    worthwhile = WORTHWHILE * abs(float(losses[baseline][decides].mean()))
    params = {
        "n_test": n_test, "loss": loss, "n_bootstrap": n_bootstrap, "level": LEVEL,
        "block": BLOCK, "season_length": SEASON_LENGTH, "mean_of": MEAN_OF,
        "area_share": AREA_SHARE, "rng": rng if isinstance(rng, int) else None,
    }  # fmt: skip
    return Backtest(
        np.array(list(methods)), means[:, 0], means[:, 1], -means[:, 2],
        baseline, float(gain.mean()), low, high, _verdict(gain, low, high, worthwhile),
        predicted["forecast"], params, _doubts(methods, n_test),
    )  # fmt: skip


def same_week_last_year(past: Floats) -> Floats:
    """Return the counts of 52 weeks before the week to come; (series,)."""
    if past.shape[1] < SEASON_LENGTH:
        raise ValueError(f"past has {past.shape[1]} weeks; at least {SEASON_LENGTH} are needed")
    return past[:, -SEASON_LENGTH]


def moving_mean(past: Floats) -> Floats:
    """Return the mean of the last 8 weeks; (series,)."""
    if not past.shape[1]:
        raise ValueError("past has no weeks; at least one is needed")
    return np.asarray(past[:, -MEAN_OF:].mean(axis=1))


def _methods(forecast: Forecast, n_past: int) -> dict[str, Forecast]:
    """Return the forecast and the baselines that the past suffices for, by name."""
    methods: dict[str, Forecast] = {"forecast": forecast}
    if n_past >= SEASON_LENGTH:
        methods["same week last year"] = same_week_last_year
    return methods | {"moving mean": moving_mean}


def _rolled(y: Floats, first: int, forecast: Forecast, name: str) -> Floats:
    """Return what a method says of each week from `first` on, given the weeks before it."""
    n_series, n_weeks = y.shape
    found = np.empty((n_series, n_weeks - first))
    for week in range(first, n_weeks):
        # A copy: a view would carry the weeks to come with it.
        mean = np.asarray(forecast(y[:, :week].copy()), float)
        if mean.shape != (n_series,) or not (np.all(np.isfinite(mean)) and np.all(mean >= 0)):
            raise ValueError(
                f"{name} gave {mean.shape} for week {week}; ({n_series},) counts are needed, "
                "known, finite and not negative"
            )
        found[:, week - first] = mean
    return found


def _losses(seen: Floats, mean: Floats, floor: Floats, area: Floats | None) -> Floats:
    """Return the loss of each week by each measure; (3, weeks), PAI with its sign turned."""
    raised = np.maximum(mean, floor)
    deviance = 2 * (special.xlogy(seen, seen / raised) - (seen - raised))
    pai = np.full(seen.shape[1], np.nan) if area is None else _weekly_pai(seen, mean, area)
    return np.stack((deviance.mean(axis=0), np.abs(seen - mean).mean(axis=0), -pai))


def _weekly_pai(seen: Floats, mean: Floats, area: Floats) -> Floats:
    """Return parts of PAI week by week, whose mean is that of all weeks pooled."""
    limit = np.array([AREA_SHARE * area.sum()])
    held = np.empty((seen.shape[1], 2))
    for week, (counts, expected) in enumerate(zip(seen.T, mean.T, strict=True)):
        cells = ranked(counts, expected, area, "mean")
        sums = sums_within(cells, whole_cells(cells, limit))
        held[week] = sums[1:3, 0]
    area_share = held[:, 0].mean() / area.sum()
    scale = area_share * seen.sum() / seen.shape[1]
    return held[:, 1] / scale if scale > 0 else np.full(len(held), np.nan)


def _verdict(gain: Floats, low: float, high: float, worthwhile: float) -> str:
    """Return what may be said of a gain."""
    if not gain.any():
        return NO_BETTER  # the same forecast
    if low > 0:
        return BETTER
    return NO_BETTER if high < worthwhile else CANNOT_TELL


def _checked(
    counts: ArrayLike, n_test: int, area_m2: ArrayLike | None, loss: str
) -> tuple[Floats, Floats | None]:
    """Return counts and areas, refusing what cannot be tested."""
    y = np.asarray(counts, float)
    if y.ndim != 2 or not y.size:
        raise ValueError(f"counts has shape {y.shape}; (series, weeks) is needed, at least one")
    if not (np.all(np.isfinite(y)) and np.all(y >= 0)):
        raise ValueError("counts must be known, finite and not negative")
    if not 1 <= n_test < y.shape[1]:
        raise ValueError(f"n_test={n_test} of {y.shape[1]} weeks; at least 1, and fewer than all")
    if loss not in LOSSES:
        raise ValueError(f"loss={loss!r} is not available; choose one of {', '.join(LOSSES)}")
    if area_m2 is None:
        if loss == "pai":
            raise ValueError("loss='pai' needs area_m2")
        return y, None
    area = np.asarray(area_m2, float)
    if area.shape != y.shape[:1] or not (np.all(np.isfinite(area)) and np.all(area > 0)):
        raise ValueError(f"area_m2 must be ({len(y)},) numbers above 0")
    return y, area


def _doubts(methods: dict[str, Forecast], n_test: int) -> tuple[str, ...]:
    """Return what a reader should beware of."""
    found = []
    if "same week last year" not in methods:
        found.append(f"fewer than {SEASON_LENGTH} weeks of past: no baseline of last year's week")
    if n_test < FEWEST_UNITS * BLOCK:
        found.append(
            f"n_test={n_test} weeks are too few to tell a gain from chance; "
            f"at least {FEWEST_UNITS * BLOCK} are needed"
        )
    return tuple(found)
