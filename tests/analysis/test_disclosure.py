"""Hidden counts stay hidden, against readers who try every row that fits what they see."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog
from tests.analysis import twins

from lykta.analysis import possible_values, protect, protect_parts

counts = st.lists(st.integers(0, 12), min_size=2, max_size=5)
SHOWN = 5


@settings(max_examples=150, deadline=None)
@given(counts)
def test_no_completion_of_the_row_narrows_a_small_count(row):
    safe = protect(row, smallest_shown=SHOWN)
    if not safe.is_small.any():
        return
    least_shown = min([v for v in safe.counts if v >= SHOWN], default=sum(row))
    rows = twins.completions(
        sum(row), safe.is_small, safe.is_hidden, safe.counts, SHOWN, most=int(least_shown)
    )

    for k in np.flatnonzero(safe.is_small):
        assert {r[k] for r in rows} == set(range(1, SHOWN))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 400), min_size=2, max_size=12))
def test_a_linear_program_cannot_narrow_a_small_count_either(row):
    safe = protect(row, smallest_shown=SHOWN)
    ends = [
        (1, SHOWN - 1) if small else (0, None) if hidden else (shown, shown)
        for small, hidden, shown in zip(safe.is_small, safe.is_hidden, safe.counts, strict=True)
    ]

    for k in np.flatnonzero(safe.is_small):
        aim = np.eye(len(row))[k]
        low, high = (
            linprog(sign * aim, A_eq=[np.ones(len(row))], b_eq=[sum(row)], bounds=ends).x[k]
            for sign in (1, -1)
        )
        assert (low, high) == pytest.approx((1, SHOWN - 1))


@settings(max_examples=100, deadline=None)
@given(counts)
def test_possible_values_are_those_of_all_completions(row):
    safe = protect(row, smallest_shown=SHOWN)
    low, high = possible_values(safe, total=sum(row), smallest_shown=SHOWN)
    if not safe.is_small.any():
        return
    least_shown = min([v for v in safe.counts if v >= SHOWN], default=sum(row))
    rows = np.array(
        twins.completions(
            sum(row), safe.is_small, safe.is_hidden, safe.counts, SHOWN, most=int(least_shown)
        )
    )

    assert low.tolist() == rows.min(axis=0).tolist()
    assert high.tolist() == rows.max(axis=0).tolist()


@given(st.lists(st.integers(0, 30), min_size=1, max_size=30))
def test_no_small_count_is_shown_and_nothing_shown_is_changed(row):
    safe = protect(row, smallest_shown=SHOWN)

    shown = safe.counts[~safe.is_hidden]
    assert not np.any((shown > 0) & (shown < SHOWN))
    assert np.array_equal(shown, np.array(row)[~safe.is_hidden])
    assert np.isnan(safe.counts[safe.is_hidden]).all()


def test_a_second_count_is_hidden_so_that_the_first_cannot_be_had_by_subtraction():
    safe = protect([3, 9, 40, 12], smallest_shown=SHOWN)

    assert safe.is_small.tolist() == [True, False, False, False]
    assert safe.is_complement.tolist() == [False, True, False, False]


@pytest.mark.parametrize("row", [[3, 0, 0], [3, 4], [1, 1, 0]])
def test_where_nothing_can_cover_the_small_ones_all_are_hidden_and_none_is_marked(row):
    safe = protect(row, smallest_shown=SHOWN)

    assert safe.is_hidden.all()
    assert not safe.is_small.any()
    assert possible_values(safe, total=sum(row), smallest_shown=SHOWN)[0].tolist() == [0] * len(row)


def test_a_row_of_one_is_its_own_total_and_is_marked_as_small():
    assert protect([3], smallest_shown=SHOWN).is_small.tolist() == [True]
    assert protect([7], smallest_shown=SHOWN).counts.tolist() == [7]


@pytest.mark.parametrize("smallest_shown", [0, 1])
def test_nothing_is_hidden_where_nothing_is_too_small(smallest_shown):
    assert not protect([1, 2, 3], smallest_shown=smallest_shown).is_hidden.any()


def test_a_total_that_nobody_knows_needs_no_complement():
    safe = protect([3, 9, 40], smallest_shown=SHOWN, is_total_shown=False)

    assert safe.is_hidden.tolist() == [True, False, False]


def test_many_counts_alike_are_hidden_as_few_are():
    many, few = (protect([3, *[10] * n], smallest_shown=SHOWN) for n in (200_000, 4))

    assert many.is_hidden.all()
    assert few.is_hidden.all()


@given(st.lists(st.integers(0, 30), min_size=2, max_size=30))
def test_no_fewer_of_the_smallest_would_have_sufficed(row):
    safe, x = protect(row, smallest_shown=SHOWN), np.array(row, float)
    complements = np.flatnonzero(safe.is_complement)
    if not safe.is_small.any() or len(complements) < 2:
        return
    largest = complements[np.argmax(x[complements])]
    fewer = replace(
        safe,
        counts=np.where(np.arange(len(x)) == largest, x, safe.counts),
        is_complement=safe.is_complement & (np.arange(len(x)) != largest),
    )

    low, high = possible_values(fewer, total=sum(row), smallest_shown=SHOWN)

    assert not (np.all(low[safe.is_small] <= 1) and np.all(high[safe.is_small] >= SHOWN - 1))


def test_parts_that_stand_mixed_are_protected_each_by_itself():
    row, part = np.random.default_rng(1).integers(0, 30, 60), np.arange(60) % 7

    together = protect_parts(row, part, smallest_shown=SHOWN)

    for one in range(7):
        alone = protect(row[part == one], smallest_shown=SHOWN)
        assert together.is_hidden[part == one].tolist() == alone.is_hidden.tolist()


def test_each_part_is_protected_against_its_own_sum():
    safe = protect_parts([3, 9, 40, 2, 50, 9], [0, 0, 0, 1, 1, 1], smallest_shown=SHOWN)

    assert safe.is_hidden.tolist() == [True, True, False, True, False, True]


@pytest.mark.parametrize("row", [[-1, 2], [1.5, 2], [np.nan, 1]])
def test_what_is_no_count_is_refused(row):
    with pytest.raises(ValueError, match="whole numbers, none negative"):
        protect(row, smallest_shown=SHOWN)
