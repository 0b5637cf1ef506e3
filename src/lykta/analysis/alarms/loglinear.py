"""Many series at once, each a log-linear mean: a level for each part of the year, and a trend."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

MOST_STEPS = 25
NEAR_ENOUGH = 1e-8  # change of the deviance, as a part of it
FARTHEST = 50.0  # in logarithms; no count of anything is as large as e⁵⁰


@dataclass(frozen=True, slots=True)
class Design:
    """Where in the year each week of the past is, and how long ago it was."""

    level: NDArray[np.intp]  # (weeks,) 0, …, 0, 1, …; the last is that of the week to be judged
    time: Floats  # (weeks,) in weeks from the one to be judged, so negative
    has_trend: bool

    @property
    def n_terms(self) -> int:
        """How many numbers the mean is made of."""
        return int(self.level[-1]) + 1 + self.has_trend

    def sums(self, rows: Floats) -> Floats:
        """Return the sum of each level's weeks, (rows, levels)."""
        starts = np.flatnonzero(np.diff(self.level, prepend=-1))
        return np.asarray(np.add.reduceat(rows, starts, axis=1))


@dataclass(frozen=True, slots=True)
class Fit:
    """A quasi-Poisson fit of each row, and what it says of the week to be judged."""

    mean: Floats  # (rows, weeks)
    leverage: Floats  # (rows, weeks) the share of its own mean that each week has decided
    pearson: Floats  # (rows,) dispersion
    freedom: NDArray[np.intp]  # (rows,) degrees of freedom
    slope: Floats  # (rows,) of the logarithm, a week; 0 where the design has no trend
    slope_variance: Floats  # (rows,) at dispersion 1
    now: Floats  # (rows,) the mean of the week to be judged
    now_variance: Floats  # (rows,) of its logarithm, at dispersion 1
    is_found: Flags  # (rows,) the steps came to rest


@dataclass(frozen=True, slots=True)
class _Lines:
    """A weighted straight line through each row, with a height for each level."""

    height: Floats  # (rows, levels) at time 0
    slope: Floats  # (rows,)
    mass: Floats  # (rows, levels) sum of weights
    centre: Floats  # (rows, levels) weighted mean of time
    spread: Floats  # (rows,) weighted squares of time around those


def fit(counts: Floats, weights: Floats, design: Design) -> Fit:
    """Return the fits of (rows, weeks) counts by iteratively reweighted least squares.

    The steps begin at the counts and end for each row where its deviance comes to rest; spreads
    are taken at the weights of the last step.
    Source: McCullagh & Nelder (1989), Generalized Linear Models, 2.5.
    """
    eta, mean = np.log(counts + 0.1), counts + 0.1
    with np.errstate(divide="ignore", invalid="ignore"):
        own = np.where(counts > 0, counts * np.log(counts), 0.0) - counts
    deviance, used = np.full(len(counts), np.inf), np.empty_like(mean)
    left = np.arange(len(counts))
    for _ in range(MOST_STEPS):
        y, before = counts[left], mean[left]
        used[left] = weights[left] * before
        lines = _least_squares(eta[left] + (y - before) / before, used[left], design)
        now = lines.height[:, design.level] + lines.slope[:, None] * design.time
        now = np.clip(now, -FARTHEST, FARTHEST)
        eta[left], mean[left] = now, np.exp(now)
        last = deviance[left]
        deviance[left] = 2 * np.sum(weights[left] * (own[left] - y * now + mean[left]), axis=1)
        is_moving = np.abs(deviance[left] - last) >= NEAR_ENOUGH * (0.1 + np.abs(deviance[left]))
        left = left[is_moving]
        if not len(left):
            break
    # The line through what is already one gives its slope, and the spreads at the last weights.
    lines = _least_squares(eta, used, design)
    off = design.time - lines.centre[:, design.level]
    freedom = np.count_nonzero(weights, axis=1) - design.n_terms
    is_found = np.ones(len(counts), bool)
    is_found[left] = False
    return Fit(
        mean=mean,
        leverage=used * (1 / lines.mass[:, design.level] + off**2 / lines.spread[:, None]),
        pearson=np.sum(used * (counts / mean - 1) ** 2, axis=1) / freedom,
        freedom=freedom,
        slope=lines.slope,
        slope_variance=1 / lines.spread,
        now=np.exp(lines.height[:, -1]),
        now_variance=1 / lines.mass[:, -1] + lines.centre[:, -1] ** 2 / lines.spread,
        is_found=is_found,
    )


def _least_squares(response: Floats, weights: Floats, design: Design) -> _Lines:
    """Return the lines. No matrix is solved: each level's own mean is taken out of time first.

    Source: Frisch & Waugh (1933), Econometrica 1(4).
    """
    mass = np.maximum(design.sums(weights), np.finfo(float).tiny)
    height = design.sums(weights * response) / mass
    if not design.has_trend:
        none = np.zeros(len(response))
        return _Lines(height, none, mass, np.zeros_like(mass), none + np.inf)
    centre = design.sums(weights * design.time) / mass
    off = design.time - centre[:, design.level]
    lean = weights * off
    spread = np.maximum(np.sum(lean * off, axis=1), np.finfo(float).tiny)
    slope = np.sum(lean * response, axis=1) / spread
    return _Lines(height - slope[:, None] * centre, slope, mass, centre, spread)
