"""What can be found at all: against tables, the tests themselves, and common sense."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lykta.analysis import (
    DisplacementDesign,
    PanelDesign,
    SeriesDesign,
    TwoCountsDesign,
    chance_to_find,
    compare_counts,
    interrupted_series,
    minimum_detectable_effect,
    poisson_did,
    wdd,
)

DESIGNS = [
    TwoCountsDesign(200),
    DisplacementDesign(200, 150),
    PanelDesign(18, 42, 5, 14, 10),
    SeriesDesign(30, 60, 36, 12),
]
every_design = pytest.mark.parametrize("design", DESIGNS, ids=lambda d: type(d).__name__)


def p_of_two_counts(design, ratio, rng, n):
    return compare_counts(
        rng.poisson(design.before * ratio, n), rng.poisson(design.before, n)
    ).p_two_sided


def p_of_displacement(design, ratio, rng, n):
    treated = rng.poisson([design.treated, ratio * design.treated], (n, 2))
    return wdd(treated, rng.poisson(design.control, (n, 2)), dispersion=1).p


def p_of_panel(design, ratio, rng, n):
    units, periods = design.n_treated + design.n_control, design.n_before + design.n_after
    unit, time = np.repeat(np.arange(units), periods), np.tile(np.arange(periods), units)
    treated = (unit < design.n_treated) & (time >= design.n_before)
    mean = design.mean * np.where(treated, ratio, 1)
    return [poisson_did(rng.poisson(mean), unit, time, treated).p for _ in range(n)]


def p_of_series(design, ratio, rng, n):
    before = design.n_before
    mean = design.mean * np.where(np.arange(before + design.n_after) < before, 1, ratio)
    return [
        interrupted_series(rng.poisson(mean), before, season_length=12).effect.p for _ in range(n)
    ]


TESTS = (p_of_two_counts, p_of_displacement, p_of_panel, p_of_series)


@pytest.mark.parametrize(
    ("design", "p", "n"), list(zip(DESIGNS, TESTS, (20_000, 20_000, 300, 300), strict=True))
)
@pytest.mark.parametrize("side", ["decrease", "increase"])
def test_what_should_just_be_found_is_found_four_times_of_five(design, p, n, side):
    ratio = getattr(minimum_detectable_effect(design), side)
    found = np.mean(np.asarray(p(design, ratio, np.random.default_rng(1), n)) <= 0.05)

    assert found == pytest.approx(0.8, abs=0.01 + 3 * np.sqrt(0.16 / n))


@every_design
def test_the_edge_has_the_power_asked_for(design):
    found = minimum_detectable_effect(design, power=0.9, alpha=0.01)

    for ratio in (found.decrease, found.increase):
        assert chance_to_find(design, ratio, 0.01) == pytest.approx(0.9, abs=1e-6)


@every_design
def test_more_asked_for_takes_a_greater_effect(design):
    plain = minimum_detectable_effect(design)
    surer = minimum_detectable_effect(design, power=0.9)
    stricter = minimum_detectable_effect(design, alpha=0.01)
    one_sided = minimum_detectable_effect(design, alternative="less")

    assert max(surer.decrease, stricter.decrease) < plain.decrease < one_sided.decrease < 1
    assert min(surer.increase, stricter.increase) > plain.increase > 1
    assert np.isnan(one_sided.increase)


@given(st.floats(60, 5_000), st.floats(1.1, 3))
def test_more_events_and_less_sway_find_smaller_effects(before, more):
    few, many, swaying = (
        minimum_detectable_effect(each)
        for each in (
            TwoCountsDesign(before),
            TwoCountsDesign(more * before),
            TwoCountsDesign(before, dispersion=more),
        )
    )

    assert few.decrease < many.decrease
    assert swaying.increase > few.increase


def test_months_that_hang_together_find_less():
    free, bound = (
        minimum_detectable_effect(SeriesDesign(30, 60, 36, 12, lag_correlation=lag))
        for lag in (0, 0.4)
    )

    assert bound.decrease < free.decrease


def test_places_that_change_of_their_own_accord_find_less():
    free, swaying = (
        minimum_detectable_effect(PanelDesign(18, 42, 5, 14, 10, own_change=own)).decrease
        for own in (0, 0.2)
    )

    assert swaying < free


def test_the_difference_of_displacement_by_pen_and_paper():
    # √(400 - 100x): the fall where 100x over that is 1.960 + 0.842: x = 0.4950
    found = minimum_detectable_effect(DisplacementDesign(100, 100))
    fall = 1 - found.decrease

    assert 100 * fall / np.sqrt(400 - 100 * fall) == pytest.approx(1.95996 + 0.84162, abs=1e-4)


def test_many_events_are_told_apart_as_a_difference_of_logarithms():
    # Far from small numbers: log 1.05 over √(1/10,000 + 1/10,500)
    plain = np.log(1.05) / np.sqrt(1 / 10_000 + 1 / 10_500)

    assert TwoCountsDesign(10_000).distance(1.05) == pytest.approx(plain, rel=0.01)


def test_where_even_an_end_of_all_would_be_missed_nothing_can_be_told():
    found = minimum_detectable_effect(DisplacementDesign(10, 200))

    assert np.isnan(found.decrease)
    assert "cannot tell" in found.warnings[0]


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (lambda: minimum_detectable_effect(TwoCountsDesign(0)), "before=0 must be above 0"),
        (lambda: minimum_detectable_effect(TwoCountsDesign(np.nan)), "before=nan"),
        (lambda: minimum_detectable_effect(DisplacementDesign(5, -1)), "control=-1"),
        (lambda: minimum_detectable_effect(PanelDesign(0, 5, 5, 5, 5)), "n_treated=0"),
        (lambda: minimum_detectable_effect(PanelDesign(5, 5, 5, 5, 5, 1, -1)), "own_change=-1"),
        (lambda: minimum_detectable_effect(SeriesDesign(np.inf, 40, 20)), "mean=inf"),
        (lambda: minimum_detectable_effect(SeriesDesign(9, 40, 20, 12, 1, 1)), "lag_correlation=1"),
        (lambda: minimum_detectable_effect(DESIGNS[0], power=1), "power=1"),
        (lambda: minimum_detectable_effect(DESIGNS[0], alpha=0), "alpha=0"),
        (lambda: minimum_detectable_effect(DESIGNS[0], power=0.04), "must be above alpha"),
        (lambda: chance_to_find(DESIGNS[0], 0.5, alternative="any"), "alternative='any'"),
    ],
)
def test_what_is_no_design_is_refused_by_name(act, words):
    with pytest.raises(ValueError, match=words):
        act()
