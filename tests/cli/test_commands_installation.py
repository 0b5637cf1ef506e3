"""The commands of an installation, run as they are typed."""

import json

import pytest
from tests.drills import drill, set_up, town

pytestmark = pytest.mark.django_db
ROWS = {
    "log": "SELECT number, hash FROM audit_entry ORDER BY number",
    "areas": "SELECT code, kind, name FROM places_area ORDER BY code",
    "runs": "SELECT kind, state FROM imports_run ORDER BY id",
}
INVITE = ("invite", "vera@example.org", "--name", "Vera", "--role", "safety_host")


@pytest.fixture(scope="module")
def toml(tmp_path_factory):
    return town(tmp_path_factory.mktemp("town"))


@pytest.fixture
def bare(tmp_path):
    """An installation that is not there yet."""
    with drill(tmp_path / "home") as made:
        yield made


@pytest.fixture
def installation(tmp_path):
    with set_up(tmp_path / "home") as made:
        yield made


@pytest.fixture
def more(tmp_path):
    """A file with a new area, a known one, and one of no known kind."""
    path = tmp_path / "fler.csv"
    path.write_text("kod;namn;slag\nD;Östby;kommundel\nA;Norrby;kommundel\nE;Fel;planet\n", "utf-8")
    return path


def rows(installation):
    return {name: installation.ask(sql) for name, sql in ROWS.items()}


def test_setup_makes_the_municipality_and_reads_its_files_in(bare, toml):
    said = bare.succeed("setup", toml, "--administrator", "drift@example.org", "--name", "Drift")

    assert "områden.csv: 3 rader lästa, 3 nya" in said
    assert "/valj-losenord/" in said
    assert bare.ask(ROWS["areas"]) == [
        ("9999", "municipality", "Exempelby kommun"),
        ("A", "district", "Norrby"),
        ("B", "district", "Ängby"),
        ("C", "district", "Åby"),
    ]
    assert (bare.home / "secret-key").stat().st_mode & 0o777 == 0o600
    assert bare.home.stat().st_mode & 0o777 == 0o700


def test_setup_again_changes_nothing(bare, toml):
    arguments = ("setup", toml, "--administrator", "drift@example.org", "--name", "Drift")
    bare.succeed(*arguments)
    before, key = rows(bare), (bare.home / "secret-key").read_bytes()

    said = bare.succeed(*arguments)

    assert rows(bare) == before
    assert (bare.home / "secret-key").read_bytes() == key
    assert "lykta invite" in said


def test_setup_on_its_own_copy_is_how_one_upgrades(installation):
    before = rows(installation)

    installation.succeed("setup", installation.home / "kommun.toml")

    assert rows(installation) == before


def test_setup_needs_the_name_of_the_administrator(bare, toml):
    answer = bare.run("setup", toml, "--administrator", "drift@example.org")

    assert answer.returncode == 2
    assert "--name" in answer.stderr


def test_an_invitation_makes_what_is_lacking_and_nothing_twice(installation):
    for _ in range(2):
        said = installation.succeed(*INVITE, "--organisation", "Värdarna", "--kind", "police")

        assert said.splitlines()[-1].startswith("/valj-losenord/")
        assert "Värdarna har ingen överenskommelse som gäller" in said
    assert installation.ask("SELECT email FROM accounts_account") == [("vera@example.org",)]
    assert installation.ask("SELECT name, kind FROM partners_organisation") == [
        ("Värdarna", "police")
    ]
    assert installation.ask("SELECT role FROM partners_membership") == [("safety_host",)]


def test_a_trial_changes_nothing_and_tells_what_would_change(installation, more):
    before = installation.ask(ROWS["areas"])

    said = installation.succeed("import", "areas", more, "--dry-run")

    assert "3 rader lästa, 1 nya, 0 ändrade, 1 oförändrade, 1 avvisade" in said
    assert "Avvisad rad" in said
    assert "Inget har ändrats" in said
    assert installation.ask(ROWS["areas"]) == before


def test_a_file_is_read_in_and_its_rejected_rows_written(installation, more, tmp_path):
    rejected = tmp_path / "avvisade.csv"

    said = installation.succeed("import", "areas", more, "--rejected", rejected, "--json")

    found = json.loads(said)
    assert (found["state"], found["n_added"], found["n_rejected"]) == ("done", 1, 1)
    assert found["rejected"][0]["value"] == "planet"
    assert "planet" in rejected.read_text(encoding="utf-8-sig")
    assert ("D", "district", "Östby") in installation.ask(ROWS["areas"])


def test_what_the_file_does_not_say_is_given_as_options(installation, tmp_path):
    path = tmp_path / "egna.csv"
    path.write_text("nyckel;benämning\nX;Hamnen\n", encoding="utf-8")
    columns = ("--map", "code=nyckel", "--map", "name=benämning")

    installation.succeed(
        "import", "areas", path, *columns, "--kind", "local", "--valid-from", "2021-02-03"
    )

    assert installation.ask(
        "SELECT CAST(valid_from AS varchar(10)) FROM places_areaversion WHERE name = 'Hamnen'"
    ) == [("2021-02-03",)]


def test_population_gets_its_year_from_the_command(installation, tmp_path):
    path = tmp_path / "folk.csv"
    path.write_text("kod;folkmängd\nA;1200\nB;800\n", encoding="utf-8")

    installation.succeed("import", "population", path, "--year", "2025")

    assert installation.ask("SELECT year, inhabitants FROM places_population ORDER BY id") == [
        (2025, 1200),
        (2025, 800),
    ]


def test_what_is_read_in_from_the_command_line_names_nobody(installation, more):
    installation.succeed("import", "areas", more)

    assert installation.ask(
        "SELECT actor FROM audit_entry WHERE action = 'import.done' ORDER BY number DESC LIMIT 1"
    ) == [(None,)]


def test_a_file_that_is_not_there_is_said_in_swedish(installation, tmp_path):
    answer = installation.run("import", "areas", tmp_path / "ingen.csv")

    assert answer.returncode == 2
    assert "finns inte" in answer.stderr


def test_a_changed_entry_of_the_log_is_found(installation):
    assert "Loggen är hel" in installation.succeed("audit", "verify")
    forget_triggers(installation)
    installation.ask("UPDATE audit_entry SET action = 'x' WHERE number = 2")

    answer = installation.run("audit", "verify")

    assert answer.returncode == 1
    assert "post 2 har ändrats" in answer.stderr


def forget_triggers(installation):
    """Do what the database does not refuse its owner."""
    try:
        installation.ask("DROP TRIGGER audit_entry_UPDATE")
    except Exception:
        installation.ask("DROP TRIGGER audit_entry_refuse ON audit_entry")


def test_the_end_of_the_log_is_written_down(installation):
    installation.succeed("audit", "anchor")

    (anchor,) = (installation.home / "anchors").iterdir()
    ((number, digest),) = installation.ask("SELECT number, hash FROM audit_tail")
    assert anchor.read_text() == f"{number} {digest}\n"


def test_the_doctor_says_what_to_do_and_is_content(installation):
    said = installation.succeed("doctor")

    assert "Säkerhetskopia: har aldrig tagits" in said
    assert "lykta backup" in said


def test_the_doctor_complains_with_an_exit_code(installation):
    (installation.home / "secret-key").chmod(0o644)

    answer = installation.run("doctor")

    assert answer.returncode == 1
    assert "chmod 600" in answer.stdout
