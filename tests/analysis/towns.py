"""Small made-up towns: a few years of events in square areas, with nothing in them or something."""

import numpy as np
from tests.analysis.shapes import BOTTOM, LEFT, squares

from lykta.analysis import Areas, Events, Question

COLUMNS, ROWS, SIDE_M = 6, 5, 1_000.0
N_AREAS, N_CATEGORIES = COLUMNS * ROWS, 4
FIRST_DAY = int(np.datetime64("2022-01-01", "D").astype(int))
PERIOD = (
    int(np.datetime64("2024-01-01", "D").astype(int)),
    int(np.datetime64("2024-12-31", "D").astype(int)),
)
PEOPLE = 900.0 + 10 * np.arange(N_AREAS)


def areas():
    return Areas(N_AREAS, squares(COLUMNS, ROWS, SIDE_M), PEOPLE)


def question(**changed):
    first, last = PERIOD
    return Question(
        **{"first_day": first, "last_day": last, "n_categories": N_CATEGORIES} | changed
    )


def events(rng, *, n=9_000, extra=(), with_points=True):
    """Return n events spread as the people are, and `extra` columns (day, area, times) more."""
    area = rng.choice(N_AREAS, n, p=PEOPLE / PEOPLE.sum())
    day = rng.integers(FIRST_DAY, PERIOD[1] + 1, n)
    for first, last, where, times in extra:
        area = np.append(area, np.full(times, where))
        day = np.append(day, rng.integers(first, last + 1, times))
    return columns(rng, day, area, with_points=with_points)


def columns(rng, day, area, *, with_points=True, length=0):
    """Return events on these days in these areas, at random spots within them."""
    n = len(day)
    spot = rng.uniform(0.02, 0.98, (n, 2)) * SIDE_M
    nowhere = np.full(n, np.nan)
    return Events(
        first_day=np.asarray(day, np.int64),
        last_day=np.asarray(day, np.int64) + length,
        hour=rng.integers(0, 24, n).astype(float),
        x_m=LEFT + (area % COLUMNS) * SIDE_M + spot[:, 0] if with_points else nowhere,
        y_m=BOTTOM + (area // COLUMNS) * SIDE_M + spot[:, 1] if with_points else nowhere,
        area=np.full(n, -1, np.int32) if with_points else area.astype(np.int32),
        category=rng.integers(0, N_CATEGORIES, n).astype(np.int32),
        count=np.ones(n, np.int64),
    )
