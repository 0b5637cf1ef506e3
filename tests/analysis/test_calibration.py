"""The methods keep their word, in a small seeded form; and the committed result is of this code."""

import json
from pathlib import Path

import numpy as np
import pytest
from benchmarks.calibrate import SEED
from benchmarks.calibrate.calibration import CHECKS, calibrate, is_older_than_the_code

COMMITTED = Path(__file__).parents[2] / "docs/reference/calibration.json"


@pytest.mark.slow
@pytest.mark.parametrize("number", range(len(CHECKS)))
def test_no_promise_is_broken_in_a_few_worlds(number):
    rows = CHECKS[number].rows(40, np.random.default_rng([SEED, number]))

    assert [row for row in rows if row.verdict == "anti-conservative"] == []


@pytest.mark.slow
def test_same_seed_and_worlds_give_the_same_rows():
    one, other = (calibrate(1, seed=5)["rows"] for _ in range(2))

    assert one == other


def test_the_committed_calibration_is_of_this_code():
    assert not is_older_than_the_code(json.loads(COMMITTED.read_text())), (
        "the analysis has changed since: python -m benchmarks.calibrate --out "
        "docs/reference/calibration.json"
    )


def test_the_committed_calibration_breaks_no_promise():
    rows = json.loads(COMMITTED.read_text())["rows"]

    assert [row for row in rows if row["verdict"] == "anti-conservative"] == []
    assert len(rows) > 90


def test_a_result_of_other_code_is_older():
    made = {"sources": {"files": ["src/lykta/analysis/rates.py"], "sha256": "0" * 64}}

    assert is_older_than_the_code(made)
