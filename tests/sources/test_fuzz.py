import pytest
from tests.sources.fuzz import fuzz


@pytest.mark.slow
def test_damaged_files_are_read_or_refused_in_words():
    outcomes = fuzz(500, seed=1)

    assert outcomes["read"] > 100
    assert outcomes["refused"] > 100
