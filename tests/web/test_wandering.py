"""Random requests by those who may not, in a small seeded form; the long proof is of this code."""

import json

import pytest
from benchmarks.circumstances import ROOT
from tests.web.wandering import PART, entered, sources, wander

from lykta.domain.events.models import ReportQuerySet

COMMITTED = ROOT / "docs/reference/wandering.json"
# Twenty thousand in all; in parts, for the processes of a run share them.
N_PARTS, N_REQUESTS = 10, 2000
SEED = 20_261


@pytest.mark.slow
@pytest.mark.once
@pytest.mark.parametrize("part", range(N_PARTS))
def test_no_random_request_gets_what_is_not_hers(on_paper, part):
    found = wander(entered(on_paper), N_REQUESTS, seed=SEED + part)

    assert found["asked"] == N_REQUESTS
    assert min(found.values()) > N_REQUESTS // 200


@pytest.mark.slow
@pytest.mark.once
def test_a_leak_would_be_seen(on_paper, monkeypatch):
    town = entered(on_paper)
    monkeypatch.setattr(ReportQuerySet, "visible_to", lambda rows, _reach: rows.all())

    with pytest.raises(AssertionError, match=r"lind in |200 of "):
        wander(town, N_REQUESTS, seed=SEED)


def test_the_committed_wandering_is_of_this_code():
    made = json.loads(COMMITTED.read_text(encoding="utf-8"))

    assert made["sources"] == sources(), "who may see what has changed since: make soak"
    assert made["outcomes"]["asked"] == made["count"] >= PART
