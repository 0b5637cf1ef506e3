"""Moran's I, Geary's C and G against spdep, full matrices and every arrangement there is."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.analysis import twins
from tests.analysis.references import Reference

from lykta.analysis import geary, general_g, moran, neighbours_from_lists

COLUMBUS = Reference("columbus")
MEASURES = [(moran, twins.moran), (geary, twins.geary), (general_g, twins.general_g)]
UNEVEN = [[1, 2, 3], [0], [0, 3, 4], [0, 2], [2, 5], [4]]
ONE_WAY = [[1], [2], [3], [4], [5], [0, 1]]


def test_moran_agrees_with_spdep_and_with_the_published_value():
    result, known = moran(COLUMBUS.crime, COLUMBUS.near()), COLUMBUS["moran"]

    found = (result.statistic, result.expected, result.variance, result.z, result.p_upper)
    wanted = (known[name] for name in ("i", "expected", "variance", "z", "p_upper"))
    assert found == pytest.approx(tuple(wanted), abs=COLUMBUS.tolerance)
    assert round(result.statistic, 3) == known["published_i"]


def test_geary_agrees_with_spdep():
    result, known = geary(COLUMBUS.crime, COLUMBUS.near()), COLUMBUS["geary"]

    wanted = (known["c"], known["variance"])
    assert (result.statistic, result.variance) == pytest.approx(wanted, abs=COLUMBUS.tolerance)


def test_general_g_agrees_with_spdep():
    x, known = COLUMBUS.crime, COLUMBUS["general_g"]

    result = general_g(x - x.min() + 1, COLUMBUS.near())

    found = (result.statistic, result.expected, result.variance)
    wanted = tuple(known[name] for name in ("g", "expected", "variance"))
    assert found == pytest.approx(wanted, abs=COLUMBUS.tolerance)


@pytest.mark.parametrize("weights", ["row", "binary"])
@pytest.mark.parametrize(("measure", "twin"), MEASURES)
@pytest.mark.parametrize("lists", [UNEVEN, ONE_WAY])
def test_mean_and_variance_are_those_of_all_arrangements(measure, twin, lists, weights):
    values, w = np.array([1.0, 2, 4, 4, 7, 9]), twins.matrix(lists, weights)

    result = measure(values, neighbours_from_lists(lists), weights=weights)

    every = [twin(np.array(order), w) for order in itertools.permutations(values)]
    assert result.statistic == pytest.approx(twin(values, w))
    assert result.expected == pytest.approx(np.mean(every))
    assert result.variance == pytest.approx(np.var(every))


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.integers(0, 50), min_size=6, max_size=6).filter(lambda v: len(set(v)) > 2),
    st.integers(-100, 100),
    st.integers(1, 9),
)
def test_neither_unit_nor_origin_matters_to_moran_and_geary(values, shift, scale):
    x, near = np.array(values, float), neighbours_from_lists(UNEVEN)

    for measure in (moran, geary):
        one, other = measure(x, near), measure(shift + scale * x, near)
        assert other.z == pytest.approx(one.z, nan_ok=True)
        assert other.statistic == pytest.approx(one.statistic)


def test_one_value_apart_from_all_others_tells_nothing_and_it_says_so():
    ring = neighbours_from_lists([[(i - 1) % 9, (i + 1) % 9] for i in range(9)])

    result = moran([5.0] + [1.0] * 8, ring)

    assert np.isnan([result.z, result.p_two_sided]).all()
    assert "nothing can be told" in result.warnings[0]


@pytest.mark.parametrize(
    ("values", "options", "words"),
    [
        (np.ones(6), {}, "not all alike"),
        ([1, 2, 3, 4, 5, np.nan], {}, "known and finite"),
        ([1, 2, 3, 4, 5, np.inf], {}, "known and finite"),
        ([1, 2, 3], {}, "neighbours has 6 places"),
        ([1, 2, 3, 4, 5, 6], {"weights": "queen"}, "weights='queen'.*row, binary"),
    ],
)
@pytest.mark.parametrize("measure", [moran, geary, general_g])
def test_what_cannot_be_measured_is_refused_by_name(measure, values, options, words):
    with pytest.raises(ValueError, match=words):
        measure(values, neighbours_from_lists(UNEVEN), **options)


def test_a_map_of_islands_and_negative_values_for_g_are_refused():
    with pytest.raises(ValueError, match="no place has a neighbour"):
        moran([1, 2, 3, 4], neighbours_from_lists([[], [], [], []]))
    with pytest.raises(ValueError, match="must not be negative"):
        general_g([-1, 2, 3, 4, 5, 6], neighbours_from_lists(UNEVEN))
