"""Farrington's method against the R package, a plain loop, and what must always hold."""

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.analysis import loops
from tests.analysis.references import Reference

from lykta.analysis import FLEXIBLE_2013, ORIGINAL_1996, FarringtonForm, farrington, q_values
from lykta.analysis.alarms.farrington import bounds
from lykta.analysis.alarms.tails import at_least, largest_usual

AGONA = Reference("farrington")
AS_IN_R = replace(FLEXIBLE_2013, years_back=4, errors="surveillance")
FORMS = {
    "flexible_noperiods1": replace(
        AS_IN_R,
        n_periods=1,
        past_weeks_excluded=3,
        outlier_above=1.0,
        trend_level=0.05,
        threshold="delta",
    ),
    "flexible_noufaily_delta": replace(AS_IN_R, threshold="delta"),
    "flexible_nbPlugin": AS_IN_R,
    "original_1996": replace(ORIGINAL_1996, years_back=4, fewest_events=0),
}
FIELDS = {
    "upper_bound": "upperbound",
    "is_alarm": "alarm",
    "expected": "expected",
    "p_upper": "pvalue",
    "dispersion": "phi",
    "trend": "trend_used",
}


def judged(name):
    run = AGONA["runs"][name]
    return farrington(AGONA.observed, form=FORMS[name], alpha=run["alpha"], n_now=31), run


def quiet(n_series, *, mean=10.0, n_weeks=300, seed=1):
    return np.random.default_rng(seed).poisson(mean, (n_series, n_weeks))


SAID = [(name, field) for name in FORMS for field in FIELDS if FIELDS[field] in AGONA["runs"][name]]


@pytest.mark.parametrize(("name", "field"), SAID)
def test_numbers_are_those_of_the_r_package(name, field):
    found, run = judged(name)

    wanted = np.array(run[FIELDS[field]], float)  # None, where no trend is used, becomes nan
    assert getattr(found, field) == pytest.approx(wanted, abs=AGONA.tolerance, nan_ok=True)


@pytest.mark.parametrize("name", ["flexible_noperiods1", "flexible_noufaily_delta"])
def test_scores_are_those_of_the_r_package(name):
    found, run = judged(name)

    assert found.exceedance == pytest.approx(np.array(run["score"]), abs=AGONA.tolerance)


def test_the_package_takes_the_logarithm_of_the_mean_for_the_mean_in_scores_of_counts():
    found, run = judged("flexible_nbPlugin")
    mean = np.log(found.expected)

    theirs = (found.count - mean) / (found.upper_bound - mean)
    assert theirs == pytest.approx(np.array(run["score"]), abs=AGONA.tolerance)


@pytest.mark.parametrize("case", AGONA["threshold_p"], ids=str)
def test_chances_are_those_of_the_packages_own_tests(case):
    outlook = [np.array([case[k]]) for k in ("mean", "error_of_logarithm", "dispersion")]

    _, p = bounds(np.array([case["count"]]), outlook, case["threshold"], case["alpha"])

    assert p == pytest.approx(case["p"], abs=1e-7)


@settings(max_examples=15, deadline=None)
@given(
    st.sampled_from([FLEXIBLE_2013, ORIGINAL_1996, replace(FLEXIBLE_2013, years_back=2)]),
    st.floats(3, 40),
    st.integers(0, 10**6),
)
def test_many_at_once_agree_with_one_by_one_in_plain_matrices(form, mean, seed):
    rng = np.random.default_rng(seed)
    counts = rng.poisson(
        rng.gamma(mean, 1.0, (2, 300)) * np.exp(rng.normal(0, 0.002) * np.arange(300))
    )

    form = replace(form, fewest_events=0)

    found = farrington(counts, form=form, threshold="predictive")

    for series in range(2):
        expected, error, phi, trend = loops.judge(counts[series], 299, form)
        said = (found.expected[series], found.dispersion[series], found.p_upper[series])
        p = at_least(found.count[[series]], expected, np.array([phi + expected * error**2]))
        assert said == pytest.approx((expected, phi, *p), rel=1e-4)
        assert found.is_trend_used[series] == (trend is not None)


def test_the_baseline_is_that_of_a_plain_loop():
    for form in (FLEXIBLE_2013, ORIGINAL_1996, replace(FLEXIBLE_2013, n_periods=7, half_window=2)):
        ago, level = form.baseline()

        wanted = loops.baseline(0, form)
        names = (level + 1) % form.n_periods  # the loop calls the week's own level 0
        assert dict(zip((-ago).tolist(), names.tolist(), strict=True)) == wanted


