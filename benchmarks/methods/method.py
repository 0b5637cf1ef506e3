"""What one entry of the table holds, and what is said of its costs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Act = Callable[[], object]
KEPT = {True: "within", False: "MISSED"}


@dataclass(frozen=True, slots=True)
class Method:
    """One piece of work by both sides.

    `inputs` makes arrays that both know, off the clock. `ours` and `peer` import what they need,
    turn the arrays into their own kind and return the act to be timed; neither may change them.
    """

    name: str
    size: str
    against: str  # the peer, or what the bound is
    inputs: Callable[[], Any]
    ours: Callable[[Any], Act]
    peer: Callable[[Any], Act] | None = None
    times: float | None = None  # so many times our CPU seconds, warm, the peer is to take
    times_fresh: float | None = None  # and in a fresh process, with imports and set-up
    most_s: float | None = None  # or a bound on our CPU seconds


def verdicts(method: Method, ours: dict, peer: dict | None) -> dict[str, str]:
    """Return what is said of each target: the ratio or the seconds, and whether it is kept."""
    found = {}
    for key, wanted in (("cpu_s", method.times), ("fresh_cpu_s", method.times_fresh)):
        if wanted is not None and peer is not None:
            ratio = peer[key] / max(ours[key], 1e-6)
            found[key] = f"{ratio:.1f} x, {KEPT[ratio >= wanted]} {wanted:g} x"
    if method.most_s is not None:
        spent = ours["cpu_s"]
        found["cpu_s"] = f"{spent:.3g} s, {KEPT[spent <= method.most_s]} {method.most_s:g} s"
    return found
