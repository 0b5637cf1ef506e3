"""Which column was what: said once, remembered for the next file with the same columns."""

import hashlib
from pathlib import Path

from lykta.infrastructure.imports.models import Remembered, Run, State
from lykta.infrastructure.imports.plans import importer_of
from lykta.infrastructure.imports.rejected import ADDED

_REMEMBERED = "Kolumnerna lästes som i den förra filen med samma kolumner."


def remember(run: Run, path: Path) -> None:
    """Remember which column is what in files with the columns of this one, if it was said."""
    if not run.options.get("mapping") or importer_of(run.kind).columns is None:
        return
    Remembered.objects.update_or_create(
        kind=run.kind,
        columns_sha256=_digest(run.kind, path),
        defaults={"mapping": run.options["mapping"], "run": run},
    )


def recall(kind: str, path: Path) -> dict[str, str]:
    """Return which column is what, as it was said of the last file with the same columns."""
    if importer_of(kind).columns is None or not Remembered.objects.filter(kind=kind).exists():
        return {}
    found = Remembered.objects.filter(
        kind=kind, columns_sha256=_digest(kind, path), run__state=State.DONE
    ).first()
    return dict(found.mapping) if found else {}


def notes(run: Run) -> list[str]:
    """Return what to say of where it is known from which column is what."""
    return [_REMEMBERED] if run.options.get("is_remembered") else []


def _digest(kind: str, path: Path) -> str:
    columns = importer_of(kind).columns
    assert columns is not None  # noqa: S101 - both callers have looked
    own = sorted(set(columns(path)) - set(ADDED))
    return hashlib.sha256("\n".join(own).encode("utf-8")).hexdigest()
