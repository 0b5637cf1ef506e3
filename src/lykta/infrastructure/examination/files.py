"""Whether the folder of the installation is whole, has room, and has been backed up."""

import json
import os
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from lykta.infrastructure import storage
from lykta.infrastructure.backups.archive import KEY, LAST
from lykta.infrastructure.examination.check import Check, said
from lykta.infrastructure.papers.swedish import number

LEAST_FREE = 2 * 1024**3  # bytes
OLDEST_BACKUP = timedelta(days=7)
# Stored files are looked at a few at a time, others each day, until so much has been read.
N_LOOKED_AT = 10
MOST_READ = 50 * 1024**2  # bytes


def checks(now: datetime) -> Iterator[Check]:
    """Yield the checks of the folder."""
    yield _storage(now)
    yield _free_disk()
    yield _secret_key()
    yield _last_backup(now)


def _storage(now: datetime) -> Check:
    folder = storage.folder()
    if not os.access(folder if folder.exists() else folder.parent, os.W_OK):
        advice = said("Låt den som kör lykta äga ”{folder}”.", folder=folder)
        return Check(said("Filer"), is_well=False, found=said("går inte att skriva"), advice=advice)
    paths = sorted(folder.glob("[!.]*/*"))
    looked_at = _some(paths, now)
    damaged = [path.name for path in looked_at if _is_damaged(path)]
    return Check(
        said("Filer"),
        is_well=not damaged,
        found=said(
            "{n} sparade, {n_read} av dem lästa, {n_damaged} skadade",
            n=number(len(paths)),
            n_read=len(looked_at),
            n_damaged=len(damaged),
        ),
        advice=said("Hämta ”{name}” ur en säkerhetskopia.", name=damaged[0]) if damaged else "",
    )


def _is_damaged(path: Path) -> bool:
    """Return whether a file no longer holds what its name says; one that is gone is read in."""
    try:
        return not storage.is_whole(path)
    except FileNotFoundError:
        return False


def _some(paths: list[Path], now: datetime) -> list[Path]:
    """Return a few of the stored files, others each day."""
    step = max(1, len(paths) // N_LOOKED_AT)
    chosen, n_read = [], 0
    for path in paths[now.toordinal() % step :: step][:N_LOOKED_AT]:
        n_read += path.stat().st_size if path.exists() else 0
        if n_read <= MOST_READ:
            chosen.append(path)
    return chosen


def _free_disk() -> Check:
    free = shutil.disk_usage(settings.LYKTA_DIR).free
    is_well = free >= LEAST_FREE
    return Check(
        said("Diskutrymme"),
        is_well=is_well,
        found=said("{size} GB ledigt", size=number(free / 1024**3, 1)),
        advice="" if is_well else said("Ge disken mer plats, eller flytta gamla säkerhetskopior."),
    )


def _secret_key() -> Check:
    file = Path(settings.LYKTA_DIR) / KEY
    if os.environ.get("LYKTA_SECRET_KEY") or not file.exists():
        return Check(said("Nyckel"), is_well=True, found=said("kommer från LYKTA_SECRET_KEY"))
    mode = file.stat().st_mode & 0o777
    is_well = not mode & 0o077
    return Check(
        said("Nyckel"),
        is_well=is_well,
        found=said("filen har rättigheterna {mode}", mode=f"{mode:04o}"),
        advice="" if is_well else said("Andra kan läsa nyckeln. Kör chmod 600 {file}.", file=file),
    )


def _last_backup(now: datetime) -> Check:
    file = Path(settings.LYKTA_DIR) / LAST
    if not file.exists():
        advice = said("Kör lykta backup FIL varje natt, och lägg filen på en annan maskin.")
        return Check(
            said("Säkerhetskopia"),
            is_well=False,
            found=said("har aldrig tagits"),
            advice=advice,
            is_urgent=False,
        )
    last = json.loads(file.read_text(encoding="utf-8"))
    made_at = datetime.fromisoformat(last["made_at"])
    is_well = now - made_at <= OLDEST_BACKUP
    return Check(
        said("Säkerhetskopia"),
        is_well=is_well,
        found=said(
            "senast {moment}, {size} MB",
            moment=f"{made_at.astimezone():%Y-%m-%d %H:%M}",
            size=number(last["bytes"] / 1024**2, 1),
        ),
        advice="" if is_well else said("Den är äldre än en vecka. Kör lykta backup FIL."),
        is_urgent=False,
    )
