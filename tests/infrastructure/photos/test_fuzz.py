"""Damaged photos, in a small seeded form; and the committed long proof is of this code."""

import json

import pytest
from benchmarks.circumstances import ROOT
from tests.infrastructure.photos.fuzz import fuzz, sources

COMMITTED = ROOT / "docs/reference/photos.json"


@pytest.mark.slow
def test_damaged_photos_become_clean_or_are_refused_in_words():
    outcomes = fuzz(500, seed=1)

    assert outcomes["clean"] > 100
    assert outcomes["refused"] > 100


def test_the_committed_proof_is_of_this_code():
    made = json.loads(COMMITTED.read_text(encoding="utf-8"))["sources"]

    assert made == sources(), "the cleaning has changed since: make soak"


def test_the_committed_proof_is_of_ten_thousand_photos():
    made = json.loads(COMMITTED.read_text(encoding="utf-8"))

    assert sum(made["outcomes"].values()) == made["count"] >= 10_000
