"""From the file as it came to a plain file of a known kind: wrappings off, within bounds."""

import gzip
import hashlib
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from lykta.infrastructure.errors import UnreadableFile
from lykta.sources.files.kinds import Kind, kind_of, kind_of_archive

# A packed file may hide far more than the machine holds; real sets are well below this.
LARGEST_UNPACKED_BYTES = 2_000_000_000
_CHUNK_BYTES = 1 << 20
_HEAD_BYTES = 1 << 16


class Readable(Protocol):
    """What gives bytes, packed or not."""

    def read(self, size: int, /) -> bytes:
        """Return the next bytes."""


@dataclass(frozen=True, slots=True)
class PlainFile:
    """A file without wrappings."""

    name: str  # of the file as it came, for sentences
    path: Path  # where the content stands now, unpacked if need be
    kind: Kind
    sha256: str  # of the file as it came


def unreadable(name: str, what: str, remedy: str) -> UnreadableFile:
    """Return the error that says where, what is wrong, and what to do."""
    return UnreadableFile(f"Filen {name} går inte att läsa: {what} {remedy}")


def unpack(path: Path, folder: Path) -> PlainFile:
    """Return the file at `path` without wrappings; what is unpacked is put in `folder`."""
    _check_there(path)
    sha256 = _sha256(path)
    plain = path
    for layer in range(3):
        kind = _kind(path.name, plain)
        if kind is Kind.GZIP:
            plain = _unpack_gzip(path.name, plain, folder / f"layer{layer}")
        elif kind is Kind.ZIP:
            plain = _unpack_only_member(path.name, plain, folder / f"layer{layer}")
        else:
            return PlainFile(path.name, plain, kind, sha256)
    raise unreadable(path.name, "den är packad i flera lager.", "Packa upp den och försök igen.")


def _check_there(path: Path) -> None:
    if path.is_dir():
        raise unreadable(path.name, "det är en mapp.", "Ange en fil i mappen.")
    if not path.exists():
        raise UnreadableFile(f"Filen {path} finns inte. Kontrollera sökvägen och stavningen.")
    try:
        size = path.stat().st_size
    except OSError as error:
        raise unreadable(path.name, f"{error.strerror}.", "Kontrollera rättigheterna.") from error
    if size == 0:
        raise unreadable(path.name, "den är tom.", "Hämta den på nytt från källan.")


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise unreadable(path.name, f"{error.strerror}.", "Kontrollera rättigheterna.") from error


def _kind(name: str, plain: Path) -> Kind:
    with plain.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    kind = kind_of(head)
    if kind is Kind.FOREIGN:
        raise unreadable(
            name,
            "den är en webbsida, en PDF eller en bild.",
            "Hämta uppgifterna som CSV, Excel, GeoJSON, GeoPackage eller Shapefile.",
        )
    return _kind_of_zip(name, plain) if kind is Kind.ZIP else kind


def _kind_of_zip(name: str, plain: Path) -> Kind:
    try:
        with zipfile.ZipFile(plain) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise unreadable(name, "zip-arkivet är skadat.", "Hämta filen på nytt.") from error
    if any(member.flag_bits & 1 for member in members):
        raise unreadable(
            name, "zip-arkivet är skyddat med lösenord.", "Packa upp det och ange filen i det."
        )
    _check_size(name, sum(member.file_size for member in members))
    return kind_of_archive([member.filename for member in members])


def _check_size(name: str, size: int) -> None:
    if size > LARGEST_UNPACKED_BYTES:
        raise unreadable(
            name,
            f"den blir större än {LARGEST_UNPACKED_BYTES // 10**9} GB när den packas upp.",
            "Dela upp den i mindre filer, till exempel en per år.",
        )


def _unpack_gzip(name: str, packed: Path, target: Path) -> Path:
    try:
        with gzip.open(packed, "rb") as content:
            return _copy_bounded(name, content, target)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise unreadable(
            name, "den packade filen är avhuggen eller skadad.", "Hämta den på nytt."
        ) from error


def _unpack_only_member(name: str, packed: Path, target: Path) -> Path:
    with zipfile.ZipFile(packed) as archive:
        members = [m for m in archive.infolist() if not m.is_dir() and "__MACOSX" not in m.filename]
        if len(members) != 1:
            raise unreadable(
                name,
                f"zip-arkivet innehåller {len(members)} filer men ingen Shapefile.",
                "Packa upp det och ange den fil som ska läsas.",
            )
        try:
            with archive.open(members[0]) as content:
                return _copy_bounded(name, content, target)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
            raise unreadable(name, "zip-arkivet är skadat.", "Hämta filen på nytt.") from error


def _copy_bounded(name: str, content: Readable, target: Path) -> Path:
    size = 0
    with target.open("wb") as file:
        for chunk in _chunks(content):
            size += len(chunk)
            _check_size(name, size)
            file.write(chunk)
    if size == 0:
        raise unreadable(name, "den är tom när den packas upp.", "Hämta den på nytt från källan.")
    return target


def _chunks(content: Readable) -> Iterator[bytes]:
    while chunk := content.read(_CHUNK_BYTES):
        yield chunk
