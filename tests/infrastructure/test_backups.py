"""A backup brings everything back, on both databases, or nothing is changed."""

import json
import shutil
import zipfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest
from tests.drills import ON_POSTGRESQL, drill, set_up

from lykta.infrastructure.backups import archive
from lykta.infrastructure.backups.archive import DamagedBackup

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
HELD = {
    "areas": "SELECT code, kind, name FROM places_area ORDER BY code",
    "versions": "SELECT id, valid_from, name FROM places_areaversion ORDER BY id",
    "accounts": "SELECT email, name FROM accounts_account ORDER BY id",
    "law": "SELECT statute, section, title FROM statutes_legalbasis ORDER BY id",
    "log": "SELECT number, hash FROM audit_entry "
    "WHERE action NOT IN ('backup.restored', 'retention.run') ORDER BY number",
}


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    """An installation with areas, an account, stored files and an anchor."""
    folder = tmp_path_factory.mktemp("source")
    with set_up(folder / "home") as made:
        toml = made.home / "kommun.toml"
        made.succeed("setup", toml, "--administrator", "drift@example.org", "--name", "Drift")
        made.succeed("import", "areas", file_to_check(folder), "--dry-run")
        made.succeed("audit", "anchor")
        yield made


def file_to_check(folder):
    """Return a file that is kept until it has been read in."""
    path = folder / "fler.csv"
    path.write_text("kod;namn;slag\nD;Östby;kommundel\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def backup(source, tmp_path_factory):
    path = tmp_path_factory.mktemp("backup") / "lykta.zip"
    source.succeed("backup", path)
    return path


@pytest.fixture
def target(tmp_path):
    with drill(tmp_path / "home") as made:
        yield made


@pytest.fixture
def filled(source, tmp_path):
    """A target that holds another account than the backup."""
    with drill(tmp_path / "home", like=source) as made:
        made.succeed("invite", "x@x.se", "--name", "X", "--role", "chair", "--organisation", "X")
        yield made


def held(installation):
    return {name: installation.ask(sql) for name, sql in HELD.items()}


def files(home: Path):
    """Return what the stored files and the anchors of an installation hold, by their paths."""
    found = [path for name in ("storage", "anchors") for path in (home / name).rglob("*")]
    return {str(path.relative_to(home)): path.read_bytes() for path in found if path.is_file()}


def altered(backup: Path, path: Path, **said) -> Path:
    """Return a copy of a backup whose manifest says something else."""
    with zipfile.ZipFile(backup) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == archive.MANIFEST:
                manifest = json.loads(content)
                contents = manifest["contents"] | said.pop("contents", {})
                content = json.dumps(manifest | said | {"contents": contents}).encode()
            new.writestr(name, content)
    return path


def test_everything_comes_back_on_a_new_machine(source, backup, target):
    said = target.succeed("restore", backup)

    assert held(target) == held(source)
    assert files(target.home) == files(source.home)
    assert len(files(target.home)) > 1
    assert "Granskningsloggen är hel" in said
    assert "Loggen är hel" in target.succeed("audit", "verify")
    assert (target.home / "kommun.toml").read_bytes() == (source.home / "kommun.toml").read_bytes()


def test_what_has_come_back_can_be_backed_up_and_restored_again(source, backup, target, tmp_path):
    target.succeed("restore", backup)
    target.succeed("backup", tmp_path / "second.zip")

    target.succeed("restore", tmp_path / "second.zip", "--replace")

    assert held(target) == held(source)


def test_the_restored_log_still_refuses_to_be_changed(backup, target):
    target.succeed("restore", backup)

    with pytest.raises(Exception, match="append-only"):
        target.ask("UPDATE audit_entry SET action = 'x'")


def test_a_restored_installation_has_a_key_of_its_own(source, backup, target):
    target.succeed("restore", backup)

    key = target.home / "secret-key"
    assert key.read_bytes() != (source.home / "secret-key").read_bytes()
    assert key.stat().st_mode & 0o777 == 0o600


def test_the_key_is_in_the_backup_only_when_it_is_asked_for(source, backup, target, tmp_path):
    source.succeed("backup", tmp_path / "with-key.zip", "--with-key")

    target.succeed("restore", tmp_path / "with-key.zip")

    assert "secret-key" not in archive.read(backup).files
    assert (target.home / "secret-key").read_bytes() == (source.home / "secret-key").read_bytes()


def test_a_target_that_holds_data_is_left_as_it_was(backup, filled):
    before = held(filled)

    answer = filled.run("restore", backup)

    assert answer.returncode == 1
    assert "--replace" in answer.stderr
    assert held(filled) == before


def test_data_are_replaced_when_that_is_asked_for(source, backup, filled):
    (filled.home / "storage" / "ab").mkdir(parents=True)
    (filled.home / "storage" / "ab" / "abcd").write_text("not in the backup")

    filled.succeed("restore", backup, "--replace")

    assert held(filled) == held(source)
    assert files(filled.home) == files(source.home)


def test_the_copy_of_the_events_is_of_the_database_that_came_back(backup, filled, tmp_path):
    for name, n in (("före", 3), ("efter", 1)):
        rows = "".join(f"2026-11-{day:02};A\n" for day in range(1, n + 1))
        (tmp_path / f"{name}.csv").write_text(f"tid;område\n{rows}", encoding="utf-8")
    filled.succeed("import", "events", tmp_path / "före.csv")

    filled.succeed("restore", backup, "--replace")
    filled.succeed("import", "events", tmp_path / "efter.csv")

    assert copied(filled.home) == filled.ask("SELECT count(*) FROM events_event")[0][0] == 1


def copied(home: Path) -> int:
    """Return how many events the copy of an installation holds."""
    folder = home / "columns/events"
    parts = json.loads((folder / "manifest.json").read_text())["parts"].values()
    files = [str(folder / f"{part}.rows.parquet") for part in parts]
    return duckdb.execute("SELECT count(*) FROM read_parquet(?)", [files]).fetchone()[0]


def test_a_broken_log_is_refused_and_the_old_data_come_back(source, backup, filled, tmp_path):
    before, kept = held(filled), files(filled.home)
    path = altered(backup, tmp_path / "other.zip", contents={"audit_hash": "0" * 64})

    answer = filled.run("restore", path, "--replace")

    assert answer.returncode == 1
    assert "Granskningsloggen i säkerhetskopian är inte hel" in answer.stderr
    assert held(filled) == before
    assert files(filled.home) == kept
    assert [path.name for path in filled.home.iterdir() if path.name.startswith(".")] == []


def test_a_database_in_use_is_not_replaced(backup, filled):
    before = held(filled)
    with closing(filled.connect()) as other:
        other.execute("SELECT count(*) FROM audit_entry").fetchall()

        answer = filled.run("restore", backup, "--replace")

    assert answer.returncode == 1
    assert "Stoppa lykta serve" in answer.stderr
    assert held(filled) == before


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"contents": {"vendor": "oracle"}}, "är av oracle"),
        ({"version": "99.0.0"}, "gjord med lykta 99.0.0"),
        ({"contents": {"migrations": ["places.0999_later"]}}, "Installera minst samma version"),
    ],
)
def test_what_this_program_cannot_read_is_refused(backup, target, tmp_path, said, sentence):
    answer = target.run("restore", altered(backup, tmp_path / "other.zip", **said))

    assert answer.returncode == 1
    assert sentence in answer.stderr


