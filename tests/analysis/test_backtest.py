"""A forecast in the past: what it may see, what it loses, and what is said of it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lykta.analysis import backtest, moving_mean, pai_curve, same_week_last_year
from lykta.analysis.forecasts.backtest import BETTER, CANNOT_TELL, NO_BETTER
from lykta.analysis.forecasts.resampling import mean_interval, ratio_interval


def level(seed, *, n_series=20, n_weeks=120, mean=5.0):
    return np.random.default_rng(seed).poisson(mean, (n_series, n_weeks))


def long_mean(past):
    return past.mean(axis=1)


class Spy:
    """A forecast that keeps what it was shown, and lays hands on it."""

    def __init__(self):
        self.seen = []

    def __call__(self, past):
        self.seen.append(past.copy())
        assert past.base is None, "a view holds what comes after it too"
        past[:] = 7
        return np.ones(len(past))


def test_a_forecast_is_shown_the_weeks_before_and_no_other():
    counts, spy = level(1, n_series=3, n_weeks=60), Spy()

    backtest(counts, spy, n_test=5, rng=1)

    assert [past.shape[1] for past in spy.seen] == [55, 56, 57, 58, 59]
    assert all(np.array_equal(past, counts[:, : past.shape[1]]) for past in spy.seen)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10**6), st.integers(56, 79), st.sampled_from([moving_mean, long_mean]))
def test_nothing_that_happens_later_changes_a_forecast(seed, week, forecast):
    counts = level(seed, n_series=4, n_weeks=80)
    other = counts.copy()
    other[:, week:] = np.random.default_rng(seed).poisson(50, (4, 80 - week))

    one, two = (backtest(each, forecast, n_test=24, rng=1).predicted for each in (counts, other))

    # The forecast of a week is made before its counts are known.
    assert np.array_equal(one[:, : week - 56 + 1], two[:, : week - 56 + 1])


def test_one_that_repeats_the_last_week_it_sees_does_not_foresee_the_next():
    result = backtest(level(2, n_series=50), lambda past: past[:, -1], n_test=60, rng=1)

    assert result.verdict == NO_BETTER
    assert result.absolute_error[0] > 1


def test_losses_by_pen_and_paper():
    counts = np.array([[2, 2, 4, 1]])

    result = backtest(counts, lambda past: np.full(1, 2.0), n_test=2, rng=1)

    # |4 - 2| and |1 - 2|; 2·(4·ln 2 - 2) and 2·(1·ln ½ + 1)
    assert result.absolute_error[0] == pytest.approx(1.5)
    assert result.deviance[0] == pytest.approx((8 * np.log(2) - 4 + 2 - 2 * np.log(2)) / 2)


def test_the_baselines_are_last_years_week_and_the_mean_of_eight():
    past = np.arange(104.0)[None, :]

    assert same_week_last_year(past).tolist() == [52]
    assert moving_mean(past).tolist() == [99.5]
    result = backtest(np.tile(past, (3, 1)), long_mean, n_test=30, rng=1)
    assert result.method.tolist() == ["forecast", "same week last year", "moving mean"]
    assert result.absolute_error[1:].tolist() == [52, 4.5]
    assert result.baseline == "moving mean"


def test_an_event_called_impossible_counts_as_half_an_event_in_all_the_past():
    counts = np.zeros((1, 12))
    counts[0, 10] = 1

    result = backtest(counts, lambda past: np.zeros(1), n_test=2, rng=1)

    floors = 0.5 / np.array([10, 11])
    wanted = 2 * np.array([np.log(1 / floors[0]) - 1 + floors[0], floors[1]])
    assert result.deviance[0] == pytest.approx(wanted.mean())


def test_a_long_mean_of_level_series_is_better():
    result = backtest(level(3), long_mean, n_test=60, rng=1)

    assert result.verdict == BETTER
    assert 0 < result.gain_low < result.gain < result.gain_high


def test_the_baseline_itself_and_a_worse_forecast_are_no_better():
    same = backtest(level(4), moving_mean, n_test=60, rng=1)
    worse = backtest(level(4), lambda past: past[:, -1] + 3.0, n_test=60, rng=1)

    assert (same.verdict, same.gain) == (NO_BETTER, 0)
    assert (worse.verdict, worse.gain < 0) == (NO_BETTER, True)


def test_few_weeks_cannot_tell_and_it_says_so():
    result = backtest(level(5), long_mean, n_test=20, rng=1)

    assert result.verdict == CANNOT_TELL
    assert np.isnan(result.gain_low)
    assert "n_test=20 weeks are too few" in result.warnings[0]


def test_a_short_past_has_no_last_year_and_it_says_so():
    result = backtest(level(6, n_weeks=60), long_mean, n_test=50, rng=1)

    assert "same week last year" not in result.method
    assert "no baseline of last year's week" in result.warnings[0]


def test_pai_is_that_of_the_curve_week_by_week():
    counts, area = level(7, n_series=40, n_weeks=70), np.linspace(1, 3, 40)

    result = backtest(counts, long_mean, n_test=10, area_m2=area, loss="pai", rng=1)

    curve = pai_curve(
        counts[:, 60:], result.predicted, area, shares=[0.1], ties="mean", n_bootstrap=0
    )
    assert result.pai[0] == pytest.approx(curve.pai[0])


def test_a_map_that_knows_the_hot_places_finds_more_than_one_that_forgets():
    mean = np.random.default_rng(8).gamma(0.5, 0.4, 300)
    counts = np.random.default_rng(9).poisson(np.outer(mean, np.ones(160)))

    result = backtest(counts, long_mean, n_test=60, area_m2=np.ones(300), loss="pai", rng=1)

    assert result.verdict == BETTER
    assert result.pai[0] > result.pai[2] > 1


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10**6))
def test_the_order_of_the_series_is_of_no_account(seed):
    counts, order = level(seed, n_series=6), np.random.default_rng(seed).permutation(6)

    one, other = (backtest(each, long_mean, n_test=50, rng=2) for each in (counts, counts[order]))

    assert other.deviance == pytest.approx(one.deviance)
    assert (other.verdict, other.baseline) == (one.verdict, one.baseline)


def test_same_seed_same_interval_and_the_counts_stay():
    counts = level(10)
    kept = counts.copy()

    one, other = (backtest(counts, long_mean, n_test=52, rng=5) for _ in range(2))

    assert (one.gain_low, one.gain_high) == (other.gain_low, other.gain_high)
    assert np.array_equal(counts, kept)
    assert one.params["rng"] == 5


def test_a_result_draws_the_loss_that_decides():
    chart = backtest(level(11), long_mean, n_test=52, loss="absolute_error", rng=1).chart()

    assert chart["data"]["values"][0]["method"] == "forecast"
    assert chart["encoding"]["x"]["title"] == "Mean absolute error"


def test_the_interval_of_a_mean_is_students_where_weeks_are_normal():
    values = np.random.default_rng(1).normal(3, 2, 400)

    low, high = mean_interval(values, length=1, n_draws=20_000, rng=np.random.default_rng(2))

    half = 1.966 * values.std(ddof=1) / 20
    assert (low, high) == pytest.approx((values.mean() - half, values.mean() + half), abs=0.03)


def test_blocks_widen_the_interval_of_weeks_that_hang_together():
    values = np.repeat(np.random.default_rng(3).normal(0, 1, 40), 6)

    short, long = (
        np.ptp(mean_interval(values, length=n, n_draws=2_000, rng=np.random.default_rng(4)))
        for n in (1, 6)
    )
    assert long > 1.7 * short


def test_a_ratio_that_never_varies_has_no_interval():
    top, bottom = np.ones((20, 1)), np.full((20, 1), 2.0)

    ends = ratio_interval(top, bottom, n_draws=200, rng=np.random.default_rng(1))

    assert np.isnan(ends).all()


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"counts": [1, 2, 3]}, r"\(series, weeks\) is needed"),
        ({"counts": np.full((2, 9), -1)}, "not negative"),
        ({"counts": np.full((2, 9), np.nan)}, "known, finite"),
        ({"n_test": 0}, "n_test=0 of 60 weeks"),
        ({"n_test": 60}, "n_test=60 of 60 weeks"),
        ({"loss": "rmse"}, "loss='rmse'.*deviance"),
        ({"loss": "pai"}, "needs area_m2"),
        ({"area_m2": [1, 0, 1]}, "area_m2 must be"),
        ({"forecast": lambda past: past[:, -2:]}, r"forecast gave \(3, 2\) for week 55"),
        ({"forecast": lambda past: np.full(3, np.nan)}, "known, finite"),
        ({"forecast": lambda past: -np.ones(3)}, "not negative"),
    ],
)
def test_what_cannot_be_tested_is_refused_by_name(changed, words):
    arguments = {"counts": level(1, n_series=3, n_weeks=60), "forecast": long_mean, "n_test": 5}
    arguments |= changed

    with pytest.raises(ValueError, match=words):
        backtest(arguments.pop("counts"), arguments.pop("forecast"), **arguments)
