"""Rates, ratios and shares against tables, R and pen and paper."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.analysis.references import Reference

from lykta.analysis import (
    compare_counts,
    compare_ratios,
    conditional_test,
    e_test,
    poisson_rates,
    relative_risks,
    wilson_interval,
)

COUNTS = Reference("two_counts")
CAROLINA = Reference("carolina")
CASES = list(
    zip(COUNTS.first, COUNTS.second, COUNTS.exposure_first, COUNTS.exposure_second, strict=True)
)


@pytest.mark.parametrize(("case", "p"), list(zip(CASES, COUNTS.e_test, strict=True)))
def test_the_e_test_agrees_with_another_program(case, p):
    k1, k2, t1, t2 = case

    assert e_test(k1, k2, exposure_1=t1, exposure_2=t2) == pytest.approx(p, abs=COUNTS.tolerance)


@pytest.mark.parametrize(("k1", "k2", "p"), COUNTS["published"])
def test_the_e_test_agrees_with_its_authors(k1, k2, p):
    assert round(e_test(k1, k2), 4) == p


@pytest.mark.parametrize(("case", "p"), list(zip(CASES, COUNTS.conditional, strict=True)))
def test_the_conditional_test_agrees_with_r_where_both_tails_are_alike(case, p):
    k1, k2, t1, t2 = case
    result = compare_counts([k1], [k2], exposure_after=t1, exposure_before=t2)

    # R adds the outcomes no likelier than this one; twice the smaller tail is the same if t1 = t2.
    if t1 == t2:
        assert result.p_two_sided[0] == pytest.approx(p, abs=COUNTS.tolerance)
    else:
        assert result.p_two_sided[0] >= p - COUNTS.tolerance


@pytest.mark.parametrize(("case", "p"), list(zip(CASES, COUNTS.conditional, strict=True)))
def test_the_conditional_test_agrees_with_r(case, p):
    k1, k2, t1, t2 = case

    found = conditional_test(k1, k2, exposure_1=t1, exposure_2=t2)
    assert found == pytest.approx(p, abs=COUNTS.tolerance)


@given(st.integers(0, 12), st.integers(0, 12), st.floats(0.2, 5))
def test_the_conditional_test_agrees_with_a_count_of_all_divisions(k1, k2, exposure):
    share, n = exposure / (1 + exposure), k1 + k2
    chances = [math.comb(n, k) * share**k * (1 - share) ** (n - k) for k in range(n + 1)]

    found = conditional_test(k1, k2, exposure_1=exposure)
    assert found == pytest.approx(sum(c for c in chances if c <= chances[k1] * (1 + 1e-7)))


def test_choynowskis_map_agrees_with_spdep():
    result = relative_risks(CAROLINA.deaths, CAROLINA.births)

    assert result.p_lower == pytest.approx(CAROLINA.choynowski_p, abs=CAROLINA.tolerance)
    assert 100 * result.risk == pytest.approx(CAROLINA.relative_risk_pct, abs=CAROLINA.tolerance)
    rates = poisson_rates(CAROLINA.deaths, CAROLINA.births)
    assert rates.rate == pytest.approx(CAROLINA.raw_rate, abs=CAROLINA.tolerance)


def test_the_tails_of_a_poisson_map_by_pen_and_paper():
    # Each expects 1: P(X ≤ 0) = e⁻¹, P(X ≥ 2) = 1 - 2e⁻¹; nothing is expected of nobody.
    result = relative_risks([0, 2, 0], [10, 10, 0])

    assert result.p_lower == pytest.approx([0.3679, 0.9197, 1], abs=1e-4)
    assert result.p_upper == pytest.approx([1, 0.2642, 1], abs=1e-4)
    assert np.isnan(result.risk[2])


@pytest.mark.parametrize(
    ("events", "population", "words"),
    [
        ([1, -1], [1, 1], "events holds -1.0 and must not"),
        ([1, 0.5], [1, 1], "whole numbers"),
        ([1, np.nan], [1, 1], "whole numbers"),
        ([0, 1], [0, 0], "not all 0"),
        ([0, 1], [1, np.inf], "population holds infinity"),
        ([0, 1], [1, np.nan], "must be known"),
        ([1], [1, 1], "one length"),
    ],
)
def test_what_no_risk_can_be_told_of_is_refused(events, population, words):
    with pytest.raises(ValueError, match=words):
        relative_risks(events, population)


def test_three_against_none_by_pen_and_paper():
    # 2 · (1/2)³ = 0.25
    assert compare_counts([3], [0]).p_two_sided[0] == pytest.approx(0.25)


def test_a_ratio_by_pen_and_paper():
    # 18 after 30: 0.60; exact interval from Clopper & Pearson for 18 of 48: 0.2395–0.5265
    result = compare_counts([18], [30])

    assert result.ratio[0] == pytest.approx(0.6)
    assert result.low[0] == pytest.approx(0.3151, abs=5e-4)
    assert result.high[0] == pytest.approx(1.1118, abs=5e-4)


def test_garwoods_interval_for_ten_is_the_one_in_the_tables():
    # Garwood (1936); Ulm (1990) gives 4.795 and 18.390
    result = poisson_rates([10, 0], [1, 1])

    assert result.low == pytest.approx([4.795, 0], abs=5e-4)
    assert result.high == pytest.approx([18.390, 3.689], abs=5e-4)


@given(st.integers(0, 80), st.integers(0, 80), st.floats(1, 4))
def test_the_interval_holds_one_exactly_when_p_is_above_five_per_cent(after, before, phi):
    result = compare_counts([after], [before], dispersion=phi)
    if after + before == 0:
        assert np.isnan(result.p_two_sided[0])
        return
    p, low, high = (float(part[0]) for part in (result.p_two_sided, result.low, result.high))

    if abs(p - 0.05) > 1e-9:
        assert (low <= 1 <= high) == (p > 0.05)


@given(st.integers(0, 60), st.integers(0, 60), st.floats(0.1, 9), st.floats(0.1, 9))
def test_turning_the_comparison_around_turns_the_ratio_over(a, b, ta, tb):
    forth = compare_counts([a], [b], exposure_after=ta, exposure_before=tb)
    back = compare_counts([b], [a], exposure_after=tb, exposure_before=ta)

    assert forth.p_two_sided[0] == pytest.approx(back.p_two_sided[0], nan_ok=True)
    if a and b:
        assert forth.low[0] == pytest.approx(1 / back.high[0])


def test_a_swaying_series_is_less_sure():
    calm, swaying = (compare_counts([60], [40], dispersion=phi) for phi in (1.0, 3.0))

    assert swaying.p_two_sided[0] > calm.p_two_sided[0]
    assert swaying.high[0] - swaying.low[0] > calm.high[0] - calm.low[0]


def test_two_equal_changes_do_not_differ():
    one, other = compare_counts([20, 50], [40, 50]), compare_counts([200, 20], [400, 60])

    gap = compare_ratios(one, other)

    assert gap.ratio == pytest.approx([1, 3])
    assert gap.p_two_sided[0] == pytest.approx(1)
    assert gap.p_two_sided[1] < 0.01


def test_wilsons_interval_is_the_published_one():
    # Newcombe (1998), Statistics in Medicine 17, table I, method 3
    share, low, high = wilson_interval([81, 15, 0, 1], [263, 148, 20, 29])

    assert low == pytest.approx([0.2553, 0.0624, 0.0000, 0.0061], abs=5e-5)
    assert high == pytest.approx([0.3662, 0.1605, 0.1611, 0.1718], abs=5e-5)
    assert share[2] == 0


def test_where_nobody_lives_there_is_no_rate():
    result = poisson_rates([3, 3], [0, np.nan])

    assert np.isnan(result.rate).all()
    assert np.isnan(result.high).all()


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (lambda: poisson_rates([-1], [1]), "counts holds -1.0"),
        (lambda: compare_counts([-1], [1]), "before holds -1.0|after holds -1.0"),
        (
            lambda: compare_counts([1], [1], dispersion=0.5),
            "dispersion holds 0.5 and must be at least 1",
        ),
        (lambda: e_test(-1, 2), "k1=-1"),
        (lambda: e_test(1, 2, exposure_1=0), "must be above 0 and finite"),
        (lambda: wilson_interval(5, 3), "part must lie between 0 and whole"),
    ],
)
def test_what_cannot_be_a_rate_is_refused_by_name(act, words):
    with pytest.raises(ValueError, match=words):
        act()


def test_columns_are_of_one_length():
    for result in (poisson_rates([1, 2], [3, 4]), compare_counts([1, 2], [3, 4])):
        assert {len(column) for column in result.columns().values()} == {2}


def test_ratios_with_other_intervals_are_not_set_against_each_other():
    narrow = compare_counts([30], [20], level=0.5)

    with pytest.raises(ValueError, match=r"level=0.5 of a ratio must be 0.95"):
        compare_ratios(narrow, compare_counts([30], [20]))


def test_results_echo_what_they_were_asked():
    found = compare_counts([18], [30], exposure_after=2.0)

    assert found.params["exposure_after"] == 2.0
    assert poisson_rates([1], [2], per=1000).params == {"per": 1000, "level": 0.95, "dispersion": 1}
    assert list(found.columns()) == ["ratio", "low", "high", "p_two_sided"]
