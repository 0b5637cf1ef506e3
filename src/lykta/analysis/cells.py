"""Hot places: cells of a lattice, or the areas themselves, that hold more than their share."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from lykta.analysis.aggregation import tally
from lykta.analysis.excess import Excess, excess
from lykta.analysis.geometry import contiguity, refuse_degrees
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
# More cells than this cannot be told apart on a map of the whole.
MOST_CELLS = 1_500
# People spread over areas this many times larger than a cell say nothing of the cell.
COARSEST_PEOPLE = 25.0
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
class People:
    """Inhabitants where they live, finer than the areas of the picture if need be."""

    population: Floats  # (k,)
    polygons: NDArray[np.object_] | None  # (k,) metres, or points instead:
    x_m: Floats | None = None
    y_m: Floats | None = None

    def middles(self) -> tuple[Floats, Floats]:
        """Return a point of each place, inside it; metres."""
        if self.polygons is not None:
            import shapely

            x, y = shapely.get_coordinates(shapely.point_on_surface(self.polygons)).T
            return x, y
        if self.x_m is None or self.y_m is None:
            raise ValueError("polygons: None; give polygons, or x_m and y_m")
        return self.x_m, self.y_m


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
    is_small: NDArray[np.bool_]  # hidden for its own smallness, not as a complement
    expected: Floats
    is_by_people: bool  # expected by inhabitants; else by area, the same for every cell
    hot: HotSpots  # each place with its neighbours
    own: Excess  # each place by itself
    kind: NDArray[np.int8]  # 1 hot by either, each at half of alpha
    clusters: tuple[Cluster, ...]


def permutations_needed(n_places: int, alpha: float) -> int:
    """Return how many permutations let false-discovery control single out one place of n.

    The smallest two-sided p, 2 / (R + 1), must not exceed alpha / n; a tenth more are taken, for
    the draws that are set aside since they hold the place itself.
    """
    return max(9_999, int(2.2 * n_places / alpha))


def hot_cells(
    x_m: Floats,
    y_m: Floats,
    area: Codes,
    count: Counts,
    *,
    polygons: NDArray[np.object_],
    people: People | None = None,
    size_m: float | None = None,
    alpha: float = 0.05,
    rng: np.random.Generator | int | None = None,
) -> HotPlaces | None:
    """Return hexagons over the areas with their counts and hot spots; None if too few.

    x_m, y_m, area, count : (n,) metres, the area that holds each row (-1 none), events per row.
    polygons : (m,) the areas.
    people : where inhabitants live, to say what to expect of a cell; those of an area are taken
        as evenly spread over it. Without it, or where its areas are too coarse to say anything
        of a cell, every cell is set against the mean of all.
    size_m : side to side, metres; default the smallest of a few that gives three events a cell
        and no more cells than a map can show.
    """
    import shapely

    inside = (area >= 0) & np.isfinite(x_m) & np.isfinite(y_m)
    if np.any(count < 0):
        raise ValueError("count must not be negative")
    n_events = int(count[inside].sum())
    if n_events < FEWEST_EVENTS:
        return None
    xy = np.column_stack((x_m[inside], y_m[inside]))
    refuse_degrees(xy.min(axis=0), xy.max(axis=0))
    km2 = float(shapely.area(polygons).sum()) / 1e6
    lattice = Lattice("hex", size_m or fitting_size(n_events, km2))
    held = lattice.cells(*xy.T)
    cells = np.union1d(covering(lattice, polygons), held)
    return hot_lattice(
        lattice,
        held,
        area[inside],
        count[inside],
        cells=cells,
        exposure=None if people is None else inhabitants(lattice, cells, people),
        n_areas=len(polygons),
        alpha=alpha,
        rng=rng,
    )


def covering(lattice: Lattice, polygons: NDArray[np.object_]) -> NDArray[np.int64]:
    """Return the cells whose centre lies in any of the areas, ascending."""
    return np.unique(np.concatenate([lattice.cover(shape) for shape in polygons]))


def hot_lattice(
    lattice: Lattice,
    cell: NDArray[np.int64],
    area: Codes,
    count: Counts,
    *,
    cells: NDArray[np.int64],
    n_areas: int,
    exposure: Floats | None = None,
    alpha: float = 0.05,
    rng: np.random.Generator | int | None = None,
) -> HotPlaces | None:
    """Return the cells of a lattice with their counts and hot spots; None if too few.

    cell, area, count : (n,) cell and area (≥ 0) of each row, events per row; a cell may stand in
        several rows.
    cells : (k,) every cell to consider, ascending; those without events count too.
    exposure : (k,) inhabitants of each, from `inhabitants`; without it every cell is set against
        the mean of all.
    """
    if len(cells) < FEWEST_PLACES or int(count.sum()) < FEWEST_EVENTS:
        return None
    place = np.searchsorted(cells, cell)
    places = Places(
        "hex",
        lattice.size_m,
        *lattice.centres(cells),
        lattice.corners(cells),
        lattice.neighbours(cells),
    )
    counts = tally(place, len(cells), weights=count)
    shares = tally(place, len(cells), weights=count, second=area, n_second=n_areas)
    return _find(places, counts, exposure, shares, alpha=alpha, rng=rng)


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
    found = _find(places, counts, exposure, None, alpha=alpha, rng=rng)
    return replace(found, is_by_people=population is not None)


def fitting_size(n_events: int, km2: float) -> float:
    """Return the smallest side that gives enough events a cell."""
    for size in CELL_SIZES_M:
        n_cells = km2 / Lattice("hex", size).area_km2
        if n_events >= ENOUGH_PER_CELL * n_cells and n_cells <= MOST_CELLS:
            return size
    return CELL_SIZES_M[-1]


def inhabitants(lattice: Lattice, cells: NDArray[np.int64], people: People) -> Floats | None:
    """Return the inhabitants of each cell; None where they are known too coarsely to say."""
    import shapely

    if people.polygons is None:
        home = lattice.cells(*people.middles())
        at = np.minimum(np.searchsorted(cells, home), len(cells) - 1)
        code = np.where(cells[at] == home, at, -1)
        return tally(code, len(cells), weights=people.population).astype(float)
    if np.median(shapely.area(people.polygons)) > COARSEST_PEOPLE * 1e6 * lattice.area_km2:
        return None
    return _spread(lattice.polygons(cells), people.polygons, people.population)


def _spread(
    cells: NDArray[np.object_], polygons: NDArray[np.object_], population: Floats
) -> Floats:
    """Return the inhabitants of each cell, each area's spread evenly over it."""
    import shapely

    polygons = shapely.make_valid(polygons)
    cell, area = shapely.STRtree(polygons).query(cells, predicate="intersects")
    overlap = shapely.area(shapely.intersection(cells[cell], polygons[area]))
    per_m2 = np.nan_to_num(population / shapely.area(polygons))
    people: Floats = overlap * per_m2[area]
    return np.bincount(cell, weights=people, minlength=len(cells)).astype(float)


