"""Arrays that several methods share; the same on both sides, for they are seeded."""

import numpy as np

from benchmarks.picture.town import areas, events

SEED = 20261127


def touching(columns: int, rows: int) -> np.ndarray:
    """Return which cells of a lattice touch, corners included, as pairs; shape (pairs, 2)."""
    number = np.arange(columns * rows).reshape(rows, columns)
    steps = (
        (number[:, :-1], number[:, 1:]),
        (number[:-1], number[1:]),
        (number[:-1, :-1], number[1:, 1:]),
        (number[:-1, 1:], number[1:, :-1]),
    )
    return np.concatenate([np.column_stack((a.ravel(), b.ravel())) for a, b in steps])


def lists_of(pairs: np.ndarray, n: int) -> dict[int, list[int]]:
    """Return the neighbours of each place, as libpysal takes them."""
    both = np.vstack((pairs, pairs[:, ::-1]))
    both = both[np.lexsort((both[:, 1], both[:, 0]))]
    starts = np.searchsorted(both[:, 0], np.arange(n + 1))
    near = both[:, 1].tolist()
    return {i: near[starts[i] : starts[i + 1]] for i in range(n)}


def counted(columns: int, rows: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return events and inhabitants of the cells of a lattice, and which of them touch."""
    rng = np.random.default_rng(SEED)
    n = columns * rows
    population = rng.integers(300, 3_000, n).astype(float)
    counts = rng.poisson(population * 0.03 * rng.gamma(8, 1 / 8, n)).astype(float)
    return counts, population, touching(columns, rows)


def town() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return 6,000 crinkled areas and a million points among them, metres."""
    rng = np.random.default_rng(SEED)
    polygons = areas(75, 80, rng)
    x, y, _, _ = events(1_000_000, polygons, rng)
    return polygons, x, y


def weekly(n_series: int) -> np.ndarray:
    """Return six years of weekly counts, (series, weeks): season, trend and sway of every size."""
    rng = np.random.default_rng(SEED)
    week = np.arange(6 * 52)
    level = rng.uniform(2, 20, (n_series, 1))
    season = 1 + rng.uniform(0, 0.4, (n_series, 1)) * np.cos(2 * np.pi * week / 52)
    trend = np.exp(rng.normal(0, 0.0005, (n_series, 1)) * week)
    sway = rng.gamma(8, 1 / 8, (n_series, len(week)))
    return rng.poisson(level * season * trend * sway)


def pairs_of_counts(n_tests: int) -> np.ndarray:
    """Return counts before and after in four areas, (areas, tests, 2)."""
    rng = np.random.default_rng(SEED)
    return rng.poisson(rng.uniform(10, 200, (4, n_tests, 1)), (4, n_tests, 2)).astype(float)


def panel(n_units: int, n_periods: int) -> dict[str, np.ndarray]:
    """Return the columns of a panel of counts; a third of the units treated from half-way on."""
    rng = np.random.default_rng(SEED)
    unit, time = np.divmod(np.arange(n_units * n_periods), n_periods)
    treated = ((unit < n_units // 3) & (time >= n_periods // 2)).astype(int)
    level = rng.gamma(2, 2, n_units)[unit] * (1 + 0.3 * np.cos(2 * np.pi * time / 12))
    return {"y": rng.poisson(level * 0.8**treated), "unit": unit, "time": time, "treated": treated}


def outcomes(n_donors: int) -> np.ndarray:
    """Return rates of one treated unit and its donors, (units, 60 periods)."""
    rng = np.random.default_rng(SEED)
    causes = rng.normal(0, 1, (5, 60)).cumsum(axis=1)
    shares = rng.dirichlet(np.ones(5), n_donors + 1)
    return 50 + shares @ causes * 4 + rng.normal(0, 1, (n_donors + 1, 60))


def sample(n: int) -> tuple[list[np.ndarray], list[np.ndarray], np.ndarray]:
    """Return the margins of a sample that answers unevenly, their known totals, and an answer."""
    rng = np.random.default_rng(SEED)
    sizes = (7, 2, 5, 30)  # age group, sex, schooling, district
    margins = [rng.choice(k, n, p=rng.dirichlet(np.full(k, 20.0))) for k in sizes]
    targets = [rng.dirichlet(np.full(k, 20.0)) * 2_000_000 for k in sizes]
    return margins, targets, (rng.random(n) < 0.3).astype(float)
