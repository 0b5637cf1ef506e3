"""The contracts hold, and a breach of any of them is noticed."""

import json
import subprocess
import sys

import grimp
import pytest
from tests.architecture.breaches import BREACHES, Breach
from tests.architecture.house import CONTRACTS, ROOT, strayed, trespasses


@pytest.fixture(scope="module")
def graph():
    return grimp.build_graph("lykta", cache_dir=None)


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    folder = tmp_path_factory.mktemp("house")
    command = [sys.executable, "-m", "tests.architecture.breaches", str(folder)]

    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


def test_the_house_keeps_its_contracts():
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as l; l()"]

    done = subprocess.run(
        [*command, "--config", str(CONTRACTS), "--no-cache"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]


def test_rooms_are_entered_by_the_front_door(graph):
    assert trespasses(graph) == []


def test_models_and_rules_import_no_other_room(graph):
    assert strayed(graph) == []


def test_a_house_with_every_room_keeps_the_contracts(found):
    assert found[""] == {"contracts": [], "trespasses": [], "strayed": []}


@pytest.mark.parametrize("breach", BREACHES, ids=lambda breach: breach.name)
def test_a_planted_breach_is_caught(breach: Breach, found):
    noticed = found[breach.name]

    if breach.caught_by in noticed:
        assert noticed[breach.caught_by]
    else:
        assert breach.caught_by in noticed["contracts"]


def test_every_contract_is_caught_breached_at_least_once(found):
    names = [line[7:] for line in CONTRACTS.read_text().splitlines() if line.startswith("name = ")]

    breached = {name for noticed in found.values() for name in noticed["contracts"]}

    assert breached == set(names)
