"""How many live in each small area: SCB's figures, carried over as they were published."""

import numpy as np
from numpy.typing import NDArray

from lykta.demo.tables import rows_of

YEARS = (2022, 2023)  # 31 December each year
# The synthetic events follow this year's population.
EVENT_YEAR = 2023


def population(year: int) -> NDArray[np.int64]:
    """Return the number of inhabitants per small area, in the order of their codes."""
    if year not in YEARS:
        raise ValueError(f"year={year!r} is not published here; choose one of {YEARS}")
    return np.array([int(row[f"folkmängd_{year}"]) for row in rows_of("deso.csv")])


def shares() -> NDArray[np.float64]:
    """Return each small area's share of the population that the events follow; the sum is 1."""
    people = population(EVENT_YEAR).astype(np.float64)
    share: NDArray[np.float64] = people / people.sum()
    return share
