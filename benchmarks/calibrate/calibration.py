"""All promises at once, with where and when they were tried, and on which code."""

import numpy as np

from benchmarks.calibrate import alarms, changing, gathering, intervals
from benchmarks.calibrate.rows import plain
from benchmarks.circumstances import circumstances, fingerprint

FOLDER = "src/lykta/analysis"
# What the numbers hang on; a change in any of these makes a result out of date.
MODULES = [
    f"{FOLDER}/{name}.py"
    for name in (
        "_kernels/permute",
        "alarms",
        "change",
        "excess",
        "hotspots",
        "multiplicity",
        "rates",
        "smoothing",
        "weights",
    )
]
CHECKS = (alarms, gathering, changing, intervals)


def calibrate(n_worlds: int, *, seed: int) -> dict:
    """Return every row, and what it was made of. Same seed and worlds, same rows."""
    sources = {"files": MODULES, "sha256": fingerprint(MODULES)}  # before anyone can edit them
    rows = [
        each
        for number, check in enumerate(CHECKS)
        for each in check.rows(n_worlds, np.random.default_rng([seed, number]))
    ]
    return circumstances() | {
        "seed": seed,
        "worlds": n_worlds,
        "sources": sources,
        "rows": plain(rows),
    }


def is_older_than_the_code(result: dict) -> bool:
    """Return whether the code that a result speaks of has changed since."""
    return fingerprint(result["sources"]["files"]) != result["sources"]["sha256"]
