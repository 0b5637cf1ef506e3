"""Worlds where nothing happens: counts that sway as much as they are told to, and no more."""

import numpy as np

from benchmarks.picture.town import areas
from lykta.analysis import Lattice, Neighbours, contiguity

WEEKS_A_YEAR = 52.18


def swaying(mean: np.ndarray, dispersion: float, rng: np.random.Generator) -> np.ndarray:
    """Return counts with these means and variance = dispersion * mean (negative binomial)."""
    if dispersion == 1:
        return rng.poisson(mean)
    size = np.maximum(mean, 1e-9) / (dispersion - 1)
    return rng.poisson(rng.gamma(size) * (dispersion - 1))


def weekly_mean(level: float, n_weeks: int, *, swing: float = 0.2) -> np.ndarray:
    """Return expected counts a week with a yearly wave."""
    return level * (1 + swing * np.sin(2 * np.pi * np.arange(n_weeks) / WEEKS_A_YEAR))


def hexagons() -> Neighbours:
    """Return which of 400 hexagons touch."""
    lattice = Lattice("hex", 500.0)
    x, y = np.meshgrid(np.arange(20) * 500.0, np.arange(20) * 433.0)
    return lattice.neighbours(np.unique(lattice.cells(x.ravel(), y.ravel())))


def small_areas() -> Neighbours:
    """Return which of 150 crinkled areas touch."""
    return contiguity(areas(15, 10, np.random.default_rng(1)))


MAPS = {"400 hexagons": hexagons, "150 areas": small_areas}
