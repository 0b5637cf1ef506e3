"""Forecasts: is one that is only as good called better, and do PAI's intervals hold the truth?"""

import numpy as np

from benchmarks.calibrate import DISPERSIONS, MANY_WORLDS
from benchmarks.calibrate.rows import Row, row
from benchmarks.calibrate.worlds import swaying
from lykta.analysis import PaiCurve, backtest, pai_curve
from lykta.analysis.forecasts.backtest import BETTER, MEAN_OF

N_WORLDS = MANY_WORLDS
SOURCES = ("forecasts/accuracy", "forecasts/backtest", "forecasts/resampling")
WEEKS, TESTED = 112, 52
LEVEL = 0.95
AT_MOST = 0.05
SHARES = (0.05, 0.1, 0.2)
N_DRAWS = 399
CHOSEN = "one tail of a 95 % interval, against the better of two baselines: at most the level"


def rows(n_worlds: int, rng: np.random.Generator) -> list[Row]:
    """Return how often no gain is called one, and the coverage of the intervals."""
    return [
        *(
            _no_gain(n_series, dispersion, drift, n_worlds, rng)
            for n_series in (1, 20)
            for dispersion in DISPERSIONS
            for drift in (0.0, 0.1)
        ),
        *(each for n_weeks in (12, 52) for each in _over_weeks(n_weeks, n_worlds, rng)),
        *(_over_cells(n_cells, n_worlds, rng) for n_cells in (200, 1_000)),
    ]


def _no_gain(
    n_series: int, dispersion: float, drift: float, n_worlds: int, rng: np.random.Generator
) -> Row:
    """Return how often the moving mean of a twin, alike in law, is called better than its own."""
    called = []
    for _ in range(n_worlds):
        level = rng.gamma(2, 3, (n_series, 1)) * np.ones(WEEKS)
        # All series rise and fall together, from week to week.
        level = level * np.exp(_drifting(drift, rng))
        counts, twin = (swaying(level, dispersion, rng) for _ in range(2))
        found = backtest(
            counts, lambda past, twin=twin: _mean_before(twin, past.shape[1]),
            n_test=TESTED, n_bootstrap=N_DRAWS, rng=rng,
        )  # fmt: skip
        called.append(float(found.verdict == BETTER))
    setting = (
        f"{n_series} series, dispersion {dispersion:g}, {TESTED} weeks"
        f"{', drifting together' if drift else ''}"
    )
    return row(
        "backtest, called better", setting, "false alarms", AT_MOST, called, n_worlds, CHOSEN
    )


def _drifting(spread: float, rng: np.random.Generator) -> np.ndarray:
    """Return a walk that is drawn back to 0, week by week."""
    steps, drift = rng.normal(0, spread, WEEKS), np.zeros(WEEKS)
    for week in range(1, WEEKS):
        drift[week] = 0.8 * drift[week - 1] + steps[week]
    return drift


def _mean_before(counts: np.ndarray, week: int) -> np.ndarray:
    return counts[:, week - MEAN_OF : week].mean(axis=1)


def _over_weeks(n_weeks: int, n_worlds: int, rng: np.random.Generator) -> list[Row]:
    """Return the coverage for one map, week after week, by a forecast that half knows it."""
    mean = rng.gamma(0.7, 0.6, (300, 1))
    forecast, area = (mean * rng.lognormal(0, 0.5, mean.shape))[:, 0], np.ones(len(mean))

    def found(weeks: int, n_draws: int) -> PaiCurve:
        counts = swaying(mean * np.ones(weeks), 2.0, rng)
        return pai_curve(counts, forecast, area, shares=SHARES, n_bootstrap=n_draws, rng=rng)

    true, held = found(20_000, 0), {"pai": [], "pei": []}
    for _ in range(n_worlds):
        seen = found(n_weeks, N_DRAWS)
        for measure, shares in held.items():
            shares.append(_held(seen, measure, getattr(true, measure)))
    setting = f"{len(mean)} cells, {n_weeks} weeks, dispersion 2"
    return [
        row(f"pai_curve, {name.upper()} over weeks", setting, "coverage", LEVEL, shares, n_worlds)
        for name, shares in held.items()
    ]


def _over_cells(n_cells: int, n_worlds: int, rng: np.random.Generator) -> Row:
    """Return the coverage of PAI for other maps of the same kind, by one period of each."""

    def found(n: int, n_draws: int) -> PaiCurve:
        mean = rng.gamma(0.7, 3.0, n)
        forecast, counts = mean * rng.lognormal(0, 0.5, n), swaying(mean, 2.0, rng)
        return pai_curve(counts, forecast, np.ones(n), shares=SHARES, n_bootstrap=n_draws, rng=rng)

    true = found(2_000_000, 0).pai
    held = [_held(found(n_cells, N_DRAWS), "pai", true) for _ in range(n_worlds)]
    setting = f"{n_cells} cells, one period, dispersion 2"
    return row("pai_curve, PAI over cells", setting, "coverage", LEVEL, held, n_worlds)


def _held(found: PaiCurve, measure: str, true: np.ndarray) -> float:
    low, high = (getattr(found, f"{measure}_{end}") for end in ("low", "high"))
    return float(np.mean((low <= true) & (true <= high)))
