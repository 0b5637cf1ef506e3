"""Synthetic control against exact optima, pen and paper, and what must not matter."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.analysis.references import Reference

from lykta.analysis import simplex_weights, synthetic_control

PROPOSITION = Reference("synth_prop99")
BASQUE = Reference("synth_basque")
REFERENCES = pytest.mark.parametrize("known", [PROPOSITION, BASQUE], ids=["prop99", "basque"])


def control(known):
    return synthetic_control(known.outcome, known["treated"], known["first_treated"])


def town(seed, n=12, periods=30):
    rng = np.random.default_rng(seed)
    common = rng.normal(size=(3, periods)).cumsum(axis=1)
    return 50 + rng.normal(size=(n, 3)) @ common + rng.normal(size=(n, periods))


@REFERENCES
def test_the_weights_of_synth_json_come_out(known):
    assert control(known).weights == pytest.approx(known.weights, abs=known.tolerance["weights"])


@REFERENCES
def test_the_effect_of_synth_json_comes_out(known):
    found = control(known)

    assert found.att == pytest.approx(known["att"], abs=known.tolerance["att"])
    assert found.gap == pytest.approx(known.gap, abs=known.tolerance["att"])
    assert found.pre_rmspe**2 == pytest.approx(known["pre_mspe"], rel=known.tolerance["pre_mspe"])


@REFERENCES
def test_the_placebos_of_synth_json_come_out(known):
    found = control(known)

    assert found.rmspe_ratio == pytest.approx(known.rmspe_ratio, rel=1e-6)
    assert found.p == known["placebo_p"]
    assert found.kkt_gap < 1e-9


def test_proposition_99_is_the_published_one():
    # Arkhangelsky et al. (2021), American Economic Review 111(12), table 1: -19.6
    assert control(PROPOSITION).att == pytest.approx(-19.6, abs=0.1)


def test_weights_by_pen_and_paper():
    # The point of the segment from (0, 0) to (4, 0) nearest to (1, 3) is (1, 0).
    weights, gap = simplex_weights([[0, 0], [4, 0]], [1, 3])

    assert weights == pytest.approx([0.75, 0.25])
    assert gap < 1e-12


@given(st.integers(0, 10**6), st.integers(2, 40), st.integers(1, 40))
@settings(deadline=None)
def test_no_direction_betters_the_weights(seed, n, periods):
    """The conditions of Karush, Kuhn and Tucker, which no other weights fulfil."""
    rng = np.random.default_rng(seed)
    donors, target = rng.normal(size=(n, periods)), 2 * rng.normal(size=periods)
    weights, gap = simplex_weights(donors, target)
    slope = (donors - target) @ (weights @ donors - target)
    squared_gap = np.sum((weights @ donors - target) ** 2)

    assert gap < 1e-9
    assert weights.min() >= 0
    assert weights.sum() == pytest.approx(1)
    assert slope.min() >= squared_gap * (1 - 1e-9) - 1e-12


def test_no_weights_drawn_by_lot_fit_better():
    rng = np.random.default_rng(1)
    donors, target = rng.normal(size=(5, 12)), rng.normal(size=12)
    best = np.sum((simplex_weights(donors, target)[0] @ donors - target) ** 2)
    others = rng.dirichlet(np.full(5, 0.3), 50_000) @ donors - target

    assert np.sum(others**2, axis=1).min() >= best
    assert np.sum(others**2, axis=1).min() == pytest.approx(best, rel=0.05)


@given(st.integers(0, 10**6))
@settings(max_examples=20, deadline=None)
def test_a_mix_of_others_is_found_and_its_effect_too(seed):
    outcomes = town(seed)
    outcomes[0] = 0.3 * outcomes[4] + 0.7 * outcomes[7]
    outcomes[0, 20:] -= 5

    found = synthetic_control(outcomes, 0, 20, placebo=None)

    assert found.att == pytest.approx(-5, abs=1e-6)
    assert found.weights[[4, 7]] == pytest.approx([0.3, 0.7], abs=1e-6)


@given(st.permutations(range(1, 12)), st.floats(0.1, 10), st.floats(-100, 100))
@settings(max_examples=20, deadline=None)
def test_neither_order_nor_scale_of_outcomes_matters(order, scale, shift):
    outcomes = town(2)
    plain = synthetic_control(outcomes, 0, 20)
    other = synthetic_control(scale * outcomes[[0, *order]] + shift, 0, 20)

    assert other.att == pytest.approx(scale * plain.att, rel=1e-6)
    assert other.p == plain.p
    assert other.weights == pytest.approx(plain.weights[[0, *order]], abs=1e-6)


def test_what_comes_after_has_no_part_in_the_fit_nor_before_in_the_effect():
    outcomes = town(3)
    later, earlier = outcomes.copy(), outcomes.copy()
    later[:, 20:] = 1e4 * np.random.default_rng(1).normal(size=(12, 10))
    plain, changed = (synthetic_control(each, 0, 20, placebo=None) for each in (outcomes, later))
    earlier[0, 20] += 70
    moved = synthetic_control(earlier, 0, 20, placebo=None)

    assert np.array_equal(plain.weights, changed.weights)
    assert moved.pre_rmspe == plain.pre_rmspe
    assert moved.att == pytest.approx(plain.att + 7)


def test_the_treated_unit_counts_itself_and_is_no_donor_of_placebos():
    outcomes = town(4)
    outcomes[0, 20:] += 1_000
    found = synthetic_control(outcomes, 0, 20)

    without = [synthetic_control(np.delete(outcomes, 0, 0), k, 20, placebo=None) for k in range(11)]

    assert found.p == pytest.approx(1 / 12)
    assert found.placebo_att[1:] == pytest.approx([each.att for each in without])


def test_leaving_a_donor_out_is_a_fit_without_it():
    outcomes = town(5)
    found = synthetic_control(outcomes, 0, 20)
    heaviest = int(found.weights.argmax())
    without = synthetic_control(np.delete(outcomes, heaviest, 0), 0, 20, placebo=None)

    assert found.leave_one_out[heaviest] == pytest.approx(without.att)
    assert np.array_equal(np.isnan(found.leave_one_out), found.weights == 0)


def test_without_placebos_there_is_no_p():
    found = synthetic_control(town(6), 0, 20, placebo=None)

    assert np.isnan(found.p)
    assert np.isfinite(found.rmspe_ratio).sum() == 1


@pytest.mark.parametrize(
    ("outcomes", "first", "words"),
    [
        (town(7), 5, "5 periods before"),
        (town(7, n=400), 3, "perfectly"),
        (town(7) + 1_000 * np.eye(12)[:1].T, 20, "outside"),
        (town(7), 20, "p cannot be below 0.083"),
    ],
)
def test_doubts_are_said(outcomes, first, words):
    assert any(words in sentence for sentence in synthetic_control(outcomes, 0, first).warnings)


def test_a_unit_beside_itself_fits_perfectly():
    outcomes = town(8)
    outcomes[3] = outcomes[0]
    found = synthetic_control(outcomes, 0, 20)

    assert found.att == 0
    assert found.rmspe_ratio[0] == 0
    assert found.p == 1


def test_the_chart_holds_every_period_and_the_outcomes_are_left_alone():
    outcomes = town(9)
    before = outcomes.copy()
    chart = synthetic_control(outcomes, 0, 20).chart()

    assert len(chart["data"]["values"]) == 30
    assert np.array_equal(outcomes, before)


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (lambda: synthetic_control([], 0, 2), "outcomes has the shape"),
        (lambda: synthetic_control(np.ones((2, 9)), 0, 4), "at least 3 units"),
        (lambda: synthetic_control(np.full((4, 9), np.nan), 0, 4), "must be finite"),
        (lambda: synthetic_control(np.full((4, 9), np.inf), 0, 4), "must be finite"),
        (lambda: synthetic_control(np.ones((4, 9)), 4, 4), "treated=4 is no row of 4"),
        (lambda: synthetic_control(np.ones((4, 9)), 0, 1), "first_treated=1 of 9 periods"),
        (lambda: synthetic_control(np.ones((4, 9)), 0, 9), "first_treated=9 of 9 periods"),
        (lambda: synthetic_control(np.ones((4, 9)), 0, 4, placebo="time"), "placebo='time'"),
    ],
)
def test_what_cannot_be_matched_is_refused_by_name(act, words):
    with pytest.raises(ValueError, match=words):
        act()


def test_where_nothing_ever_happens_there_is_no_effect():
    found = synthetic_control(np.zeros((4, 9)), 0, 4)

    assert (found.att, found.p) == (0, 1)
