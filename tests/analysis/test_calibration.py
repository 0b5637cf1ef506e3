"""The methods keep their word, in a small seeded form; and the committed result is of this code."""

import json
from pathlib import Path

import numpy as np
import pytest
from benchmarks.calibrate import SEED
from benchmarks.calibrate.calibration import CHECKS, calibrate, joined, out_of_date

COMMITTED = Path(__file__).parents[2] / "docs/reference/calibration.json"


@pytest.mark.slow
@pytest.mark.parametrize("name", CHECKS)
def test_no_promise_is_broken_in_a_few_worlds(name):
    rows = CHECKS[name].rows(40, np.random.default_rng([SEED, len(name)]))

    assert [row for row in rows if row.verdict == "anti-conservative" and not row.note] == []


@pytest.mark.slow
def test_same_seed_and_worlds_give_the_same_rows():
    one, other = (calibrate(["changes"], 1, seed=5)["rows"] for _ in range(2))

    assert one == other


def test_the_committed_calibration_is_of_this_code():
    assert out_of_date(json.loads(COMMITTED.read_text(encoding="utf-8"))) == [], "make calibrate"


def test_the_committed_calibration_breaks_no_promise_without_saying_so():
    rows = json.loads(COMMITTED.read_text(encoding="utf-8"))["rows"]

    assert [r for r in rows if r["verdict"] == "anti-conservative" and not r["note"]] == []
    assert len(rows) > 90


def test_a_result_of_other_code_is_out_of_date():
    assert "changes" in out_of_date({"parts": {"changes": {"sha256": "0" * 64}}})


def test_a_result_of_fewer_worlds_than_asked_is_out_of_date():
    committed = json.loads(COMMITTED.read_text(encoding="utf-8"))
    committed["parts"]["panels"]["worlds"] = 40

    assert "panels" in out_of_date(committed)


def test_a_check_made_anew_takes_the_place_of_its_rows():
    one, other = (
        {"parts": {name: {"sha256": sha}}, "rows": [{"check": name, "sha": sha}]}
        for name, sha in (("changes", "old"), ("changes", "new"))
    )

    assert joined(one, other)["rows"] == [{"check": "changes", "sha": "new"}]
