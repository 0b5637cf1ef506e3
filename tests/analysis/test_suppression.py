"""Hidden counts of a table: the cheapest choice there is, and never less than safe."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.analysis import twins

from lykta.analysis import attack, suppress
from lykta.analysis.disclosure.tables import with_totals

SHOWN = 5


@st.composite
def tables(draw, most=4, largest=30):
    """Small tables in which noughts, small and large counts all turn up."""
    n, m = draw(st.integers(2, most)), draw(st.integers(2, most))
    counts = st.one_of(st.integers(0, 7), st.integers(SHOWN, largest))
    row = st.lists(counts, min_size=m, max_size=m)
    return np.array(draw(st.lists(row, min_size=n, max_size=n)), float)


def attacked(table, safe):
    return attack(
        safe.counts, table.sum(axis=1), table.sum(axis=0), smallest_shown=SHOWN,
        is_small=safe.is_small,
    )  # fmt: skip


def town(n, m, mean, seed=1):
    """Counts by area and kind of event as they are in a town: some of each are rare."""
    rng = np.random.default_rng(seed)
    return rng.poisson(mean * rng.gamma(1, 1, (n, 1)) * rng.gamma(1, 1, (1, m)))


@settings(max_examples=150, deadline=None)
@given(tables(most=6))
def test_no_small_count_that_can_be_kept_is_narrowed(table):
    safe = suppress(table, smallest_shown=SHOWN)
    found = attacked(table, safe)

    kept = safe.is_small & ~safe.is_exposed
    assert np.all(found.low[kept] == 1)
    assert np.all(found.high[kept] == SHOWN - 1)
    assert not np.any(found.is_recovered & ~safe.is_exposed & safe.is_small)


@settings(max_examples=25, deadline=None)
@given(tables(most=3))
def test_the_cost_is_the_least_of_all_choices(table):
    cost = np.where(table > 0, table, 1)
    safe = suppress(table, smallest_shown=SHOWN)

    assert safe.cost == pytest.approx(twins.cheapest_complements(table, cost, SHOWN))
    assert safe.gap == 0


@pytest.mark.slow
@settings(max_examples=5, deadline=None)
@given(tables(most=4), st.integers(0, 99))
def test_the_cost_is_the_least_of_all_choices_by_any_cost(table, seed):
    cost = np.random.default_rng(seed).uniform(1, 9, table.shape)
    if (table >= SHOWN).sum() > 9:
        table = np.where(np.arange(table.size).reshape(table.shape) % 2, table % SHOWN, table)
    safe = suppress(table, smallest_shown=SHOWN, cost=cost)

    assert safe.cost == pytest.approx(twins.cheapest_complements(table, cost, SHOWN))


@settings(max_examples=25, deadline=None)
@given(tables(most=4))
def test_it_never_costs_more_than_hiding_the_cheapest_one_by_one(table):
    ones = np.ones(table.shape)
    safe = suppress(table, smallest_shown=SHOWN, cost="cells")

    assert safe.cost == safe.is_complement.sum()
    assert safe.cost <= twins.greedy_complements(table, ones, SHOWN)


@settings(max_examples=50, deadline=None)
@given(tables(most=5), st.integers(0, 99))
def test_the_order_of_rows_and_columns_changes_no_cost(table, seed):
    rng = np.random.default_rng(seed)
    moved = table[rng.permutation(len(table))][:, rng.permutation(table.shape[1])].T

    costs = [suppress(one, smallest_shown=SHOWN).cost for one in (table, moved)]
    assert costs[0] == pytest.approx(costs[1])


@settings(max_examples=50, deadline=None)
@given(tables(most=5))
def test_exposed_are_those_that_hiding_all_but_noughts_would_not_keep(table):
    safe = suppress(table, smallest_shown=SHOWN)
    if not safe.is_small.any():
        return
    low, high = twins.ranges_of_small(table, table > 0, SHOWN)

    assert np.array_equal(safe.is_exposed[safe.is_small], high - low < SHOWN - 2)
    assert bool(safe.warnings) == safe.is_exposed.any()


@settings(max_examples=50, deadline=None)
@given(tables(most=5))
def test_hidden_totals_are_kept_as_other_counts_are(table):
    safe = suppress(table, smallest_shown=SHOWN, are_totals_known=False)
    found = attack(safe.counts, smallest_shown=SHOWN, is_small=safe.is_small)
    whole = with_totals(table)

    kept = safe.is_small & ~safe.is_exposed
    assert np.all((found.low <= whole) & (whole <= found.high))
    assert np.all(found.low[kept] == 1)
    assert np.all(found.high[kept] == SHOWN - 1)
    assert not np.isnan(safe.counts[-1, -1])


@settings(max_examples=80, deadline=None)
@given(st.lists(st.integers(0, 12), min_size=1, max_size=5))
def test_a_row_is_kept_by_the_cheapest_complements(row):
    counts = np.array(row, float)
    safe = suppress(row, smallest_shown=SHOWN)
    found = attack(safe.counts, counts.sum(), smallest_shown=SHOWN, is_small=safe.is_small)

    kept = safe.is_small & ~safe.is_exposed
    assert np.all((found.low[kept] == 1) & (found.high[kept] == SHOWN - 1))
    # A row whose columns have no totals is a table with a second row that is wholly hidden.
    large = np.vstack((counts, np.full(len(row), 10_000.0)))
    assert np.array_equal(
        safe.is_exposed[safe.is_small],
        np.ptp(_row_ranges(large, counts > 0), axis=0) < SHOWN - 2,
    )


def _row_ranges(large, hidden):
    return twins.ranges_of_small(large, np.vstack((hidden, np.ones(len(hidden), bool))), SHOWN)


def test_a_table_by_pen_and_paper():
    # The 3 needs a cycle of four; 20, 8 and 9 make the cheapest, for a 5 could not shrink.
    safe = suppress([[3, 20, 30], [5, 9, 10], [8, 9, 12]], smallest_shown=SHOWN)

    assert safe.is_complement.tolist() == [[False, True, False], [False] * 3, [True, True, False]]
    assert safe.cost == 20 + 8 + 9


def test_a_small_count_alone_with_noughts_cannot_be_kept_and_is_told_of():
    safe = suppress([[3, 0], [20, 30]], smallest_shown=SHOWN)

    assert safe.is_exposed.tolist() == [[True, False], [False, False]]
    assert "hide those totals too" in safe.warnings[0]


def test_hiding_its_total_keeps_a_small_count_alone_with_noughts():
    safe = suppress([[3, 0], [20, 30]], smallest_shown=SHOWN, are_totals_known=False)

    assert np.isnan(safe.counts[0, 0])
    assert np.isnan(safe.counts[0, -1])
    assert not safe.is_exposed.any()


@pytest.mark.parametrize(("mean", "cost"), [(10, "counts"), (60, "cells"), (400, "counts")])
def test_five_hundred_areas_by_twenty_kinds_are_solved_to_the_least_cost(mean, cost):
    table = town(500, 20, mean)
    safe = suppress(table, smallest_shown=SHOWN, cost=cost)
    found = attacked(table, safe)

    assert safe.gap == 0
    assert not any("time" in warning for warning in safe.warnings)
    kept = safe.is_small & ~safe.is_exposed
    assert np.all((found.low[kept] == 1) & (found.high[kept] == SHOWN - 1))


def test_no_time_gives_a_safe_table_that_says_how_much_dearer_it_may_be():
    table = town(60, 10, 40)
    hasty, careful = (suppress(table, smallest_shown=SHOWN, time_limit_s=s) for s in (0, 60))
    found = attacked(table, hasty)

    assert hasty.bound <= careful.cost <= hasty.cost
    assert "The time was up" in hasty.warnings[-1]
    kept = hasty.is_small & ~hasty.is_exposed
    assert np.all((found.low[kept] == 1) & (found.high[kept] == SHOWN - 1))


@given(tables())
def test_nothing_given_is_changed_and_the_same_table_gives_the_same_answer(table):
    before = table.copy()
    one, other = (suppress(table, smallest_shown=SHOWN) for _ in range(2))

    assert np.array_equal(table, before)
    assert np.array_equal(one.counts, other.counts, equal_nan=True)


@pytest.mark.parametrize("table", [[[0, 0], [0, 0]], [[9, 8], [7, 6]], [0], [[12]]])
def test_without_small_counts_nothing_is_hidden(table):
    safe = suppress(table, smallest_shown=SHOWN)

    assert not safe.is_hidden.any()
    assert (safe.cost, safe.gap, safe.warnings) == (0, 0, ())


@pytest.mark.parametrize("smallest_shown", [0, 1])
def test_nothing_is_small_where_ones_are_shown(smallest_shown):
    assert not suppress([[1, 2], [3, 4]], smallest_shown=smallest_shown).is_hidden.any()


@pytest.mark.parametrize(
    ("table", "more", "said"),
    [
        ([], {}, "rows and columns"),
        (7, {}, "rows and columns"),
        ([[1, -1]], {}, "none negative"),
        ([[1, 1.5]], {}, "whole numbers"),
        ([[1, np.nan]], {}, "whole numbers"),
        ([[1, np.inf]], {}, "whole numbers"),
        ([[1, 2]], {"smallest_shown": 2}, "tells them"),
        ([[1, 2]], {"smallest_shown": -1}, "not negative"),
        ([[1, 2]], {"cost": "weight"}, "choose counts"),
        ([[1, 2]], {"cost": [[1, 0]]}, "above 0"),
        ([[1, 2]], {"cost": [1, 2]}, "of shape"),
        ([1, 2], {"are_totals_known": False}, "for tables"),
    ],
)
def test_what_cannot_be_protected_is_refused(table, more, said):
    with pytest.raises(ValueError, match=said):
        suppress(table, **({"smallest_shown": SHOWN} | more))
