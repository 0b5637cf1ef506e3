"""The same dates a year before, leap years and all."""

import datetime

import numpy as np
import pytest

from lykta.analysis.spans import covered_months, year_before


def day(text):
    return (datetime.date.fromisoformat(text) - datetime.date(1970, 1, 1)).days


@pytest.mark.parametrize(
    ("period", "before"),
    [
        (("2024-01-01", "2024-12-31"), ("2023-01-01", "2023-12-31")),
        (("2025-01-01", "2025-12-31"), ("2024-01-01", "2024-12-31")),
        (("2024-02-01", "2024-02-29"), ("2023-02-01", "2023-02-28")),
        (("2025-02-01", "2025-02-28"), ("2024-02-01", "2024-02-29")),
        (("2024-05-10", "2024-06-09"), ("2023-05-10", "2023-06-09")),
    ],
)
def test_the_year_before_has_the_same_dates(period, before):
    assert year_before(*map(day, period)) == tuple(map(day, before))


def test_the_months_that_hold_events():
    days = np.array([day("2024-03-31"), day("2024-01-02"), day("2024-01-30"), day("2024-02-01")])

    found = covered_months(days, np.array([50, 50, 50, 0]))

    assert (found - 12 * 54).tolist() == [0, 2]
