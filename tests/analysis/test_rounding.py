"""Rounded counts by pen and paper, and what must hold of them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lykta.analysis import round_counts

tables = st.lists(st.lists(st.integers(0, 60), min_size=3, max_size=3), min_size=1, max_size=4)
bases = st.sampled_from([3, 5])
methods = st.sampled_from(["nearest", "random"])


@pytest.mark.parametrize(
    ("base", "wanted"), [(3, [0, 0, 3, 3, 3, 6, 6]), (5, [0, 0, 0, 5, 5, 5, 5])]
)
def test_nearest_by_pen_and_paper(base, wanted):
    assert round_counts(range(7), base=base, method="nearest").counts.tolist() == wanted


@given(tables, bases, methods, st.integers(0, 99))
def test_all_are_multiples_less_than_a_base_from_the_truth(table, base, method, seed):
    found = round_counts(table, base=base, method=method, rng=seed)
    true = np.array(table)

    pairs = [
        (found.counts, true),
        (found.row_totals, true.sum(axis=1)),
        (found.column_totals, true.sum(axis=0)),
        (np.array(found.total), true.sum()),
    ]
    for rounded, exact in pairs:
        assert np.all(rounded % base == 0)
        assert np.all(np.abs(rounded - exact) < base)
        assert np.all(rounded[exact % base == 0] == exact[exact % base == 0])


@pytest.mark.parametrize("base", [3, 5])
@pytest.mark.parametrize("count", [1, 2, 4, 7, 13])
def test_random_rounding_is_right_in_the_mean(base, count):
    found = round_counts(np.full(20_000, count), base=base, rng=base)

    # The spread of one is at most base / 2: within five standard errors.
    assert found.counts.mean() == pytest.approx(count, abs=5 * base / 2 / np.sqrt(20_000))


def test_four_goes_to_three_twice_as_often_as_to_six():
    found = round_counts(np.full(30_000, 4), base=3, rng=1).counts

    assert set(found) == {3, 6}
    assert np.mean(found == 3) == pytest.approx(2 / 3, abs=5 * np.sqrt(2 / 9 / 30_000))


def test_totals_are_rounded_on_their_own_and_need_not_add_up():
    found = round_counts([[1, 1], [1, 1]], base=3, method="nearest")

    assert found.counts.sum() == 0
    assert found.row_totals.tolist() == [3, 3]
    assert found.total == 3


@given(tables, st.integers(0, 99))
def test_same_seed_same_answer_and_nothing_given_is_changed(table, seed):
    given_table = np.array(table)
    one, other = (round_counts(given_table, rng=seed) for _ in range(2))

    assert one.counts.tolist() == other.counts.tolist()
    assert given_table.tolist() == table


def test_columns_name_the_place_of_each_count():
    columns = round_counts([[3, 6], [9, 12]], rng=1).columns()

    assert columns["row"].tolist() == [0, 0, 1, 1]
    assert columns["counts"].tolist() == [3, 6, 9, 12]


@pytest.mark.parametrize(
    ("counts", "more", "said"),
    [
        ([], {}, "a row or a table"),
        (3, {}, "a row or a table"),
        ([1.5], {}, "whole numbers"),
        ([-1], {}, "whole numbers"),
        ([np.nan], {}, "whole numbers"),
        ([np.inf], {}, "whole numbers"),
        ([1], {"base": 4}, "choose 3 or 5"),
        ([1], {"method": "up"}, "choose nearest"),
    ],
)
def test_what_cannot_be_rounded_is_refused(counts, more, said):
    with pytest.raises(ValueError, match=said):
        round_counts(counts, **more)
