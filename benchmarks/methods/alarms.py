"""Does this week hold more than its own past led to expect?"""

from pathlib import Path

import numpy as np

from benchmarks.methods.inputs import weekly
from benchmarks.methods.method import Act, Method


def our_farrington(counts: np.ndarray) -> Act:
    """Return the upper bounds of the last week."""
    from lykta import analysis

    return lambda: analysis.farrington(counts).upper_bound


METHODS = (
    Method(
        "Farrington flexible", "5,000 series, 6 years, 1 week",
        "R surveillance::farringtonFlexible",
        lambda: weekly(5_000), our_farrington, Path(__file__).with_name("farrington.R"),
        times=40, within=1e-9,
    ),
)  # fmt: skip
