"""Damaged files, in a small seeded form; and the committed long proof is of this code."""

import json

import pytest
from benchmarks.circumstances import ROOT, fingerprint
from tests.sources.fuzz import fuzz, sources

COMMITTED = ROOT / "docs/reference/soak.json"


@pytest.mark.slow
def test_damaged_files_are_read_or_refused_in_words():
    outcomes = fuzz(500, seed=1)

    assert outcomes["read"] > 100
    assert outcomes["refused"] > 100


def test_the_committed_soak_is_of_this_code():
    made = json.loads(COMMITTED.read_text(encoding="utf-8"))["sources"]

    assert made == sources(), "the readers have changed since: make soak"


def test_the_committed_soak_read_or_refused_every_one_of_ten_thousand_files():
    made = json.loads(COMMITTED.read_text(encoding="utf-8"))

    assert sum(made["outcomes"].values()) == made["count"] >= 10_000


def test_the_fingerprint_follows_the_code():
    files = sources()["files"]

    assert fingerprint(files[:-1]) != fingerprint(files)
