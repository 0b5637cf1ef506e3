"""All promises, each check with where and when it was tried, and on which code.

A check is a module here with `SOURCES`, what its numbers hang on, and `rows(n_worlds, rng)`.
"""

import time
from collections.abc import Iterable
from types import ModuleType

import numpy as np

from benchmarks.calibrate import (
    WORLDS,
    alarms,
    changing,
    displacing,
    forecasts,
    gathering,
    interrupting,
    intervals,
    mixing,
    panels,
    powering,
    surveys,
    warnings,
)
from benchmarks.calibrate.rows import plain
from benchmarks.circumstances import circumstances, fingerprint

CHECKS = {
    "control limits": alarms,
    "warnings": warnings,
    "places": gathering,
    "changes": changing,
    "intervals": intervals,
    "surveys": surveys,
    "displacement": displacing,
    "panels": panels,
    "interrupted series": interrupting,
    "detectable effects": powering,
    "synthetic control": mixing,
    "forecasts": forecasts,
}


def calibrate(names: Iterable[str], n_worlds: int | None, *, seed: int) -> dict:
    """Return the result of some checks. Same seed and worlds, same rows.

    n_worlds : where not given, as many as the check asks for: more for intervals than for tests.
    """
    made = {
        name: _checked(name, CHECKS[name], n_worlds or _asked(CHECKS[name]), seed) for name in names
    }
    rows = [row for name in made for row in made[name].pop("rows")]
    return circumstances() | {"seed": seed, "parts": made, "rows": rows}


def joined(before: dict, after: dict) -> dict:
    """Return a result with what another has made anew, each check in its place."""
    parts = before.get("parts", {}) | after["parts"]
    fresh = set(after["parts"])
    rows = [row for row in before.get("rows", ()) if row["check"] not in fresh] + after["rows"]
    order = [name for name in CHECKS if name in parts]
    return after | {
        "parts": {name: parts[name] for name in order},
        "rows": sorted(
            (r for r in rows if r["check"] in order), key=lambda r: order.index(r["check"])
        ),
    }


def out_of_date(result: dict) -> list[str]:
    """Return the checks that have no result, or one of other code or of fewer worlds than asked."""
    parts = result.get("parts", {})
    return [
        name
        for name, check in CHECKS.items()
        if name not in parts
        or parts[name]["sha256"] != _fingerprint(check)
        or parts[name]["worlds"] < _asked(check)
    ]


def _asked(check: ModuleType) -> int:
    """Return how many worlds a check asks for."""
    n_worlds: int = getattr(check, "N_WORLDS", WORLDS)
    return n_worlds


def _checked(name: str, check: ModuleType, n_worlds: int, seed: int) -> dict:
    before = _fingerprint(check)  # before anyone can edit them
    began = time.monotonic()
    # Its own stream, whichever others are run: named by what the check is called.
    rows = check.rows(n_worlds, np.random.default_rng([seed, *name.encode()]))
    return {
        "date": time.strftime("%Y-%m-%d"),
        "worlds": n_worlds,
        "seconds": round(time.monotonic() - began, 1),
        "sha256": before,
        "rows": [{"check": name} | row for row in plain(rows)],
    }


def _fingerprint(check: ModuleType) -> str:
    own = f"benchmarks/calibrate/{check.__name__.rsplit('.', 1)[1]}.py"
    return fingerprint([own, *(f"src/lykta/analysis/{source}.py" for source in check.SOURCES)])
