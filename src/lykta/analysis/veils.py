"""Hot places without what a small count could be worked out from."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from lykta.analysis.cells import Cluster, HotPlaces
from lykta.analysis.disclosure.rows import protect

Floats = NDArray[np.float64]


def veiled(found: HotPlaces, *, smallest_shown: int) -> HotPlaces:
    """Return the hot places without small counts, nor anything they could be worked out from.

    Each place's statistic is a sum over its neighbours, so a reader who had all of them could
    solve for the counts; what stays is which places are hot, and the sums of clusters.
    """
    if smallest_shown <= 1:
        return found
    guard = _guarded_areas if found.places.kind == "area" else _guarded_cells
    count, clusters = guard(found, smallest_shown)
    is_small = np.isnan(count) & (found.count < smallest_shown)
    blank = np.full(len(found.count), np.nan)
    hot = replace(
        found.hot, z_analytic=blank, p_two_sided=blank, p_upper=blank, p_lower=blank,
        p_fdr=blank, values=blank,
    )  # fmt: skip
    own = replace(found.own, p_two_sided=blank, p_fdr=blank, dispersion=np.nan)
    # In order of number: the order by count would tell of counts.
    clusters = tuple(replace(one, areas=tuple(sorted(one.areas))) for one in clusters)
    return replace(found, count=count, is_small=is_small, hot=hot, own=own, clusters=clusters)


def _guarded_areas(found: HotPlaces, smallest_shown: int) -> tuple[Floats, tuple[Cluster, ...]]:
    """Return the counts, hidden as in any table of areas, and the clusters without hidden ones."""
    count = protect(found.count, smallest_shown=smallest_shown).counts
    kept = (one for one in found.clusters if not np.isnan(count[one.members]).any())
    return count, tuple(kept)


def _guarded_cells(found: HotPlaces, smallest_shown: int) -> tuple[Floats, tuple[Cluster, ...]]:
    """Return the counts and the clusters: first whole clusters among the other cells, then each."""
    is_alone = np.ones(len(found.count), bool)
    for one in found.clusters:
        is_alone[one.members] = False
    sums = [one.count for one in found.clusters]
    row = protect(np.append(found.count[is_alone], sums), smallest_shown=smallest_shown).counts
    count, kept = np.full(len(found.count), np.nan), []
    count[is_alone] = row[: len(row) - len(sums)]
    for one, shown_sum in zip(found.clusters, row[len(row) - len(sums) :], strict=True):
        if not np.isnan(shown_sum):
            within = protect(found.count[one.members], smallest_shown=smallest_shown)
            count[one.members] = within.counts
            kept.append(one)
    return count, tuple(kept)
