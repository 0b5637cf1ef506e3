"""The two promises of a method that tests and estimates, from one result a world."""

import numpy as np

from benchmarks.calibrate.rows import Row, row

LEVELS = (0.01, 0.05, 0.10)


def alarms(method: str, setting: str, p: np.ndarray, note: str = "", *, levels=LEVELS) -> list[Row]:
    """Return how often p is at most each level where nothing has happened; nan is no alarm.

    p : (n_worlds,) or (n_worlds, tests in each).
    """
    p = np.asarray(p, float).reshape(len(p), -1)
    shares = {level: np.mean(p <= level * (1 + 1e-9), axis=1) for level in levels}
    return [
        row(method, setting, "false alarms", level, share, p.size, note)
        for level, share in shares.items()
    ]


def coverage(method: str, setting: str, low, high, truth, note: str = "") -> Row:
    """Return how often a 95 % interval holds the truth; one that is nan is left out."""
    low, high = (np.asarray(edge, float).reshape(len(low), -1) for edge in (low, high))
    known = np.isfinite(low) & np.isfinite(high)
    held = (low <= truth) & (truth <= high)
    shares = [np.mean(h[k]) for h, k in zip(held, known, strict=True) if k.any()]
    return row(method, setting, "coverage", 0.95, shares, int(known.sum()), note)
