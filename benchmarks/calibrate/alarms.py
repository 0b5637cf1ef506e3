"""Control limits: how often is a week called out of the ordinary when nothing has happened?"""

import numpy as np

from benchmarks.calibrate import DISPERSIONS
from benchmarks.calibrate.rows import Row, row
from benchmarks.calibrate.worlds import WEEKS_A_YEAR, swaying, weekly_mean
from lykta.analysis import control_limits

SOURCES = ("alarms/limits", "alarms/tails")
BASELINE, LATER = 104, 52
LEVELS = (0.05, 0.01, 0.0027)
MEANS = (5, 20, 60)
NOTE = "small whole numbers: the tail jumps over its level"


def rows(n_worlds: int, rng: np.random.Generator) -> list[Row]:
    """Return the false alarms at each mean, dispersion and level."""
    return [
        each
        for mean in MEANS
        for dispersion in DISPERSIONS
        for each in _setting(mean, dispersion, n_worlds, rng)
    ]


def _setting(mean: float, dispersion: float, n_worlds: int, rng: np.random.Generator) -> list[Row]:
    shares = {alpha: [] for alpha in LEVELS}
    expected = weekly_mean(mean, BASELINE + LATER)
    for _ in range(n_worlds):
        counts = swaying(expected, dispersion, rng)
        for alpha in LEVELS:
            found = control_limits(
                counts, n_baseline=BASELINE, season_length=WEEKS_A_YEAR, alpha=alpha
            )
            shares[alpha].append(np.mean(found.kind != 0))
    setting = f"mean {mean} a week, dispersion {dispersion:g}, {BASELINE} weeks of past, season"
    return [
        row("control_limits", setting, "false alarms", alpha, shares[alpha], n_worlds * LATER, NOTE)
        for alpha in LEVELS
    ]
