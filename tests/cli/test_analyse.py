"""`lykta analyse`: each method through its door, on the demo's files."""

import csv
import json
import re

import duckdb
import pytest
from click.testing import CliRunner

from lykta.cli import lykta
from lykta.cli.analysing import COMMANDS
from lykta.cli.analysing.answers import number

SURVEY = "trygg;kön;område;klass\n" + "".join(
    f"{(n * n) % 3 == 0:d};{'km'[n % 2]};{'AB'[n % 5 == 0]};{n // 6}\n" for n in range(120)
)
CELLS = "hände;väntat;yta\n" + "".join(f"{n % 7};{(n * 3) % 11};1\n" for n in range(100))
TABLE = "område;klotter;våld;brand\nA;3;20;30\nB;8;9;10\nC;40;11;12\n"


@pytest.fixture(scope="session")
def written(tmp_path_factory):
    """Return a folder with a survey, what is known of all, and a table of counts."""
    folder = tmp_path_factory.mktemp("analyse")
    for name, text in (
        ("enkät.csv", SURVEY),
        ("kön.csv", "kön;antal\nk;5200\nm;4800\n"),
        ("tabell.csv", TABLE),
        ("rutor.csv", CELLS),
    ):
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def doors(files, written):
    """Return what each method is asked in these tests."""
    events, small = files / "handelser.csv", files / "smaomraden.gpkg"
    districts, people = files / "kommundelar.geojson", files / "befolkning_kommundelar.csv"
    return {
        "warnings": (events, "--by", "kategori", "--weeks", 30),
        "limits": (events, "--by", "kategori", "--series", "Skadegörelse"),
        "hotspots": (events, "--areas", small, "--permutations", 999),
        "survey": (
            written / "enkät.csv", "--value", "trygg", "--by", "område", "--clusters", "klass",
            "--margin", f"kön={written / 'kön.csv'}",
        ),
        "wdd": ("--treated", "72,30", "--control", "49,55", "--dispersion", 1.5),
        "did": (events, "--areas", districts, "--treated", "Vårby", "--from", "2025-01-06"),
        "event-study": (events, "--areas", districts, "--treated", "Vårby", "--from", "2025-01-06"),
        "synthetic-control": (
            events, "--areas", districts, "--treated", "0126-VAR", "--from", "2025-01-06",
        ),
        "interrupted": (
            events, "--by", "kategori", "--series", "Skadegörelse", "--from", "2025-01-06",
        ),
        "power": ("--before", 60, "--control", 55, "--dispersion", 1.5),
        "backtest": (events, "--areas", districts, "--by", "område"),
        "pai": (
            written / "rutor.csv", "--observed", "hände", "--predicted", "väntat", "--area", "yta",
        ),
        "suppress": (written / "tabell.csv",),
        "round": (written / "tabell.csv", "--seed", 7),
        "rates": (events, "--areas", districts, "--population", people),
    }  # fmt: skip


@pytest.fixture
def answer(run, doors):
    """Return a function that asks a method and returns its JSON."""

    def ask(name, *more):
        found = run("analyse", name, *doors[name], *more, "--json")
        assert found.exit_code == 0, found.output or found.exception
        return json.loads(found.stdout)

    return ask


def test_every_method_is_asked_here(doors):
    assert doors.keys() == COMMANDS.keys()


@pytest.mark.parametrize("name", COMMANDS)
def test_a_method_answers_in_words_and_says_how_it_was_asked(answer, name):
    found = answer(name)

    assert found["said"]
    assert found["said"][0].endswith((".", "?"))
    assert found["params"]


@pytest.mark.parametrize("name", COMMANDS)
def test_the_same_question_has_the_same_answer(answer, name):
    assert answer(name) == answer(name)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_form_holds_the_rows(answer, run, doors, tmp_path, name):
    rows = answer(name)["rows"]
    paths = [tmp_path / f"svar.{form}" for form in ("json", "csv", "parquet")]

    run("analyse", name, *doors[name], *(part for path in paths for part in ("-o", path)))

    assert json.loads(paths[0].read_text(encoding="utf-8"))["rows"] == rows
    with paths[1].open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.DictReader(file, delimiter=";"))) == len(rows)
    found = duckdb.connect().execute(f"SELECT count(*) FROM '{paths[2]}'").fetchone()
    assert found == (len(rows),)


def test_a_map_has_a_shape_for_each_row(answer, tmp_path):
    path = tmp_path / "karta.geojson"
    rows = answer("hotspots", "-o", path)["rows"]

    features = json.loads(path.read_text(encoding="utf-8"))["features"]

    assert [each["properties"] for each in features] == rows
    assert {each["geometry"]["type"] for each in features} <= {"Polygon", "MultiPolygon"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("hotspots", "--areas", "kommundelar.geojson", "-o", "svar.xls"), "kan inte skrivas"),
        (("limits", "--by", "område"), "Ange områdena med --areas."),
        (("limits", "--by", "kategori", "--series", "Blåst"), "finns inte bland serierna"),
        (("limits", "-o", "karta.geojson"), "inga gränser att rita"),
        (("limits", "--baseline", "3"), "Metoden kan inte räkna på det här"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(files, arguments, said):
    name, *more = (str(files / a) if str(a).endswith(".geojson") else a for a in arguments)

    found = CliRunner().invoke(lykta, ["analyse", name, str(files / "handelser.csv"), *more])

    assert said in str(found.exception)


def test_rates_count_what_is_known_only_to_a_month(run, files, tmp_path):
    path = tmp_path / "månader.csv"
    path.write_text("tidpunkt;område\n2025-01;Vårby\n2025-03;Vårby\n", encoding="utf-8")

    found = run(
        "analyse", "rates", path, "--areas", files / "kommundelar.geojson",
        "--population", files / "befolkning_kommundelar.csv", "--json",
    )  # fmt: skip

    rows = {row["name"]: row["count"] for row in json.loads(found.stdout)["rows"]}
    assert (rows["Vårby"], sum(rows.values())) == (2, 2)


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0.5, "0,5"), (-62.83, "−62,8"), (1234.5, "1 235"), (float("inf"), "∞"), (float("nan"), "–")],
)
def test_a_number_in_a_sentence_is_one_that_people_write(value, shown):
    assert number(value).replace("\N{NO-BREAK SPACE}", " ") == shown


@pytest.mark.parametrize("text", ["bara\nnamn\n", "område;klotter\n"])
def test_what_is_no_table_of_counts_is_said_to_be_none(run, tmp_path, text):
    path = tmp_path / "fel.csv"
    path.write_text(text, encoding="utf-8")

    assert getattr(run("analyse", "suppress", path).exception, "code", "") in (
        "no-table",
        "unreadable-file",
    )


def test_the_seed_of_a_rounding_is_not_told(answer):
    assert "rng" not in answer("round")["params"]


def test_a_table_shows_numbers_as_swedes_write_them(run, doors):
    shown = run("analyse", "rates", *doors["rates"]).output

    assert "antal" in shown
    assert re.search(r"\d\d,\d\d", shown)
