"""How long a piece of work takes, in CPU seconds of this process."""

import statistics
import time
from collections.abc import Callable


def median_cpu_s(act: Callable[[], object], *, rounds: int = 3) -> float:
    """Return the median CPU time of a few rounds, after one that compiles and warms."""
    act()
    taken = []
    for _ in range(rounds):
        began = time.process_time()
        act()
        taken.append(time.process_time() - began)
    return statistics.median(taken)
