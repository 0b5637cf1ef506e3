"""Interrupted series: trend, season, sway, and months that go with the months before them."""

from dataclasses import dataclass

import numpy as np

from benchmarks.calibrate import MANY_WORLDS
from benchmarks.calibrate.promises import alarms, coverage
from benchmarks.calibrate.rows import Row
from benchmarks.calibrate.worlds import swaying
from lykta.analysis import interrupted_series

N_WORLDS = MANY_WORLDS
SOURCES = ("effects/interrupted", "effects/segments", "effects/reading")
TRUE_RATIO = 0.7
WANDERING = "a strong wandering is not wholly told by a short series; the function warns of it"
SHORT = "few months, and what goes together in them is hardly told"
# With the weights of the first world, drawn: 0.49 % at 1 %, 4.1 % at 5 %, 9.1 % at 10 %.
TAILS = "Satterthwaite's t is a little wide where a few lags carry the variance: on the safe side"
SHARED = "the bias is reckoned as if the series shared nothing: on the safe side"


@dataclass(frozen=True, slots=True)
class World:
    """How long the series is, and how it sways."""

    months: int = 96
    before: int = 60
    mean: float = 30
    dispersion: float = 1.0
    lag: float = 0.0  # correlation of a month with the next, beneath the chance of counts
    spread: float = 0.0  # standard deviation of that, on the log scale
    has_control: bool = False
    model: str = "quasi-poisson"
    note: str = TAILS

    def __str__(self) -> str:
        wandering = f", wandering {self.spread:g} by {self.lag:g}" if self.spread else ""
        control = ", control that shares it" if self.has_control else ""
        model = ", negative binomial" if self.model != "quasi-poisson" else ""
        return (
            f"{self.before} months of {self.months}, dispersion {self.dispersion:g}"
            f"{wandering}{control}{model}"
        )


WORLDS = (
    World(),
    World(dispersion=2.0),
    World(dispersion=3.0),
    World(dispersion=3.0, model="negative-binomial"),
    World(lag=0.5, spread=0.2, note=SHORT),
    World(lag=0.8, spread=0.2, note=WANDERING),
    World(lag=0.5, spread=0.2, has_control=True, note=SHARED),
    World(months=60, before=36, dispersion=2.0),
    World(months=60, before=36, lag=0.5, spread=0.2, note=SHORT),
)


def rows(n_worlds: int, rng: np.random.Generator) -> list[Row]:
    """Return the false alarms and the coverage of every world."""
    return [each for world in WORLDS for each in _setting(world, n_worlds, rng)]


def _setting(world: World, n_worlds: int, rng: np.random.Generator) -> list[Row]:
    p, edges = [], []
    for _ in range(n_worlds):
        p.append(_found(world, 1.0, rng).p)
        effect = _found(world, TRUE_RATIO, rng)
        edges.append((effect.low, effect.high))
    low, high = np.array(edges).T
    return [
        *alarms("interrupted_series, p", str(world), np.array(p), world.note),
        coverage("interrupted_series, interval", str(world), low, high, TRUE_RATIO, world.note),
    ]


def _found(world: World, ratio: float, rng: np.random.Generator):
    at = np.arange(world.months)
    mean = world.mean * np.exp(0.2 * np.sin(2 * np.pi * at / 12) - 0.002 * at + _sway(world, rng))
    counts = swaying(mean * np.where(at < world.before, 1, ratio), world.dispersion, rng)
    control = swaying(mean, world.dispersion, rng) if world.has_control else None
    return interrupted_series(
        counts,
        world.before,
        season_length=12,
        control=control,
        model=world.model,
        has_placebo=False,
    ).effect


def _sway(world: World, rng: np.random.Generator) -> np.ndarray:
    """Return an autoregressive wandering of the logarithm."""
    fresh = rng.normal(0, world.spread * np.sqrt(1 - world.lag**2), world.months)
    sway = np.empty(world.months)
    sway[0] = rng.normal(0, world.spread)
    for month in range(1, world.months):
        sway[month] = world.lag * sway[month - 1] + fresh[month]
    return sway
