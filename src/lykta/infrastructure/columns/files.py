"""The files of a copy: a manifest that names its parts, changed in one step."""

import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
from django.conf import settings

from lykta.infrastructure.columns.mirrors import Columns

# Rows that are skipped or read together: small enough that a few weeks touch few of them.
ROW_GROUP = 60_000
_MANIFEST = "manifest.json"
ROWS = "rows"


@dataclass(frozen=True, slots=True)
class Manifest:
    """Which files hold a copy, and what it is a copy of."""

    stamp: str
    parts: dict[str, str]  # part -> what the names of its files begin with

    def paths(self, name: str, table: str) -> list[str]:
        """Return where the files of the rows or of a summary lie."""
        return [str(folder(name) / f"{stem}.{table}.parquet") for stem in self.parts.values()]


def folder(name: str) -> Path:
    """Return the folder of a copy."""
    return Path(settings.LYKTA_DIR) / "columns" / name


def manifest(name: str) -> Manifest | None:
    """Return the manifest of a copy, None where there is none that can be read."""
    try:
        said = json.loads((folder(name) / _MANIFEST).read_text(encoding="utf-8"))
        return Manifest(str(said["stamp"]), dict(said["parts"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def publish(name: str, made: Manifest) -> None:
    """Let readers see the parts of a manifest from now on, all at once.

    What the manifest before named stays for those who are reading it; what is older goes.
    """
    before = manifest(name)
    target = folder(name) / _MANIFEST
    passing = target.with_suffix(".new")
    with passing.open("w", encoding="utf-8") as file:
        json.dump({"stamp": made.stamp, "parts": made.parts}, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    passing.replace(target)
    kept = {*made.parts.values(), *(before.parts.values() if before else ())}
    for path in folder(name).glob("*.parquet"):
        if path.name.split(".")[0] not in kept:
            path.unlink(missing_ok=True)


def write(name: str, part: str, stamp: str, columns: Columns, summaries: Mapping[str, str]) -> str:
    """Write one part, each of its summaries beside it, and return what their files begin with."""
    stem = f"{part or 'none'}-{stamp[:8] or 'first'}-{os.getpid()}"
    with duckdb.connect() as connection:
        connection.register("part", dict(columns))
        for table, sql in {ROWS: "SELECT * FROM part", **summaries}.items():
            path = folder(name) / f"{stem}.{table}.parquet"
            passing = path.with_suffix(".new")
            connection.execute(
                f"COPY ({sql}) TO '{passing}' "
                f"(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {ROW_GROUP})"
            )
            passing.replace(path)
    return stem


@contextmanager
def held(name: str, *, is_patient: bool) -> Iterator[bool]:
    """Hold the copy for one writer; yields False at once where another holds it, if not patient."""
    folder(name).mkdir(parents=True, exist_ok=True)
    with (folder(name) / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | (0 if is_patient else fcntl.LOCK_NB))
        except BlockingIOError:
            yield False
            return
        yield True
