"""An import whose process is killed at any moment ends as one that was left in peace."""

import json
from dataclasses import replace
from functools import partial

import pytest
from tests.architecture.house import ROOT
from tests.cli.kills import SIDE, SUBJECTS, earlier_events, events, killed, sources

N_KILLS = 10
# Fewer than in the long proof: as many moments, each sooner over.
N_EVENTS = 3_000
COMMITTED = ROOT / "docs/reference/kills.json"


@pytest.mark.slow
@pytest.mark.django_db
def test_an_import_that_is_killed_at_any_moment_ends_as_one_left_in_peace(tmp_path):
    found = killed(N_KILLS, tmp_path, SUBJECTS[0])

    assert found["rows"] == SIDE * SIDE + 5
    assert found["ended_as_in_peace"] == N_KILLS
    assert found["hit_the_writing"] > 0, "no kill hit the writing"


@pytest.mark.slow
@pytest.mark.django_db
def test_an_import_of_events_that_is_killed_leaves_rows_corrections_and_copy_whole(tmp_path):
    fewer = replace(
        SUBJECTS[1],
        file=partial(events, n=N_EVENTS),
        before=partial(earlier_events, n=N_EVENTS),
    )

    found = killed(N_KILLS, tmp_path, fewer)

    assert found["rows"] == N_EVENTS
    assert found["ended_as_in_peace"] == N_KILLS
    assert found["hit_the_writing"] > 0, "no kill hit the writing"


def test_the_committed_kills_are_of_this_code():
    made = json.loads(COMMITTED.read_text(encoding="utf-8"))["sources"]

    assert made == sources(), "imports have changed since: make soak"


@pytest.mark.parametrize("kind", ["areas", "events"])
@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_the_committed_kills_all_ended_as_in_peace(database: str, kind: str):
    made = json.loads(COMMITTED.read_text(encoding="utf-8"))["databases"][f"{database}, {kind}"]

    assert made["ended_as_in_peace"] == made["kills"] >= 100
