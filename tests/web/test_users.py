"""A working day of 200 people, as it was last measured, is of this code and was borne."""

import json

import pytest
from tests.architecture.house import ROOT
from tests.web.users import N_USERS, sources

COMMITTED = ROOT / "docs/reference/users.json"
SLOWEST_READ_MS, SLOWEST_WRITE_MS = 500, 800


def test_the_committed_day_is_of_this_code():
    made = json.loads(COMMITTED.read_text(encoding="utf-8"))["sources"]

    assert made == sources(), "what 200 people lean on has changed since: make soak"


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_the_committed_day_was_borne_without_an_error_and_nothing_was_lost(database: str):
    found = json.loads(COMMITTED.read_text(encoding="utf-8"))["databases"][database]

    assert (found["users"], found["kills"]) == (N_USERS, 2)
    assert found["seconds"] >= 300
    assert set(found["answers"]) <= {"200", "201", "302"}
    assert found["reads"]["p95_ms"] <= SLOWEST_READ_MS
    assert found["writes"]["p95_ms"] <= SLOWEST_WRITE_MS
    assert found["reports_accepted"] > 0
    assert found["reports_lost"] == found["reports_doubled"] == found["reports_half_written"] == 0
    assert found["audit_chain_is_whole"]
