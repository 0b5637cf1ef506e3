"""Many series of counts side by side: what goes in, which weeks are judged, and q-values."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lykta.analysis.multiplicity import q_values

Floats = NDArray[np.float64]
Places = NDArray[np.intp]


def count_table(counts: ArrayLike, alpha: float, n_now: int) -> Floats:
    """Return counts as (series, weeks), and refuse what no alarm can be raised from."""
    table = np.asarray(counts, float)
    if table.ndim not in (1, 2):
        raise ValueError(f"counts has {table.ndim} dimensions; (weeks,) or (series, weeks)")
    table = np.atleast_2d(table)
    if not np.all((table >= 0) & (table == np.floor(table)) & np.isfinite(table)):
        raise ValueError("counts must be whole numbers, none negative, none missing")
    if not 0 < alpha <= 0.5:
        raise ValueError(f"alpha={alpha} must be above 0 and at most 0.5")
    if not 1 <= n_now <= table.shape[1]:
        raise ValueError(f"n_now={n_now} of {table.shape[1]} weeks; at least 1 and at most all")
    return table


def judged(table: Floats, n_now: int) -> tuple[Places, Places]:
    """Return series and week of each of the last `n_now` weeks, one series after the other."""
    n_series, n_weeks = table.shape
    series, week = np.meshgrid(np.arange(n_series), np.arange(n_weeks)[-n_now:], indexing="ij")
    return series.ravel(), week.ravel()


def over_series(p_values: Floats, n_now: int) -> Floats:
    """Return the q-values of judged weeks, each among the series of the same week."""
    weeks = p_values.reshape(-1, n_now).T
    return np.array([q_values(week) for week in weeks]).T.reshape(-1)
