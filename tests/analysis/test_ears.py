"""EARS against the R package, a plain loop, and what must always hold."""

import json
import statistics

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.analysis.references import Reference

from lykta.analysis import ears, q_values

AGONA = Reference("ears")
METHODS = ("C1", "C2", "C3")
EVERY = [*((method, "normal") for method in METHODS), ("C1", "t"), ("C2", "t")]


def c2(counts, week):
    """Return C2 of one week, by the book."""
    past = counts[week - 9 : week - 2]
    return (counts[week] - statistics.mean(past)) / statistics.stdev(past)


def quiet(n_series, *, mean=20.0, n_weeks=20, seed=1):
    return np.random.default_rng(seed).poisson(mean, (n_series, n_weeks))


@pytest.mark.parametrize("method", METHODS)
def test_bounds_and_alarms_are_those_of_the_r_package(method):
    found, run = ears(AGONA.observed, method, n_now=293), AGONA["runs"][method]

    assert found.upper_bound == pytest.approx(np.array(run["upperbound"]), abs=AGONA.tolerance)
    assert found.is_alarm.tolist() == [bool(alarm) for alarm in run["alarm"]]


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(0, 40), min_size=14, max_size=20))
def test_c2_and_c3_are_those_of_a_plain_loop(counts):
    counts[:12] = [count + week % 3 for week, count in enumerate(counts[:12])]
    last = len(counts) - 1
    if any(len(set(counts[week - 9 : week - 2])) == 1 for week in range(last - 2, last + 1)):
        return

    carried = sum(max(0, c2(counts, week) - 1) for week in (last - 2, last - 1))
    assert ears(counts, "C2").statistic[0] == pytest.approx(c2(counts, last))
    assert ears(counts, "C3").statistic[0] == pytest.approx(carried)


def test_c1_by_pen_and_paper():
    # mean 5, squares 8, standard deviation √(8/6); bound 5 + 3.0902 * 1.1547
    found = ears([3, 5, 5, 5, 5, 5, 7, 9])

    assert found.upper_bound[0] == pytest.approx(5 + 3.090232 * (8 / 6) ** 0.5, abs=1e-6)
    assert found.statistic[0] == pytest.approx(4 / (8 / 6) ** 0.5)
    assert found.dispersion[0] == pytest.approx(8 / 6 / 5)


def test_the_t_limit_foretells_one_more_normal_value():
    roots = np.random.default_rng(1).normal(100, 5, (40_000, 8)).round(6)

    p = ears(np.round(roots**2), limit="t").p_upper

    shares = [np.mean(p <= level) for level in (0.01, 0.05, 0.1)]
    assert shares == pytest.approx([0.01, 0.05, 0.1], abs=0.005)


@pytest.mark.parametrize(("method", "limit"), EVERY)
def test_alarm_and_p_say_the_same(method, limit):
    found = ears(quiet(300), method, limit=limit, alpha=0.05)

    assert 0 < found.is_alarm.sum() < 150
    assert np.array_equal(found.is_alarm, found.p_upper < 0.05)


@settings(max_examples=20, deadline=None)
@given(st.sampled_from(EVERY), st.integers(0, 10**6))
def test_series_know_nothing_of_each_other_and_inputs_stay(way, seed):
    counts = quiet(6, mean=3.0, seed=seed)
    before, order = counts.copy(), np.random.default_rng(seed).permutation(6)

    found, mixed = (ears(each, way[0], limit=way[1], n_now=3) for each in (counts, counts[order]))

    assert np.array_equal(counts, before)
    for name in ("upper_bound", "p_upper", "q_value", "is_alarm"):
        one, other = getattr(found, name).reshape(6, 3), getattr(mixed, name).reshape(6, 3)
        assert np.array_equal(one[order], other, equal_nan=True)


@settings(max_examples=20, deadline=None)
@given(st.sampled_from([("C1", "normal"), ("C2", "normal"), ("C1", "t")]), st.integers(1, 30))
def test_more_events_now_are_never_less_surprising(way, more):
    counts = quiet(2)
    counts[1] = counts[0]
    counts[1, -1] += more

    found = ears(counts, way[0], limit=way[1])

    assert found.p_upper[1] < found.p_upper[0]
    assert found.upper_bound[1] == found.upper_bound[0]


