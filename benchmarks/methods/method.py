"""What one entry of the table holds, and what is said of its costs and its answers."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Act = Callable[[], Any]
KEPT = {True: "within", False: "MISSED"}


@dataclass(frozen=True, slots=True)
class Method:
    """One piece of work by both sides.

    `inputs` makes arrays that both know, off the clock. `ours` and `peer` import what they need,
    turn the arrays into their own kind and return the act to be timed; neither may change them.
    What an act returns are numbers, the same of both sides and in the same order.
    A peer in R is a script, see `benchmarks.methods.rscript`.
    """

    name: str
    size: str
    against: str  # the peer, or what the bound is
    inputs: Callable[[], Any]
    ours: Callable[[Any], Act]
    peer: Callable[[Any], Act] | Path | None = None
    times: float | None = None  # so many times our CPU seconds, warm, the peer is to take
    times_fresh: float | None = None  # and in a fresh process, with imports and set-up
    most_s: float | None = None  # or a bound on our CPU seconds
    most_memory: float | None = None  # our peak, as a share of the peer's
    known: float | None = None  # what every answer of ours must be, where no peer is to tell
    within: float | None = None  # how far answers may lie apart; None: they are not of one thing


def verdicts(method: Method, ours: dict, peer: dict | None) -> dict[str, str]:
    """Return what is said of costs and answers, and whether each target is kept."""
    found = {}
    for key, wanted in (("cpu_s", method.times), ("fresh_cpu_s", method.times_fresh)):
        if peer is not None:
            ratio = peer[key] / max(ours[key], 1e-6)
            found[key] = _kept(f"{ratio:.1f} x", ratio, wanted, " x")
    if method.most_s is not None:
        spent = ours["cpu_s"]
        found["cpu_s"] = _kept(f"{spent:.3g} s", -spent, -method.most_s, " s")
    if peer is not None and method.most_memory is not None:
        share = ours["peak_mb"] / peer["peak_mb"]
        found["peak_mb"] = _kept(f"{share:.2f}", -share, -method.most_memory, "")
    expected = peer["answers"] if peer else [method.known] * len(ours["answers"])
    if method.within is not None and None not in expected:
        gap = apart(ours["answers"], expected)
        found["answers"] = _kept(f"{gap:.1g}", -gap, -method.within, "")
    return found


def _kept(said: str, found: float, wanted: float | None, unit: str) -> str:
    if wanted is None:
        return said
    return f"{said}, {KEPT[found >= wanted]} {abs(wanted):g}{unit}"


def apart(answers: Sequence[float], others: Sequence[float]) -> float:
    """Return the largest gap between two rows of numbers, as a share of the largest of the others.

    nan on both sides is alike; nan on one is infinitely far, and so are rows of unlike length.
    """
    if len(answers) != len(others):
        return math.inf
    pairs = [pair for pair in zip(answers, others, strict=True) if not all(map(math.isnan, pair))]
    if any(math.isnan(value) for pair in pairs for value in pair):
        return math.inf
    scale = max((abs(other) for _, other in pairs), default=0.0) or 1.0
    return max((abs(one - other) for one, other in pairs), default=0.0) / scale
