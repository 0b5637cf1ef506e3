"""What the table of benchmarks says of costs and answers; they are measured by `make bench`."""

import math
from pathlib import Path

import numpy as np
import pytest
from benchmarks.methods import alarms, effects, inputs, rscript, table
from benchmarks.methods.method import Method, apart, verdicts
from benchmarks.methods.run import MOST_ANSWERS, some_of
from benchmarks.methods.table import METHODS, lines


def method(**targets):
    return Method("one", "10", "another", dict, dict, dict, **targets)


def cost(cpu_s, fresh_cpu_s=1.0, peak_mb=100.0, answers=(1.0, 2.0)):
    return {"cpu_s": cpu_s, "fresh_cpu_s": fresh_cpu_s, "peak_mb": peak_mb, "answers": answers}


@pytest.mark.parametrize(
    ("targets", "said"),
    [
        ({"times": 5}, {"cpu_s": "5.0 x, within 5 x"}),
        ({"times": 6}, {"cpu_s": "5.0 x, MISSED 6 x"}),
        ({"times_fresh": 2}, {"fresh_cpu_s": "3.0 x, within 2 x"}),
        ({"most_s": 0.3}, {"cpu_s": "0.2 s, within 0.3 s"}),
        ({"most_s": 0.1}, {"cpu_s": "0.2 s, MISSED 0.1 s"}),
        ({"most_memory": 0.25}, {"peak_mb": "0.20, within 0.25"}),
        ({"most_memory": 0.1}, {"peak_mb": "0.20, MISSED 0.1"}),
        ({"within": 0.1}, {"answers": "0.05, within 0.1"}),
        ({"within": 0.01}, {"answers": "0.05, MISSED 0.01"}),
        ({}, {}),
    ],
)
def test_a_target_is_kept_or_missed(targets, said):
    peer = cost(1.0, 3.0, peak_mb=500.0, answers=(1.0, 2.1))
    ratios = {"cpu_s": "5.0 x", "fresh_cpu_s": "3.0 x"}

    assert verdicts(method(**targets), cost(0.2), peer) == ratios | said


@pytest.mark.parametrize(("found", "said"), [(1e-12, "within"), (1e-6, "MISSED")])
def test_without_a_peer_answers_are_held_against_what_is_known(found, said):
    known = method(known=0.0, within=1e-9)

    assert said in verdicts(known, cost(0.2, answers=[found]), None)["answers"]


def test_a_peer_that_is_not_here_tells_nothing():
    assert verdicts(method(times=5, within=0.1), cost(0.2), None) == {}


@pytest.mark.parametrize(
    ("answers", "others", "gap"),
    [
        ([1, 2], [1, 2], 0),
        ([1, 2.5], [1, 2], 0.25),
        ([0.5], [0.0], 0.5),
        ([1, math.nan], [1, math.nan], 0),
        ([1, math.nan], [1, 2], math.inf),
        ([1, 2], [1, math.nan], math.inf),
        ([1], [1, 2], math.inf),
    ],
)
def test_how_far_answers_lie_apart(answers, others, gap):
    assert apart(answers, others) == gap


def test_of_many_answers_evenly_spread_ones_are_compared():
    found = some_of(np.arange(3 * MOST_ANSWERS))

    assert len(found) == MOST_ANSWERS
    assert (found[0], found[-1]) == (0, 3 * MOST_ANSWERS - 1)


def test_every_method_has_a_name_of_its_own_and_a_target():
    assert len({each.name for each in METHODS}) == len(METHODS)
    assert all(each.times or each.most_s or "another" in each.against for each in METHODS)


def test_every_ratio_is_of_the_same_answers():
    assert all(each.within is not None for each in METHODS if each.times)


def test_a_method_without_a_peer_is_told_by_its_bound():
    row = {"size": "10", "against": "a bound", **dict.fromkeys(table.VERDICTS, "")}
    row["warm"] = "0.2 s, within 1 s"
    row |= {f"ours {name}": 1.0 for name in table.MEASURES}
    row |= {f"peer {name}": None for name in table.MEASURES}

    assert lines({"one": row})[-1] == "  -> warm: 0.2 s, within 1 s"


def test_where_r_is_missing_the_table_says_that_there_is_no_peer(monkeypatch):
    measures = dict.fromkeys(table.MEASURES, 1.0)
    monkeypatch.setattr(rscript, "is_here", lambda _script: False)
    monkeypatch.setattr(table, "_cost", lambda *_: measures | {"answers": [1.0]})

    (row,) = table.measured("Farrington").values()

    assert row["against"].endswith("farringtonFlexible: no peer here")
    assert row["ours cpu_s"] == 1.0
    assert row["peer cpu_s"] is None


@pytest.mark.r
def test_the_r_package_draws_the_same_bounds():
    script = Path(alarms.__file__).with_name("farrington.R")
    if not rscript.is_here(script):
        pytest.skip("R with surveillance is not here")
    counts = inputs.weekly(40)

    said = rscript.cost(script, lambda: counts)

    assert apart(some_of(alarms.our_farrington(counts)()), said["answers"]) < 1e-9


def test_the_loop_of_the_closed_form_gives_what_all_tests_at_once_give():
    sides = inputs.pairs_of_counts(30)
    ours, looped = effects.our_displacement(sides)(), effects.looped_displacement(sides)()

    assert apart(some_of(ours), some_of(looped)) < 1e-12
