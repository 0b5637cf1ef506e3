"""Difference-in-differences against other programs, a plain fit and pen and paper."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.analysis.references import Reference

from lykta.analysis import event_study, poisson_did
from lykta.analysis.effects.grids import lay_out, poisson_panel
from lykta.analysis.effects.twoway import fit_two_way

KNOWN = Reference("did_poisson")
STUDY = Reference("event_study_poisson")


def rows(y, n_treated, start):
    n, periods = np.shape(y)
    unit, time = np.repeat(np.arange(n), periods), np.tile(np.arange(periods), n)
    return np.ravel(y), unit, time, (unit < n_treated) & (time >= start)


def known_rows():
    return rows(KNOWN.y, KNOWN["treated_units"], KNOWN["first_treated"])


def small(seed, n=8, periods=6, mean=9):
    return rows(np.random.default_rng(seed).poisson(mean, (n, periods)) + 1, 4, 3)


def dummies(unit, time, *more):
    """Return the plain design: one column a unit, one a period but the first, and more."""
    columns = [unit == u for u in np.unique(unit)] + [time == t for t in np.unique(time)[1:]]
    return np.column_stack([*columns, *more]).astype(float)


def plain_fit(y, design, offset=0.0):
    """Return the coefficients and information of a Poisson mean, by Newton, with no short cut."""
    beta = np.linalg.lstsq(design, np.log(y + 0.5) - offset, rcond=None)[0]
    for _ in range(50):
        mean = np.exp(design @ beta + offset)
        information = design.T @ (design * mean[:, None])
        beta = beta + np.linalg.solve(information, design.T @ (y - mean))
    return beta, information, mean


def test_the_ratio_of_did_poisson_json_comes_out():
    found = poisson_did(*known_rows())

    assert found.coefficient == pytest.approx(KNOWN["coef"], abs=KNOWN.tolerance["coef"])
    assert found.standard_error == pytest.approx(
        KNOWN["se_crv1"], rel=KNOWN.tolerance["se_crv1_relative"]
    )
    assert found.deviance == pytest.approx(KNOWN["deviance"])
    assert (found.n_units, found.n_cells, found.n_treated_clusters) == (60, 1440, 18)


def test_the_model_error_of_did_poisson_json_comes_out():
    y, unit, time, treated = known_rows()
    grid = lay_out(y, unit, time, treated, cluster=None, exposure=None)
    fit = fit_two_way(poisson_panel(grid, np.where(grid.treated == 1, 0, -1), 1)[0])
    error = np.sqrt(fit.model_covariance[0, 0])

    assert error == pytest.approx(
        KNOWN["se_model_poisson"], abs=KNOWN.tolerance["se_model_poisson"]
    )


def test_the_terms_of_event_study_poisson_json_come_out():
    found = event_study(*known_rows())

    assert found.relative.tolist() == STUDY.relative.tolist()
    assert found.coefficient == pytest.approx(STUDY.coef, abs=STUDY.tolerance)
    assert found.standard_error == pytest.approx(STUDY.se_crv1, abs=STUDY.tolerance)


def test_two_units_and_two_periods_by_pen_and_paper():
    # A ratio of ratios: (9/12) / (25/28)
    found = poisson_did(*rows([[12, 9], [28, 25]], 1, 1))

    assert found.ratio == pytest.approx((9 / 12) / (25 / 28))
    assert np.isnan(found.p)
    assert any("too few clusters" in sentence for sentence in found.warnings)


@pytest.mark.parametrize("is_whole", [True, False])
def test_a_plain_fit_with_a_column_for_everything_agrees(is_whole):
    y, unit, time, treated = small(1)
    people = np.random.default_rng(2).uniform(1, 3, len(y))
    kept = np.ones(len(y), bool) if is_whole else np.arange(len(y)) % 5 > 0
    y, unit, time, treated, people = (v[kept] for v in (y, unit, time, treated, people))
    design = dummies(unit, time, treated)
    beta, information, mean = plain_fit(y, design, np.log(people))

    found = poisson_did(y, unit, time, treated, exposure=people)
    scores = np.array([design[unit == u].T @ (y - mean)[unit == u] for u in np.unique(unit)])
    bread = np.linalg.inv(information)[-1]
    n, k = len(y), 7  # six periods and a term
    factor = 8 / 7 * (n - 1) / (n - k)

    assert found.coefficient == pytest.approx(beta[-1])
    assert found.standard_error == pytest.approx(np.sqrt(factor * np.sum((scores @ bread) ** 2)))


def test_an_event_study_is_a_plain_fit_too():
    y, unit, time, treated = small(3)
    relative = np.where(unit < 4, time - 3, -99)
    terms = [-3, -2, 0, 1, 2]
    design = dummies(unit, time, *(relative == term for term in terms))

    found = event_study(y, unit, time, treated)

    assert found.relative.tolist() == terms
    assert found.coefficient == pytest.approx(plain_fit(y, design)[0][-5:])


def test_units_in_clusters_are_summed_before_they_are_squared():
    y, unit, time, treated = small(4)
    one_by_one = poisson_did(y, unit, time, treated, cluster=unit)
    twins = [np.concatenate((part, part)) for part in (y, time, treated)]
    doubled = poisson_did(
        twins[0], np.concatenate((unit, unit + 8)), *twins[1:], cluster=np.tile(unit, 2)
    )

    assert doubled.ratio == pytest.approx(one_by_one.ratio)
    assert doubled.n_clusters == 8
    assert doubled.standard_error == pytest.approx(one_by_one.standard_error, rel=0.08)


def test_the_freedom_is_that_of_squared_scores_under_chance():
    """Welch's t for two groups of equal spread: five and five give at most eight."""
    level = np.random.default_rng(5).poisson(400, (10, 8))
    found = poisson_did(*rows(level, 5, 4))

    assert found.degrees_of_freedom == pytest.approx(8, abs=0.1)


