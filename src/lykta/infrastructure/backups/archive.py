"""A backup as a file: a zip whose manifest says what is in it, with the SHA-256 of each member."""

import hashlib
import json
import os
import tempfile
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import IO

from lykta import __version__
from lykta.infrastructure.errors import LyktaError

MANIFEST = "manifest.json"
DATABASE = "database"
INSTALLATION = "installation/"
KEY = "secret-key"
LAST = "last-backup.json"  # beside the data: when the last backup was made, and how large it is
_CHUNK = 1024 * 1024


class DamagedBackup(LyktaError):
    """The file is no backup, or has changed since it was written."""

    code = "damaged-backup"


@dataclass(frozen=True, slots=True)
class Contents:
    """What a database held at the instant it was copied."""

    vendor: str
    migrations: tuple[str, ...]
    audit_number: int
    audit_hash: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself."""

    version: str
    made_at: str
    contents: Contents
    files: dict[str, str] = field(default_factory=dict)  # SHA-256 by name


def write(
    path: Path, members: Mapping[str, Path], contents: Contents, *, made_at: datetime
) -> Manifest:
    """Write a backup of some files under their names, whole or not at all; only we may read it."""
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".") as passing:
        unfinished = Path(passing) / "backup"
        unfinished.touch(mode=0o600)
        with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as archive:
            files = {name: _add(archive, name, file) for name, file in members.items()}
            manifest = Manifest(__version__, made_at.isoformat(), contents, files)
            archive.writestr(MANIFEST, json.dumps(asdict(manifest), ensure_ascii=False, indent=1))
        with unfinished.open("rb") as written:
            os.fsync(written.fileno())
        unfinished.replace(path)
    return manifest


def read(path: Path) -> Manifest:
    """Return what a backup says of itself, once every member has been found whole."""
    try:
        with zipfile.ZipFile(path) as archive:
            manifest = _manifest(archive)
            changed = _first_changed(archive, manifest)
    except FileNotFoundError:
        raise DamagedBackup(f"Säkerhetskopian ”{path}” finns inte. Kontrollera namnet.") from None
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, TypeError, ValueError):
        changed = MANIFEST
    if changed:
        raise DamagedBackup(
            f"”{path.name}” är ingen hel säkerhetskopia: ”{changed}” stämmer inte. "
            "Inget har ändrats. Ta en annan kopia."
        )
    return manifest


def unpack(path: Path, into: Path) -> None:
    """Write the members of a backup into a folder; only we may read them."""
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            Path(archive.extract(name, into)).chmod(0o600)


def unpack_installation(path: Path, home: Path, *, is_replacing: bool) -> None:
    """Write the municipality's own file and what it names, and the key, where they are lacking."""
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            target = home / name.removeprefix(INSTALLATION)
            may_write = is_replacing or not target.exists()
            if name.startswith(INSTALLATION) and may_write:
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(archive.read(name))
            if name == KEY and not target.exists():
                target.touch(mode=0o600)
                target.write_bytes(archive.read(name))


def _add(archive: zipfile.ZipFile, name: str, file: Path) -> str:
    about = zipfile.ZipInfo.from_file(file, name, strict_timestamps=False)
    about.compress_type = zipfile.ZIP_DEFLATED
    with file.open("rb") as source, archive.open(about, "w") as member:
        return _digest(source, member)


def _digest(source: IO[bytes], copy: IO[bytes] | None = None) -> str:
    digest = hashlib.sha256()
    while chunk := source.read(_CHUNK):
        digest.update(chunk)
        if copy is not None:
            copy.write(chunk)
    return digest.hexdigest()


def _manifest(archive: zipfile.ZipFile) -> Manifest:
    said = json.loads(archive.read(MANIFEST))
    contents = Contents(**said.pop("contents"))
    migrations = tuple(contents.migrations)
    return Manifest(**said, contents=Contents(**asdict(contents) | {"migrations": migrations}))


def _first_changed(archive: zipfile.ZipFile, manifest: Manifest) -> str:
    """Return the first member that is not as the manifest says, "" for none."""
    names = archive.namelist()
    for name in sorted({*names, *manifest.files} - {MANIFEST}):
        if name not in manifest.files or name not in names or not _is_inside(name):
            return name
        with archive.open(name) as member:
            if _digest(member) != manifest.files[name]:
                return name
    return "" if DATABASE in names else DATABASE


def _is_inside(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts
