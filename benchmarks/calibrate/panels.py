"""Difference-in-differences and event study: many places or few, and counts that sway."""

from dataclasses import dataclass

import numpy as np

from benchmarks.calibrate import MANY_WORLDS
from benchmarks.calibrate.promises import alarms, coverage
from benchmarks.calibrate.rows import Row
from benchmarks.calibrate.worlds import swaying
from lykta.analysis import event_study, poisson_did

N_WORLDS = MANY_WORLDS
SOURCES = ("effects/grids", "effects/panels", "effects/reading", "effects/twoway")
MONTHS, START = 24, 14
TRUE_RATIO = 0.7
RARE = "small whole numbers and few of them"
FEW = "so few treated clusters that their sway is hardly known; the function warns of it"


@dataclass(frozen=True, slots=True)
class World:
    """How many places, how many of them treated, and how they sway."""

    units: int
    treated: int
    dispersion: float = 1.0
    drift: float = 0.0  # standard deviation of a cluster's own change, on the log scale
    per_cluster: int = 1
    note: str = ""

    def __str__(self) -> str:
        groups = f" in {self.units // self.per_cluster} clusters" if self.per_cluster > 1 else ""
        drift = f", own change {self.drift:g}" if self.drift else ""
        return (
            f"{self.units} units{groups}, {self.treated} treated, "
            f"dispersion {self.dispersion:g}{drift}"
        )


WORLDS = (
    World(60, 18),
    World(60, 18, 2.0),
    World(60, 18, 3.0),
    World(60, 18, 2.0, drift=0.2),
    World(60, 30, 2.0, drift=0.2, per_cluster=5, note=FEW),
    World(10, 5, 2.0, drift=0.2, note=FEW),
    World(20, 4, 2.0, drift=0.2, note=FEW),
    World(60, 2, 2.0, drift=0.2, note=FEW),
)


def rows(n_worlds: int, rng: np.random.Generator) -> list[Row]:
    """Return the false alarms and the coverage of every world, and those of a pre-trend."""
    found = [each for world in WORLDS for each in _did(world, n_worlds, rng)]
    for world in (World(60, 30, 2.0), World(240, 60, 2.0, drift=0.2)):
        found += _pre_trend(world, n_worlds, rng)
    return found


def _did(world: World, n_worlds: int, rng: np.random.Generator) -> list[Row]:
    unit, time, treated = _places(world)
    cluster = unit // world.per_cluster
    p, edges = [], []
    for _ in range(n_worlds):
        for ratio in (1.0, TRUE_RATIO):
            y = _counts(world, ratio, rng)
            found = poisson_did(y, unit, time, treated, cluster=cluster)
            if ratio == 1:
                p.append(found.p)
            else:
                edges.append((found.low, found.high))
    low, high = np.array(edges).T
    return [
        *alarms("poisson_did, p", str(world), np.array(p), world.note),
        coverage("poisson_did, interval", str(world), low, high, TRUE_RATIO, world.note),
    ]


def _pre_trend(world: World, n_worlds: int, rng: np.random.Generator) -> list[Row]:
    unit, time, treated = _places(world)
    p, edges = [], []
    for _ in range(n_worlds):
        found = event_study(_counts(world, TRUE_RATIO, rng), unit, time, treated)
        p.append(found.pre_trend_p)
        edges.append((found.low[START - 1 :], found.high[START - 1 :]))
    low, high = np.array(edges).transpose(1, 0, 2)
    return [
        *alarms("event_study, pre-trend p", str(world), np.array(p), RARE),
        coverage("event_study, intervals", str(world), low, high, TRUE_RATIO, RARE),
    ]


def _places(world: World) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the unit, the month and whether it is treated, of every row."""
    unit, time = np.repeat(np.arange(world.units), MONTHS), np.tile(np.arange(MONTHS), world.units)
    return unit, time, (unit < world.treated) & (time >= START)


def _counts(world: World, ratio: float, rng: np.random.Generator) -> np.ndarray:
    """Return counts of every row; a cluster changes of its own accord at the start."""
    level = 8 * rng.gamma(4, 1 / 4, (world.units, 1))
    own = np.exp(rng.normal(0, world.drift, (world.units // world.per_cluster, 1)))
    own = np.repeat(own, world.per_cluster, axis=0)
    is_late = np.arange(MONTHS) >= START
    season = 1 + 0.2 * np.sin(2 * np.pi * np.arange(MONTHS) / 12)
    mean = level * season * np.where(is_late, own, 1)
    mean[: world.treated, is_late] *= ratio
    return swaying(mean, world.dispersion, rng).ravel()
