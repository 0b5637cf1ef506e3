"""Hot places: cells of a lattice, or the areas themselves, that hold more than their share."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from lykta.analysis.aggregation import tally
from lykta.analysis.disclosure import protect
from lykta.analysis.geometry import contiguity
from lykta.analysis.hotspots import HotSpots, getis_ord_gi_star
from lykta.analysis.lattices import Lattice
from lykta.analysis.rates import RateRatios, compare_counts
from lykta.analysis.weights import Neighbours

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]
Codes = NDArray[np.int32]

# Sides to choose from, metres; none finer than 200 m may be shown to the public.
CELL_SIZES_M = (250.0, 500.0, 1000.0, 2000.0)
ENOUGH_PER_CELL = 3.0
# Fewer places or events, and a permutation test has too little to go on.
FEWEST_PLACES = 30
FEWEST_EVENTS = 100


@dataclass(frozen=True, slots=True)
class Places:
    """Places of one kind and how they lie."""

    kind: str  # "hex" or "area"
    size_m: float  # distance between opposite sides of a cell; nan for areas
    x_m: Floats  # centres
    y_m: Floats
    corners: Floats | None  # (n, 6, 2) metres; None for areas
    neighbours: Neighbours


@dataclass(frozen=True, slots=True)
class Cluster:
    """Hot places that touch, taken together."""

    members: NDArray[np.int64]  # positions among the places
    count: int
    expected: float
    ratio: RateRatios  # one row: the rate here over the rate everywhere else
    areas: tuple[int, ...]  # every area that holds one of its events, most events first


@dataclass(frozen=True, slots=True)
class HotPlaces:
    """Counts per place, what the exposure leads to expect of each, and which are hot."""

    places: Places
    count: Floats  # nan where hidden
    expected: Floats
    has_exposure: bool  # False: the same is expected of every place
    hot: HotSpots
    clusters: tuple[Cluster, ...]


def permutations_needed(n_places: int, alpha: float) -> int:
    """Return how many permutations let false-discovery control single out one place of n.

    The smallest two-sided p, 2 / (R + 1), must not exceed alpha / n; half as many again are
    taken, so that the answer does not hang on one draw.
    """
    return max(9_999, int(3 * n_places / alpha))


def hot_cells(
    x_m: Floats,
    y_m: Floats,
    area: Codes,
    count: Counts,
    *,
    polygons: NDArray[np.object_],
    population: Floats | None = None,
    size_m: float | None = None,
    alpha: float = 0.05,
    rng: np.random.Generator | int | None = None,
) -> HotPlaces | None:
    """Return hexagons over the areas with their counts and hot spots; None if too few.

    x_m, y_m, area, count : (n,) metres, the area that holds each row (-1 none), events per row.
    polygons : (m,) the areas.
    population : (m,) inhabitants, taken as evenly spread over each area to say what to expect of
        a cell; without it every cell is set against the mean of all.
    size_m : side to side, metres; default the smallest of a few that gives three events a cell.
    """
    import shapely

    inside = (area >= 0) & ~np.isnan(x_m)
    n_events = int(count[inside].sum())
    if n_events < FEWEST_EVENTS:
        return None
    km2 = float(shapely.area(polygons).sum()) / 1e6
    lattice = Lattice("hex", size_m or _fitting_size(n_events, km2))
    held = lattice.cells(x_m[inside], y_m[inside])
    cells = np.unique(np.concatenate([*(lattice.cover(shape) for shape in polygons), held]))
    if len(cells) < FEWEST_PLACES:
        return None
    place = np.full(len(area), -1, np.int32)
    place[inside] = np.searchsorted(cells, held)
    places = Places(
        "hex",
        lattice.size_m,
        *lattice.centres(cells),
        lattice.corners(cells),
        lattice.neighbours(cells),
    )
    exposure = (
        None if population is None else _spread(lattice.polygons(cells), polygons, population)
    )
    counts = tally(place, len(cells), weights=count)
    found = _find(places, counts, exposure, alpha=alpha, rng=rng)
    shares = tally(place, len(cells), weights=count, second=area, n_second=len(polygons))
    return _with_clusters(*found, shares)


def hot_areas(
    polygons: NDArray[np.object_],
    counts: Counts,
    *,
    population: Floats | None = None,
    alpha: float = 0.05,
    rng: np.random.Generator | int | None = None,
) -> HotPlaces | None:
    """Return the areas with their counts and hot spots; None if too few of either.

    polygons, counts, population : (n,). Without population, square kilometres take its place.
    """
    import shapely

    if len(polygons) < FEWEST_PLACES or counts.sum() < FEWEST_EVENTS:
        return None
    exposure = shapely.area(polygons) if population is None else population
    centre = shapely.get_coordinates(shapely.centroid(polygons))
    places = Places("area", np.nan, centre[:, 0], centre[:, 1], None, contiguity(polygons))
    found = _find(places, counts, exposure, alpha=alpha, rng=rng)
    return _with_clusters(*found, None)


def _fitting_size(n_events: int, km2: float) -> float:
    """Return the smallest side that gives enough events a cell."""
    for size in CELL_SIZES_M:
        if n_events * Lattice("hex", size).area_km2 >= ENOUGH_PER_CELL * km2:
            return size
    return CELL_SIZES_M[-1]


def _spread(
    cells: NDArray[np.object_], polygons: NDArray[np.object_], population: Floats
) -> Floats:
    """Return the inhabitants of each cell, each area's spread evenly over it."""
    import shapely

    cell, area = shapely.STRtree(polygons).query(cells, predicate="intersects")
    overlap = shapely.area(shapely.intersection(cells[cell], polygons[area]))
    per_m2 = np.nan_to_num(population / shapely.area(polygons))
    people: Floats = overlap * per_m2[area]
    return np.bincount(cell, weights=people, minlength=len(cells)).astype(float)


