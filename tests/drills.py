"""An installation of its own, on the database that is tested, run by the real command line."""

import os
import secrets
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from tests import installation
from tests.once import made_once, share

SERVER = os.environ.get("DATABASE_URL", "")
ON_POSTGRESQL = SERVER.startswith("postgres")
AREAS = """\
kod;namn;slag
A;Norrby;kommundel
B;Ängby;kommundel
C;Åby;kommundel
"""
_LISTED = '[[areas]]\nfile = "områden.csv"\nvalid_from = 2020-01-01\n'


@dataclass(frozen=True, slots=True)
class Drill:
    """A folder and a database, both to be thrown away."""

    home: Path
    database: str  # as DATABASE_URL has it

    def environment(self, **more: str) -> dict[str, str]:
        """Return what the commands of this installation are run with."""
        kept = {key: value for key, value in os.environ.items() if key != "LYKTA_SECRET_KEY"}
        return kept | {"LYKTA_DIR": str(self.home), "DATABASE_URL": self.database} | more

    def start(self, *arguments: object, **more: str) -> subprocess.Popen[str]:
        """Start a command and return its process."""
        return subprocess.Popen(
            [sys.executable, "-u", "-m", "lykta.cli", *map(str, arguments)],
            env=self.environment(**more),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *arguments: object, **more: str) -> subprocess.CompletedProcess[str]:
        """Run a command and return what it said, succeeded or not."""
        process = self.start(*arguments, **more)
        said, complained = process.communicate(timeout=600)
        return subprocess.CompletedProcess(arguments, process.returncode, said, complained)

    def succeed(self, *arguments: object, **more: str) -> str:
        """Run a command that must succeed, and return what it said."""
        answer = self.run(*arguments, **more)
        assert answer.returncode == 0, answer.stderr
        return answer.stdout

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        """Return the rows of a question to the database, or do to it what no program may."""
        with closing(self.connect()) as database:
            cursor = database.execute(sql)
            rows = cursor.fetchall() if cursor.description else []
            database.commit()
        return rows

    def connect(self) -> Any:
        """Return a connection that knows nothing of lykta."""
        if ON_POSTGRESQL:
            return psycopg.connect(self.database)
        return sqlite3.connect(self.home / "lykta.sqlite3")


@contextmanager
def drill(home: Path, *, like: Drill | None = None) -> Iterator[Drill]:
    """Yield a new folder and database, empty or as those of another drill; gone afterwards."""
    if like:
        shutil.copytree(like.home, home)
    if not ON_POSTGRESQL:
        yield Drill(home, "")
        return
    database = _new_database(_name_of(like.database) if like else "template0")
    try:
        yield Drill(home, database)
    finally:
        _drop(database)


@contextmanager
def set_up(home: Path) -> Iterator[Drill]:
    """Yield a small municipality of its own, as `lykta setup` has made it; gone afterwards.

    It is set up once in a run: what the command says and does is for the tests of the command.
    """
    kept = made_once("set-up", _set_up)
    with drill(home, like=Drill(kept / "home", _database(kept))) as made:
        yield made


def _set_up(folder: Path) -> None:
    """Set up the one that the others are copies of."""
    made = Drill(folder / "home", _new_database("template0") if ON_POSTGRESQL else "")
    (folder / "database").write_text(made.database, encoding="utf-8")
    made.succeed("setup", town(folder / "town"))


def _database(folder: Path) -> str:
    return (folder / "database").read_text(encoding="utf-8")


def throw_away() -> None:
    """Take away the database that the others were copied from, if there is one."""
    for said in share().glob("set-up*/database"):
        if database := said.read_text(encoding="utf-8"):
            _drop(database)


def town(folder: Path) -> Path:
    """Write the file of a small municipality and the areas it begins with, and return the first."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "områden.csv").write_text(AREAS, encoding="utf-8")
    toml = folder / "kommun.toml"
    toml.write_text(f"{installation.TOML}\n{_LISTED}", encoding="utf-8")
    return toml


def _new_database(template: str) -> str:
    """Return a new database that is as another, as DATABASE_URL has it."""
    name = f"lykta_drill_{secrets.token_hex(6)}"
    _on_server(f"CREATE DATABASE {name} TEMPLATE {template}")
    return f"{SERVER.rsplit('/', 1)[0]}/{name}"


def _drop(database: str) -> None:
    _on_server(f"DROP DATABASE {_name_of(database)} WITH (FORCE)")


def _name_of(database: str) -> str:
    return database.rsplit("/", 1)[1]


def _on_server(sql: str) -> None:
    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(sql)
