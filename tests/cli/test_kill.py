"""An import whose process is killed at any moment ends as one that was left in peace."""

import json

import pytest
from tests.architecture.house import ROOT
from tests.cli.kills import SIDE, killed, sources

N_KILLS = 10
COMMITTED = ROOT / "docs/reference/kills.json"


@pytest.mark.slow
@pytest.mark.django_db
def test_an_import_that_is_killed_at_any_moment_ends_as_one_left_in_peace(tmp_path):
    found = killed(N_KILLS, tmp_path)

    assert found["areas"] == SIDE * SIDE + 5
    assert found["ended_as_in_peace"] == N_KILLS
    assert found["hit_the_writing"] > 0, "no kill hit the writing"


def test_the_committed_kills_are_of_this_code():
    made = json.loads(COMMITTED.read_text(encoding="utf-8"))["sources"]

    assert made == sources(), "imports have changed since: make soak"


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_the_committed_kills_all_ended_as_in_peace(database: str):
    made = json.loads(COMMITTED.read_text(encoding="utf-8"))["databases"][database]

    assert made["ended_as_in_peace"] == made["kills"] >= 100
