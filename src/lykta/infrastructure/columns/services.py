"""Keeping the copies in step with the database."""

from collections.abc import Collection
from functools import partial

from django.conf import settings
from django.db import transaction

from lykta.infrastructure.columns import files
from lykta.infrastructure.columns.files import Manifest
from lykta.infrastructure.columns.mirrors import mirrored
from lykta.infrastructure.columns.models import Mirror

NO_PART = ""


def touch(name: str, parts: Collection[str]) -> None:
    """Say that parts of a table have changed; called in the transaction that changes them.

    The copy is brought in step when the transaction is through. Should that never come to pass,
    the next reader does it.
    """
    with transaction.atomic():
        Mirror.objects.get_or_create(name=name)
        row = Mirror.objects.select_for_update().get(name=name)
        row.generation += 1
        row.stale |= dict.fromkeys(parts, row.generation)
        row.save()
        transaction.on_commit(partial(keep_up, name))


def keep_up(name: str) -> None:
    """Bring a copy in step, unless another process is doing it."""
    with files.held(name, is_patient=False) as is_ours:
        if is_ours:
            _bring_in_step(name)


def repair(name: str) -> None:
    """Make a copy again from nothing, whatever its files hold."""
    with files.held(name, is_patient=True):
        (files.folder(name) / "manifest.json").unlink(missing_ok=True)
        _bring_in_step(name)


def is_in_step(name: str) -> bool:
    """Return whether the copy holds what the database does."""
    made = files.manifest(name)
    return made is not None and made.generation == _generation(name)


def names() -> list[str]:
    """Return the tables that are copied."""
    return list(settings.MIRRORS)


def _bring_in_step(name: str) -> None:
    """Write the parts that have changed, again where the table changes meanwhile."""
    while True:
        row = Mirror.objects.filter(name=name).first() or Mirror(name=name)
        made = files.manifest(name)
        if made is not None and made.generation == row.generation:
            return
        # A copy that is ahead is of another database, such as the one before a restored backup.
        is_behind = made is not None and made.generation < row.generation
        changed = set(row.stale) if is_behind else None
        parts = _rewritten(name, row.generation, made, changed)
        files.publish(name, Manifest(row.generation, parts))
        left = {part: at for part, at in row.stale.items() if at > row.generation}
        Mirror.objects.filter(name=name, generation=row.generation).update(stale=left)


def _rewritten(
    name: str, generation: int, made: Manifest | None, changed: set[str] | None
) -> dict[str, str]:
    """Return the file of each part: those that changed, or all for None, written anew."""
    source = mirrored(name)
    held = source.parts()
    kept = {} if made is None or changed is None else made.parts
    parts = {part: kept[part] for part in held if part in kept and part not in (changed or ())}
    # Readers find the columns even where there are no rows.
    for part in held or [NO_PART]:
        if part not in parts:
            parts[part] = files.write(
                name, part, generation, source.columns(part), source.summaries
            )
    return dict(sorted(parts.items()))


def _generation(name: str) -> int:
    return Mirror.objects.filter(name=name).values_list("generation", flat=True).first() or 0
