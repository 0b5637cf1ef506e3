"""Each method by its peer, on arrays in memory: `python -m benchmarks.methods.peer DIR`.

Hexagons are built outside the clock, as a user would build them once.
"""

import json
import sys
import warnings

import esda
import geopandas as gpd
import libpysal
import numpy as np
import pandas as pd
import shapely

from benchmarks.methods.timing import median_cpu_s

SQRT3 = 3.0**0.5
HEX_M = 250.0


def main() -> None:
    """Print the CPU seconds of each method."""
    warnings.simplefilter("ignore")
    folder = sys.argv[1]
    table = pd.read_csv(f"{folder}/events.csv", sep=";")
    areas = gpd.read_file(f"{folder}/areas.gpkg")
    points = gpd.GeoDataFrame(geometry=gpd.points_from_xy(table["x"], table["y"]), crs=areas.crs)
    near = libpysal.weights.Queen.from_dataframe(areas, use_index=False, silence_warnings=True)
    population = areas["population"].to_numpy(float)
    counts = np.random.default_rng(1).poisson(population / 10)
    hexes = hexagons(areas.total_bounds, areas.crs)

    def gi_star(permutations: int) -> object:
        return esda.G_Local(
            counts / population, near, star=True, transform="B", permutations=permutations, seed=1
        )

    work = {
        "points in areas": lambda: points.sjoin(areas, predicate="within"),
        "contiguity": lambda: libpysal.weights.Queen.from_dataframe(
            areas, use_index=False, silence_warnings=True
        ),
        "Gi*, 999 permutations": lambda: gi_star(999),
        "Gi*, 9,999 permutations": lambda: gi_star(9_999),
        "empirical Bayes, whole": lambda: esda.smoothing.Empirical_Bayes(counts, population),
        "empirical Bayes, local": lambda: local_bayes(counts, population, near),
        "hexagon counts": lambda: points.sjoin(hexes, predicate="within")[
            "index_right"
        ].value_counts(),
    }
    print(json.dumps({name: median_cpu_s(act, rounds=1) for name, act in work.items()}))


def local_bayes(counts: np.ndarray, population: np.ndarray, near: object) -> np.ndarray:
    """Return local empirical-Bayes rates by the plain loop that esda's smoother runs."""
    rates = np.empty(len(counts))
    for i in range(len(counts)):
        around = [i, *near.neighbors[i]]
        y, n = counts[around], population[around]
        mean = y.sum() / n.sum()
        variance = max((n * (y / n - mean) ** 2).sum() / n.sum() - mean / n.mean(), 0.0)
        shrink = variance / (variance + mean / population[i]) if variance > 0 else 0.0
        rates[i] = mean + shrink * (counts[i] / population[i] - mean)
    return rates


def hexagons(bounds: np.ndarray, crs: object) -> gpd.GeoDataFrame:
    """Return hexagons with the point up over a box."""
    rows = np.arange(bounds[1], bounds[3] + HEX_M, HEX_M * SQRT3 / 2)
    columns = np.arange(bounds[0], bounds[2] + HEX_M, HEX_M)
    x, y = np.meshgrid(columns, rows)
    x = x + (np.arange(len(rows)) % 2)[:, None] * HEX_M / 2
    turn = np.radians(np.arange(30, 390, 60))
    ring = np.column_stack((np.cos(turn), np.sin(turn))) * HEX_M / SQRT3
    corners = np.column_stack((x.ravel(), y.ravel()))[:, None, :] + ring
    return gpd.GeoDataFrame(geometry=shapely.polygons(corners), crs=crs)


if __name__ == "__main__":
    main()
