"""Changes: tests and intervals with a dispersion learnt from the weeks themselves."""

import numpy as np

from benchmarks.calibrate import DISPERSIONS, MANY_WORLDS
from benchmarks.calibrate.promises import alarms
from benchmarks.calibrate.rows import Row, row
from benchmarks.calibrate.worlds import WEEKS_A_YEAR, swaying, weekly_mean
from lykta.analysis import against_the_rest, compare_counts, row_dispersion

N_WORLDS = MANY_WORLDS
SOURCES = ("change", "rates")
WEEKS = 104
AREAS = 20
ALPHA = 0.05
TRUE_RATIO = 1.5
MEANS = (0.3, 2, 20)
FLOOR = "exact test of whole numbers, and a dispersion never below 1"
LEARNT = (
    "exact test of whole numbers, with a dispersion learnt from the same weeks and taken for "
    "known: its error is not in the test, which shows at 1 % where counts are many"
)


def rows(n_worlds: int, rng: np.random.Generator) -> list[Row]:
    """Return false alarms and coverage of changes between two years."""
    return [
        each
        for mean in MEANS
        for dispersion in DISPERSIONS
        for each in _setting(mean, dispersion, n_worlds, rng)
    ]


def _setting(mean: float, dispersion: float, n_worlds: int, rng: np.random.Generator) -> list[Row]:
    tried, against, covered = [], [], []
    for _ in range(n_worlds):
        level = mean * rng.gamma(4, 1 / 4, (AREAS, 1))
        still = level * weekly_mean(1.0, WEEKS)
        grown = still * np.where(np.arange(WEEKS) < WEEKS // 2, 1, TRUE_RATIO)
        now, before, phi = _years(swaying(still, dispersion, rng))
        tried.append(compare_counts(now, before, dispersion=phi).p_two_sided)
        gap, *_ = against_the_rest(
            now, before, dispersion=phi, alpha=ALPHA, hidden=np.zeros(AREAS, bool)
        )
        against.append(gap.p_two_sided)
        now, before, phi = _years(swaying(grown, dispersion, rng))
        found = compare_counts(now, before, dispersion=phi)
        covered.append(np.mean((found.low <= TRUE_RATIO) & (found.high >= TRUE_RATIO)))
    setting = f"mean {mean:g} a week, dispersion {dispersion:g} (estimated), {AREAS} areas"
    n, note = n_worlds * AREAS, FLOOR if dispersion == 1 else LEARNT
    return [
        *alarms("compare_counts, p", setting, tried, note),
        row("compare_counts, interval", setting, "coverage", 1 - ALPHA, covered, n, note),
        *alarms("against_the_rest, p", setting, against, note),
    ]


def _years(counts: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the counts of the second and the first year, and the dispersion."""
    is_now = np.arange(WEEKS) >= WEEKS // 2
    share = np.arange(WEEKS) / WEEKS_A_YEAR % 1
    phi = row_dispersion(counts, is_now, year_share=share)
    return counts[:, is_now].sum(axis=1), counts[:, ~is_now].sum(axis=1), phi