@given(st.permutations(range(48)))
@settings(max_examples=20, deadline=None)
def test_the_order_of_rows_does_not_matter(order):
    columns = small(6)
    plain, turned = poisson_did(*columns), poisson_did(*(part[order] for part in columns))

    assert turned.coefficient == pytest.approx(plain.coefficient)
    assert turned.p == pytest.approx(plain.p)


@given(st.floats(0.2, 20), st.integers(0, 10**6))
@settings(max_examples=20, deadline=None)
def test_a_unit_or_a_period_grown_by_a_factor_changes_nothing(factor, seed):
    y, unit, time, treated = small(seed)
    plain = poisson_did(y, unit, time, treated)
    people = np.where(unit == 2, factor, 1.0) * np.where(time == 4, 3.0, 1.0)

    assert poisson_did(y, unit, time, treated, exposure=people).ratio == pytest.approx(plain.ratio)


def test_names_of_units_and_periods_do_not_matter():
    y, unit, time, treated = small(7)
    months = np.array(["2024-01", "2024-02", "2024-03", "2024-04", "2024-05", "2024-06"])
    named = poisson_did(y, unit.astype(str), months[time], treated)

    assert named.ratio == pytest.approx(poisson_did(y, unit, time, treated).ratio)


@pytest.mark.parametrize(
    "numbered",
    [
        lambda unit: (unit * 36 - 128).astype(np.int8),  # the range is wider than the type
        lambda unit: unit - 1_000_000,
        lambda unit: unit * 10**17,
        lambda unit: unit.astype(np.uint64) + np.uint64(2**63),
    ],
    ids=["bytes", "negative", "far apart", "unsigned"],
)
def test_numbers_of_units_may_be_any(numbered):
    y, unit, time, treated = small(7)
    found = poisson_did(y, numbered(unit), time, treated)

    assert found.ratio == poisson_did(y, unit, time, treated).ratio
    assert found.n_units == 8


def test_units_and_periods_without_events_are_left_out_and_told_of():
    y, unit, time, treated = small(8)
    y = np.where((unit == 7) | (time == 1), 0, y)
    without = (unit != 7) & (time != 1)
    plain = poisson_did(*(part[without] for part in (y, unit, time, treated)))
    found = poisson_did(y, unit, time, treated)

    assert found.ratio == pytest.approx(plain.ratio)
    assert any("1 units without events" in sentence for sentence in found.warnings)


def test_no_events_with_the_measure_give_a_ratio_of_nought_and_no_interval():
    y, unit, time, treated = small(9)
    found = poisson_did(np.where(treated, 0, y), unit, time, treated)

    assert found.ratio == 0
    assert np.isnan([found.low, found.high, found.p]).all()
    assert "without an interval" in found.warnings[0]


def test_no_events_without_the_measure_leave_an_effect_without_end():
    y, unit, time, treated = small(9)
    found = poisson_did(np.where((unit >= 4) & (time >= 3), 0, y), unit, time, treated)

    assert np.isnan([found.ratio, found.low, found.p]).all()
    assert any("nothing can be told" in sentence for sentence in found.warnings)


