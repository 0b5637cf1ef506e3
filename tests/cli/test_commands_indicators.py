"""`lykta import indicators` and `lykta fetch`, run as they are typed."""

import json

import pytest
from tests.domain.indicators.conftest import SURVEY
from tests.drills import set_up

pytestmark = pytest.mark.django_db


@pytest.fixture
def installation(tmp_path):
    with set_up(tmp_path / "home") as made:
        yield made


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "nyckeltal.csv"
    path.write_text(SURVEY, encoding="utf-8")
    return path


def test_a_trial_changes_nothing(installation, file):
    said = installation.succeed("import", "indicators", file, "--dry-run")

    assert "4 rader lästa, 3 nya" in said
    assert "Avvisad rad 3" in said
    assert installation.ask("SELECT count(*) FROM indicators_observation") == [(0,)]


def test_a_file_is_read_in_and_its_rejected_rows_written(installation, file, tmp_path):
    rejected = tmp_path / "avvisade.csv"

    said = installation.succeed("import", "indicators", file, "--rejected", rejected, "--json")

    assert json.loads(said)["n_added"] == 3
    assert "9999-ASA" in rejected.read_text(encoding="utf-8-sig")
    assert installation.ask("SELECT code FROM indicators_indicator") == [("egen:trygghet",)]


def test_a_file_of_the_municipalitys_own_is_read_in_at_setup(installation, file):
    toml = installation.home / "kommun.toml"
    (installation.home / file.name).write_bytes(file.read_bytes())
    more = f'{toml.read_text("utf-8")}\n[[indicators]]\nfile = "{file.name}"\n'
    toml.write_text(more, encoding="utf-8")

    assert "nyckeltal.csv: 4 rader lästa, 3 nya" in installation.succeed("setup", toml)
    assert "nyckeltal.csv" not in installation.succeed("setup", toml)


@pytest.mark.parametrize("arguments", [("fetch",), ("fetch", "kolada")])
def test_nothing_is_fetched_that_is_not_asked_for(installation, arguments):
    answer = installation.run(*arguments)

    assert answer.returncode == 1
    assert "[[sources]] i kommun.toml" in answer.stderr
    assert installation.ask("SELECT count(*) FROM imports_fetch") == [(0,)]
