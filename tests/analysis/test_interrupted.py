"""Interrupted series against plain fits, brute force, pen and paper, and chance."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lykta.analysis import interrupted_series
from lykta.analysis.effects.segments import (
    autoregressive,
    contrast,
    design,
    lag_correlation,
    n_lags,
    negative_binomial,
    quasi_poisson,
)

AT = np.arange(96)
BEFORE = 60


def series(seed=1, ratio=1.0, mean=30.0, phi=1.0):
    rng = np.random.default_rng(seed)
    level = mean * np.exp(0.3 * np.sin(2 * np.pi * AT / 12)) * np.where(AT < BEFORE, 1, ratio)
    return rng.poisson(level if phi == 1 else rng.gamma(level / (phi - 1), phi - 1))


def found(counts, **kwargs):
    return interrupted_series(counts, BEFORE, season_length=12, **kwargs)


def test_a_mean_without_chance_is_found_again():
    change = np.where(AT < BEFORE, 0, -0.4 + 0.01 * (AT - BEFORE + 0.5))
    counts = 1e6 * np.exp(0.002 * AT + 0.3 * np.cos(2 * np.pi * AT / 12) + change)

    result = found(counts)

    assert result.level_change.ratio == pytest.approx(np.exp(-0.4), rel=1e-6)
    assert result.trend_change.ratio == pytest.approx(np.exp(0.01), rel=1e-6)
    assert result.effect.ratio == pytest.approx(np.exp(change[BEFORE:].mean()), rel=1e-6)
    assert result.without_measure == pytest.approx(counts / np.exp(change), rel=1e-6)


def test_what_a_control_shares_is_taken_away():
    shared = np.exp(0.2 * np.sin(AT / 5)) * np.where(AT < BEFORE, 1, 0.5)
    counts, control = 1e6 * shared * np.where(AT < BEFORE, 1, 0.8), 2e6 * shared

    assert found(counts, control=control).effect.ratio == pytest.approx(0.8, rel=1e-3)
    assert found(counts).effect.ratio < 0.6


def test_the_fit_is_where_the_likelihood_is_highest():
    counts = series(2)
    fit = quasi_poisson(counts, design(96, BEFORE, 12, 1))

    def likelihood(beta):
        mean = np.exp(fit.design @ beta)
        return np.sum(counts * np.log(mean) - mean)

    nudges = np.random.default_rng(1).normal(0, 0.01, (200, 6))
    assert max(likelihood(fit.coefficients + nudge) for nudge in nudges) < likelihood(
        fit.coefficients
    )


def test_the_negative_binomial_spends_its_degrees_of_freedom():
    counts = series(3, phi=3)
    fit = negative_binomial(counts, design(96, BEFORE, 12, 1))

    assert np.sum(fit.residual**2 / fit.variance) == pytest.approx(90)
    assert fit.design.T @ (fit.weight * fit.residual) == pytest.approx(np.zeros(6), abs=1e-6)


def test_the_negative_binomial_of_calm_counts_is_poisson():
    calm = np.round(30 * np.exp(0.3 * np.sin(2 * np.pi * AT / 12)))
    fit = negative_binomial(calm, design(96, BEFORE, 12, 1))

    assert fit.extra == 0
    assert fit.coefficients == pytest.approx(quasi_poisson(calm, fit.design).coefficients)


def test_the_variance_is_newey_and_wests_freed_from_its_bias():
    """The bias and the freedom by simulation from the working model."""
    fit = quasi_poisson(series(4), design(96, BEFORE, 12, 1))
    weights, rho, rng = np.eye(6)[2], 0.4, np.random.default_rng(5)
    estimate, read, freedom = contrast([fit], [rho], weights, 0.95)
    root = np.linalg.cholesky(autoregressive(96, rho))
    noise = np.sqrt(fit.variance)[:, None] * (root @ rng.normal(size=(96, 20_000)))
    scaled = np.linalg.solve(
        fit.design.T @ (fit.expected[:, None] * fit.design), fit.design.T @ noise
    )
    pull = fit.design @ fit.inverse @ weights
    added = pull[:, None] * (noise - fit.expected[:, None] * (fit.design @ scaled))
    lags = 1 - np.arange(n_lags(96) + 1) / (n_lags(96) + 1)
    plain = np.sum(added**2, axis=0) + sum(
        2 * w * np.sum(added[k:] * added[:-k], axis=0) for k, w in enumerate(lags) if k
    )
    own = pull * fit.residual
    seen = own @ own + sum(2 * w * own[k:] @ own[:-k] for k, w in enumerate(lags) if k)
    error = np.sqrt(seen * np.var(weights @ scaled) / plain.mean())

    assert estimate / read.statistic == pytest.approx(error, rel=0.02)
    assert freedom == pytest.approx(2 * plain.mean() ** 2 / plain.var(), rel=0.06)


def test_the_lag_is_found_behind_the_residuals_that_hide_it():
    rng = np.random.default_rng(6)
    tried = []
    for _ in range(60):
        sway = np.linalg.cholesky(autoregressive(96, 0.6)) @ rng.normal(size=96)
        counts = 1e4 * np.exp(0.2 * sway)
        tried.append(lag_correlation(quasi_poisson(counts, design(96, BEFORE, 12, 1))))

    assert np.mean(tried) == pytest.approx(0.6, abs=0.06)


def test_placebo_dates_rank_the_true_date_first():
    result = found(series(7, ratio=0.4))

    assert result.placebo_dates.tolist() == list(range(24, 53))
    assert result.placebo_p == pytest.approx(1 / 30)


def test_a_placebo_date_is_a_fit_to_the_past_alone():
    counts = series(8)
    other = counts.copy()
    other[BEFORE:] = other[BEFORE:][::-1]

    def of_the_past(values):
        return interrupted_series(values[:BEFORE], 40, season_length=12)

    assert of_the_past(counts).effect == of_the_past(other).effect


def test_a_clear_fall_is_found_and_a_still_series_is_left_in_peace():
    fall, still = found(series(9, ratio=0.6)), found(series(10))

    assert fall.effect.high < 1
    assert fall.effect.p < 0.02
    assert still.effect.low < 1 < still.effect.high


@given(st.integers(0, 10**6), st.integers(2, 9))
@settings(max_examples=15, deadline=None)
def test_counting_in_dozens_changes_no_ratio(seed, factor):
    counts = series(seed)
    plain, scaled = found(counts), found(factor * counts)

    assert scaled.effect.ratio == pytest.approx(plain.effect.ratio, rel=1e-6)
    assert scaled.effect.p == pytest.approx(plain.effect.p, rel=1e-4, abs=1e-9)
    assert scaled.dispersion == pytest.approx(factor * plain.dispersion, rel=1e-6)


def test_series_and_control_changing_places_turn_the_ratio_over():
    one, other = series(11), series(12)
    forth, back = found(one, control=other), found(other, control=one)

    assert forth.effect.ratio == pytest.approx(1 / back.effect.ratio)
    assert forth.effect.p == pytest.approx(back.effect.p)
    assert forth.effect.low == pytest.approx(1 / back.effect.high)


def test_a_short_past_is_not_read_as_a_season_and_it_is_said():
    result = interrupted_series(series(13)[:60], 40, season_length=52.18)

    assert result.params["season_length"] is None
    assert "season is left out" in result.warnings[0]


@pytest.mark.parametrize(
    ("counts", "n_before", "words"),
    [
        (np.repeat(series(14)[::6], 6), 60, "wanders by itself"),
        (np.where(AT % 3 == 0, 2, 0), 60, "too few for the normal law"),
        (series(15)[:50], 30, "too few dates"),
    ],
)
def test_doubts_are_said(counts, n_before, words):
    result = interrupted_series(counts, n_before, season_length=None)

    assert any(words in sentence for sentence in result.warnings)


@pytest.mark.parametrize(
    "counts", [np.full(96, 5), np.where(AT < BEFORE, 10**7, 3), np.where(AT == 95, 20, AT < 60)]
)
def test_where_no_error_shows_no_interval_is_given(counts):
    result = found(counts)

    assert np.isnan([result.effect.low, result.effect.high, result.effect.p]).all()
    assert any("no interval can be told" in sentence for sentence in result.warnings)


def test_columns_are_of_one_length_and_the_chart_holds_them():
    counts = series(16)
    before = counts.copy()
    result = found(counts)

    assert {len(column) for column in result.columns().values()} == {96}
    assert len(result.chart()["data"]["values"]) == 96
    assert np.array_equal(counts, before)


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (lambda: interrupted_series([], 0, season_length=None), "n_before=0 of 0"),
        (lambda: interrupted_series(series(), 23, season_length=12), "at least 24 before"),
        (lambda: interrupted_series(series(), 90, season_length=12), "8 after"),
        (lambda: found(-series()), "none negative"),
        (lambda: found(series() * np.nan), "missing"),
        (lambda: found(np.where(AT == 5, np.inf, 4)), "infinite"),
        (lambda: found(np.zeros(96)), "holds 0 events before and 0 after"),
        (lambda: found(np.where(AT < BEFORE, 5, 0)), "holds 300 events before and 0 after"),
        (lambda: found(series(), control=series()[:90]), "control has 90 periods"),
        (lambda: found(series(), control=-series()), "control must be"),
        (lambda: found(series(), model="normal"), "model='normal'"),
        (lambda: found(series(), n_waves=6), "n_waves=6"),
        (lambda: found(series(), level=0), "level=0"),
    ],
)
def test_what_is_no_series_is_refused_by_name(act, words):
    with pytest.raises(ValueError, match=words):
        act()