def test_counts_that_never_sway_give_no_interval():
    found = poisson_did(*rows(np.full((40, 8), 4), 15, 4))

    assert found.ratio == pytest.approx(1)
    assert np.isnan(found.p)
    assert any("too even" in sentence for sentence in found.warnings)


def test_a_period_since_the_start_without_events_has_no_interval():
    y, unit, time, treated = small(10)
    found = event_study(np.where(treated & (time == 4), 0, y), unit, time, treated)

    assert found.ratio[found.relative == 1] == 0
    assert np.isnan(found.low).tolist() == [False, False, False, True, False]
    assert any("1 periods since the start" in sentence for sentence in found.warnings)


def test_a_trend_before_the_start_is_found():
    rng = np.random.default_rng(11)
    level = 30 * np.exp(0.1 * np.arange(10) * (np.arange(60) < 30)[:, None])
    trending, still = (
        event_study(*rows(rng.poisson(m), 30, 5)) for m in (level, level[30:31] + 0 * level)
    )

    assert trending.pre_trend_p < 1e-5
    assert still.pre_trend_p > 0.01


def test_more_periods_before_than_clusters_can_tell_give_no_pre_trend():
    found = event_study(*rows(np.random.default_rng(12).poisson(9, (8, 20)), 4, 15))

    assert np.isnan(found.pre_trend_p)


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        (small(13), "8 clusters: fewer than 20"),
        (rows(np.full((40, 6), 5), 2, 3), "degrees of freedom"),
    ],
)
def test_doubts_are_said(columns, words):
    assert any(words in sentence for sentence in poisson_did(*columns).warnings)


def test_starts_at_different_times_are_told_of():
    y, unit, time, treated = small(14)
    found = poisson_did(y, unit, time, treated | ((unit == 5) & (time >= 4)))

    assert any("different times" in sentence for sentence in found.warnings)


def test_columns_are_of_one_length_and_the_chart_holds_them():
    found = event_study(*small(15))

    assert {len(column) for column in found.columns().values()} == {5}
    assert len(found.chart()["data"]["values"]) == 5


def test_the_columns_given_are_left_alone():
    columns = small(16)
    before = [part.copy() for part in columns]
    event_study(*columns)

    assert all(np.array_equal(a, b) for a, b in zip(columns, before, strict=True))


Y, UNIT, TIME, TREATED = small(17)


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (lambda: poisson_did([], [], [], []), "not empty"),
        (lambda: poisson_did(Y, UNIT, TIME, TREATED[1:]), "of one length"),
        (lambda: poisson_did(-Y, UNIT, TIME, TREATED), "y must hold counts"),
        (lambda: poisson_did(Y * np.nan, UNIT, TIME, TREATED), "y must hold counts"),
        (lambda: poisson_did(Y * np.inf, UNIT, TIME, TREATED), "y must hold counts"),
        (lambda: poisson_did(Y * 0, UNIT, TIME, TREATED), "0 units and 0 periods with events"),
        (lambda: poisson_did(Y, UNIT, TIME, TREATED + 1), "treated must be 0 or 1"),
        (lambda: poisson_did(Y, UNIT, TIME, TREATED, exposure=0 * Y), "exposure must be above 0"),
        (lambda: poisson_did(Y, UNIT, TIME, TREATED, cluster=TIME), "cluster changes within"),
        (lambda: poisson_did(Y, UNIT, TIME * np.nan, TREATED), "time has missing values"),
        (lambda: poisson_did(Y, UNIT, TIME // 2, TREATED), "more than one row"),
        (lambda: poisson_did(Y, UNIT, TIME, TIME >= 3), "cannot be told"),
        (lambda: poisson_did(Y, UNIT, TIME, UNIT < 4), "cannot be told"),
        (lambda: poisson_did(Y, UNIT, TIME, TREATED, level=95), "level=95"),
        (lambda: event_study(Y, UNIT, TIME, TREATED & (TIME < 5)), "goes back to 0"),
        (lambda: event_study(Y, UNIT, TIME, TREATED, reference=9), "reference=9 is none of"),
        (lambda: event_study(Y, UNIT, TIME + 0.5, TREATED), "whole periods"),
        (lambda: event_study(Y, UNIT, TIME, 0 * TREATED), "both 0 and 1"),
    ],
)
def test_what_is_no_panel_is_refused_by_name(act, words):
    with pytest.raises(ValueError, match=words):
        act()
