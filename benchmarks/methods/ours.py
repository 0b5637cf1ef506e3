"""Each method by lykta, on arrays in memory: `python -m benchmarks.methods.ours DIR`."""

import json
import sys
from pathlib import Path

import numpy as np

from benchmarks.methods.timing import median_cpu_s
from benchmarks.picture.ours import read
from lykta import analysis


def main() -> None:
    """Print the CPU seconds of each method."""
    events, areas, _ = read(Path(sys.argv[1]))
    polygons, population = areas.polygons, areas.population
    near = analysis.contiguity(polygons)
    index = analysis.area_index(polygons)
    held = analysis.assign_areas(events.x_m, events.y_m, index)
    counts = analysis.tally(held.area, areas.n)
    rates = counts / population
    hexes = analysis.Lattice("hex", 250.0)
    work = {
        "points in areas": lambda: analysis.assign_areas(events.x_m, events.y_m, polygons),
        "points in areas, prepared": lambda: analysis.assign_areas(events.x_m, events.y_m, index),
        "contiguity": lambda: analysis.contiguity(polygons),
        "Gi*, 999 permutations": lambda: analysis.getis_ord_gi_star(rates, near, rng=1),
        "Gi*, 9,999 permutations": lambda: analysis.getis_ord_gi_star(
            rates, near, n_permutations=9_999, rng=1
        ),
        "empirical Bayes, whole": lambda: analysis.eb_smooth(counts, population),
        "empirical Bayes, local": lambda: analysis.eb_smooth(
            counts, population, method="local_geoda", neighbours=near
        ),
        "hexagon counts": lambda: np.unique(
            hexes.cells(events.x_m, events.y_m), return_counts=True
        ),
    }
    print(json.dumps({name: median_cpu_s(act) for name, act in work.items()}))


if __name__ == "__main__":
    main()
