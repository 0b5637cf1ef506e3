"""Columns of the open data sets, as the pages of the gallery need them."""

import os
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

YEAR = 52.18  # weeks


def data(name: str) -> Path:
    """Return where a file of the open sets lies."""
    return Path(os.environ["LYKTA_REFERENCE_DIR"]) / "data" / name


def read(query: str, name: str) -> dict[str, NDArray[Any]]:
    """Return the columns of a query on a file, which stands in it as `$file`."""
    found: dict[str, NDArray[Any]] = duckdb.execute(query, {"file": str(data(name))}).fetchnumpy()
    return {column: np.asarray(values) for column, values in found.items()}


def weekly(days: NDArray[Any], first: date, n_weeks: int) -> NDArray[np.int64]:
    """Return the events of each of so many weeks, the first beginning on a certain day."""
    week = (days.astype("M8[D]") - np.datetime64(first)).astype(int) // 7
    return np.bincount(week[(week >= 0) & (week < n_weeks)], minlength=n_weeks)


def mondays(first: date, n_weeks: int) -> list[str]:
    """Return the day on which each week begins."""
    return [(first + timedelta(weeks=n)).isoformat() for n in range(n_weeks)]
