"""The database as a file: copied while others use it, and put in another's place."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.backends.postgresql.client import DatabaseClient

from lykta.infrastructure.backups.archive import Contents
from lykta.infrastructure.errors import LyktaError

# Where the schema that is replaced waits until the new one has been found whole.
_ASIDE = "lykta_before"


class MissingProgram(LyktaError):
    """A program that PostgreSQL is copied with is not there."""

    code = "missing-program"


class DatabaseFailed(LyktaError):
    """A program that PostgreSQL is copied with did not succeed."""

    code = "database-failed"


class DatabaseInUse(LyktaError):
    """Others are using the database that is to be replaced."""

    code = "database-in-use"


def copy(into: Path) -> Contents:
    """Copy the database as it is at one instant to a file, and return what it then held."""
    return _copy_sqlite(into) if connection.vendor == "sqlite" else _copy_postgresql(into)


def replaced(source: Path) -> AbstractContextManager[None]:
    """Return a context with a copy in the database's place; if it fails, the old one comes back."""
    if connection.vendor == "sqlite":
        return _replaced_sqlite(source)
    return _replaced_postgresql(source)


@contextmanager
def swapped(target: Path, new: Path) -> Iterator[None]:
    """Put a file or folder in another's place; the old one comes back if what follows fails."""
    aside = target.with_name(f".{target.name}.before")
    _remove(aside)
    if target.exists():
        target.rename(aside)
    try:
        shutil.move(new, target)
        yield
    except BaseException:
        _remove(target)
        if aside.exists():
            aside.rename(target)
        raise
    _remove(aside)


def program(name: str) -> str:
    """Return where a program of PostgreSQL is: on the path, or where Debian keeps the newest."""
    versions = Path("/usr/lib/postgresql").glob(f"*/bin/{name}")
    newest = sorted(versions, key=lambda path: int(path.parts[-3].split(".")[0]))
    found = shutil.which(name) or (str(newest[-1]) if newest else "")
    if not found:
        raise MissingProgram(
            f"Programmet {name} finns inte här. Installera PostgreSQL:s klientprogram "
            "(i Debian: apt-get install postgresql-client) och försök igen."
        )
    return found


def _copy_sqlite(into: Path) -> Contents:
    connection.ensure_connection()
    with closing(sqlite3.connect(into)) as copied:
        connection.connection.backup(copied)
        copied.execute("PRAGMA journal_mode=DELETE")  # one file, with nothing beside it
        return _contents(copied.execute)


def _copy_postgresql(into: Path) -> Contents:
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        # What is said of the copy is of the same instant as the copy.
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        _run("pg_dump", "--format=custom", f"--snapshot={snapshot}", f"--file={into}")

        def ask(sql: str) -> Iterable[tuple[Any, ...]]:
            cursor.execute(sql)
            return cursor.fetchall()

        return _contents(ask)


def _contents(ask: Callable[[str], Iterable[tuple[Any, ...]]]) -> Contents:
    applied = ask("SELECT app, name FROM django_migrations ORDER BY app, name")
    migrations = tuple(f"{app}.{name}" for app, name in applied)
    ((number, digest),) = ask("SELECT number, hash FROM audit_tail")
    return Contents(connection.vendor, migrations, number, digest)


@contextmanager
def _replaced_sqlite(source: Path) -> Iterator[None]:
    file = Path(connection.settings_dict["NAME"])
    connection.close()
    _take_alone(file)
    with swapped(file, source):
        try:
            yield
        finally:
            connection.close()


def _take_alone(file: Path) -> None:
    """Fold what SQLite keeps beside its file into it, which it refuses while others use it."""
    if not file.exists():
        return
    with closing(sqlite3.connect(file, timeout=1)) as alone:
        try:
            alone.execute("PRAGMA journal_mode=DELETE")
        except sqlite3.OperationalError:
            raise _in_use() from None


@contextmanager
def _replaced_postgresql(source: Path) -> Iterator[None]:
    others = _ask(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
        "AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
    )
    if others:
        raise _in_use()
    _ask(f"DROP SCHEMA IF EXISTS {_ASIDE} CASCADE")
    _ask(f"ALTER SCHEMA public RENAME TO {_ASIDE}")
    _ask("CREATE SCHEMA public")
    try:
        _run("pg_restore", "--no-owner", "--exit-on-error", "--single-transaction", source=source)
        yield
    except BaseException:
        _ask("DROP SCHEMA public CASCADE")
        _ask(f"ALTER SCHEMA {_ASIDE} RENAME TO public")
        raise
    _ask(f"DROP SCHEMA {_ASIDE} CASCADE")


def _ask(sql: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0] if cursor.description else None


def _run(name: str, *options: str, source: Path | None = None) -> None:
    """Run a program of PostgreSQL on the database."""
    said, environment = DatabaseClient.settings_to_cmd_args_env(connection.settings_dict, [])
    where, database = said[1:-1], said[-1]
    last = ["--dbname", database, str(source)] if source else [database]
    answer = subprocess.run(  # noqa: S603 - our own program and settings
        [program(name), *options, *where, *last],
        env=os.environ | (environment or {}),
        capture_output=True,
        text=True,
        check=False,
    )
    if answer.returncode:
        # The first line only: those after it may show what stood in a row.
        why = (answer.stderr.splitlines() or [""])[0]
        raise DatabaseFailed(f"{name} kunde inte slutföras: {why}. Rätta felet och försök igen.")


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _in_use() -> DatabaseInUse:
    return DatabaseInUse("Databasen används. Stoppa lykta serve och allt annat, och försök igen.")