def test_weeks_far_back_are_of_no_account():
    counts = quiet(4, n_weeks=60)
    other = counts.copy()
    other[:, :40] = 0

    for method in METHODS:
        one, two = ears(counts, method), ears(other, method)
        assert np.array_equal(one.upper_bound, two.upper_bound)


def test_q_values_are_over_the_series_of_the_same_week():
    found = ears(quiet(8), n_now=2)

    p, q = (values.reshape(8, 2) for values in (found.p_upper, found.q_value))
    assert np.array_equal(q[:, 0], q_values(p[:, 0]))


@pytest.mark.parametrize("method", METHODS)
def test_the_first_weeks_are_not_judged(method):
    n_before = {"C1": 7, "C2": 9, "C3": 11}[method]

    found = ears(quiet(1), method, n_now=20)

    assert np.isnan(found.p_upper).tolist() == [week < n_before for week in range(20)]
    assert not found.is_alarm[:n_before].any()
    assert f"{n_before} of 20 weeks have too few weeks" in " ".join(found.warnings)


def test_a_baseline_that_does_not_vary_gives_no_p():
    found = ears([[0] * 7 + [1], [0] * 8])

    assert np.isnan(found.p_upper).all()
    assert found.is_alarm.tolist() == [True, False]
    assert "2 of 2 baselines do not vary" in " ".join(found.warnings)


def test_a_least_standard_deviation_keeps_one_event_from_being_an_alarm():
    found = ears([0] * 7 + [1], min_sd=0.5)

    assert found.is_alarm.tolist() == [False]
    assert found.p_upper[0] == pytest.approx(0.02275, abs=1e-5)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("counts", [[0] * 20, [9] * 20, [0] * 15 + [1, 0, 40, 0, 0]])
def test_flat_series_give_no_wrong_numbers(method, counts):
    found = ears(counts, method, n_now=20)

    assert not np.isinf(found.upper_bound).any()
    assert ((found.p_upper >= 0) | np.isnan(found.p_upper)).all()


def test_small_uneven_and_seasonal_counts_are_warned_of():
    rng = np.random.default_rng(1)
    wave = 30 * np.exp(0.5 * np.sin(np.arange(104) / 8))

    assert "fewer than 5" in " ".join(ears(quiet(3, mean=2.0), limit="t").warnings)
    uneven = rng.poisson(rng.gamma(5, 4, (40, 20)))
    assert "times as much as by chance" in " ".join(ears(uneven, limit="t").warnings)
    assert "like the weeks before" in " ".join(ears(rng.poisson(wave), limit="t").warnings)
    assert ears(quiet(40, n_weeks=104), limit="t").warnings == ()


def test_the_published_limit_and_c3_are_said_to_have_no_level():
    assert "false alarms are more than alpha" in ears(quiet(1)).warnings[0]
    assert "no known level" in ears(quiet(1), "C3").warnings[0]


@pytest.mark.parametrize(
    ("counts", "options", "words"),
    [
        ([1, np.nan, 2], {}, "whole numbers"),
        ([1, np.inf, 2], {}, "whole numbers"),
        ([1, -1, 2], {}, "none negative"),
        ([], {}, "n_now=1 of 0 weeks"),
        ([1] * 9, {"method": "C4"}, "method='C4' must be one of"),
        ([1] * 9, {"limit": "f"}, "limit='f' must be one of"),
        ([1] * 9, {"method": "C3", "limit": "t"}, "for C1 and C2"),
        ([1] * 9, {"n_baseline": 2}, "n_baseline=2; at least 3"),
        ([1] * 9, {"min_sd": -1.0}, "min_sd=-1.0"),
        ([1] * 9, {"min_sd": np.nan}, "min_sd=nan"),
        ([1] * 9, {"alpha": 0.7}, "alpha=0.7"),
    ],
)
def test_what_cannot_be_judged_is_refused(counts, options, words):
    with pytest.raises(ValueError, match=words):
        ears(counts, **options)


def test_columns_params_and_chart():
    found = ears(quiet(2), n_now=4)
    chart = found.chart(1)

    assert {len(column) for column in found.columns().values()} == {8}
    assert found.params["n_baseline"] == 7
    assert [row["week"] for row in chart["data"]["values"]] == [16, 17, 18, 19]
    assert json.loads(json.dumps(chart, allow_nan=False)) == chart
