"""Writing a backup of an installation, and restoring one."""

import json
import shutil
import tempfile
from contextlib import ExitStack, suppress
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from lykta import __version__
from lykta.infrastructure import installation, storage
from lykta.infrastructure.audit import services as audit
from lykta.infrastructure.audit.models import Entry, Tail
from lykta.infrastructure.backups import archive, databases
from lykta.infrastructure.backups.archive import Manifest
from lykta.infrastructure.columns import services as columns
from lykta.infrastructure.errors import LyktaError
from lykta.infrastructure.retention import journal
from lykta.infrastructure.retention import services as retention

_FOLDERS = ("storage", "anchors")


class NoKeyFile(LyktaError):
    """The key is not a file, so it cannot be put in the backup."""

    code = "no-key-file"


class OtherDatabase(LyktaError):
    """The backup is of another kind of database."""

    code = "other-database"


class NewerBackup(LyktaError):
    """The backup was made by a newer lykta."""

    code = "newer-backup"


class TargetNotEmpty(LyktaError):
    """The installation holds data that a restored backup would replace."""

    code = "target-not-empty"


class NotErased(LyktaError):
    """What had been deleted has come back with the backup, and could not be deleted again."""

    code = "not-erased"


class BrokenChain(LyktaError):
    """The restored audit log is not whole."""

    code = "broken-chain"


def write(path: Path, *, has_key: bool = False, now: datetime | None = None) -> Manifest:
    """Write all that the installation owns to one file, while others go on using it."""
    now = now or timezone.now()
    path = path.absolute()
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=_home(), prefix=".") as name:
        passing = Path(name)
        # In this order: the anchors are then never ahead of the log, and no row lacks its file,
        # whether it came or went while the database was copied.
        anchors = _copied(audit.anchor_folder(), passing / "anchors")
        _hold(passing / "storage")
        contents = databases.copy(passing / archive.DATABASE)
        _hold(passing / "storage")
        members = {archive.DATABASE: passing / archive.DATABASE}
        members |= anchors | _held(passing) | _installation()
        if has_key:
            members[archive.KEY] = _key()
        manifest = archive.write(path, members, contents, made_at=now)
    said = {"made_at": now.isoformat(), "bytes": path.stat().st_size, "file": str(path)}
    (_home() / archive.LAST).write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")
    return manifest


def _key() -> Path:
    """Return the file of the key, or raise where the key comes from elsewhere."""
    file = _home() / archive.KEY
    if not file.is_file():
        raise NoKeyFile(
            f"Nyckeln finns inte i ”{file}”, utan kommer från LYKTA_SECRET_KEY. Ta backup utan "
            "--with-key, och spara nyckeln där den hör hemma."
        )
    return file


def restore(path: Path, *, is_replacing: bool = False) -> Manifest:
    """Put what a backup holds in the installation's place; what fails leaves all as it was."""
    manifest = archive.read(path)
    _refuse_unfit(manifest)
    if _holds_data() and not is_replacing:
        raise TargetNotEmpty(
            "Installationen innehåller redan uppgifter. Inget har ändrats. Ta en säkerhetskopia "
            "av dem först, och kör sedan lykta restore med --replace."
        )
    journal.keep()
    with tempfile.TemporaryDirectory(dir=_home(), prefix=".") as passing, ExitStack() as stack:
        archive.unpack(path, Path(passing))
        for name in _FOLDERS:
            (Path(passing) / name).mkdir(exist_ok=True)
            stack.enter_context(databases.swapped(_home() / name, Path(passing) / name))
        stack.enter_context(databases.replaced(Path(passing) / archive.DATABASE))
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
        _check_chain(manifest)
        n_erased = _erase_again()
    archive.unpack_installation(path, _home(), is_replacing=is_replacing)
    for name in columns.names():  # the copies are of the database that was there before
        columns.repair(name)
    with transaction.atomic():
        audit.record("backup.restored", actor=None, made_at=manifest.made_at, erased=n_erased)
    return manifest


def _home() -> Path:
    return Path(settings.LYKTA_DIR)


def _copied(folder: Path, into: Path) -> dict[str, Path]:
    """Return copies of a folder's files, by their names in a backup."""
    if not folder.is_dir():
        return {}
    shutil.copytree(folder, into)
    return {f"{into.name}/{path.name}": path for path in sorted(into.iterdir())}


def _hold(folder: Path) -> None:
    """Link the stored files into a folder, so that none of them is gone before it is packed."""
    # One that is still being written has a dot first, and no name yet.
    for path in storage.folder().glob("[!.]*/*"):
        held = folder / path.parent.name / path.name
        held.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError, FileNotFoundError):
            held.hardlink_to(path)


def _held(passing: Path) -> dict[str, Path]:
    paths = sorted((passing / "storage").glob("*/*"))
    return {str(path.relative_to(passing)): path for path in paths}


def _installation() -> dict[str, Path]:
    """Return the municipality's own file and those that it names."""
    town = settings.INSTALLATION
    named = [town.logo, *(file.path for file in installation.first_files(town))]
    paths = [_home() / installation.FILE, *(path for path in named if path)]
    return {f"{archive.INSTALLATION}{path.relative_to(_home())}": path for path in paths}


def _refuse_unfit(manifest: Manifest) -> None:
    contents = manifest.contents
    if contents.vendor != connection.vendor:
        raise OtherDatabase(
            f"Säkerhetskopian är av {contents.vendor}, men här används {connection.vendor}. "
            "Sätt DATABASE_URL till en databas av samma slag och försök igen."
        )
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    if _as_numbers(manifest.version) > _as_numbers(__version__) or {*contents.migrations} - known:
        raise NewerBackup(
            f"Säkerhetskopian är gjord med lykta {manifest.version}, här körs {__version__}. "
            "Installera minst samma version och försök igen."
        )


def _as_numbers(version: str) -> list[int]:
    return [int(part) for part in version.split(".") if part.isdecimal()]


def _holds_data() -> bool:
    """Return whether anything has been done here; no account and no area is made unlogged."""
    there = connection.introspection.table_names()
    return Entry._meta.db_table in there and Entry.objects.exists()


def _erase_again() -> int:
    """Delete what has come back with the backup, and return how many; nobody has seen it."""
    try:
        return retention.run_again().n
    except Exception as error:
        raise NotErased(
            "Det som har gallrats följde med säkerhetskopian och kunde inte tas bort igen. "
            "Inget har ändrats. Säg till den som utvecklar lykta."
        ) from error


def _check_chain(manifest: Manifest) -> None:
    faults = audit.verify()
    tail = Tail.objects.get(pk=1)
    said = (manifest.contents.audit_number, manifest.contents.audit_hash)
    if not faults and (tail.number, tail.hash) == said:
        return
    why = faults[0].what if faults else "slutet är ett annat än när kopian gjordes"
    raise BrokenChain(
        f"Granskningsloggen i säkerhetskopian är inte hel: {why}. Inget har ändrats. "
        "Ta en äldre kopia, och spara den här som bevis."
    )
