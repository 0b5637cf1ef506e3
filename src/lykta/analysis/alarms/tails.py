"""How likely a count is to be as high as this, its variance being a multiple of its mean."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy import special

Floats = NDArray[np.float64]


def at_least(count: Floats, mean: Floats, spread: Floats) -> Floats:
    """Return P(X ≥ count), X negative binomial with variance = spread * mean; Poisson at spread 1.

    All of one shape; mean > 0, spread ≥ 1.

    >>> at_least(np.array([3.0]), np.array([1.0]), np.array([2.0])).tolist()
    [0.125]
    """
    is_over = spread > 1
    size = mean / np.where(is_over, spread - 1, 1)
    over = special.betainc(np.maximum(count, 1), size, 1 - 1 / spread)
    tail = np.where(is_over, over, special.gammainc(np.maximum(count, 1), mean))
    return np.where(count > 0, tail, 1.0)


def largest_usual(mean: Floats, spread: Floats, tail: float) -> Floats:
    """Return the largest count that is no alarm: the least k with P(X > k) ≤ tail."""
    top = np.ceil(mean + 12 * np.sqrt(spread * mean) + 12 * spread * np.log(1 / tail) + 10)
    return first_count(top, lambda count: at_least(count + 1, mean, spread) <= tail)


def first_count(top: Floats, holds: Callable[[Floats], NDArray[np.bool_]]) -> Floats:
    """Return the least whole number, at most `top`, from which on something holds, by halving."""
    below, at = np.full(len(top), -1.0), top
    while np.any(at - below > 1):
        middle = np.floor((below + at) / 2)
        is_there = holds(middle)
        below, at = np.where(is_there, below, middle), np.where(is_there, middle, at)
    return at
