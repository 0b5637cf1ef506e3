"""Neighbour lists: sums, parts and how they are made."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from lykta.analysis import neighbours_from_lists, neighbours_from_pairs

pairs = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=30)


def as_sets(near):
    return [set(near.ids[a:b].tolist()) for a, b in zip(near.starts, near.starts[1:], strict=False)]


@given(pairs)
def test_pairs_count_both_ways_once_and_never_with_themselves(given_pairs):
    near = neighbours_from_pairs(np.array(given_pairs).reshape(-1, 2), 10)

    wanted = [
        {b for a, b in given_pairs if a == i} | {a for a, b in given_pairs if b == i}
        for i in range(10)
    ]
    assert as_sets(near) == [one - {i} for i, one in enumerate(wanted)]


@given(pairs, st.lists(st.booleans(), min_size=10, max_size=10))
def test_keeping_some_places_keeps_what_is_between_them(given_pairs, mask):
    near, mask = neighbours_from_pairs(np.array(given_pairs).reshape(-1, 2), 10), np.array(mask)
    number = np.cumsum(mask) - 1

    kept = as_sets(near.keep(mask))

    wanted = [{int(number[j]) for j in as_sets(near)[i] if mask[j]} for i in np.flatnonzero(mask)]
    assert kept == wanted


def test_sums_by_pen_and_paper():
    near = neighbours_from_lists([[1, 2], [0], []])

    assert near.sums(np.array([1.0, 10.0, 100.0])).tolist() == [110, 1, 0]
    assert near.counts.tolist() == [2, 1, 0]
