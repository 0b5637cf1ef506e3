"""Another, invented municipality starts from its own file, with its own name, mark and areas."""

import json
import re
import urllib.request

import pytest
from tests.cli.test_serve import WAIT, status_of, wait_until
from tests.domain.places.conftest import geojson, square
from tests.drills import drill

pytestmark = pytest.mark.django_db
TOML = """
[municipality]
name = "Norrviks kommun"
short_name = "Norrvik"
code = "9998"
logo = "vapen.svg"

[texts]
welcome = "Välkommen till Norrviks trygghetsarbete."

[[areas]]
file = "delar.geojson"
valid_from = 2015-01-01

[[population]]
file = "folk.csv"
"""
AREAS = geojson(
    {"kod": "9998", "namn": "Norrvik", "slag": "kommun", "ring": square(0, 0, size=2)},
    {"kod": "9998-V", "namn": "Västra", "slag": "kommundel", "ring": square(0, 0)},
)
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h1v1z"/></svg>'


@pytest.fixture(scope="module")
def norrvik(tmp_path_factory):
    folder = tmp_path_factory.mktemp("norrvik")
    (folder / "kommun.toml").write_text(TOML, encoding="utf-8")
    (folder / "vapen.svg").write_text(LOGO, encoding="utf-8")
    (folder / "delar.geojson").write_text(json.dumps(AREAS), encoding="utf-8")
    (folder / "folk.csv").write_text("område;år;folkmängd\n9998-V;2023;812\n", encoding="utf-8")
    with drill(folder / "home") as made:
        said = made.succeed(
            *("setup", folder / "kommun.toml"),
            *("--administrator", "drift@norrvik.example", "--name", "Drift"),
        )
        process = made.start("serve", "--port", 0, "--processes", 1)
        address = process.stdout.readline().strip()
        wait_until(lambda: status_of(address) == "ok")
        yield said, address
        process.terminate()
        process.wait(timeout=WAIT)


def page(address: str, path: str) -> str:
    with urllib.request.urlopen(address + path, timeout=WAIT) as answer:
        return answer.read().decode()


def test_its_own_areas_and_people_are_read_in(norrvik):
    said, _address = norrvik

    # The municipality itself is there from the start; the file gives it its border.
    assert "delar.geojson: 2 rader lästa, 1 nya, 1 ändrade" in said
    assert "folk.csv: 1 rader lästa, 1 nya" in said


def test_its_name_mark_and_words_are_on_the_first_page(norrvik):
    _said, address = norrvik
    first = page(address, "logga-in/")

    assert "Norrviks kommun" in first
    assert "Välkommen till Norrviks trygghetsarbete." in first
    assert page(address, "logotyp/") == LOGO


def test_nothing_of_the_demo_shows(norrvik):
    _said, address = norrvik

    assert not re.search("Huddinge|Exempeldata|Prova som", page(address, "logga-in/"))


def test_its_first_administrator_is_invited(norrvik):
    said, address = norrvik
    path = re.search(r"/valj-losenord/\S+", said)[0]

    assert "Välj lösenord" in page(address, path.lstrip("/"))
