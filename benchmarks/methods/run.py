"""One side of one method in a process of its own: `python -m benchmarks.methods.run SIDE METHOD`.

Prints the CPU and wall seconds of imports, set-up and first act together (fresh), the medians of
further acts (warm), the peak of resident memory, and some of the answers, as JSON.
"""

import itertools
import json
import resource
import statistics
import sys
import time
import warnings

import numpy as np
from numpy.typing import ArrayLike

from benchmarks.methods.table import METHODS

ROUNDS = 5
MOST_ANSWERS = 10_000
LONGEST_S = 20.0  # no further round is begun after so long


def now() -> tuple[float, float]:
    """Return CPU seconds, those of ended children included, and wall seconds."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = time.process_time() + children.ru_utime + children.ru_stime
    return cpu, time.perf_counter()


def some_of(found: ArrayLike) -> list[float]:
    """Return the answers of an act, evenly spread ones where they are many."""
    every = np.ravel(found).astype(float)
    chosen = np.linspace(0, len(every) - 1, min(len(every), MOST_ANSWERS)).astype(int)
    return every[chosen].tolist()


def main() -> None:
    """Measure what the command line names."""
    warnings.simplefilter("ignore")
    side, name = sys.argv[1:3]
    method = next(each for each in METHODS if each.name == name)
    data = method.inputs()
    began = now()
    act = getattr(method, side)(data)
    found = act()
    was_fresh = now()
    marks = [was_fresh]
    while len(marks) <= ROUNDS and marks[-1][1] - was_fresh[1] < LONGEST_S:
        act()
        marks.append(now())
    spent = [[after[i] - before[i] for before, after in itertools.pairwise(marks)] for i in (0, 1)]
    cpu, wall = (statistics.median(each) for each in spent)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    answers = some_of(found)
    fresh = {f"fresh_{key}": was_fresh[i] - began[i] for i, key in enumerate(("cpu_s", "wall_s"))}
    print(json.dumps({"cpu_s": cpu, "wall_s": wall, "peak_mb": peak, **fresh, "answers": answers}))


if __name__ == "__main__":
    main()
