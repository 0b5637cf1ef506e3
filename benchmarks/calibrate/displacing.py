"""Weighted displacement difference: does it keep its word, whatever the counts sway?"""

import numpy as np

from benchmarks.calibrate import DISPERSIONS, MANY_WORLDS
from benchmarks.calibrate.promises import alarms, coverage
from benchmarks.calibrate.rows import Row
from benchmarks.calibrate.worlds import swaying, weekly_mean
from lykta.analysis import wdd

N_WORLDS = MANY_WORLDS
SOURCES = ("effects/displacement", "effects/reading")
WEEKS = 26  # in the baseline, in the time before and in the time after
MEANS = (1, 4)  # events a week and area
TRUE_RATIO = 0.6
TESTS_A_WORLD = 10
DRIFT_LAG = 0.6
PLAIN = "the published test takes dispersion to be 1; the function warns of it"
ROUGH = "small whole numbers"
DRIFT = "weeks that hang together sway more than single weeks show; the function warns of it"


def rows(n_worlds: int, rng: np.random.Generator) -> list[Row]:
    """Return the false alarms and the coverage at each mean and dispersion."""
    settings = [(mean, dispersion) for mean in MEANS for dispersion in DISPERSIONS]
    found = [_setting(*each, n_worlds, rng) for each in settings]
    return [each for part in found for each in part] + _drifting(n_worlds, rng)


def _drifting(n_worlds: int, rng: np.random.Generator) -> list[Row]:
    """Return the false alarms where a lively week is followed by another."""
    n = n_worlds * TESTS_A_WORLD
    sway = np.ones((n, 4, 3 * WEEKS))
    for week in range(1, 3 * WEEKS):
        fresh = rng.normal(0, 0.3 * np.sqrt(1 - DRIFT_LAG**2), (n, 4))
        sway[:, :, week] = DRIFT_LAG * sway[:, :, week - 1] + (1 - DRIFT_LAG) + fresh
    weeks = rng.poisson(8 * np.maximum(sway, 0.05))
    in_fours = weeks[:, :, : WEEKS // 4 * 4].reshape(n, 4, -1, 4).sum(axis=3)
    baselines = {"weeks": weeks[:, :, :WEEKS], "four weeks": in_fours}
    where = f"8 a week and area, weekly correlation {DRIFT_LAG:g} beneath chance, by"
    return [
        each
        for name, baseline in baselines.items()
        for each in alarms(
            "wdd, dispersion estimated",
            f"{where} {name}",
            _by_world(wdd(*_sums(weeks), baseline=baseline).p),
            DRIFT,
        )
    ]


def _setting(mean: float, dispersion: float, n_worlds: int, rng: np.random.Generator) -> list[Row]:
    where = f"{mean} a week and area, dispersion {dispersion:g}, {WEEKS} weeks"
    still = mean * weekly_mean(np.ones((4, 1)), 3 * WEEKS)
    helped = still.copy()
    helped[0, -WEEKS:] *= TRUE_RATIO
    baseline, counts = _world(still, dispersion, n_worlds, rng)
    given, estimated, plain = (
        wdd(*counts, dispersion=dispersion), wdd(*counts, baseline=baseline), wdd(*counts)
    )  # fmt: skip
    found = [
        *alarms("wdd, dispersion given", where, _by_world(given.p), ROUGH),
        *alarms("wdd, dispersion estimated", where, _by_world(estimated.p), ROUGH),
    ]
    if dispersion > 1:
        found += alarms("wdd, dispersion taken as 1", where, _by_world(plain.p), PLAIN)
    baseline, counts = _world(helped, dispersion, n_worlds, rng)
    after = helped[:, -WEEKS:].sum(axis=1)
    before = still[:, WEEKS:-WEEKS].sum(axis=1)
    truth = {
        "estimate": (after[0] - before[0] - after[1] + before[1]),
        "ratio": (after[0] + after[2]) / (before[0] + before[2])
        / ((after[1] + after[3]) / (before[1] + before[3])),
    }  # fmt: skip
    estimated = wdd(*counts, baseline=baseline)
    edges = {"estimate": (estimated.low, estimated.high),
             "ratio": (estimated.ratio_low, estimated.ratio_high)}  # fmt: skip
    return found + [
        coverage(f"wdd, {name}", where, *map(_by_world, edges[name]), truth[name], ROUGH)
        for name in truth
    ]


def _world(
    mean: np.ndarray, dispersion: float, n_worlds: int, rng: np.random.Generator
) -> tuple[np.ndarray, list[np.ndarray]]:
    """Return the baselines, and the counts before and after of the four areas."""
    n = n_worlds * TESTS_A_WORLD
    weeks = swaying(np.broadcast_to(mean, (n, *mean.shape)), dispersion, rng)
    return weeks[:, :, :WEEKS], _sums(weeks)


def _sums(weeks: np.ndarray) -> list[np.ndarray]:
    """Return the counts before and after, area by area."""
    sums = weeks.reshape(len(weeks), 4, 3, WEEKS).sum(axis=3)
    return list(sums[:, :, 1:].transpose(1, 0, 2))


def _by_world(values: np.ndarray) -> np.ndarray:
    return values.reshape(-1, TESTS_A_WORLD)
