"""Each compiled loop beside its plain twin."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.analysis import twins

from lykta.analysis import neighbours_from_lists
from lykta.analysis._kernels.flow import push_all
from lykta.analysis._kernels.permute import count_tails, draw_places

lists = st.lists(st.lists(st.integers(0, 6), max_size=4, unique=True), min_size=7, max_size=7)


@settings(max_examples=50, deadline=None)
@given(lists, st.lists(st.integers(0, 5), min_size=7, max_size=7), st.integers(0, 10**6))
def test_tails_agree_with_a_loop_that_leaves_out_the_draws_of_the_place_itself(near, values, seed):
    near = [[j for j in one if j != i] for i, one in enumerate(near)]
    neighbours, x = neighbours_from_lists(near), np.array(values, float)
    draws = draw_places(np.random.default_rng(seed), 7, 4, 60)

    found = count_tails(x, neighbours.sums(x), neighbours.counts, draws, 1e-9)

    for part, wanted in zip(found, twins.tails(x, near, draws), strict=True):
        assert part.tolist() == wanted


def test_a_draw_holds_no_place_twice():
    draws = draw_places(np.random.default_rng(1), 9, 5, 400)

    assert all(len(set(draw)) == 5 for draw in draws.T.tolist())


def test_every_place_and_every_pair_is_drawn_equally_often():
    n, size, n_draws = 6, 3, 30_000
    draws = draw_places(np.random.default_rng(2), n, size, n_draws)

    first = np.bincount(draws[0], minlength=n) / n_draws
    pairs = np.bincount(draws[0] * n + draws[2], minlength=n * n).reshape(n, n) / n_draws
    # 1/6 and 1/30, within five standard errors.
    assert np.abs(first - 1 / 6).max() < 5 * np.sqrt(1 / 6 / n_draws)
    assert np.abs(pairs[~np.eye(n, dtype=bool)] - 1 / 30).max() < 5 * np.sqrt(1 / 30 / n_draws)


def test_same_seed_same_draws():
    one, other = (draw_places(np.random.default_rng(3), 20, 4, 50) for _ in range(2))

    assert np.array_equal(one, other)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6))
def test_moves_are_the_largest_flows_of_another_program(seed):
    rng = np.random.default_rng(seed)
    n, m = rng.integers(2, 6, 2)
    grow, shrink = (rng.integers(0, 5, (n, m)).astype(float) for _ in range(2))
    cells, needs = np.argwhere(np.ones((n, m))), rng.integers(1, 9, n * m).astype(float)
    moved, rows, columns = push_all(grow, shrink, np.ones((n, m)), cells, needs)

    wanted = [twins.largest_move(grow, shrink, *one) for one in zip(cells, needs, strict=True)]
    assert moved.tolist() == wanted
    short = moved < needs
    assert np.all(columns[short, cells[short, 1]])
    assert not np.any(rows[short, cells[short, 0]])