def test_a_stretch_of_the_year_without_weeks_has_no_level():
    _, level = FarringtonForm(years_back=1, past_weeks_excluded=40).baseline()

    assert np.unique(level).tolist() == [0, 1, 2]


def test_a_baseline_of_half_a_week_more_a_year_shifts_its_windows():
    ago, _ = replace(ORIGINAL_1996, half_window=0, season_length=52.5, years_back=4).baseline()

    assert sorted(ago.tolist()) == [52, 105, 158, 210]


def test_an_outbreak_of_last_month_teaches_nothing():
    counts = quiet(1)[0]
    before = farrington(counts).expected
    counts[-20:-1] = 500

    assert farrington(counts).expected == before


@pytest.mark.parametrize("threshold", ["nb", "delta", "muan", "predictive"])
def test_alarm_score_and_p_say_the_same(threshold):
    counts = quiet(400, mean=6.0)
    counts[:, -1] += np.arange(400) % 20

    found = farrington(counts, threshold=threshold, alpha=0.05)

    assert 0 < found.is_alarm.sum() < 400
    assert np.array_equal(found.is_alarm, found.p_upper <= 0.05)
    assert np.array_equal(found.is_alarm, found.exceedance > 1)


def test_the_1996_form_gives_high_counts_half_of_alpha():
    found = farrington(quiet(300), form=ORIGINAL_1996, alpha=0.1)

    assert found.params["tail"] == 0.05
    assert np.array_equal(found.is_alarm, found.p_upper < 0.05)


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10**6))
def test_series_know_nothing_of_each_other_and_inputs_stay(seed):
    counts = quiet(6, mean=4.0, seed=seed)
    before, order = counts.copy(), np.random.default_rng(seed).permutation(6)

    found, mixed = farrington(counts), farrington(counts[order])

    assert np.array_equal(counts, before)
    for name in ("expected", "upper_bound", "p_upper", "q_value", "is_alarm"):
        assert np.array_equal(getattr(found, name)[order], getattr(mixed, name), equal_nan=True)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 60), st.integers(1, 30))
def test_more_events_now_are_never_less_surprising(now, more):
    counts = quiet(2)[:, :]
    counts[:, -1] = [now, now + more]
    counts[1, :-1] = counts[0, :-1]

    found = farrington(counts, threshold="predictive")

    assert found.p_upper[1] <= found.p_upper[0]
    assert found.expected[0] == found.expected[1]


def test_several_weeks_are_judged_as_each_would_be_alone():
    counts = quiet(3)

    together = farrington(counts, n_now=4)

    alone = [farrington(counts[:, : counts.shape[1] - back]) for back in (3, 2, 1, 0)]
    by_week = together.expected.reshape(3, 4).T
    assert by_week == pytest.approx(np.array([one.expected for one in alone]))
    assert together.week.reshape(3, 4)[0].tolist() == [296, 297, 298, 299]


def test_q_values_are_over_the_series_of_the_same_week():
    found = farrington(quiet(8), n_now=2)

    p, q = (values.reshape(8, 2) for values in (found.p_upper, found.q_value))
    assert np.array_equal(q[:, 1], q_values(p[:, 1]))


def test_a_trend_that_foretells_more_than_was_ever_seen_is_left_out():
    counts = np.random.default_rng(3).poisson(5 * np.exp(0.015 * np.arange(300)))
    found = farrington([counts, quiet(1)[0]])

    assert found.is_trend_used.tolist() == [False, True]
    assert np.isnan(found.trend[0])


def test_the_tails_of_counts_are_those_of_their_sums():
    mean, spread, k = 3.0, 1.8, np.arange(200)
    size = mean / (spread - 1)
    terms = np.cumprod(np.append(spread**-size, (size + k) / (k + 1) * (1 - 1 / spread)))
    wanted = 1 - np.append(0, np.cumsum(terms))[:60]

    every = np.full(60, mean), np.full(60, spread)
    assert at_least(np.arange(60.0), *every) == pytest.approx(wanted, abs=1e-12)
    limit = largest_usual(np.array([mean]), np.array([spread]), 0.01)[0]
    assert wanted[int(limit) + 1] <= 0.01 < wanted[int(limit)]


