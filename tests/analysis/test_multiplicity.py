"""False-discovery control against a plain twin and against R."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.analysis import twins
from tests.analysis.references import Reference

from lykta.analysis import q_values


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_q_agrees_with_the_definition(p):
    assert q_values(p) == pytest.approx(twins.q_values(p))


def test_q_agrees_with_r():
    columbus = Reference("columbus")

    assert q_values(columbus.gi_star_p) == pytest.approx(columbus.gi_star_p_fdr, abs=1e-8)


def test_what_was_not_tested_does_not_count():
    q = q_values([0.01, np.nan, 0.02])

    assert q == pytest.approx([0.02, np.nan, 0.02], nan_ok=True)


def test_no_tests_give_no_findings():
    assert q_values([]).shape == (0,)
    assert np.isnan(q_values([np.nan, np.nan])).all()
