"""Points to areas, and to hexagons."""

import numpy as np

from benchmarks.methods.inputs import town
from benchmarks.methods.method import Act, Method

HEXAGON_M = 250.0


def our_areas(data: tuple) -> Act:
    """Return the area of each point, the polygons as they come."""
    from lykta import analysis

    polygons, x, y = data
    return lambda: _in_some(analysis.assign_areas(x, y, polygons).area)


def our_areas_prepared(data: tuple) -> Act:
    """Return the area of each point, the polygons made ready once."""
    from lykta import analysis

    polygons, x, y = data
    index = analysis.area_index(polygons)
    return lambda: _in_some(analysis.assign_areas(x, y, index).area)


def _in_some(area: np.ndarray) -> np.ndarray:
    """Return the areas of the points that lie in any, which are all that a spatial join returns."""
    return area[area >= 0]


def peers_areas(data: tuple) -> Act:
    """Return the area of each point by a spatial join; the points are made outside the clock."""
    import geopandas as gpd

    polygons, x, y = data
    areas = gpd.GeoDataFrame(geometry=polygons, crs="EPSG:3006")
    points = gpd.GeoDataFrame(geometry=gpd.points_from_xy(x, y), crs="EPSG:3006")
    return lambda: points.sjoin(areas, predicate="within")["index_right"]


def our_hexagons(data: tuple) -> Act:
    """Return how many points each hexagon holds."""
    from lykta import analysis

    _, x, y = data
    lattice = analysis.Lattice("hex", HEXAGON_M)
    return lambda: np.sort(lattice.count(x, y)[1])[::-1]


def peers_hexagons(data: tuple) -> Act:
    """Return the same by a spatial join to hexagons, which are built outside the clock."""
    import geopandas as gpd

    _, x, y = data
    hexagons = gpd.GeoDataFrame(geometry=_hexagons(x, y), crs="EPSG:3006")
    points = gpd.GeoDataFrame(geometry=gpd.points_from_xy(x, y), crs="EPSG:3006")
    return lambda: points.sjoin(hexagons, predicate="within")["index_right"].value_counts()


def _hexagons(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return hexagons with the point up over all points, where ours lie."""
    import shapely

    step = HEXAGON_M * np.sqrt(3) / 2
    rows = np.arange(y.min() // step, y.max() // step + 2)
    columns = np.arange(x.min() // HEXAGON_M - 1, x.max() // HEXAGON_M + 2)
    centre_x, centre_y = np.meshgrid(columns * HEXAGON_M, rows * step)
    centre_x = centre_x + (rows % 2)[:, None] * HEXAGON_M / 2
    turn = np.radians(np.arange(30, 390, 60))
    ring = np.column_stack((np.cos(turn), np.sin(turn))) * HEXAGON_M / np.sqrt(3)
    centres = np.column_stack((centre_x.ravel(), centre_y.ravel()))
    return shapely.polygons(centres[:, None, :] + ring)


METHODS = (
    Method(
        "points to areas, index apart", "1e6 points, 6,000 areas", "geopandas.sjoin",
        town, our_areas_prepared, peers_areas, times=10, within=0,
    ),
    Method(
        "points to areas, index and all", "1e6 points, 6,000 areas", "geopandas.sjoin",
        town, our_areas, peers_areas, times=4, within=0,
    ),
    Method(
        "hexagon counts", "1e6 points", "geopandas.sjoin to hexagons",
        town, our_hexagons, peers_hexagons, times=30,
        within=0.005,  # for points on an edge lie within none of its hexagons
    ),
)  # fmt: skip
