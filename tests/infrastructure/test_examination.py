"""An examination says what is well, and what to do about what is not."""

import json
import os
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.db import connection, transaction
from django_q.models import OrmQ
from tests import people

from lykta.infrastructure import examination, storage
from lykta.infrastructure.audit import services as audit
from lykta.infrastructure.audit.models import Tail
from lykta.infrastructure.backups.archive import LAST
from lykta.infrastructure.examination import database, files, libraries
from lykta.infrastructure.imports.models import Run, State
from lykta.infrastructure.notifications.models import Mail

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def home(settings, tmp_path) -> Path:
    settings.LYKTA_DIR = tmp_path
    return tmp_path


def found(name: str) -> examination.Check:
    return next(check for check in examination.examine(now=NOW) if check.name == name)


def test_every_check_says_what_it_found_and_what_to_do_about_what_is_not_well():
    checks = examination.examine(now=NOW)

    assert len({check.name for check in checks}) == len(checks) == 15
    assert [check.name for check in checks if not check.found] == []
    assert [check.name for check in checks if check.is_well == bool(check.advice)] == []


def test_a_new_installation_has_no_fault():
    assert [check for check in examination.examine(now=NOW) if check.is_fault] == []


def test_the_database_says_its_name_and_version_and_sorts_as_swedish_does():
    assert connection.vendor in found("Databas").found.casefold()
    assert found("Svensk ordning").found == "ZÅÄÖ"


def test_a_missing_library_is_named(monkeypatch):
    monkeypatch.setattr(libraries, "PLAIN", ("a_library_that_is_not_there",))

    check = examination.machine()[0]

    assert check.is_fault
    assert "a_library_that_is_not_there" in check.advice


def test_kernels_that_are_not_compiled_are_no_fault(monkeypatch, tmp_path):
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))

    check = examination.machine()[1]

    assert (check.is_well, check.is_fault) == (False, False)


def test_missing_tables_hide_the_checks_that_ask_them(monkeypatch):
    monkeypatch.setattr(database, "unapplied", lambda: ["places.0002_more"])

    checks = {check.name: check for check in examination.examine(now=NOW)}

    assert checks["Tabeller"].is_fault
    assert "lykta setup" in checks["Tabeller"].advice
    assert "Granskningslogg" not in checks


def test_a_stored_file_that_has_changed_is_noticed():
    sha256 = storage.put(BytesIO(b"one"))
    storage.path_of(sha256).write_bytes(b"other")

    check = found("Filer")

    assert check.is_fault
    assert sha256 in check.advice


def test_a_folder_that_cannot_be_written_is_noticed(monkeypatch):
    monkeypatch.setattr(os, "access", lambda *_args: False)

    assert found("Filer").is_fault


def test_other_files_are_looked_at_each_day(monkeypatch, home):
    monkeypatch.setattr(files, "N_LOOKED_AT", 1)
    paths = [home / str(number) for number in range(4)]
    for path in paths:
        path.write_bytes(b"x")

    days = [files._some(paths, NOW + timedelta(days=day)) for day in range(4)]

    assert sorted(path for day in days for path in day) == paths


def test_a_full_disk_is_noticed(monkeypatch):
    monkeypatch.setattr(files, "LEAST_FREE", 2**80)

    assert found("Diskutrymme").is_fault


@pytest.mark.parametrize(("mode", "is_well"), [(0o600, True), (0o644, False), (0o640, False)])
def test_a_key_that_others_can_read_is_noticed(home, monkeypatch, mode, is_well):
    monkeypatch.delenv("LYKTA_SECRET_KEY", raising=False)
    (home / "secret-key").write_text("x")
    (home / "secret-key").chmod(mode)

    assert found("Nyckel").is_well == is_well


@pytest.mark.parametrize(("days", "is_well"), [(1, True), (7, True), (8, False)])
def test_an_old_backup_is_worth_a_word_but_no_fault(home, days, is_well):
    said = {"made_at": (NOW - timedelta(days=days)).isoformat(), "bytes": 3 * 1024**2}
    (home / LAST).write_text(json.dumps(said))

    check = found("Säkerhetskopia")

    assert (check.is_well, check.is_fault) == (is_well, False)
    assert "3,0 MB" in check.found


def test_a_log_whose_end_differs_from_its_last_entry_is_a_fault():
    audit.record("test.done", actor=None)
    Tail.objects.update(hash="0" * 64)

    assert found("Granskningslogg").is_fault


def test_an_anchor_of_today_is_well():
    audit.record("test.done", actor=None)
    audit.anchor(NOW.date())

    assert found("Ankare").found == "senast 2026-11-24"
    assert found("Ankare").is_well


def test_no_worker_is_a_fault_only_when_work_waits():
    before = found("Arbetare")
    OrmQ.objects.create(key="lykta", payload="x", lock=NOW)

    assert (before.is_well, before.is_fault) == (False, False)
    assert found("Arbetare").is_fault


@pytest.mark.parametrize(("minutes", "is_well"), [(1, True), (3, False)])
def test_an_import_that_nobody_works_on_is_noticed(minutes, is_well):
    with transaction.atomic():
        Run.objects.create(
            kind="areas",
            file_name="områden.csv",
            sha256="0" * 64,
            state=State.RUNNING,
            checked_at=NOW,
            heard_at=NOW - timedelta(minutes=minutes),
        )

    check = found("Inläsningar")

    assert check.is_well == is_well
    assert ("områden.csv" in check.found) != is_well


def test_a_house_that_sends_no_mail_says_so_and_is_well_enough(settings):
    settings.EMAIL_HOST = ""

    check = found("E-post")

    assert (check.is_well, check.is_fault) == (False, False)
    assert "LYKTA_SMTP_URL" in check.advice


def test_mails_that_do_not_get_through_are_counted_with_what_the_server_said(settings):
    settings.EMAIL_HOST = "127.0.0.1"
    assert found("E-post").is_well
    account = people.account("vera")
    for key, state, days in (("a", "waiting", 0), ("b", "given_up", 6), ("c", "given_up", 8)):
        Mail.objects.create(
            account=account,
            key=key,
            state=state,
            reason="ConnectionRefusedError",
            made_at=NOW,
            try_at=NOW,
            done_at=NOW - timedelta(days=days),
        )

    check = found("E-post")

    assert check.found.startswith("1 brev väntar, 1 av dem")
    assert "1 har getts upp" in check.found
    assert "ConnectionRefusedError" in check.advice
    assert not check.is_fault
