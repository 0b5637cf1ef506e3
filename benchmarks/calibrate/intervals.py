"""Rates, shares, smoothed rates and ranks: how often does the interval hold the truth?"""

import numpy as np

from benchmarks.calibrate import DISPERSIONS, MANY_WORLDS
from benchmarks.calibrate.rows import Row, row
from benchmarks.calibrate.worlds import swaying
from lykta.analysis import eb_smooth, poisson_rates, rank_intervals, wilson_interval

N_WORLDS = MANY_WORLDS
SOURCES = ("rates", "smoothing")
LEVEL = 0.95
AREAS = 60
EXACT = "exact interval of counts: holds at least its level"
SWINGS = "answers are whole numbers: the coverage swings around its level, share by share"
DOUBT = "the doubt about what all areas have in common is added: a little wide"
WHOLE = "places are whole numbers: holds at least its level"


def rows(n_worlds: int, rng: np.random.Generator) -> list[Row]:
    """Return the coverage of every kind of interval."""
    return [
        *(
            _rates(mean, dispersion, n_worlds, rng)
            for mean in (3, 30)
            for dispersion in DISPERSIONS
        ),
        *(_shares(whole, n_worlds, rng) for whole in (20, 200)),
        *(
            each
            for mean in (10, 100)
            for dispersion in DISPERSIONS
            for each in _smoothed(mean, dispersion, n_worlds, rng)
        ),
    ]


def _covered(low: np.ndarray, high: np.ndarray, truth: np.ndarray) -> float:
    return float(np.mean((low <= truth) & (truth <= high)))


def _rates(mean: float, dispersion: float, n_worlds: int, rng: np.random.Generator) -> Row:
    truth = np.full(AREAS, float(mean))
    covered = []
    for _ in range(n_worlds):
        found = poisson_rates(swaying(truth, dispersion, rng), 1.0, dispersion=dispersion)
        covered.append(_covered(found.low, found.high, truth))
    setting = f"mean {mean}, dispersion {dispersion:g} (known)"
    note = EXACT
    return row("poisson_rates", setting, "coverage", LEVEL, covered, n_worlds * AREAS, note)


def _shares(whole: int, n_worlds: int, rng: np.random.Generator) -> Row:
    covered = []
    for _ in range(n_worlds):
        truth = rng.random(AREAS)
        _, low, high = wilson_interval(rng.binomial(whole, truth), whole)
        covered.append(_covered(low, high, truth))
    setting = f"of {whole}, shares from 0 to 1"
    return row("wilson_interval", setting, "coverage", LEVEL, covered, n_worlds * AREAS, SWINGS)


def _smoothed(mean: float, dispersion: float, n_worlds: int, rng: np.random.Generator) -> list[Row]:
    covered, ranked = [], []
    for _ in range(n_worlds):
        people = rng.uniform(500, 1_500, AREAS)
        truth = rng.gamma(8, 1 / 8, AREAS) * mean / 1_000
        events = swaying(truth * people, dispersion, rng)
        found = eb_smooth(events, people, dispersion=dispersion)
        covered.append(_covered(found.low, found.high, truth))
        ranks = rank_intervals(found, n_draws=500, rng=rng)
        place = np.argsort(np.argsort(-truth)) + 1
        ranked.append(_covered(ranks.low, ranks.high, place))
    setting = f"{AREAS} areas, mean {mean} events, dispersion {dispersion:g} (known)"
    n = n_worlds * AREAS
    return [
        row("eb_smooth", setting, "coverage", LEVEL, covered, n, DOUBT),
        row("rank_intervals", setting, "coverage", LEVEL, ranked, n, WHOLE),
    ]
