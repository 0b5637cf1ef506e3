"""What the table of benchmarks says of a cost; the costs are measured by `make bench`."""

import pytest
from benchmarks.methods.method import Method, verdicts
from benchmarks.methods.table import METHODS, lines


def method(**targets):
    return Method("one", "10", "another", dict, dict, dict, **targets)


def cost(cpu_s, fresh_cpu_s=1.0):
    return {"cpu_s": cpu_s, "fresh_cpu_s": fresh_cpu_s}


@pytest.mark.parametrize(
    ("targets", "said"),
    [
        ({"times": 5}, {"cpu_s": "5.0 x, within 5 x"}),
        ({"times": 6}, {"cpu_s": "5.0 x, MISSED 6 x"}),
        ({"times_fresh": 2}, {"fresh_cpu_s": "3.0 x, within 2 x"}),
        ({"most_s": 0.3}, {"cpu_s": "0.2 s, within 0.3 s"}),
        ({"most_s": 0.1}, {"cpu_s": "0.2 s, MISSED 0.1 s"}),
        ({}, {}),
    ],
)
def test_a_target_is_kept_or_missed(targets, said):
    assert verdicts(method(**targets), cost(0.2), cost(1.0, 3.0)) == said


def test_every_method_has_a_name_of_its_own_and_a_target():
    assert len({each.name for each in METHODS}) == len(METHODS)
    assert all(each.times or each.most_s for each in METHODS)


def test_a_method_without_a_peer_is_told_by_its_bound():
    row = {"size": "10", "against": "a bound", "warm": "0.2 s, within 1 s", "fresh process": ""}
    measures = ("cpu_s", "wall_s", "peak_mb", "fresh_cpu_s", "fresh_wall_s")
    row |= {f"ours {name}": 1.0 for name in measures} | {f"peer {name}": None for name in measures}

    assert lines({"one": row})[-1] == "  -> warm: 0.2 s, within 1 s"