def test_a_week_with_few_events_is_not_judged():
    counts = quiet(1, mean=5.0)[0]
    counts[-4:] = [0, 1, 0, 3]

    found = farrington(counts)

    assert np.isnan([found.upper_bound, found.p_upper, found.q_value, found.exceedance]).all()
    assert not found.is_alarm.any()
    assert "1 of 1 weeks are not judged: fewer than 5 events" in found.warnings[0]


def test_too_short_and_empty_pasts_say_nothing():
    counts = quiet(3)
    counts[1, :290] = 0

    short, empty = farrington(counts[:, -200:]), farrington(counts)

    assert np.isnan(short.expected).all()
    assert "3 of 3 weeks have too short a past" in short.warnings[0]
    assert np.isnan(empty.expected).tolist() == [False, True, False]
    assert "1 of 3 weeks have a past without events" in empty.warnings[0]


def test_part_of_the_year_without_any_event_is_no_obstacle():
    counts = quiet(1)[0]
    counts[np.arange(300) % 52 < 10] = 0

    found = farrington(counts)

    assert found.expected[0] == pytest.approx(10, rel=0.3)


@pytest.mark.parametrize(
    ("form", "threshold", "words"),
    [
        (FLEXIBLE_2013, "nb", "taken for known"),
        (ORIGINAL_1996, "delta", "held too low"),
        (ORIGINAL_1996, "delta", "one mean"),
    ],
)
def test_what_makes_false_alarms_is_said(form, threshold, words):
    assert words in " ".join(farrington(quiet(5), form=form, threshold=threshold).warnings)


def test_uneven_counts_are_said_to_be_too_skew_for_delta():
    counts = np.random.default_rng(1).poisson(np.random.default_rng(2).gamma(5, 2, (5, 300)))

    assert "not normal" in " ".join(farrington(counts, threshold="delta").warnings)
    assert farrington(counts, threshold="predictive").warnings == ()


@pytest.mark.parametrize(
    ("counts", "options", "words"),
    [
        ([1, np.nan, 2], {}, "whole numbers"),
        ([1, np.inf, 2], {}, "whole numbers"),
        ([1, -1, 2], {}, "none negative"),
        ([1, 2.5], {}, "whole numbers"),
        ([[[1, 2]]], {}, "3 dimensions"),
        ([], {}, "n_now=1 of 0 weeks"),
        ([1, 2], {"n_now": 3}, "n_now=3 of 2"),
        ([1, 2], {"alpha": 0}, "alpha=0"),
        ([1, 2], {"alpha": np.nan}, "alpha=nan"),
        ([1, 2], {"threshold": "best"}, "threshold='best' must be one of"),
    ],
)
def test_what_cannot_be_judged_is_refused(counts, options, words):
    with pytest.raises(ValueError, match=words):
        farrington(counts, **options)


@pytest.mark.parametrize(
    ("choices", "words"),
    [
        ({"years_back": 0}, "years_back=0 must be at least 1"),
        ({"half_window": -1}, "half_window=-1 must be at least 0"),
        ({"n_periods": 50}, "only 45 weeks lie between"),
        ({"years_back": 1, "half_window": 0, "n_periods": 1}, "baseline of 1 weeks"),
        ({"errors": "none"}, "errors='none'"),
    ],
)
def test_a_form_that_cannot_be_is_refused(choices, words):
    with pytest.raises(ValueError, match=words):
        FarringtonForm(**choices)


def test_no_series_give_no_rows_and_one_is_like_many():
    assert len(farrington(np.empty((0, 300))).expected) == 0
    one = quiet(1)

    assert farrington(one).p_upper == farrington(one[0]).p_upper


def test_huge_counts_are_no_obstacle():
    found = farrington(quiet(1, mean=1e7), threshold="predictive")

    assert found.expected[0] == pytest.approx(1e7, rel=1e-2)
    assert 0 < found.p_upper[0] < 1


def test_columns_params_and_chart():
    found = farrington(quiet(3), n_now=5)
    chart = found.chart(1)

    assert {len(column) for column in found.columns().values()} == {15}
    assert (found.params["years_back"], found.params["alpha"]) == (5, 0.01)
    assert [row["week"] for row in chart["data"]["values"]] == [295, 296, 297, 298, 299]
    assert json.loads(json.dumps(chart, allow_nan=False)) == chart


def test_a_gap_in_the_chart_is_no_number():
    chart = farrington(quiet(1)[:, :100]).chart()

    assert chart["data"]["values"][0]["upper_bound"] is None
