"""What other weeks would have shown: intervals of means and ratios over weeks, by drawing anew.

Every draw is measured by its own standard error, so that few weeks still give wide enough
intervals; where all weeks agree exactly there is no error to measure, and the interval is nan.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

LEVEL = 0.95
# Fewer, and drawing among them anew says little of what others would have shown.
FEWEST_UNITS = 8


def ratio_interval(
    top: Floats, bottom: Floats, *, n_draws: int, rng: np.random.Generator
) -> tuple[Floats, Floats]:
    """Return the 95 % interval of sum(top) / sum(bottom) over weeks, drawn one by one.

    top, bottom : (weeks, k) ≥ 0, k ratios from the same weeks.  nan where a ratio is 0, or the
    same in all weeks.  On the log scale.
    Source: Efron & Tibshirani (1993), An Introduction to the Bootstrap, 12.5.
    """
    n = len(top)
    if n < FEWEST_UNITS or n_draws < 2:
        return np.full(top.shape[1], np.nan), np.full(top.shape[1], np.nan)
    drawn = rng.multinomial(n, np.full(n, 1 / n), size=n_draws).astype(float)
    centre, error = _log_ratio(np.ones((1, n)), top, bottom)
    each, own_error = _log_ratio(drawn, top, bottom)
    low, high = _studentised(each - centre, own_error)
    return np.exp(centre - high * error)[0], np.exp(centre - low * error)[0]


def mean_interval(
    values: Floats, *, length: int, n_draws: int, rng: np.random.Generator
) -> tuple[float, float]:
    """Return the 95 % interval of the mean of a series, drawn in circular blocks.

    values : (weeks,).  length : weeks in a block, within which they may hang together.
    Source: Politis & Romano (1992), in Exploring the Limits of Bootstrap; Götze & Künsch (1996),
    Annals of Statistics 24(5), for blocks with their own standard error.
    """
    n_blocks = len(values) // length
    if n_blocks < FEWEST_UNITS or np.ptp(values) == 0:
        return float("nan"), float("nan")
    around = np.concatenate((values, values[: length - 1]))
    blocks = np.convolve(around, np.full(length, 1 / length), mode="valid")
    drawn = blocks[rng.integers(0, len(blocks), (n_draws, n_blocks))]
    shrunk = np.sqrt(n_blocks - 1)
    low, high = _studentised(
        (drawn.mean(axis=1) - blocks.mean())[:, None], drawn.std(axis=1)[:, None] / shrunk
    )
    error = blocks.std() / shrunk
    return float(values.mean() - high[0] * error), float(values.mean() - low[0] * error)


def _log_ratio(weights: Floats, top: Floats, bottom: Floats) -> tuple[Floats, Floats]:
    """Return the logarithm of each weighted ratio and its standard error, nan where it is none."""
    n = len(top)
    above, below = weights @ top, weights @ bottom
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = above / below
        squares = weights @ top**2 - 2 * ratio * (weights @ (top * bottom))
        squares = squares + ratio**2 * (weights @ bottom**2)
        # What is left of a sum of squares that cancels is rounding.
        is_still = squares <= 1e-12 * (weights @ top**2)
        error = np.sqrt(np.where(is_still, np.nan, squares) * n / (n - 1)) / above
        return np.where(above > 0, np.log(ratio), np.nan), error


def _studentised(gap: Floats, error: Floats) -> tuple[Floats, Floats]:
    """Return the outer quantiles of gaps over their errors; nan where most have none.

    gap, error : (n_draws, k).
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        t = gap / error
    # A draw without an error of its own lies as far out as can be, on the side of its gap.
    t = np.where(np.isfinite(t), t, np.where(gap == 0, 0.0, np.sign(gap) * 1e300))
    edges = np.nanquantile(t, [(1 - LEVEL) / 2, (1 + LEVEL) / 2], axis=0, method="inverted_cdf")
    is_known = np.abs(edges).max(axis=0) < 1e300
    low, high = np.where(is_known, edges, np.nan)
    return low, high