@pytest.mark.parametrize("kind", ["database", "storage/", "installation/", "manifest.json"])
def test_a_changed_byte_is_refused(backup, tmp_path, kind):
    content = bytearray(backup.read_bytes())
    with zipfile.ZipFile(backup) as file:
        member = next(info for info in file.infolist() if info.filename.startswith(kind))
    content[member.header_offset + 30 + len(member.filename) + member.compress_size // 2] ^= 1
    (tmp_path / "changed.zip").write_bytes(content)

    with pytest.raises(DamagedBackup, match="Inget har ändrats"):
        archive.read(tmp_path / "changed.zip")


def test_a_member_that_differs_from_the_manifest_is_refused(backup, tmp_path):
    first = next(iter(archive.read(backup).files))
    files = archive.read(backup).files | {first: "0" * 64}

    with pytest.raises(DamagedBackup, match=first):
        archive.read(altered(backup, tmp_path / "other.zip", files=files))


def test_a_member_that_would_land_outside_the_folder_is_refused(backup, tmp_path):
    shutil.copy(backup, tmp_path / "other.zip")
    digest = "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae"  # of "foo"
    path = altered(
        backup, tmp_path / "more.zip", files=archive.read(backup).files | {"../foo": digest}
    )
    with zipfile.ZipFile(path, "a") as file:
        file.writestr("../foo", "foo")

    with pytest.raises(DamagedBackup, match=r"\.\./foo"):
        archive.read(path)


@pytest.mark.parametrize("content", [b"", b"PK", b"no zip at all"])
def test_a_file_that_is_no_backup_is_refused(tmp_path, content):
    (tmp_path / "b.zip").write_bytes(content)

    with pytest.raises(DamagedBackup):
        archive.read(tmp_path / "b.zip")


def test_a_backup_says_what_the_database_held(source, backup):
    contents = archive.read(backup).contents

    assert contents.vendor == ("postgresql" if ON_POSTGRESQL else "sqlite")
    assert "audit.0002_append_only" in contents.migrations
    assert [(contents.audit_number, contents.audit_hash)] == source.ask(
        "SELECT number, hash FROM audit_tail"
    )
    assert backup.stat().st_mode & 0o777 == 0o600


def test_a_backup_that_stops_half_way_leaves_the_one_before(backup, tmp_path, monkeypatch):
    path = Path(shutil.copy(backup, tmp_path / "b.zip"))
    monkeypatch.setattr(archive, "_add", stop)

    with pytest.raises(OSError, match="full"):
        archive.write(path, {"database": backup}, archive.read(backup).contents, made_at=NOW)

    assert path.read_bytes() == backup.read_bytes()
    assert [each.name for each in tmp_path.iterdir()] == ["b.zip"]


def stop(*_args):
    raise OSError("the disk is full")


def test_the_last_backup_is_remembered(source, backup):
    said = json.loads((source.home / archive.LAST).read_text(encoding="utf-8"))

    assert said["bytes"] > 1000
    assert datetime.fromisoformat(said["made_at"]).tzinfo is not None


def test_what_cannot_be_deleted_again_leaves_all_as_it_was(backup, filled):
    before = held(filled)
    said = {"deleted": {}, "erased": {"jobs.finished": ["no key"]}}
    (filled.home / "retention.json").write_text(json.dumps(said), encoding="utf-8")

    answer = filled.run("restore", backup, "--replace")

    assert (answer.returncode, held(filled)) == (1, before)
    assert "kunde inte tas bort igen. Inget har ändrats." in answer.stderr


def test_a_damaged_journal_stops_the_restoring_in_a_sentence(backup, filled):
    before = held(filled)
    (filled.home / "retention.json").write_text("{", encoding="utf-8")

    answer = filled.run("restore", backup, "--replace")

    assert (answer.returncode, held(filled)) == (1, before)
    assert "går inte att läsa. Lägg dit en hel kopia." in answer.stderr