def _find(
    places: Places,
    counts: Counts,
    exposure: Floats | None,
    *,
    alpha: float,
    rng: np.random.Generator | int | None,
) -> tuple[Places, Counts, Floats, bool, HotSpots]:
    """Return the places, what is expected of each, and their hot spots."""
    at_risk = np.ones(len(counts)) if exposure is None else np.nan_to_num(exposure)
    expected = at_risk * (counts.sum() / max(at_risk.sum(), 1e-12))
    hot = getis_ord_gi_star(
        counts,
        places.neighbours,
        exposure=exposure,
        n_permutations=permutations_needed(len(counts), alpha),
        alpha=alpha,
        rng=rng,
    )
    return places, counts, expected, exposure is not None, hot


def _with_clusters(
    places: Places,
    counts: Counts,
    expected: Floats,
    has_exposure: bool,  # noqa: FBT001 - unpacked from `_find`, never written by hand
    hot: HotSpots,
    shares: Counts | None,
) -> HotPlaces:
    """Return the hot places with those that touch joined, the fullest cluster first."""
    clusters = []
    for members in _joined(hot.kind == 1, places.neighbours):
        here, wanted = int(counts[members].sum()), float(expected[members].sum())
        ratio = compare_counts(
            [here], [counts.sum() - here],
            exposure_after=wanted, exposure_before=expected.sum() - wanted,
        )  # fmt: skip
        held = shares[members].sum(axis=0) if shares is not None else None
        areas = members if held is None else np.flatnonzero(held)[np.argsort(-held[held > 0])]
        clusters.append(Cluster(members, here, wanted, ratio, tuple(int(a) for a in areas)))
    clusters.sort(key=lambda one: -one.count)
    return HotPlaces(places, counts.astype(float), expected, has_exposure, hot, tuple(clusters))


def veiled(found: HotPlaces, *, smallest_shown: int) -> HotPlaces:
    """Return the hot places without small counts, nor anything they could be worked out from.

    Each place's statistic is a sum over its neighbours, so a reader who had all of them could
    solve for the counts; what stays is which places are hot.
    """
    if smallest_shown <= 1:
        return found
    shown = protect(found.count, smallest_shown=smallest_shown)
    blank = np.full(len(found.count), np.nan)
    hot = replace(
        found.hot, z_analytic=blank, p_two_sided=blank, p_upper=blank, p_lower=blank,
        p_fdr=blank, values=blank,
    )  # fmt: skip
    clusters = tuple(one for one in found.clusters if one.count >= smallest_shown)
    return replace(found, count=shown.counts, hot=hot, clusters=clusters)


def _joined(is_hot: NDArray[np.bool_], neighbours: Neighbours) -> list[NDArray[np.int64]]:
    """Return the hot places in groups that touch."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    hot = np.flatnonzero(is_hot)
    if not len(hot):
        return []
    near = neighbours.keep(is_hot)
    links = csr_array((np.ones(len(near.ids)), near.ids, near.starts), shape=(len(hot), len(hot)))
    n_groups, group = connected_components(links, directed=False)
    return [hot[group == one] for one in range(n_groups)]
