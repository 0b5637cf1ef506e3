"""Small counts that could point someone out: hidden here, and nowhere else.

Which counts are hidden, from whom, is a rule that may change, so the threshold comes in as an
argument; this module only sees to it that what is hidden stays hidden.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Protected:
    """A row of counts with a known sum, of which some are hidden."""

    counts: NDArray[np.float64]  # nan where hidden
    is_small: Bools  # hidden because the count itself is small
    is_complement: Bools  # hidden because it would give a small one away

    @property
    def is_hidden(self) -> Bools:
        """Which counts are hidden, for either reason."""
        return self.is_small | self.is_complement


def protect(counts: ArrayLike, *, smallest_shown: int, is_total_shown: bool = True) -> Protected:
    """Return the counts with small ones hidden, and as many more as it takes to keep them so.

    counts : (n,) whole numbers that add up to a total the reader may know.
    smallest_shown : 5 hides 1–4; 0 and 1 hide nothing. Nought is shown: nobody is in it.
    is_total_shown : False where no reader can know the sum.
    The reader knows that a hidden small count is 1 to `smallest_shown` - 1, sees the others and
    the total. The next larger counts are hidden, smallest first, until every small one could
    still be any number in that range; one at least, even where small ones cover each other, for
    a reader who knows the rule would else learn from its absence. Where even that does not help,
    as when all counts are small, every count is hidden and none is marked as small.
    Source: complementary suppression in one dimension, Willenborg & de Waal (2001), Elements of
    Statistical Disclosure Control, 6.2; checked by `possible_values`.

    >>> protect([3, 9, 40, 12], smallest_shown=5).is_hidden.tolist()
    [True, True, False, False]
    """
    x = np.asarray(counts, float)
    if np.any(x < 0) or np.any(x != np.floor(x)) or np.any(np.isinf(x)):
        raise ValueError("counts must be whole numbers, none negative")
    is_small = (x > 0) & (x < smallest_shown)
    is_complement = np.zeros(len(x), bool)
    is_alone = len(x) == 1  # it is the total itself
    if is_total_shown and is_small.any() and not is_alone:
        order = np.argsort(x, kind="stable")
        candidates = order[x[order] >= smallest_shown]
        n_hidden = _fewest(x[is_small], x[candidates], smallest_shown)
        if n_hidden is None:
            nothing, none = np.full(len(x), np.nan), np.zeros(len(x), bool)
            return Protected(nothing, none, ~none)
        is_complement[candidates[:n_hidden]] = True
    hidden = is_small | is_complement
    return Protected(np.where(hidden, np.nan, x), is_small, is_complement)


def protect_parts(counts: ArrayLike, part: ArrayLike, *, smallest_shown: int) -> Protected:
    """Return the counts protected part by part, for a reader who may know the sum of each part.

    counts : (n,) whole numbers.  part : (n,) which part each belongs to.
    """
    x, part = np.asarray(counts, float), np.asarray(part)
    if part.shape != x.shape:
        raise ValueError(f"counts {x.shape} and part {part.shape} must be columns of one length")
    shown, small, complement = x.copy(), np.zeros(len(x), bool), np.zeros(len(x), bool)
    order = np.argsort(part, kind="stable")
    starts = np.flatnonzero(part[order][1:] != part[order][:-1]) + 1
    for here in np.split(order, starts):
        safe = protect(x[here], smallest_shown=smallest_shown)
        shown[here], small[here], complement[here] = (
            safe.counts,
            safe.is_small,
            safe.is_complement,
        )
    return Protected(shown, small, complement)


def possible_values(
    protected: Protected, *, total: float, smallest_shown: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the least and the greatest value that a reader can work out for each count.

    The reader is taken to know the total, the shown counts, and the rule by which the others
    were hidden: small ones are 1 to `smallest_shown` - 1, the rest `smallest_shown` or more and
    none above the least that is shown. Where none is marked as small, all may be anything.
    """
    hidden = protected.is_hidden
    left = total - np.nansum(protected.counts)
    if not left >= 0:
        raise ValueError(f"total={total} is less than what is shown, or not known")
    if hidden.any() and not protected.is_small.any():
        return np.zeros(len(hidden)), np.full(len(hidden), float(left))
    least_shown = protected.counts[protected.counts >= smallest_shown].min(initial=np.inf)
    floor = np.where(protected.is_small, 1.0, float(smallest_shown))
    ceiling = np.where(protected.is_small, smallest_shown - 1.0, least_shown)
    others_floor = floor[hidden].sum() - floor
    open_ended = np.isinf(ceiling) & hidden
    bounded = np.where(np.isinf(ceiling), 0.0, ceiling)
    others_open = open_ended.sum() - open_ended > 0
    others_ceiling = np.where(others_open, np.inf, bounded[hidden].sum() - bounded)
    low = np.maximum(floor, left - others_ceiling)
    high = np.minimum(ceiling, left - others_floor)
    if np.any(low[hidden] > high[hidden]):
        raise ValueError(f"total={total} is not that of the counts and the rule")
    shown = protected.counts
    return np.where(hidden, low, shown), np.where(hidden, high, shown)


def _fewest(
    small: NDArray[np.float64], others: NDArray[np.float64], smallest_shown: int
) -> int | None:
    """Return how many of the other counts, smallest first, keep every small one safe when hidden.

    small, others : the counts, those of `others` ascending.
    At least one, if there is any; None where not even all of them do. As in `possible_values`,
    what is hidden lies between the rule's bound and the least that is shown.
    """
    n_hidden = np.arange(len(others) + 1)
    left = small.sum() + np.concatenate(([0.0], np.cumsum(others)))
    least_shown = np.append(others, left[-1])  # the sum is the bound where all are hidden
    most = (len(small) - 1) * (smallest_shown - 1) + n_hidden * least_shown
    least = (len(small) - 1) + n_hidden * smallest_shown
    is_safe = (left - most <= 1) & (left - least >= smallest_shown - 1)
    is_safe[: min(1, len(others))] = False
    return int(np.argmax(is_safe)) if is_safe.any() else None