def _find(
    places: Places,
    counts: Counts,
    exposure: Floats | None,
    shares: Counts | None,
    *,
    alpha: float,
    rng: np.random.Generator | int | None,
) -> HotPlaces:
    """Return the hot places; shares : (n, m) events of each place in each area, if not the same."""
    at_risk = np.ones(len(counts)) if exposure is None else np.asarray(exposure, float)
    known = ~np.isnan(at_risk)  # elsewhere nothing can be expected, and nothing is tested
    expected = at_risk * (counts[known].sum() / max(at_risk[known].sum(), 1e-12))
    hot = getis_ord_gi_star(
        counts,
        places.neighbours,
        exposure=exposure,
        n_permutations=permutations_needed(len(counts), alpha / 2),
        alpha=alpha / 2,
        rng=rng,
    )
    own = excess(counts, np.nan_to_num(expected), alpha=alpha / 2)
    kind = ((hot.kind == 1) | (own.kind == 1)).astype(np.int8)
    clusters = []
    for members in _joined(kind == 1, places.neighbours):
        held = shares[members].sum(axis=0) if shares is not None else None
        areas = members if held is None else np.flatnonzero(held)[np.argsort(-held[held > 0])]
        cluster = _cluster(members, counts, expected, areas)
        # Gi* may call a place hot for its neighbours' sake alone; such a one is no dense place.
        if cluster.ratio.low[0] > 1:
            clusters.append(cluster)
    clusters.sort(key=lambda one: -one.count)
    return HotPlaces(
        places, counts.astype(float), np.zeros(len(counts), bool), expected,
        exposure is not None, hot, own, kind, tuple(clusters),
    )  # fmt: skip


def _cluster(
    members: NDArray[np.int64], counts: Counts, expected: Floats, areas: NDArray[np.int64]
) -> Cluster:
    """Return hot places that touch as one, set against everywhere else."""
    known = ~np.isnan(expected)
    here, wanted = int(counts[members].sum()), float(expected[members].sum())
    ratio = compare_counts(
        [here], [counts[known].sum() - here],
        exposure_after=wanted, exposure_before=expected[known].sum() - wanted,
    )  # fmt: skip
    return Cluster(members, here, wanted, ratio, tuple(int(a) for a in areas))


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
