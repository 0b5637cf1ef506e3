"""Detectable effects: are they found as often as was foretold?"""

from collections.abc import Callable

import numpy as np

from benchmarks.calibrate import DISPERSIONS
from benchmarks.calibrate.rows import Row, row
from benchmarks.calibrate.worlds import swaying
from lykta.analysis import (
    DisplacementDesign,
    PanelDesign,
    SeriesDesign,
    TwoCountsDesign,
    compare_counts,
    interrupted_series,
    minimum_detectable_effect,
    poisson_did,
    wdd,
)

SOURCES = (
    "effects/displacement", "effects/grids", "effects/interrupted", "effects/panels",
    "effects/power", "effects/reading", "effects/segments", "effects/twoway", "rates",
)  # fmt: skip
POWER, ALPHA = 0.8, 0.05
COARSE = "whole numbers: the chance moves in steps about what is foretold"
ROUGH = "foretold by large numbers"


def rows(n_worlds: int, rng: np.random.Generator) -> list[Row]:
    """Return how often an effect just large enough is found, design by design."""
    found = []
    for phi in DISPERSIONS:
        for design, p in (
            (TwoCountsDesign(100, dispersion=phi), _two_counts),
            (DisplacementDesign(200, 150, 50, 50, dispersion=phi), _displacement),
            (PanelDesign(18, 42, 5, 14, 10, dispersion=phi, own_change=0.1), _panel),
            (SeriesDesign(30, 60, 36, 12, dispersion=phi), _series),
        ):
            found += _setting(design, p, n_worlds, rng)
    return found


def _setting(design, p: Callable, n_worlds: int, rng: np.random.Generator) -> list[Row]:
    effect = minimum_detectable_effect(design, power=POWER, alpha=ALPHA)
    note = COARSE if isinstance(design, TwoCountsDesign) else ROUGH
    name = f"minimum_detectable_effect, {type(design).__name__}"
    return [
        row(name, f"dispersion {design.dispersion:g}, a {kind} to {ratio:.2f}", "power", POWER,
            list(p(design, ratio, n_worlds, rng) <= ALPHA), n_worlds, note)
        for kind, ratio in (("fall", effect.decrease), ("rise", effect.increase))
    ]  # fmt: skip


def _two_counts(design, ratio, n_worlds, rng) -> np.ndarray:
    means = np.full((n_worlds, 2), [design.before, design.before * ratio])
    before, after = swaying(means, design.dispersion, rng).T
    return compare_counts(after, before, dispersion=design.dispersion).p_two_sided


def _displacement(design, ratio, n_worlds, rng) -> np.ndarray:
    before = [design.treated, design.control, design.displacement_treated,
              design.displacement_control]  # fmt: skip
    after = [ratio * design.treated, *before[1:]]
    means = np.broadcast_to(np.transpose([before, after]), (n_worlds, 4, 2))
    counts = swaying(means, design.dispersion, rng)
    return wdd(*counts.transpose(1, 0, 2), dispersion=design.dispersion).p


def _panel(design, ratio, n_worlds, rng) -> np.ndarray:
    n, periods = design.n_treated + design.n_control, design.n_before + design.n_after
    unit, time = np.repeat(np.arange(n), periods), np.tile(np.arange(periods), n)
    is_late = time >= design.n_before
    treated = (unit < design.n_treated) & is_late
    p = []
    for _ in range(n_worlds):
        own = np.exp(rng.normal(0, design.own_change, n))[unit]
        mean = design.mean * np.where(is_late, own, 1) * np.where(treated, ratio, 1)
        p.append(poisson_did(swaying(mean, design.dispersion, rng), unit, time, treated).p)
    return np.array(p)


def _series(design, ratio, n_worlds, rng) -> np.ndarray:
    at = np.arange(design.n_before + design.n_after)
    mean = design.mean * np.where(at < design.n_before, 1, ratio)
    return np.array(
        [
            interrupted_series(
                swaying(mean, design.dispersion, rng),
                design.n_before,
                season_length=design.season_length,
            ).effect.p
            for _ in range(n_worlds)
        ]
    )
