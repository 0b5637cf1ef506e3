"""Which places count as near which: a neighbour list in compressed rows."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The neighbours of n places, each counting alike; a place is not its own neighbour."""

    starts: Ints  # (n + 1,) where each place's neighbours begin in `ids`
    ids: Ints  # neighbours, ascending within a place

    @property
    def n(self) -> int:
        """Number of places."""
        return len(self.starts) - 1

    @property
    def counts(self) -> Ints:
        """Number of neighbours of each place; shape (n,)."""
        return np.diff(self.starts)

    def sums(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the sum of the neighbours' values for each place; 0 where there are none."""
        place = np.repeat(np.arange(self.n), self.counts)
        near: NDArray[np.float64] = np.asarray(values, float)[self.ids]
        # One by one and in order, as the permutations add: equal values have equal sums.
        return np.bincount(place, weights=near, minlength=self.n).astype(float)

    def keep(self, mask: NDArray[np.bool_]) -> "Neighbours":
        """Return the neighbours among the kept places only, numbered anew."""
        number = np.cumsum(mask, dtype=np.int32) - 1
        place = np.repeat(np.arange(self.n), self.counts)
        both = mask[place] & mask[self.ids]
        counts = np.bincount(number[place[both]], minlength=int(mask.sum()))
        starts = np.concatenate(([0], np.cumsum(counts))).astype(np.int32)
        return Neighbours(starts, number[self.ids[both]])


def neighbours_from_pairs(pairs: NDArray[np.integer], n: int) -> Neighbours:
    """Return the neighbour list of n places from pairs in any order, repeats and loops allowed.

    pairs : (m, 2) integer from 0 to n - 1, both directions are implied.
    """
    if len(pairs) and not (pairs.min() >= 0 and pairs.max() < n):
        raise ValueError(f"pairs holds {pairs.min()} to {pairs.max()}; 0 to {n - 1} are allowed")
    first, second = pairs.T.astype(np.int64)
    apart = first != second
    first, second = first[apart], second[apart]
    keys = np.unique(np.concatenate((first * n + second, second * n + first)))
    starts = np.searchsorted(keys, np.arange(n + 1) * n).astype(np.int32)
    return Neighbours(starts, (keys % max(n, 1)).astype(np.int32))


def neighbours_from_lists(lists: list[list[int]]) -> Neighbours:
    """Return the neighbour list given place by place, as read from a file of weights.

    lists : the neighbours of each place, numbered from 0; none may be its own neighbour.
    """
    for place, one in enumerate(lists):
        if any(k == place or not 0 <= k < len(lists) for k in one) or len(set(one)) < len(one):
            raise ValueError(
                f"place {place} of {len(lists)} has the neighbours {one}; others are needed, each "
                "once and numbered from 0"
            )
    starts = np.concatenate(([0], np.cumsum([len(one) for one in lists]))).astype(np.int32)
    ids = np.array([k for one in lists for k in sorted(one)], dtype=np.int32)
    return Neighbours(starts, ids)
