"""Made-up maps for the tests: tilings that share borders, and shapes with holes."""

import numpy as np
import shapely

LEFT, BOTTOM = 650_000.0, 6_560_000.0  # EPSG:3006
CORNER = np.array([LEFT, BOTTOM])


def tiling(seed, *, n=14, size_m=900.0):
    """Return Voronoi cells cut to a square: an exact tiling with shared corners."""
    rng = np.random.default_rng(seed)
    seeds = rng.uniform(0, size_m, (n, 2)) + CORNER
    square = shapely.box(LEFT, BOTTOM, LEFT + size_m, BOTTOM + size_m)
    cells = shapely.voronoi_polygons(shapely.multipoints(seeds), extend_to=square)
    lines = [*shapely.get_parts(shapely.boundary(shapely.get_parts(cells))), square.boundary]
    pieces = shapely.get_parts(shapely.polygonize([shapely.union_all(lines)]))
    return np.array([p for p in pieces if square.contains(p.representative_point())])


def squares(columns, rows, side_m, *, left=LEFT, bottom=BOTTOM):
    """Return squares on a lattice, row by row, their corners in round metres."""
    x, y = np.meshgrid(np.arange(columns) * side_m + left, np.arange(rows) * side_m + bottom)
    return shapely.box(x.ravel(), y.ravel(), x.ravel() + side_m, y.ravel() + side_m)


def blob(rng, *, radius_m=100.0, n=12):
    """Return a star-shaped polygon, every other with a hole."""
    turn = np.sort(rng.uniform(0, 2 * np.pi, n))
    reach = rng.uniform(0.3, 1.0, n) * radius_m
    centre = rng.uniform(0, 500, 2) + CORNER
    ring = centre + np.column_stack((np.cos(turn), np.sin(turn))) * reach[:, None]
    shape = shapely.make_valid(shapely.Polygon(ring))
    if rng.random() < 0.5:
        shape = shape.difference(shapely.Point(centre).buffer(radius_m * 0.15))
    return shape


def areal(shapes):
    """Return those that are polygons or multipolygons with some area."""
    kept = [s for s in shapes if s.geom_type in ("Polygon", "MultiPolygon") and s.area > 0]
    return np.array(kept, dtype=object)


def random_points(rng, n, *, size_m=900.0):
    """Return points in and around a map of that size."""
    xy = rng.uniform(-0.1 * size_m, 1.1 * size_m, (n, 2)) + CORNER
    return xy[:, 0], xy[:, 1]
