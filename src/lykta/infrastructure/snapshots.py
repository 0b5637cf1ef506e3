"""What a published number was counted from: columns, parameters and version, under one SHA-256.

A snapshot is two files: a Parquet file of the columns, and a manifest in JSON that says the rest
and names the Parquet file by its SHA-256. The SHA-256 of the manifest is that of the snapshot, so
that anyone can check both with common tools. The same input gives the same bytes.
"""

import hashlib
import io
import json
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from lykta.infrastructure import storage
from lykta.infrastructure.errors import LyktaError

FORMAT = "lykta.snapshot/1"
Columns = Mapping[str, NDArray[Any]]


class DamagedSnapshot(LyktaError):
    """What a picture was counted from is gone, or no longer what it was when it was frozen."""

    code = "damaged-snapshot"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Columns of one length, without free text and without anyone's name, and how to count them."""

    columns: Columns
    parameters: Mapping[str, Any]  # plain JSON
    version: str  # of the program that made it


@dataclass(frozen=True, slots=True)
class Packed:
    """A snapshot as the bytes of its two files."""

    manifest: bytes
    parquet: bytes

    @property
    def sha256(self) -> str:
        """Return the SHA-256 of the whole."""
        return hashlib.sha256(self.manifest).hexdigest()


def pack(snapshot: Snapshot) -> Packed:
    """Return a snapshot as bytes, its rows in an order that only what they hold decides."""
    parquet = _parquet(_in_order(snapshot.columns))
    said = {
        "format": FORMAT,
        "version": snapshot.version,
        "parquet_sha256": hashlib.sha256(parquet).hexdigest(),
        "parameters": snapshot.parameters,
    }
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, allow_nan=False, indent=1)
    return Packed(text.encode("utf-8"), parquet)


def unpack(manifest: bytes, parquet: Path) -> Snapshot:
    """Return the snapshot that two files hold, or raise where they do not belong together."""
    said = json.loads(manifest)
    if said.get("format") != FORMAT:
        raise DamagedSnapshot("Underlaget är i en form som den här versionen inte kan läsa.")
    if not parquet.is_file() or _sha256(parquet) != said["parquet_sha256"]:
        raise _damaged()
    with duckdb.connect(config={"threads": 1}) as connection:
        found = connection.execute("SELECT * FROM read_parquet(?)", [str(parquet)]).fetchnumpy()
    columns = {name: _plain(column) for name, column in found.items()}
    return Snapshot(columns, said["parameters"], said["version"])


def keep(packed: Packed) -> str:
    """Store a snapshot and return its SHA-256, by which it is found again."""
    storage.put(io.BytesIO(packed.parquet))
    return storage.put(io.BytesIO(packed.manifest))


def load(sha256: str) -> Snapshot:
    """Return a stored snapshot, or raise where it is gone or has changed."""
    return unpack(manifest(sha256), parquet_of(sha256))


def manifest(sha256: str) -> bytes:
    """Return the manifest of a stored snapshot, or raise where it is gone or has changed."""
    path = storage.path_of(sha256)
    if not path.is_file() or not storage.is_whole(path):
        raise _damaged()
    return path.read_bytes()


def figures(sha256: str) -> dict[str, Any]:
    """Return stored figures as they were found, or raise where they are gone or have changed."""
    path = storage.path_of(sha256)
    if not path.is_file() or not storage.is_whole(path):
        raise DamagedSnapshot(
            "Bildens siffror saknas eller har ändrats sedan den frystes. Lägg tillbaka dem från en "
            "säkerhetskopia."
        )
    found: dict[str, Any] = json.loads(path.read_bytes())
    return found


def parquet_of(sha256: str) -> Path:
    """Return where the columns of a stored snapshot lie."""
    return storage.path_of(json.loads(manifest(sha256))["parquet_sha256"])


def _damaged() -> DamagedSnapshot:
    return DamagedSnapshot(
        "Underlaget till bilden saknas eller har ändrats sedan den frystes. Lägg tillbaka det från "
        "en säkerhetskopia."
    )


def _in_order(columns: Columns) -> dict[str, NDArray[Any]]:
    order = np.lexsort(tuple(reversed(list(columns.values()))))
    return {name: column[order] for name, column in columns.items()}


def _parquet(columns: Columns) -> bytes:
    """Return columns as a Parquet file; one thread, so that the rows stay in their order."""
    with (
        tempfile.TemporaryDirectory() as folder,
        duckdb.connect(config={"threads": 1}) as connection,
    ):
        path = Path(folder) / "columns.parquet"
        connection.register("counted", dict(columns))
        connection.execute(f"COPY counted TO '{path}' (FORMAT parquet, COMPRESSION zstd)")
        return path.read_bytes()


def _plain(column: Any) -> NDArray[Any]:
    """Return a column without a mask; what is missing is nan."""
    if not np.ma.isMaskedArray(column):
        return np.asarray(column)
    if column.dtype.kind == "f":
        return np.asarray(column.filled(np.nan))
    return np.asarray(column.data)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
