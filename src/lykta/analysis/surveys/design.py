"""How a sample was drawn: strata, clusters, and the share of each that was taken."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Design:
    """How respondents were drawn; as it stands, one by one from a population without end.

    strata : (n,) which stratum each is in, drawn from separately.
    clusters : (n,) which cluster each is in, such as a school; whole clusters were drawn. A
        cluster lies within one stratum.
    sampled_share : of the clusters (or persons) of the population, the share drawn; one number or
        (n,), the same throughout a stratum. Lessens the variance by that share.
    """

    strata: ArrayLike | None = None
    clusters: ArrayLike | None = None
    sampled_share: ArrayLike = 0.0


@dataclass(frozen=True, slots=True)
class Units:
    """What was drawn independently of each other: clusters, or persons, or groups of persons."""

    of: Integers  # (n,) the unit of each respondent
    stratum: Integers  # (u,) the stratum of each unit
    sampled_share: Floats  # (u,)

    @property
    def in_stratum(self) -> Integers:
        """How many units there are in the stratum of each unit."""
        return np.bincount(self.stratum)[self.stratum]

    def freedom(self, inside: NDArray[np.bool_]) -> int:
        """Return units less strata, of those in which anyone asked about is found."""
        is_found = np.zeros(len(self.stratum), bool)
        is_found[self.of[inside]] = True
        return int(is_found.sum()) - len(np.unique(self.stratum[is_found]))


def units_of(design: Design, n: int) -> Units:
    """Return what was drawn independently, or raise ValueError where a variance cannot be had."""
    stratum = _indexes("strata", design.strata, n)
    if design.clusters is None:
        of, strata = np.arange(n), stratum
    else:
        cluster = _indexes("clusters", design.clusters, n)
        found, of = np.unique(stratum * (cluster.max() + 1) + cluster, return_inverse=True)
        strata = found // (cluster.max() + 1)
    sizes = np.bincount(strata)
    if sizes.min() < 2:
        alone = int(np.argmin(sizes))
        raise ValueError(f"stratum {alone} holds {sizes[alone]} unit drawn; at least 2 are needed")
    return Units(of, strata, _shares(design.sampled_share, of, len(strata), n))


def grouped(units: Units, n_groups: int, rng: np.random.Generator) -> Units:
    """Return the persons of each stratum dealt at random into about `n_groups` groups in all."""
    n = len(units.of)
    order = np.lexsort((rng.random(n), units.stratum))
    sizes = np.bincount(units.stratum)
    groups = np.clip(np.rint(n_groups * sizes / n).astype(np.int64), 2, sizes)
    place = np.arange(n) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    first = np.cumsum(groups) - groups
    of = np.empty(n, np.int64)
    of[order] = np.repeat(first, sizes) + place % np.repeat(groups, sizes)
    stratum = np.repeat(np.arange(len(sizes)), groups)
    share = np.empty(len(stratum))
    share[of] = units.sampled_share
    return Units(of, stratum, share)


def _indexes(name: str, labels: ArrayLike | None, n: int) -> Integers:
    if labels is None:
        return np.zeros(n, np.int64)
    known = np.asarray(labels)
    if known.shape != (n,):
        raise ValueError(f"{name} has shape {known.shape}; one label for each of {n} is needed")
    return np.unique(known, return_inverse=True)[1]


def _shares(sampled_share: ArrayLike, of: Integers, n_units: int, n: int) -> Floats:
    share = np.broadcast_to(np.asarray(sampled_share, float), (n,))
    if not np.all((share >= 0) & (share < 1)):
        raise ValueError("sampled_share must be from 0 up to, but not including, 1")
    result = np.empty(n_units)
    result[of] = share
    return result
