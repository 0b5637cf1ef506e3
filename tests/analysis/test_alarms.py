"""Control limits against exact distributions, and the weeks they call out."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lykta.analysis import control_limits
from lykta.analysis.alarms.limits import dispersion, exact_tails, mid_tails

NINES = np.tile([8, 9, 10], 40)


def test_a_level_series_expects_its_own_mean():
    result = control_limits(NINES, n_baseline=60)

    assert result.expected == pytest.approx(np.full(60, 9.0))
    assert not result.kind.any()


def test_a_far_higher_week_is_above_and_a_far_lower_one_below():
    counts = np.append(np.random.default_rng(1).poisson(30, 104), [80, 30, 3])

    assert control_limits(counts, n_baseline=104).kind.tolist() == [1, 0, -1]


@settings(max_examples=40, deadline=None)
@given(st.floats(2, 80), st.sampled_from([1.0, 2.0, 3.0]), st.integers(0, 10**6))
def test_a_count_is_an_alarm_exactly_when_it_lies_outside_its_limits(mean, phi, seed):
    rng = np.random.default_rng(seed)
    sway = np.full(60, mean) if phi == 1 else rng.gamma(mean / (phi - 1), phi - 1, 60)
    past = rng.poisson(sway) + 1
    later = np.arange(0, 200)

    result = control_limits(np.append(past[:40], later), n_baseline=40, alpha=0.05)

    outside = np.where(later > result.upper, 1, np.where(later < result.lower, -1, 0))
    assert np.array_equal(result.kind, outside)


def test_poisson_tails_by_pen_and_paper():
    # Poisson(2): P(X ≥ 2) = 1 - 3e⁻² = 0.5940, P(X ≤ 2) = 5e⁻² = 0.6767, P(X = 2) = 0.2707
    high, low = exact_tails(np.array([2.0]), np.array([2.0]), np.array([1.0]))
    mid_high, mid_low = mid_tails(np.array([2.0]), np.array([2.0]), np.array([1.0]))

    assert (high[0], low[0]) == pytest.approx((0.5940, 0.6767), abs=1e-4)
    assert (mid_high[0], mid_low[0]) == pytest.approx((0.5940 - 0.1353, 0.6767 - 0.1353), abs=1e-4)


def test_negative_binomial_tails_by_pen_and_paper():
    # mean 1, variance 2: geometric with p = 1/2; P(X ≤ 1) = 3/4, P(X ≥ 3) = 1/8
    high, low = exact_tails(np.array([3.0, 1.0]), np.ones(2), np.full(2, 2.0))

    assert (high[0], low[1]) == pytest.approx((1 / 8, 3 / 4))


def test_a_season_seen_twice_is_allowed_for():
    wave = np.round(40 * np.exp(0.5 * np.sin(2 * np.pi * np.arange(156) / 52.18))).astype(int)

    with_season = control_limits(wave, n_baseline=104, season_length=52.18)
    without = control_limits(wave, n_baseline=104)

    assert np.abs(with_season.expected - wave[104:]).max() < 2
    assert without.dispersion > 3 * with_season.dispersion


def test_a_short_past_is_not_read_as_a_season():
    result = control_limits(NINES, n_baseline=60, season_length=52.18)

    assert result.params["season_length"] is None


def test_dispersion_is_one_for_chance_and_more_for_sway():
    rng = np.random.default_rng(2)

    assert dispersion(rng.poisson(20, 2_000)) == pytest.approx(1, abs=0.1)
    assert dispersion(rng.poisson(rng.gamma(10, 2, 2_000))) == pytest.approx(3, abs=0.35)
    assert np.isnan(dispersion([1, 2, 3]))


@pytest.mark.parametrize(
    ("counts", "n_baseline", "words"),
    [
        (np.full(40, -1), 30, "none negative"),
        (np.full(40, 1.5), 30, "whole numbers"),
        (np.full(40, np.nan), 30, "whole numbers"),
        (np.full(40, 3), 23, "n_baseline=23 of 40.*at least 24"),
        (np.full(40, 3), 40, "n_baseline=40"),
        (np.zeros(40), 30, "holds no events"),
    ],
)
def test_what_no_limits_can_be_drawn_from_is_refused(counts, n_baseline, words):
    with pytest.raises(ValueError, match=words):
        control_limits(counts, n_baseline=n_baseline)


def test_columns_are_of_one_length_and_the_result_is_frozen():
    result = control_limits(NINES, n_baseline=60)

    assert {len(column) for column in result.columns().values()} == {60}
    assert result.warnings == ()
    with pytest.raises(AttributeError):
        result.kind = None
