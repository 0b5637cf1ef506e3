"""Ten million rows, as they were last tried, are of this code, and no answer was wrong."""

import inspect
import json

import pytest
from benchmarks.circumstances import ROOT
from tests.analysis.huge import AS_KNOWN, BY_NAME, CASES, measured, out_of_date

from lykta import analysis

COMMITTED = json.loads((ROOT / "docs/reference/huge.json").read_text(encoding="utf-8"))


def test_the_committed_result_is_of_this_code():
    assert out_of_date(COMMITTED) == [], "make soak"


def test_every_function_ended_in_the_known_answer_or_said_why_not():
    ends = {row["function"]: row["ends"] for row in COMMITTED["rows"]}

    assert list(ends) == list(BY_NAME)
    assert {e for e in ends.values() if not e.startswith(("an error", "not within", "out of"))} == {
        AS_KNOWN
    }


def test_every_public_function_is_tried():
    functions = {name for name in analysis.__all__ if inspect.isfunction(getattr(analysis, name))}

    assert functions - set(BY_NAME) == set()
    assert len(BY_NAME) == len(CASES)


def test_a_case_is_out_of_date_when_its_code_is_another():
    parts = COMMITTED["parts"] | {"tally": "0" * 64}

    assert "tally" in out_of_date({"parts": parts})


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "ends"), [("tally", AS_KNOWN), ("e_test", "an error: *k1 + k2 =")]
)
def test_a_case_is_tried_in_a_process_of_its_own(name, ends):
    assert measured(BY_NAME[name])["ends"].startswith(ends)
