"""Counts per code and period against plain Python."""

import datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lykta.analysis import tally, weekday, whole_periods

days = st.integers(0, 30_000)
rows = st.lists(st.tuples(st.integers(-1, 4), st.integers(-1, 3), st.integers(0, 5)), max_size=40)


def date(day):
    return datetime.date(1970, 1, 1) + datetime.timedelta(int(day))


@given(days, st.integers(0, 400))
def test_whole_weeks_begin_on_mondays_and_none_is_left_out(first, length):
    weeks = whole_periods(first, first + length, "week")

    assert all(date(day).isoweekday() == 1 for day in weeks.starts)
    assert weeks.n == 0 or (weeks.starts[0] >= first and weeks.starts[-1] <= first + length + 1)
    inside = [d for d in range(first, first + length - 5) if date(d).isoweekday() == 1]
    assert weeks.n == len(inside)


@given(days, st.integers(0, 800))
def test_whole_months_begin_on_the_first_and_none_is_left_out(first, length):
    months = whole_periods(first, first + length, "month")

    wanted = [d for d in range(first, first + length + 2) if date(d).day == 1]
    assert all(date(day).day == 1 for day in months.starts)
    assert months.n == max(len(wanted) - 1, 0)


@given(days, st.integers(0, 90), st.sampled_from(["week", "month"]), st.lists(days, max_size=20))
def test_a_day_falls_in_the_period_that_holds_it(first, length, unit, asked):
    periods = whole_periods(first, first + length, unit)

    for day, index in zip(asked, periods.index(np.array(asked, int)), strict=True):
        holding = [k for k in range(periods.n) if periods.starts[k] <= day < periods.starts[k + 1]]
        assert ([index] if index >= 0 else []) == holding


@given(rows)
def test_a_tally_is_what_one_would_count_by_hand(given_rows):
    first, second, weight = np.array(given_rows, int).reshape(-1, 3).T
    wanted = np.zeros((5, 4), int)
    for a, b, w in given_rows:
        if a >= 0 and b >= 0:
            wanted[a, b] += w

    found = tally(first, 5, weights=weight, second=second, n_second=4)

    assert np.array_equal(found, wanted)


@given(rows)
def test_a_tally_of_one_code_leaves_out_the_negative_ones(given_rows):
    first = np.array([a for a, *_ in given_rows], int)

    assert tally(first, 5).tolist() == [int((first == k).sum()) for k in range(5)]


@given(days)
def test_weekdays_are_those_of_the_calendar(day):
    assert weekday(day) == date(day).weekday()


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (lambda: whole_periods(0, 9, "year"), "unit='year'.*week or month"),
        (lambda: tally([5], 5), "first holds the code 5; codes from -1 to 4"),
        (lambda: tally([0], 1, second=[2], n_second=2), "second holds the code 2"),
    ],
)
def test_what_cannot_be_counted_is_refused_by_name(act, words):
    with pytest.raises(ValueError, match=words):
        act()
