"""Damaged files read in, in a small seeded form; and the committed long proof is of this code."""

import json

import pytest
from benchmarks.circumstances import ROOT
from tests.domain.events.fuzz import fuzz, make_town, sources

COMMITTED = ROOT / "docs/reference/imports.json"
N_FILES = 250  # with each of the seeds


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("seed", [1, 2])
def test_every_row_of_a_damaged_file_is_there_or_told(settings, tmp_path, seed):
    settings.LYKTA_DIR = tmp_path
    make_town()

    found = fuzz(N_FILES, seed=seed)

    assert found["read"] + found["refused"] == N_FILES
    assert min(found.values()) > 20


def test_the_committed_soak_is_of_this_code():
    made = json.loads(COMMITTED.read_text(encoding="utf-8"))["sources"]

    assert made == sources(), "the imports have changed since: make soak"


def test_the_committed_soak_read_in_or_refused_every_one_of_its_files():
    made = json.loads(COMMITTED.read_text(encoding="utf-8"))

    assert made["outcomes"]["read"] + made["outcomes"]["refused"] == made["count"] >= 10_000
