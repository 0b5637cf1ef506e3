"""Files that are kept: each under the SHA-256 of what it holds, so that none changes unseen."""

import hashlib
import os
import shutil
import tempfile
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

_CHUNK = 1024 * 1024


def folder() -> Path:
    """Return the folder of all stored files."""
    return Path(settings.LYKTA_DIR) / "storage"


def put(source: BinaryIO) -> str:
    """Store what is read from the source and return its SHA-256; the same content is kept once."""
    folder().mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    # Written whole under a passing name first: a crash leaves no half file under a digest.
    with tempfile.NamedTemporaryFile(dir=folder(), prefix=".", delete=False) as file:
        while chunk := source.read(_CHUNK):
            digest.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    sha256 = digest.hexdigest()
    target = path_of(sha256)
    target.parent.mkdir(exist_ok=True)
    Path(file.name).replace(target)
    return sha256


def path_of(sha256: str) -> Path:
    """Return where a stored file lies."""
    return folder() / sha256[:2] / sha256


def named(sha256: str, name: str, into: Path) -> Path:
    """Return a copy of a stored file under its own name, for readers that go by the ending."""
    target = into / Path(name).name
    shutil.copyfile(path_of(sha256), target)
    return target


def is_whole(path: Path) -> bool:
    """Return whether a stored file still holds what its name says."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == path.name
