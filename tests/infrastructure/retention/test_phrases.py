"""What has been deleted is nowhere: not in the database's files, beside them, or in any table."""

import json
import zipfile
from contextlib import closing
from datetime import timedelta
from uuid import uuid4

import duckdb
import pytest
from django.utils import timezone
from tests.drills import ON_POSTGRESQL, drill, set_up
from tests.infrastructure.retention.phrases import found

pytestmark = pytest.mark.django_db
PHRASE = "Åsas hemlighet 4711"
N_ROWS = 300
WHERE = "imports_rejectedrow.cells"


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """An installation with a run whose rejected rows hold a phrase, among others that stay."""
    folder = tmp_path_factory.mktemp("filled")
    with set_up(folder / "home") as made:
        path = folder / "händelser.csv"
        # Of many lengths, so that pages are divided: copies of rows are left where they lay.
        rows = [f"{k};i går;{PHRASE} {'x' * (k * 7 % 60)};A;Provet" for k in range(N_ROWS)]
        path.write_text("\n".join(["id;tidpunkt;kategori;område;källa", *rows]), "utf-8")
        made.succeed("import", "events", path)
        made.succeed("import", "events", path)
        yield made


@pytest.fixture
def installation(filled, tmp_path):
    with drill(tmp_path / "home", like=filled) as made:
        yield made


def let_days_pass(made, days: int) -> None:
    """Let the runs be so much older."""
    at = (timezone.now() - timedelta(days=days)).isoformat(sep=" ")
    made.ask(f"UPDATE imports_run SET checked_at = '{at}', finished_at = '{at}'")


def decide(made, keep_days: str) -> None:
    """Add a rule for rejected rows, in the place of the one before."""
    today = timezone.localdate()
    made.ask(
        "INSERT INTO retention_retentionrule (dataset, field, keep_days, counted_from, valid_from, "
        "basis, note, is_proposal, recorded_at) VALUES ('imports.rejected', 'texts', "
        f"{keep_days}, 'x', '{today}', 'Beslut', '', false, '{today}')"
    )


def leave_traces(made, phrase: str) -> None:
    """Write rows and delete them, as a program does that does not overwrite what it deletes."""
    if ON_POSTGRESQL:  # its files are not read
        return
    with closing(made.connect()) as database:
        database.execute("PRAGMA secure_delete=OFF")
        database.execute("CREATE TABLE passing AS SELECT ? AS text", [phrase * 50])
        database.execute("DROP TABLE passing")
        database.commit()


def test_a_phrase_of_a_rejected_row_is_found_before_and_nowhere_after(installation):
    before = found(PHRASE, installation)
    let_days_pass(installation, 31)

    # Another has the database open, so that what SQLite writes beside its file stays there.
    with closing(installation.connect()) as other:
        other.execute("SELECT count(*) FROM imports_run").fetchall()
        other.rollback()
        said = installation.succeed("retention")
        after = found(PHRASE, installation)

    assert WHERE in before
    assert ON_POSTGRESQL or "lykta.sqlite3" in before
    assert after == []
    assert f"Tog bort {2 * N_ROWS} uppgifter." in said


def test_what_was_once_deleted_without_being_overwritten_goes_too(installation):
    let_days_pass(installation, 31)
    leave_traces(installation, "Spår 0815")
    before = found("Spår 0815", installation)

    installation.succeed("retention")

    assert before == ([] if ON_POSTGRESQL else ["lykta.sqlite3"])
    assert found("Spår 0815", installation) == []


def test_a_trial_says_what_is_due_and_deletes_nothing(installation):
    let_days_pass(installation, 31)

    said = installation.succeed("retention", "--dry-run")

    assert "Avvisade rader vid inläsning: radernas text, som den stod i filen" in said
    assert "Regel: tas bort 30 dagar efter att inläsningen blev klar." in said
    assert f"Att ta bort nu: {2 * N_ROWS}, de äldsta från" in said
    assert WHERE in found(PHRASE, installation)


def test_what_was_not_due_when_a_backup_was_made_comes_back_with_it(installation, tmp_path):
    installation.succeed("backup", tmp_path / "före.zip")
    let_days_pass(installation, 31)
    installation.succeed("retention")

    installation.succeed("restore", tmp_path / "före.zip", "--replace")

    assert installation.ask("SELECT count(*) FROM imports_rejectedrow") == [(2 * N_ROWS,)]


def test_what_is_due_in_a_backup_is_gone_before_anyone_can_see_it(installation, tmp_path):
    let_days_pass(installation, 31)
    installation.succeed("backup", tmp_path / "gammal.zip")

    installation.succeed("restore", tmp_path / "gammal.zip", "--replace")

    assert found(PHRASE, installation) == []
    assert "Loggen är hel" in installation.succeed("audit", "verify")


def test_what_had_been_deleted_does_not_come_back_where_the_rule_in_the_backup_is_another(
    installation, tmp_path
):
    let_days_pass(installation, 31)
    decide(installation, "NULL")
    installation.succeed("backup", tmp_path / "sparas.zip")
    decide(installation, "30")
    installation.succeed("retention")

    installation.succeed("restore", tmp_path / "sparas.zip", "--replace")

    assert found(PHRASE, installation) == []
    assert installation.ask("SELECT sum(n) FROM retention_deletion") == [(2 * N_ROWS,)]


def test_a_copy_that_was_put_back_in_another_way_is_seen_to_by_hand(installation):
    let_days_pass(installation, 31)
    thing = str(uuid4())
    days = {"imports.rejected": {"texts": "2030-01-01"}, "x": {"y": "2030-01-01"}}
    said = {"deleted": days, "erased": {"x": [thing]}}
    (installation.home / "retention.json").write_text(json.dumps(said), "utf-8")
    decide(installation, "NULL")

    installation.succeed("retention")
    before = found(PHRASE, installation)
    answer = json.loads(installation.succeed("retention", "--again", "--json"))

    assert WHERE in before
    assert (answer["n_deleted"], found(PHRASE, installation)) == (2 * N_ROWS, [])
    assert installation.ask("SELECT dataset FROM retention_erasure") == [("x",)]


@pytest.mark.parametrize("place", ["storage/ab/abc", "columns/events/x.parquet", "post.zip"])
def test_the_search_finds_what_is_packed(tmp_path, place):
    with set_up(tmp_path / "home") as made:
        path = made.home / place
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix == ".parquet":
            duckdb.sql(f"COPY (SELECT '{PHRASE}' AS t) TO '{path}' (COMPRESSION zstd)")
        elif path.suffix == ".zip":
            with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr("brev.txt", f"Hej! {PHRASE}")
        else:
            path.write_text(f"id;text\n{uuid4()};{PHRASE}\n", "utf-8")

        assert {each.split(" (")[0] for each in found(PHRASE, made)} == {place}
