"""What has been deleted, written down outside the database: a backup knows nothing of it.

Days and keys without meaning; it is kept beside the database and is not part of a backup.
"""

import json
import os
from datetime import date
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import Max
from django.utils import timezone

from lykta.infrastructure.errors import LyktaError
from lykta.infrastructure.retention.models import Deletion, Erasure

FILE = "retention.json"


class DamagedJournal(LyktaError):
    """What has been deleted is written down in a file that cannot be read."""

    code = "damaged-journal"


def keep() -> None:
    """Write down what a database knows that is about to be replaced, if it has such tables."""
    if Erasure._meta.db_table in connection.introspection.table_names():
        write()


def write() -> None:
    """Write down what the database knows, beside what was written down before."""
    said = _read()
    for row in (
        Deletion.objects.order_by().values("dataset", "field").annotate(last=Max("last_day"))
    ):
        if row["last"]:
            known = said["deleted"].setdefault(row["dataset"], {})
            known[row["field"]] = max(known.get(row["field"], ""), row["last"].isoformat())
    erased = {key: set(things) for key, things in said["erased"].items()}
    for key, thing in Erasure.objects.values_list("dataset", "key"):
        erased.setdefault(key, set()).add(str(thing))
    said["erased"] = {key: sorted(things) for key, things in erased.items()}
    folder = _path().parent
    folder.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile("w", dir=folder, prefix=".", encoding="utf-8", delete=False) as file:
        json.dump(said, file, indent=1, sort_keys=True)
        file.flush()
        os.fsync(file.fileno())
    Path(file.name).replace(_path())


def read_back() -> None:
    """Add to the database the erasures that are written down and that it does not know."""
    now = timezone.now()
    Erasure.objects.bulk_create(
        [
            Erasure(dataset=key, key=UUID(thing), at=now)
            for key, things in _read()["erased"].items()
            for thing in things
        ],
        ignore_conflicts=True,
    )


def limits() -> dict[tuple[str, str], date]:
    """Return the last day of which all was deleted, by data set and field."""
    return {
        (key, field): date.fromisoformat(day)
        for key, fields in _read()["deleted"].items()
        for field, day in fields.items()
    }


def _read() -> dict[str, Any]:
    if not _path().is_file():
        return {"deleted": {}, "erased": {}}
    try:
        said = json.loads(_path().read_text(encoding="utf-8"))
        return {"deleted": dict(said["deleted"]), "erased": dict(said["erased"])}
    except (ValueError, KeyError, TypeError):
        raise DamagedJournal(
            f"”{_path()}” går inte att läsa. Lägg dit en hel kopia. Finns ingen: flytta undan "
            "filen; det som har raderats för hand kan då följa med en äldre säkerhetskopia."
        ) from None


def _path() -> Path:
    return Path(settings.LYKTA_DIR) / FILE
