"""The reader who reckons, against linear programs and every table that fits."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.analysis import twins

from lykta.analysis import attack

SHOWN = 5
NAN = np.nan


@st.composite
def published(draw, most=4):
    """A table with some counts hidden, small and others."""
    rng = np.random.default_rng(draw(st.integers(0, 10**6)))
    n, m = rng.integers(2, most + 1, 2)
    table = rng.choice([0, 1, 2, 3, 4, 6, 9, 15, 40], (n, m)).astype(float)
    hidden = (table > 0) & ((table < SHOWN) | (rng.random((n, m)) < 0.4))
    return table, hidden


@settings(max_examples=60, deadline=None)
@given(published())
def test_the_ends_are_those_of_linear_programs_to_one_who_sees_which_are_small(case):
    table, hidden = case
    small, seen = hidden & (table < SHOWN), np.where(hidden, np.nan, table)
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    found = attack(seen, rows, columns, smallest_shown=SHOWN, is_small=small)

    ends = np.where(small, 1.0, SHOWN), np.where(small, SHOWN - 1.0, np.inf)
    low, high = twins.extremes(seen, rows, columns, *ends)
    assert np.array_equal(found.low, low)
    assert np.array_equal(found.high, high)


@settings(max_examples=60, deadline=None)
@given(published())
def test_the_ends_are_those_of_linear_programs_to_one_who_does_not(case):
    table, hidden = case
    seen, rows, columns = np.where(hidden, np.nan, table), table.sum(axis=1), table.sum(axis=0)
    found = attack(seen, rows, columns, smallest_shown=SHOWN)

    low, high = twins.extremes(
        seen, rows, columns, np.ones(table.shape), np.full(table.shape, np.inf)
    )
    assert np.array_equal(found.low, low)
    assert np.array_equal(found.high, high)


def test_every_number_between_the_ends_is_in_some_table_that_fits():
    table = np.array([[3, 6, 9], [2, 7, 20], [8, 5, 1]])
    small = (table > 0) & (table < SHOWN)
    hidden = small | np.array([[0, 1, 0], [0, 1, 0], [1, 1, 0]], bool)
    totals = table.sum(axis=1), table.sum(axis=0)
    found = attack(np.where(hidden, NAN, table), *totals, smallest_shown=SHOWN, is_small=small)

    ends = [range(1, SHOWN) if one else range(SHOWN, 15) for one in small[hidden]]
    fits = [tried for tried in itertools.product(*ends) if _adds_up(table, hidden, tried)]
    for k, (low, high) in enumerate(zip(found.low[hidden], found.high[hidden], strict=True)):
        assert {tried[k] for tried in fits} == set(range(int(low), int(high) + 1))


def _adds_up(table, hidden, tried):
    other = table.copy()
    other[hidden] = tried
    return all(np.array_equal(other.sum(axis=k), table.sum(axis=k)) for k in (0, 1))


def test_small_counts_hidden_alone_are_recovered():
    table = np.array([[3, 20, 30], [8, 9, 10], [40, 11, 12]])
    naive = attack(
        np.where(table < SHOWN, NAN, table),
        table.sum(axis=1),
        table.sum(axis=0),
        smallest_shown=SHOWN,
    )

    assert naive.is_recovered.sum() == 1
    assert naive.low[0, 0] == naive.high[0, 0] == 3
    assert "1 hidden counts can be told exactly" in naive.warnings[0]


def test_a_row_by_pen_and_paper():
    # 61 - 50 = 11 left for a small and a large: 1–4 and 7–10.
    found = attack([NAN, 20, 30, NAN], 61, smallest_shown=SHOWN, is_small=[True] + [False] * 3)

    assert found.low.tolist() == [1, 20, 30, 7]
    assert found.high.tolist() == [4, 20, 30, 10]


def test_totals_in_the_table_are_attacked_too():
    # Row 0 and its total are hidden: each is its total less what the column leaves.
    seen = [[NAN, 0, NAN], [20, 30, 50], [NAN, 30, 53]]
    found = attack(seen, smallest_shown=SHOWN)

    assert found.low[0, 0] == found.high[0, 2] == 3
    assert found.low[2, 0] == found.high[2, 0] == 23


def test_columns_name_the_place_of_each_count():
    columns = attack([[NAN, 9], [9, 9]], [12, 18], [12, 18], smallest_shown=SHOWN).columns()

    assert columns["row"].tolist() == [0, 0, 1, 1]
    assert columns["is_recovered"].tolist() == [True, False, False, False]


@pytest.mark.parametrize(
    ("arguments", "more", "said"),
    [
        (([], 0), {}, "row or table"),
        (([1, -1], 0), {}, "row or table"),
        (([1, np.inf], 0), {}, "row or table"),
        (([1, NAN], 3, [1, 2]), {}, "not to a row"),
        (([1, NAN],), {}, "row_totals must be 1"),
        (([1, NAN], NAN), {}, "row_totals must be 1"),
        (([[1, NAN]], [3]), {}, "column_totals must be 2"),
        (([[1, NAN]], [3], [1]), {}, "column_totals must be 2"),
        (([[1, 2]], [4], [1, 2]), {}, "no table fits"),
        (([[1, NAN]], [4], [1, 2]), {}, "no table fits"),
        (([[1, NAN], [1, NAN]],), {}, "grand total known"),
        (([1, NAN], 3), {"is_small": [True, False]}, "hidden ones only"),
        (([1, NAN], 9), {"is_small": [False, True]}, "no table fits"),
    ],
)
def test_what_no_reader_can_see_is_refused(arguments, more, said):
    with pytest.raises(ValueError, match=said):
        attack(*arguments, smallest_shown=SHOWN, **more)
