"""Early warnings: how often is a week called out when nothing has happened?"""

from collections.abc import Callable, Iterator
from functools import partial

import numpy as np

from benchmarks.calibrate import DISPERSIONS
from benchmarks.calibrate.rows import Row, row
from benchmarks.calibrate.worlds import swaying
from lykta.analysis import ORIGINAL_1996, ears, farrington, temporal_scan_p

SOURCES = (
    "alarms/baselines",
    "alarms/ears",
    "alarms/farrington",
    "alarms/loglinear",
    "alarms/series",
    "alarms/tails",
    "alarms/windows",
    "multiplicity",
)
WEEKS = 300
LEVELS = (0.01, 0.05, 0.10)
MEANS = (2, 10, 50)
SERIES = 50
GROUPS = (1, 2, 3)  # events at once, on average
WHOLE = "whole counts: the tail jumps over its level"

# Each way to judge the last week of (series, weeks), and what is known of where it fails.
METHODS: dict[str, tuple[Callable, str]] = {
    "farrington, predictive": (
        partial(farrington, threshold="predictive"),
        f"{WHOLE}; at dispersion 3 the weights for past outbreaks hold the dispersion a little low",
    ),
    "farrington, nb": (
        partial(farrington, threshold="nb"),
        f"{WHOLE}; takes the mean for known, and says so",
    ),
    "farrington, delta": (
        partial(farrington, threshold="delta"),
        "normal for counts to the power 2/3: too low a bound where counts are few or uneven, and "
        "says so",
    ),
    "farrington, muan": (
        partial(farrington, threshold="muan"),
        "the upper limit of the mean at the same level: far above what alpha asks",
    ),
    "farrington 1996, delta": (
        lambda counts, alpha: farrington(counts, form=ORIGINAL_1996, alpha=2 * alpha),
        "weights from residuals above 1 hold the dispersion too low, one mean for seven weeks "
        "takes no account of a steep season; says both",
    ),
    "ears C1, normal": (
        partial(ears, method="C1"),
        "takes mean and spread of seven weeks for known; says so",
    ),
    "ears C1, t": (
        partial(ears, method="C1", limit="t"),
        f"{WHOLE}; takes a rising season for news, and says so",
    ),
    "ears C2, t": (
        partial(ears, method="C2", limit="t"),
        f"{WHOLE}; takes a rising season for news, and says so",
    ),
    "ears C2, normal": (
        partial(ears, method="C2"),
        "takes mean and spread of seven weeks for known; says so",
    ),
    "ears C3": (partial(ears, method="C3"), "has no level; says so"),
}


def rows(n_worlds: int, rng: np.random.Generator) -> list[Row]:
    """Return the false alarms of each method, and of q-values over many series."""
    return [*_alarms(n_worlds, rng), *_many(n_worlds, rng), *_windows(n_worlds, rng)]


def _alarms(n_worlds: int, rng: np.random.Generator) -> Iterator[Row]:
    settings = [(mean, False) for mean in MEANS] + [(10, True)]
    for mean, is_moving in settings:
        for dispersion in DISPERSIONS:
            expected = np.tile(_means(mean, is_moving=is_moving), (n_worlds, 1))
            counts = swaying(expected, dispersion, rng)
            moving = ", season and trend" if is_moving else ""
            setting = f"mean {mean} a week, dispersion {dispersion:g}{moving}"
            for name, (judge, note) in METHODS.items():
                for alpha in LEVELS:
                    is_alarm = judge(counts, alpha=alpha).is_alarm
                    yield row(name, setting, "false alarms", alpha, list(is_alarm), n_worlds, note)


def _means(level: float, *, is_moving: bool) -> np.ndarray:
    """Return expected counts a week that end at the level, near the steepest part of the season."""
    back = np.arange(1 - WEEKS, 1)
    if not is_moving:
        return np.full(WEEKS, float(level))
    return level * np.exp(0.3 * np.sin(2 * np.pi * back / 52) + 0.1 * back / 52)


def _many(n_worlds: int, rng: np.random.Generator) -> Iterator[Row]:
    """Return in how many weeks any of 50 quiet series has a q-value below the level."""
    n_weeks = max(n_worlds // 5, 20)
    for dispersion in DISPERSIONS:
        counts = swaying(np.full((n_weeks * SERIES, WEEKS), 10.0), dispersion, rng)
        for name in ("farrington, predictive", "farrington, nb", "ears C1, t", "ears C1, normal"):
            judge, note = METHODS[name]
            smallest = [
                np.nanmin(judge(counts[start : start + SERIES], alpha=0.05).q_value)
                for start in range(0, len(counts), SERIES)
            ]
            setting = f"{SERIES} series, mean 10 a week, dispersion {dispersion:g}, any q below"
            for alpha in LEVELS:
                is_any = [value <= alpha for value in smallest]
                yield row(name, setting, "false alarms", alpha, is_any, n_weeks, note)


def _windows(n_worlds: int, rng: np.random.Generator) -> Iterator[Row]:
    """Return how often the busiest week of a year is called a cluster."""
    settings = [(mean, size, True) for mean in MEANS for size in GROUPS] + [(10, 2, False)]
    for mean, size, is_known in settings:
        dispersion = size + 1 - 1 / size if is_known else 1.0
        p = [_busiest_p(mean, size, dispersion, rng) for _ in range(n_worlds)]
        setting = f"mean {mean} a week, events come by {size}, dispersion {dispersion:.3g} said"
        note = WHOLE if is_known else "events that come together are a cluster to it: say so"
        for alpha in LEVELS:
            found = [value <= alpha for value in p]
            yield row("temporal_scan_p", setting, "false alarms", alpha, found, n_worlds, note)


def _busiest_p(mean: float, size: int, dispersion: float, rng: np.random.Generator) -> float:
    """Return the p-value of the busiest 7 of 364 days; groups have 1 + Poisson(size - 1) events."""
    times = np.sort(rng.random(rng.poisson(mean * 52 / size)) * 364)
    times = np.repeat(times, 1 + rng.poisson(size - 1, len(times)))
    held = np.searchsorted(times, times + 7, side="left") - np.arange(len(times))
    return temporal_scan_p(int(held.max(initial=0)), 7, 364, mean / 7, dispersion=dispersion)
