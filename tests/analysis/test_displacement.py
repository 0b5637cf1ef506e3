"""The weighted displacement difference against its authors, pen and paper, and chance."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.analysis.references import Reference

from lykta.analysis import baseline_dispersion, wdd
from lykta.analysis.effects.reading import lower_tail, quantile, read_against

CASES = Reference("wdd")
NUMBERS = ("local", "local_error", "displacement", "displacement_error", "estimate",
           "standard_error", "z", "low", "high")  # fmt: skip
pairs = st.lists(st.integers(1, 300), min_size=2, max_size=2)


@pytest.mark.parametrize("case", range(3))
@pytest.mark.parametrize("number", NUMBERS)
def test_the_cases_of_wdd_json_come_out(case, number):
    sides = (CASES.treated, CASES.control, CASES.displacement_treated, CASES.displacement_control)
    found = wdd(*(s[case] for s in sides), time_weights=CASES.time_weights[case], dispersion=1)

    expected = getattr(CASES, number)[case]

    assert getattr(found, number)[0] == pytest.approx(expected, abs=CASES.tolerance)


def test_the_worked_example_is_the_published_one():
    # Wheeler & Ratcliffe (2018): -118, variance 1568, z -2.98, interval -196 to -40
    found = wdd([207, 110], [308, 318], [178, 157], [150, 140], dispersion=1)

    assert found.standard_error[0] ** 2 == pytest.approx(1568)
    assert [round(float(edge)) for edge in (found.low[0], found.high[0])] == [-196, -40]


def test_area_weights_by_pen_and_paper():
    # 40/2 - 60/2 = -10 against 30/3 - 30/3 = 0; variance 100/4 + 60/9
    found = wdd([60, 40], [30, 30], area_weights=(2, 3, 1, 1), dispersion=1)

    assert found.estimate[0] == pytest.approx(-10)
    assert found.standard_error[0] ** 2 == pytest.approx(100 / 4 + 60 / 9)


def test_the_ratio_by_pen_and_paper():
    # (50/100) / (90/100) and a log variance of 1/50 + 1/100 + 1/90 + 1/100, twice over
    found = wdd([100, 50], [100, 90], dispersion=2)
    half = 1.959964 * np.sqrt(2 * (1 / 50 + 1 / 100 + 1 / 90 + 1 / 100))

    assert found.ratio[0] == pytest.approx(5 / 9)
    assert found.ratio_low[0] == pytest.approx(5 / 9 * np.exp(-half), rel=1e-6)
    assert found.ratio_high[0] == pytest.approx(5 / 9 * np.exp(half), rel=1e-6)


def test_the_error_is_what_chance_gives():
    rng = np.random.default_rng(3)
    counts = rng.poisson(np.array([[60, 40], [50, 55], [30, 30], [20, 25]]), (40_000, 4, 2))

    found = wdd(*counts.transpose(1, 0, 2), dispersion=1, time_weights=(1, 2))

    assert found.estimate.std() == pytest.approx(found.standard_error.mean(), rel=0.02)


@given(pairs, pairs, pairs, pairs)
@settings(deadline=None)
def test_treated_and_control_changing_places_turn_the_sign(a, b, c, d):
    forth, back = wdd(a, b, c, d, dispersion=1), wdd(b, a, d, c, dispersion=1)

    assert forth.estimate[0] == -back.estimate[0]
    assert forth.p[0] == pytest.approx(back.p[0])
    assert forth.ratio_low[0] == pytest.approx(1 / back.ratio_high[0])


@given(pairs, pairs, st.floats(1.1, 5))
@settings(deadline=None)
def test_more_dispersion_is_less_sure(treated, control, phi):
    calm, swaying = (wdd(treated, control, dispersion=f) for f in (1, phi))

    assert swaying.p[0] >= calm.p[0]
    assert swaying.high[0] > calm.high[0]


@given(st.permutations(range(6)))
@settings(deadline=None)
def test_each_row_is_a_test_of_its_own(order):
    rng = np.random.default_rng(1)
    sides, series = rng.poisson(30, (4, 6, 2)), rng.poisson(3, (6, 4, 20))
    whole = wdd(*sides, baseline=series)
    turned = wdd(*sides[:, order], baseline=series[order])

    for name, column in whole.columns().items():
        assert np.array_equal(column[order], turned.columns()[name])


def test_the_sides_of_the_alternative_add_up():
    less, greater, both = (
        wdd([50, 30], [50, 50], dispersion=1, alternative=a).p[0]
        for a in ("less", "greater", "two-sided")
    )

    assert less + greater == pytest.approx(1)
    assert both == pytest.approx(2 * min(less, greater))


def test_dispersion_is_told_by_the_baseline_alone():
    rng = np.random.default_rng(5)
    season = 6 * (1 + 0.5 * np.sin(np.arange(104) / 8)) * np.array([[1], [0.3], [1], [2]])
    calm = baseline_dispersion(rng.poisson(season, (200, 4, 104)))
    swaying = baseline_dispersion(rng.poisson(rng.gamma(season / 2, 2, (200, 4, 104))))

    assert calm.dispersion.mean() == pytest.approx(1, abs=0.01)
    assert swaying.dispersion.mean() == pytest.approx(3, abs=0.06)


def test_the_freedom_says_how_well_the_dispersion_is_known():
    rng = np.random.default_rng(6)
    found = baseline_dispersion(rng.poisson(rng.gamma(2, 2, (4_000, 4, 40))))
    seen = 2 * found.dispersion.mean() ** 2 / found.dispersion.var()

    assert np.median(found.freedom) == pytest.approx(seen, rel=0.2)


def test_an_estimated_dispersion_is_read_with_students_t():
    series = np.random.default_rng(7).poisson(9, (2, 12))
    told = baseline_dispersion(series)
    found = wdd([50, 30], [50, 50], baseline=series)
    plain = wdd([50, 30], [50, 50], dispersion=told.dispersion)

    assert found.z[0] == pytest.approx(plain.z[0])
    assert found.p[0] > plain.p[0]


def test_counts_alone_are_read_as_chance_and_it_is_said():
    assert "dispersion is taken to be 1" in wdd([50, 30], [50, 50]).warnings[0]
    assert wdd([50, 30], [50, 50], dispersion=1).warnings == ()


def test_weeks_that_hang_together_are_told_of():
    weeks = np.repeat(np.random.default_rng(8).poisson(9, (2, 10)), 4, axis=1)

    assert "goes with the next" in wdd([50, 30], [50, 50], baseline=weeks).warnings[0]


def test_areas_far_apart_are_told_of():
    assert "differ by more than 1.5 times" in wdd([90, 30], [30, 30], dispersion=1).warnings[0]


def test_where_nothing_happened_nothing_can_be_told():
    found = wdd([[0, 0], [20, 10]], [[0, 0], [20, 0]], dispersion=1)

    assert np.isnan([found.p[0], found.low[0], found.ratio[0], found.ratio[1]]).all()
    assert found.p[1] > 0
    assert any("hold no events" in sentence for sentence in found.warnings)


def test_a_baseline_without_events_tells_no_dispersion():
    found = wdd([20, 10], [20, 20], baseline=np.zeros((2, 10)))

    assert np.isnan(found.p[0])
    assert "too few events" in found.warnings[0]


def test_the_counts_given_are_left_alone():
    sides = [np.array([50, 30]), np.array([50.0, 50.0])]
    wdd(*sides, dispersion=2)

    assert sides[0].tolist() == [50, 30]
    assert sides[1].tolist() == [50, 50]


def test_columns_are_of_one_length_and_the_result_is_frozen():
    found = wdd(np.full((5, 2), 20), np.full((5, 2), 20), dispersion=1)

    assert {len(column) for column in found.columns().values()} == {5}
    with pytest.raises(AttributeError):
        found.p = None


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (lambda: wdd([1, 2, 3], [1, 2]), r"treated has the shape \(3,\)"),
        (lambda: wdd([], [1, 2]), "treated has the shape"),
        (lambda: wdd([-1, 2], [1, 2]), "treated must hold counts"),
        (lambda: wdd([1, np.nan], [1, 2]), "treated must hold counts"),
        (lambda: wdd([1, 2], [1, np.inf]), "control must hold counts"),
        (lambda: wdd([1, 2], [1, 2], [1, 2]), "or neither"),
        (lambda: wdd(np.ones((2, 2)), np.ones((3, 2))), "treated holds 2 tests and another side 3"),
        (lambda: wdd([1, 2], [1, 2], time_weights=(0, 1)), "time_weights="),
        (lambda: wdd([1, 2], [1, 2], area_weights=(1, 1)), "area_weights="),
        (lambda: wdd([1, 2], [1, 2], dispersion=0), "dispersion must be above 0"),
        (lambda: wdd([1, 2], [1, 2], dispersion="guess"), "dispersion='guess'"),
        (lambda: wdd([1, 2], [1, 2], dispersion=1, baseline=np.ones((2, 9))), "only with"),
        (lambda: wdd([1, 2], [1, 2], baseline=np.ones((1, 9))), "at least 2 areas"),
        (lambda: wdd([1, 2], [1, 2], baseline=np.ones((2, 2, 9))), "baseline holds 2 tests"),
        (lambda: wdd([1, 2], [1, 2], baseline=-np.ones((2, 9))), "baseline must hold counts"),
        (lambda: wdd([1, 2], [1, 2], level=1), "level=1"),
        (lambda: wdd([1, 2], [1, 2], alternative="both"), "alternative='both'"),
    ],
)
def test_what_cannot_be_tested_is_refused_by_name(act, words):
    with pytest.raises(ValueError, match=words):
        act()


def test_students_t_is_the_one_in_the_tables():
    # 2.228 for 10 degrees of freedom, 1.960 for the normal
    assert quantile(0.975, np.array([10.0, np.inf, 10.0])) == pytest.approx(
        [2.228, 1.96, 2.228], abs=5e-4
    )
    assert lower_tail(np.array([2.228, 1.96]), np.array([10.0, np.inf])) == pytest.approx(
        [0.975] * 2, abs=1e-4
    )
    assert float(read_against(2.228, 1.0, 10, 0.95, "two-sided").p) == pytest.approx(0.05, abs=1e-4)
