"""Läget under load, as it was last measured, is of this code and quick enough."""

import json

from tests.architecture.house import ROOT
from tests.web.load import CONNECTIONS, READERS, sources

COMMITTED = ROOT / "docs/reference/load.json"
SLOWEST_MS = 300


def test_the_committed_load_is_of_this_code():
    made = json.loads(COMMITTED.read_text(encoding="utf-8"))["sources"]

    assert made == sources(), "Läget has changed since: make soak"


def test_the_committed_load_was_borne_and_every_number_is_that_of_the_rows():
    found = json.loads(COMMITTED.read_text(encoding="utf-8"))["sqlite"]

    assert (found["connections"], found["readers"]) == (CONNECTIONS, len(READERS))
    assert found["requests"] >= 500
    assert found["events"] >= 1_000_000
    assert found["equal_to_the_rows"] == found["requests"]
    assert found["p95_ms"] <= SLOWEST_MS
