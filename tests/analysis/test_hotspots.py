"""Gi*, Gi and local Moran against spdep, brute force and plain twins."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import special
from tests.analysis import twins
from tests.analysis.references import Reference

from lykta.analysis import (
    getis_ord_gi,
    getis_ord_gi_star,
    local_moran,
    neighbours_from_lists,
    q_values,
)
from lykta.analysis.hotspots import freeman_tukey

COLUMBUS = Reference("columbus")
PERMUTED = Reference("columbus_permutation")
MOMENTS = ("conditional", "total")


def ring(n):
    return [sorted({(i - 1) % n, (i + 1) % n}) for i in range(n)]


def allowed(p):
    """3.5 standard errors of 999 draws, as PERMUTED's tolerance says."""
    return 3.5 * np.sqrt(p * (1 - p) / 999) + 0.002


def test_gi_star_agrees_with_spdep():
    result = getis_ord_gi_star(COLUMBUS.crime, COLUMBUS.near(), rng=1)

    assert result.z_analytic == pytest.approx(COLUMBUS.gi_star_z, abs=COLUMBUS.tolerance)


def test_gi_agrees_with_spdep():
    result = getis_ord_gi(COLUMBUS.crime, COLUMBUS.near(), rng=1)

    assert result.z_analytic == pytest.approx(COLUMBUS.gi_z, abs=COLUMBUS.tolerance)


def test_adjusted_p_values_agree_with_r():
    z = getis_ord_gi_star(COLUMBUS.crime, COLUMBUS.near(), rng=1).z_analytic
    p = 2 * special.ndtr(-np.abs(z))

    assert p == pytest.approx(COLUMBUS.gi_star_p, abs=COLUMBUS.tolerance)
    assert q_values(p) == pytest.approx(COLUMBUS.gi_star_p_fdr, abs=COLUMBUS.tolerance)
    bonferroni = np.minimum(1, 49 * p)
    assert bonferroni == pytest.approx(COLUMBUS.gi_star_p_bonferroni, abs=COLUMBUS.tolerance)


@pytest.mark.parametrize(
    "column",
    ["i"] + [f"{what}_{which}" for what in ("expected", "variance", "z") for which in MOMENTS],
)
def test_local_moran_agrees_with_spdep(column):
    result = local_moran(COLUMBUS.crime, COLUMBUS.near(), rng=1)

    wanted = getattr(COLUMBUS, f"local_moran_{column}")
    assert getattr(result, column) == pytest.approx(wanted, abs=COLUMBUS.tolerance)


@pytest.mark.parametrize("seed", [1, 2])
def test_999_permutations_of_local_moran_agree_with_brute_force(seed):
    result = local_moran(COLUMBUS.crime, COLUMBUS.near(), rng=seed)

    for tail in ("p_upper", "p_lower"):
        wanted = getattr(PERMUTED, f"{tail}_local_moran")
        assert np.all(np.abs(getattr(result, tail) - wanted) <= allowed(wanted))


def test_the_spread_of_neighbours_sums_agrees_with_brute_force():
    near = COLUMBUS.near()
    found = (near.sums(COLUMBUS.crime) - PERMUTED.neighbour_sum_mean) / PERMUTED.neighbour_sum_sd

    # Mean and spread of 19,999 draws: four standard errors, more where z is large.
    z = getis_ord_gi(COLUMBUS.crime, near, rng=1).z_analytic
    assert np.all(np.abs(found - z) < 4 * np.sqrt((1 + z**2 / 2) / 19_999))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_999_permutations_agree_with_brute_force(seed):
    result = getis_ord_gi_star(COLUMBUS.crime, COLUMBUS.near(), n_permutations=999, rng=seed)

    assert np.all(np.abs(result.p_upper - PERMUTED.p_upper) <= allowed(PERMUTED.p_upper))
    assert np.all(np.abs(result.p_lower - PERMUTED.p_lower) <= allowed(PERMUTED.p_lower))


def test_many_permutations_come_closer_to_brute_force():
    result = getis_ord_gi_star(COLUMBUS.crime, COLUMBUS.near(), n_permutations=99_999, rng=1)

    # The brute force itself stopped at 19,999 draws: 4 standard errors of that are 0.0142.
    assert np.abs(result.p_upper - PERMUTED.p_upper).max() < 0.0142


def test_local_moran_shares_its_permutations_with_gi_star():
    gi, local = (
        method(COLUMBUS.crime, COLUMBUS.near(), rng=7)
        for method in (getis_ord_gi_star, local_moran)
    )

    assert np.array_equal(gi.p_two_sided, local.p_two_sided)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, 50), min_size=6, max_size=25).filter(lambda v: len(set(v)) > 1))
