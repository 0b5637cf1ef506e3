"""Nobody is kept waiting while a large file is read in."""

import pytest
from tests.infrastructure.imports.waiting import waited

N_ROWS = 30_000
LONGEST_S = 2.0


@pytest.mark.slow
@pytest.mark.django_db
def test_a_save_of_another_waits_at_most_two_seconds_while_a_file_is_read_in(tmp_path):
    found = waited(N_ROWS, tmp_path)

    assert found["rows"] == N_ROWS
    assert found["saves"] > 20
    assert found["longest_s"] <= LONGEST_S
