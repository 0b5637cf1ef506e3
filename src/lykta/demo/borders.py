"""Drawing a map inside one border: connected regions that share every vertex with their neighbours.

The border is filled with a few thousand small cells (a Voronoi diagram of a shaken hexagonal
lattice). Regions grow from their seeds over neighbouring cells, so each is in one piece; their
borders follow cell edges, so neighbours agree to the last vertex.
"""

import heapq
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Polygon

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

CELL_M = 190  # spacing of the lattice: fine enough that the smallest area gets a dozen cells
GRID_M = 0.1  # coordinates are whole decimetres, so equal vertices are equal to the last bit
SMOOTHING_M = 85  # shared borders lose the zigzag of the cells, not their bends
ROUGHNESS = 0.35  # how much harder one cell may be to cross than another: makes borders bend
LLOYD_ROUNDS = 12


@dataclass(frozen=True, slots=True)
class Cells:
    """The small cells inside a border, and which touch each other along a line."""

    polygons: NDArray[np.object_]
    centres: Floats  # (n, 2) metres
    cost: Floats  # (n,) how hard each cell is to cross, about 1
    neighbours: tuple[tuple[int, ...], ...]


def cells_inside(border: Polygon, rng: np.random.Generator) -> Cells:
    """Return the border cut into small cells."""
    points = shapely.multipoints(_shaken_lattice(border, rng))
    edges = shapely.voronoi_polygons(points, only_edges=True)
    lines = shapely.union_all([edges, shapely.boundary(border)], grid_size=GRID_M)
    faces = np.array(shapely.polygonize([lines]).geoms, dtype=object)
    inside = shapely.contains(border, shapely.point_on_surface(faces))
    polygons = faces[inside]
    return Cells(
        polygons=polygons,
        centres=shapely.get_coordinates(shapely.centroid(polygons)),
        cost=rng.uniform(1 - ROUGHNESS, 1 + ROUGHNESS, size=len(polygons)),
        neighbours=_neighbours(polygons),
    )


def grow(cells: Cells, members: Whole, seeds: Floats, pace: Sequence[float]) -> Whole:
    """Return for each member cell the number of the seed that reaches it first.

    A seed with twice the pace crosses a cell in half the time, and so takes more ground.
    """
    owner = {int(cell): -1 for cell in members}
    queue: list[tuple[float, int, int]] = []
    for number, seed in enumerate(seeds):
        distance = np.linalg.norm(cells.centres[members] - seed, axis=1)
        heapq.heappush(queue, (0.0, int(members[distance.argmin()]), number))
    while queue:
        time, cell, number = heapq.heappop(queue)
        if owner[cell] >= 0:
            continue
        owner[cell] = number
        for other in cells.neighbours[cell]:
            if owner.get(other, 0) < 0:
                step = float(np.hypot(*(cells.centres[other] - cells.centres[cell])))
                heapq.heappush(
                    queue, (time + step * cells.cost[other] / pace[number], other, number)
                )
    return np.array([owner[int(cell)] for cell in members])


def even_seeds(cells: Cells, members: Whole, count: int) -> Floats:
    """Return that many points spread evenly over the members, from south to north (Lloyd)."""
    points = cells.centres[members]
    weights = shapely.area(cells.polygons[members])
    seeds = [np.average(points, axis=0, weights=weights)]
    while len(seeds) < count + 1:  # the mean is only a start: drop it when the others stand
        gaps = np.min([np.linalg.norm(points - seed, axis=1) for seed in seeds], axis=0)
        seeds.append(points[gaps.argmax()])
    found = np.array(seeds[1:]) if count > 1 else np.array(seeds[:1])
    for _ in range(LLOYD_ROUNDS):
        nearest = np.linalg.norm(points[:, None] - found, axis=2).argmin(axis=1)
        found = np.array(
            [
                np.average(points[nearest == k], axis=0, weights=weights[nearest == k])
                for k in range(count)
            ]
        )
    return found[np.lexsort((found[:, 0], found[:, 1]))]


def merged(cells: Cells, owner: Whole, count: int) -> NDArray[np.object_]:
    """Return one polygon per owner, smoothed together so that no gap or overlap can open."""
    pieces = [shapely.coverage_union_all(cells.polygons[owner == k]) for k in range(count)]
    smooth = shapely.coverage_simplify(pieces, SMOOTHING_M, simplify_boundary=False)
    return np.array(shapely.normalize(smooth), dtype=object)


def _shaken_lattice(border: Polygon, rng: np.random.Generator) -> Floats:
    margin = 3 * CELL_M  # so that the cells on the border are cut by it, not by the lattice's end
    left, bottom, right, top = border.bounds
    xs = np.arange(left - margin, right + margin, CELL_M)
    ys = np.arange(bottom - margin, top + margin, CELL_M * np.sqrt(3) / 2)
    x, y = np.meshgrid(xs, ys)
    x[1::2] += CELL_M / 2
    points = np.column_stack([x.ravel(), y.ravel()])
    points += rng.uniform(-0.3 * CELL_M, 0.3 * CELL_M, size=points.shape)
    near: Floats = points[shapely.dwithin(border, shapely.points(points), margin)]
    return near


def _neighbours(polygons: NDArray[np.object_]) -> tuple[tuple[int, ...], ...]:
    xy, face = shapely.get_coordinates(polygons, return_index=True)
    same = face[1:] == face[:-1]
    ends = np.round(np.stack([xy[:-1][same], xy[1:][same]], axis=1) / GRID_M).astype(np.int64)
    first_is_less = (ends[:, 0, 0] < ends[:, 1, 0]) | (
        (ends[:, 0, 0] == ends[:, 1, 0]) & (ends[:, 0, 1] < ends[:, 1, 1])
    )
    edges = np.where(first_is_less[:, None, None], ends, ends[:, ::-1]).reshape(-1, 4)
    order = np.lexsort(edges.T)
    twins = (edges[order][1:] == edges[order][:-1]).all(axis=1)
    found: list[set[int]] = [set() for _ in polygons]
    faces = face[:-1][same][order]
    for one, other in zip(faces[:-1][twins], faces[1:][twins], strict=True):
        found[one].add(int(other))
        found[other].add(int(one))
    return tuple(tuple(sorted(near)) for near in found)
