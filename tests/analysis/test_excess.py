"""Single places with more than their share."""

import numpy as np
import pytest

from lykta.analysis.excess import excess


def test_one_full_place_among_even_ones_is_found():
    counts = np.full(100, 5)
    counts[17] = 40

    assert np.flatnonzero(excess(counts, np.full(100, 5.35)).kind == 1).tolist() == [17]


def test_p_is_twice_the_smaller_exact_tail():
    # Poisson(1): P(X ≥ 3) = 1 - 2.5/e = 0.0803; even counts keep the dispersion at one
    result = excess([3, 1, 1, 1, 1, 1, 1, 1, 1, 1], np.ones(10))

    assert result.dispersion == 1
    assert result.p_two_sided[0] == pytest.approx(0.1606, abs=1e-4)


def test_where_nothing_is_expected_nothing_is_tested():
    assert np.isnan(excess([0, 4, 4], [0.0, 4.0, 4.0]).p_fdr[0])


@pytest.mark.parametrize(
    ("counts", "expected"), [([-1, 2], [1, 1]), ([1, 2], [1, -1]), ([1], [1, 2])]
)
def test_what_cannot_be_compared_is_refused(counts, expected):
    with pytest.raises(ValueError, match="one length, none negative"):
        excess(counts, np.array(expected, float))
