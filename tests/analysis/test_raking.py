"""Raked weights against R, a plain loop, and what must hold of them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.analysis import twins
from tests.analysis.references import Reference

from lykta.analysis import rake
from lykta.analysis.surveys.raking import fit

SCHOOLS = Reference("rake_apiclus1")
MARGINS = [SCHOOLS.school_type, SCHOOLS.school_wide]
TARGETS = list(SCHOOLS["targets"].values())


@st.composite
def samples(draw):
    """Margins with someone in every cell, totals of one sum, and base weights."""
    seed = draw(st.integers(0, 10**6))
    rng = np.random.default_rng(seed)
    sizes = draw(st.lists(st.integers(2, 4), min_size=2, max_size=3))
    full = np.indices(sizes).reshape(len(sizes), -1)
    more = [np.append(code, rng.integers(0, k, 30)) for code, k in zip(full, sizes, strict=True)]
    targets = [rng.dirichlet(np.full(k, 5.0)) * 1000 + 1e-3 for k in sizes]
    targets = [1000 * target / target.sum() for target in targets]
    return more, targets, rng.uniform(0.5, 2, len(more[0]))


def test_the_weights_of_rake_apiclus1_are_those_of_r():
    base = np.full(len(SCHOOLS.weights), SCHOOLS["base_weight"])
    raked = rake(MARGINS, TARGETS, base_weights=base)

    assert raked.weights == pytest.approx(SCHOOLS.weights, abs=SCHOOLS.tolerance)


def test_two_margins_that_are_independent_by_pen_and_paper():
    # Equal cells: the weight is N · share · share, over one respondent a cell.
    raked = rake([[0, 0, 1, 1], [0, 1, 0, 1]], [[30, 70], [40, 60]])

    assert raked.weights == pytest.approx([12, 18, 28, 42])
    assert raked.design_effect == pytest.approx(4 * (144 + 324 + 784 + 1764) / 100**2)


@settings(max_examples=50, deadline=None)
@given(samples())
def test_the_weights_are_those_of_a_loop_over_respondents(sample):
    margins, targets, base = sample
    raked = rake(margins, targets, base_weights=base)

    assert raked.weights == pytest.approx(twins.raked(margins, targets, base), rel=1e-6)


@settings(max_examples=50, deadline=None)
@given(samples())
def test_every_margin_is_met(sample):
    margins, targets, base = sample
    raked = rake(margins, targets, base_weights=base)

    for code, target in zip(margins, targets, strict=True):
        assert np.bincount(code, raked.weights) == pytest.approx(target, rel=1e-7)
    assert raked.largest_gap < 1e-7
    assert raked.effective_n <= len(base) + 1e-9


@settings(max_examples=30, deadline=None)
@given(samples(), st.integers(0, 1000))
def test_the_order_of_respondents_changes_nothing(sample, seed):
    margins, targets, base = sample
    order = np.random.default_rng(seed).permutation(len(base))
    raked = rake(margins, targets, base_weights=base)
    moved = rake([code[order] for code in margins], targets, base_weights=base[order])

    assert moved.weights == pytest.approx(raked.weights[order], rel=1e-8)


@settings(max_examples=30, deadline=None)
@given(samples(), st.floats(0.1, 50))
def test_the_scale_of_the_base_weights_does_not_matter(sample, scale):
    margins, targets, base = sample

    one, other = (rake(margins, targets, base_weights=base * k).weights for k in (1, scale))
    assert other == pytest.approx(one, rel=1e-8)


@settings(max_examples=50, deadline=None)
@given(samples())
def test_bounds_hold_whether_or_not_the_margins_can(sample):
    margins, targets, base = sample
    raked = rake(margins, targets, base_weights=base, trim=(0.7, 1.4), max_iterations=300)
    ratio = raked.weights / base / (1000 / base.sum())

    assert ratio.min() >= 0.7 - 1e-9
    assert ratio.max() <= 1.4 + 1e-9
    assert raked.is_converged or "do not settle" in raked.warnings[0]


def test_bounded_weights_are_the_nearest_to_raking_of_all_that_fit():
    rng = np.random.default_rng(5)
    margins = [rng.integers(0, 3, 90), rng.integers(0, 2, 90)]
    tilted = [np.bincount(code) * np.linspace(0.9, 1.1, code.max() + 1) for code in margins]
    targets = [100 * target / target.sum() for target in tilted]
    raked = rake(margins, targets, trim=(0.8, 1.2))

    assert raked.is_converged
    assert raked.is_cell_bounded.any()
    nearest = twins.nearest_weights(margins, targets, 0.8, 1.2)
    assert raked.weights == pytest.approx(nearest, rel=1e-4)


def test_cells_by_sorting_and_by_counting_give_the_same_weights():
    rng = np.random.default_rng(6)
    margins = [rng.integers(0, 2, 400) for _ in range(12)]  # 4,096 cells for 400 respondents
    targets = [np.array([180.0, 220.0])] * 12

    assert rake(margins, targets).weights == pytest.approx(
        twins.raked(margins, targets, np.ones(400)), rel=1e-6
    )


def test_nothing_given_is_changed():
    margins, base = [np.array([0, 1, 1]), np.array([0, 1, 0])], np.ones(3)
    rake(margins, [[1, 2], [2, 1]], base_weights=base)

    assert [code.tolist() for code in margins] == [[0, 1, 1], [0, 1, 0]]
    assert base.tolist() == [1, 1, 1]


def test_margins_that_contradict_each_other_are_said_to():
    # Whoever is in 0 of the one is in 0 of the other, but their totals differ.
    raked = rake([[0, 0, 1, 1], [0, 0, 1, 1]], [[30, 70], [40, 60]], max_iterations=50)

    assert not raked.is_converged
    assert "do not settle in 50 rounds" in raked.warnings[0]


def test_a_row_that_lacks_a_category_is_raked_to_the_others():
    # Without the third of the first margin its 20 go to the others, as 30 to 50.
    cells = rake([[0, 0, 1, 1, 2, 2], [0, 1] * 3], [[30, 50, 20], [40, 60]]).cells
    base = np.where(cells.codes[0] == 2, 0.0, 1.0)[None, :]
    ratio, _, is_converged = fit(base, cells, trim=None, tolerance=1e-10, limit=100)

    assert is_converged
    assert np.bincount(cells.codes[0], (ratio * base)[0]) == pytest.approx([37.5, 62.5, 0])


def test_very_unequal_weights_are_said_to_be():
    raked = rake([[0] * 99 + [1]], [[1, 99]])

    assert "worth" in raked.warnings[0]


@pytest.mark.parametrize(
    ("margins", "targets", "more", "said"),
    [
        ([], [], {}, "0 margins"),
        ([[0, 1]], [[1, 1], [1, 1]], {}, "one each is needed"),
        ([[]], [[1, 1]], {}, "at least one"),
        ([[0.0, 1.0]], [[1, 1]], {}, "whole-number codes"),
        ([[0, 2]], [[1, 1]], {}, "codes must be 0 to 1"),
        ([[0, -1]], [[1, 1]], {}, "codes must be 0 to 1"),
        ([[0, 0]], [[1, 1]], {}, "merge it with another"),
        ([[0, 1]], [[1, 0]], {}, "above 0"),
        ([[0, 1]], [[1, np.nan]], {}, "each known"),
        ([[0, 1], [0, 1]], [[1, 1], [1, 2]], {}, "one population has one sum"),
        ([[0, 1], [0, 1, 1]], [[1, 1], [1, 1]], {}, "one length"),
        ([[0, 1]], [[1, 1]], {"base_weights": [1, 0]}, "above 0"),
        ([[0, 1]], [[1, 1]], {"base_weights": [1, np.inf]}, "above 0"),
        ([[0, 1]], [[1, 1]], {"trim": (1.2, 3)}, "below 1"),
    ],
)
def test_what_cannot_be_raked_is_refused(margins, targets, more, said):
    with pytest.raises(ValueError, match=said):
        rake(margins, targets, **more)