def test_the_statistics_agree_with_plain_loops(values):
    lists, x = ring(len(values)), np.array(values, float)
    near = neighbours_from_lists(lists)

    result = getis_ord_gi_star(x, near, n_permutations=19, rng=1)

    assert result.z_analytic == pytest.approx(twins.gi_star(x, lists), abs=1e-9)
    gi = getis_ord_gi(x, near, n_permutations=19, rng=1)
    assert gi.z_analytic == pytest.approx(twins.gi(x, lists), abs=1e-7, nan_ok=True)


def test_a_high_stretch_of_a_ring_is_hot_and_a_low_one_cold():
    values = np.full(200, 10.0) + np.arange(200) % 3
    values[50:56], values[120:126] = 30, 0
    wide = [[(i + step) % 200 for step in (-2, -1, 1, 2)] for i in range(200)]

    result = getis_ord_gi_star(values, neighbours_from_lists(wide), n_permutations=19_999, rng=1)

    assert set(np.flatnonzero(result.kind == 1)) <= set(range(47, 59))
    assert result.kind[52] == 1
    assert result.kind[122] == -1


def test_exposure_explains_away_what_only_follows_the_people():
    people = np.where(np.arange(100) < 50, 10_000, 1_000)
    counts = people // 100

    result = getis_ord_gi_star(
        counts, neighbours_from_lists(ring(100)), exposure=people, n_permutations=4999, rng=1
    )

    assert not result.kind.any()


def test_places_that_expect_less_than_one_event_are_not_tested_and_it_says_so():
    people = np.where(np.arange(40) < 5, 1, 1_000)

    result = getis_ord_gi_star(
        np.full(40, 9), neighbours_from_lists(ring(40)), exposure=people, rng=1
    )

    assert not result.is_tested[:5].any()
    assert np.isnan(result.p_fdr[:5]).all()
    assert "5 places expect fewer than one event" in result.warnings[0]


def test_a_place_without_neighbours_is_not_tested():
    lists = [[], *([[2], [1, 3], [2, 4], [3, 5], [4]])]
    values = [5.0, 1.0, 2.0, 9.0, 1.0, 3.0]

    gi = getis_ord_gi_star(values, neighbours_from_lists(lists), n_permutations=199, rng=1)
    local = local_moran(values, neighbours_from_lists(lists), n_permutations=199, rng=1)

    assert not gi.is_tested[0]
    assert np.isnan(local.p_two_sided[0])
    assert np.isnan(local.z_conditional[0])


@pytest.mark.parametrize("n_permutations", [19, 99])
def test_few_permutations_still_test_every_place(n_permutations):
    result = getis_ord_gi_star(
        np.arange(40.0), neighbours_from_lists(ring(40)), n_permutations=n_permutations, rng=1
    )

    assert result.is_tested.all()


def test_too_few_permutations_for_false_discovery_control_are_named():
    result = getis_ord_gi_star(np.arange(500.0), neighbours_from_lists(ring(500)), rng=1)

    assert "999 permutations cannot single out one of 500 places" in result.warnings[0]


def test_freeman_tukey_by_pen_and_paper():
    # √9 + √10 - √(4·9 + 1) = 3 + 3.1623 - 6.0828
    assert freeman_tukey(np.array([9.0]), np.array([9.0])) == pytest.approx([0.0795], abs=1e-4)


def test_same_seed_same_answer_and_the_values_stay_as_they_were():
    values, near = COLUMBUS.crime, COLUMBUS.near()
    kept = values.copy()

    first, second = (getis_ord_gi_star(values, near, rng=3) for _ in range(2))

    assert np.array_equal(first.p_fdr, second.p_fdr)
    assert np.array_equal(values, kept)


def test_a_result_is_frozen_and_its_columns_are_of_one_length():
    result = getis_ord_gi_star(COLUMBUS.crime, COLUMBUS.near(), rng=1)

    assert {len(column) for column in result.columns().values()} == {49}
    with pytest.raises(AttributeError):
        result.kind = None


@pytest.mark.parametrize(
    ("values", "options", "words"),
    [
        ([1.0, 2.0], {}, "values has shape"),
        ([1.0, 2.0, 3.0], {}, "neighbours has 40 places, values has 3"),
        (np.ones(40), {"exposure": np.full(40, -1.0)}, "exposure must be"),
        (np.ones(40), {"exposure": np.ones(39)}, "exposure must be"),
        (np.ones(40), {"n_permutations": 0}, "n_permutations=0"),
    ],
)
def test_what_cannot_be_computed_is_refused_by_name(values, options, words):
    with pytest.raises(ValueError, match=words):
        getis_ord_gi_star(values, neighbours_from_lists(ring(40)), **options)


@pytest.mark.parametrize("values", [np.ones(40), np.full(40, np.nan), np.ones(3)])
def test_local_moran_refuses_values_that_do_not_vary_or_do_not_fit(values):
    with pytest.raises(ValueError, match="values"):
        local_moran(values, neighbours_from_lists(ring(40)))
