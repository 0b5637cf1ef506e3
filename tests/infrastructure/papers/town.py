"""An invented town in metres: seven districts and cells of hexagons, for maps in the tests."""

import math
from typing import Any

import numpy as np
import shapely

Geometry = dict[str, Any]
NAMES = ("Norrvik", "Ekbacken", "Centrum", "Stationen", "Strandängen", "Lillskog", "Söderby")
SEEDS = np.array(
    [(2.1, 9.2), (5.6, 8.1), (6.3, 5.2), (2.9, 4.4), (10.4, 6.7), (9.6, 3.2), (5.2, 1.8)]
)
COUNTS = (
    (642, 598),
    (488, 471),
    (561, 570),
    (427, 455),
    (236, 228),
    (171, 176),
    (272, 180),
)
KM = 1000.0


def coast() -> shapely.Polygon:
    """Return the outline of the town."""
    turns = np.linspace(0, 2 * math.pi, 90, endpoint=False)
    wave = 1 + 0.11 * np.sin(3 * turns + 0.6) + 0.06 * np.sin(7 * turns) + 0.02 * np.sin(19 * turns)
    x, y = 6.4 + 6.3 * wave * np.cos(turns), 5.4 + 5.0 * wave * np.sin(turns)
    return shapely.Polygon(np.column_stack([x, y]) * KM)


def districts() -> list[Geometry]:
    """Return the districts, as geometries of GeoJSON in metres."""
    whole = coast()
    cells = shapely.voronoi_polygons(shapely.MultiPoint(SEEDS * KM), extend_to=whole).geoms
    parts = []
    for seed in SEEDS * KM:
        cell = next(cell for cell in cells if cell.contains(shapely.Point(seed)))
        parts.append(shapely.geometry.mapping(cell.intersection(whole)))
    return parts


def hexagons(side_m: float = 480) -> tuple[list[Geometry], np.ndarray]:
    """Return hexagons over the town, and their centres."""
    whole, cells, centres = coast(), [], []
    for row in range(16):
        for column in range(18):
            x = column * side_m * math.sqrt(3) + (row % 2) * side_m * math.sqrt(3) / 2
            y = row * side_m * 1.5
            if not whole.contains(shapely.Point(x, y)):
                continue
            turns = np.radians(np.arange(30, 390, 60))
            ring = np.column_stack([x + side_m * np.cos(turns), y + side_m * np.sin(turns)])
            cells.append(shapely.geometry.mapping(shapely.Polygon(ring)))
            centres.append((x, y))
    return cells, np.array(centres)
