"""Empirical Bayes against spdep, and what a rank interval must hold."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import special
from tests.analysis.references import Reference

from lykta.analysis import (
    SmoothedRates,
    eb_deviates,
    eb_smooth,
    moran,
    neighbours_from_lists,
    rank_intervals,
)
from lykta.analysis.smoothing import _gamma_quantile

CAROLINA = Reference("carolina")
METHODS = ["global", "local_geoda", "local_spdep"]


@pytest.mark.parametrize("method", METHODS)
def test_rates_agree_with_spdep(method):
    result = eb_smooth(CAROLINA.deaths, CAROLINA.births, method=method, neighbours=CAROLINA.near())

    wanted = getattr(CAROLINA, method).astype(float)
    has_rate = ~np.isnan(wanted)  # spdep has none where a whole neighbourhood has no deaths
    assert result.rate[has_rate] == pytest.approx(wanted[has_rate], abs=CAROLINA.tolerance)
    assert not result.rate[~has_rate].any()


def test_the_prior_agrees_with_spdep():
    result = eb_smooth(CAROLINA.deaths, CAROLINA.births)

    assert result.prior_mean[0] == pytest.approx(CAROLINA["prior"]["mean"], rel=1e-9)
    assert result.prior_variance[0] == pytest.approx(CAROLINA["prior"]["variance"], rel=1e-9)


def test_the_eb_index_agrees_with_spdep():
    deviates = eb_deviates(CAROLINA.deaths, CAROLINA.births)

    result = moran(deviates, CAROLINA.near(), weights="binary")
    assert result.statistic == pytest.approx(CAROLINA["eb_index"], abs=CAROLINA.tolerance)


def test_deviates_of_even_rates_fall_back_on_chance():
    # The spread of the rates, 1e-6, is less than chance's, 2e-4: too little for the large area.
    mean = 91 / 1010
    wanted = (0.09 - mean) / np.sqrt(mean / 1000)
    assert eb_deviates([1, 90], [10, 1000])[1] == pytest.approx(wanted)
    assert eb_deviates([0, 0], [1, 2]).tolist() == [0, 0]


@pytest.mark.parametrize("p", [0.0005, 0.005, 0.025, 0.5, 0.975, 0.995])
def test_quick_gamma_quantiles_agree_with_the_general_inverse(p):
    shape = np.geomspace(0.01, 1e7, 2_000)

    assert _gamma_quantile(shape, p) == pytest.approx(special.gammaincinv(shape, p), rel=1e-7)


def test_three_areas_by_pen_and_paper():
    # 30 events among 2,100; mean 1/70; spread (100·(1/70)² + 1000·(3/700)² + 1000·(4/700)²)/2100
    # = 3.401e-5, less (1/70)/700 = 2.041e-5: variance 1.361e-5; weight of the first area
    # 1.361e-5 / (1.361e-5 + (1/70)/100) = 0.0870; its rate (1 - 0.0870)/70 = 0.01304
    result = eb_smooth([0, 10, 20], [100, 1000, 1000])

    assert result.rate[0] == pytest.approx(0.01304, abs=2e-5)
    assert result.rate[0] < result.prior_mean[0]


def test_areas_that_differ_no_more_than_chance_all_get_the_mean():
    result = eb_smooth([10, 10, 10], [100, 100, 100])

    assert result.prior_variance.tolist() == [0, 0, 0]
    assert result.rate == pytest.approx([0.1, 0.1, 0.1])


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(10, 5_000)), min_size=3, max_size=20))
def test_a_smoothed_rate_lies_between_the_raw_rate_and_the_mean(rows):
    events, people = np.array(rows).T
    result = eb_smooth(events, people)

    ends = np.sort([events / people, result.prior_mean], axis=0)
    assert np.all((ends[0] - 1e-12 <= result.rate) & (result.rate <= ends[1] + 1e-12))
    assert np.all((result.low <= result.rate + 1e-12) & (result.rate <= result.high + 1e-12))


def test_ranks_lie_within_their_intervals_and_repeat_with_the_seed():
    smoothed = eb_smooth(CAROLINA.deaths, CAROLINA.births)

    first, second = (rank_intervals(smoothed, n_draws=400, rng=5) for _ in range(2))

    assert np.all((first.low >= 1) & (first.low <= first.median) & (first.median <= first.high))
    assert first.high.max() <= 100
    assert np.array_equal(first.median, second.median)


def posterior(rate, sd):
    nothing = np.zeros(len(rate))
    return SmoothedRates(np.array(rate), np.array(sd), *[nothing] * 4, {})


def test_ranks_agree_with_plain_sorting_of_plain_draws():
    rate, sd = np.array([3.0, 2.5, 2.0, 4.0]), np.array([1.0, 0.4, 0.3, 2.0])

    ranks = rank_intervals(posterior(rate, sd), n_draws=40_000, rng=1)

    draws = np.random.default_rng(2).gamma((rate / sd) ** 2, sd**2 / rate, (40_000, 4))
    placed = 1 + (draws[:, :, None] < draws[:, None, :]).sum(axis=2)
    wanted = np.quantile(placed, [0.025, 0.5, 0.975], axis=0, method="inverted_cdf")
    assert [ranks.low, ranks.median, ranks.high] == pytest.approx(wanted)


def test_areas_known_for_sure_share_their_places_evenly_and_never_pass_another():
    ranks = rank_intervals(posterior([2.0, 1.0, 1.0, 0.0, 0.0], [0.0] * 5), rng=1)

    assert ranks.low.tolist() == [1, 2, 2, 4, 4]
    assert ranks.high.tolist() == [1, 3, 3, 5, 5]


def test_equal_areas_cannot_be_put_in_order():
    ranks = rank_intervals(eb_smooth([10] * 20, [100] * 20), rng=1)

    assert np.all(ranks.high - ranks.low >= 17)


def test_an_area_far_above_the_others_is_the_first():
    ranks = rank_intervals(eb_smooth([900, *([50] * 19)], [1000] * 20), rng=1)

    assert (ranks.low[0], ranks.high[0]) == (1, 1)


@pytest.mark.parametrize(
    ("events", "people", "options", "words"),
    [
        ([1, 2, 3], [1, 2], {}, "one length"),
        ([1, -2, 3], [1, 2, 3], {}, "events and population"),
        ([1, 2, 3], [1, 0, 3], {}, "population above 0"),
        ([1, 2, 3], [1, np.nan, 3], {}, "population above 0"),
        ([1, np.inf, 3], [1, 2, 3], {}, "known and finite"),
        ([], [], {}, "at least one area"),
        ([1, 2, 3], [1, 2, 3], {"dispersion": 0.5}, "dispersion=0.5"),
        ([1, 2, 3], [1, 2, 3], {"method": "bym2"}, "method='bym2'.*local_spdep"),
        ([1, 2, 3], [1, 2, 3], {"method": "local_geoda"}, "needs neighbours"),
    ],
)
def test_what_cannot_be_smoothed_is_refused_by_name(events, people, options, words):
    with pytest.raises(ValueError, match=words):
        eb_smooth(events, people, **options)


def test_columns_are_of_one_length_and_arguments_stay():
    events, people = np.array([1.0, 2.0, 9.0]), np.array([10.0, 20.0, 30.0])
    near = neighbours_from_lists([[1], [0, 2], [1]])

    result = eb_smooth(events, people, method="local_spdep", neighbours=near)

    assert {len(column) for column in result.columns().values()} == {3}
    assert (events.tolist(), people.tolist()) == ([1, 2, 9], [10, 20, 30])
