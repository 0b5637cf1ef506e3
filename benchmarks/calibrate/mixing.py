"""Synthetic control: how often is a unit without a measure ranked among the foremost?"""

import numpy as np

from benchmarks.calibrate import DISPERSIONS
from benchmarks.calibrate.promises import alarms
from benchmarks.calibrate.rows import Row
from benchmarks.calibrate.worlds import swaying
from lykta.analysis import synthetic_control

SOURCES = ("effects/synthetic",)
BEFORE, AFTER = 24, 12
FEW, MANY = 20, 100  # units; p is a multiple of 1/20 and of 1/100
CHOSEN = (
    "the measure was taken where most had happened: no unit drawn by lot, so ranks are not even"
)


def rows(n_worlds: int, rng: np.random.Generator) -> list[Row]:
    """Return the false alarms with few and many units, and where the worst-off was chosen."""
    few = [
        each
        for dispersion in DISPERSIONS
        for each in _setting(FEW, dispersion, n_worlds, rng, levels=(0.05, 0.10))
    ]
    many = _setting(MANY, 2.0, n_worlds, rng, levels=(0.01, 0.05, 0.10))
    return few + many + _setting(FEW, 2.0, n_worlds, rng, levels=(0.05, 0.10), note=CHOSEN)


def _setting(
    n_units: int, dispersion: float, n_worlds: int, rng: np.random.Generator, *, levels, note=""
) -> list[Row]:
    p = []
    for _ in range(n_worlds):
        counts = swaying(_towns(n_units, rng), dispersion, rng)
        treated = int(counts[:, :BEFORE].sum(axis=1).argmax()) if note else 0
        p.append(synthetic_control(counts, treated, BEFORE).p)
    chosen = "the unit with most events" if note else "a unit drawn by lot"
    setting = f"{n_units} units, {chosen}, dispersion {dispersion:g}"
    return alarms("synthetic_control, p", setting, np.array(p), note, levels=levels)


def _towns(n_units: int, rng: np.random.Generator) -> np.ndarray:
    """Return expected counts of units that follow two common movements, each in its measure."""
    movement = rng.normal(0, 0.1, (2, BEFORE + AFTER)).cumsum(axis=1)
    level = 30 * rng.gamma(6, 1 / 6, (n_units, 1))
    return level * np.exp(rng.normal(0.5, 0.5, (n_units, 2)) @ np.clip(movement, -1, 1))
