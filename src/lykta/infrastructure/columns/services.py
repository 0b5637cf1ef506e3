"""Keeping the copies in step with the database."""

from collections.abc import Collection, Mapping
from functools import partial
from uuid import uuid4

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
        # Not a number: a database that is restored must not be taken for one that went on.
        row.stamp = uuid4().hex
        row.stale = sorted({*row.stale, *parts})
        row.save()
        transaction.on_commit(partial(keep_up, name))


def keep_up(name: str) -> None:
    """Bring a copy in step, unless another process is doing it."""
    with files.held(name, is_patient=False) as is_ours:
        if is_ours:
            _bring_in_step(name)


def keep_all_up() -> None:
    """Bring every copy in step; done at each start and each night."""
    for name in names():
        keep_up(name)


def repair(name: str) -> None:
    """Make a copy again from nothing, whatever its files hold."""
    with files.held(name, is_patient=True):
        (files.folder(name) / "manifest.json").unlink(missing_ok=True)
        _bring_in_step(name)


def is_in_step(name: str) -> bool:
    """Return whether the copy holds what the database does."""
    made = files.manifest(name)
    return made is not None and made.stamp == _row(name).stamp


def names() -> list[str]:
    """Return the tables that are copied."""
    return list(settings.MIRRORS)


def _bring_in_step(name: str) -> None:
    """Write the parts that have changed, again where the table changes meanwhile."""
    while True:
        row, made = _row(name), files.manifest(name)
        if made is not None and made.stamp == row.stamp:
            return
        is_known = made is not None and made.stamp == row.copied
        kept = (
            {part: stem for part, stem in made.parts.items() if part not in row.stale}
            if made is not None and is_known
            else {}
        )
        files.publish(name, Manifest(row.stamp, _rewritten(name, row.stamp, kept)))
        Mirror.objects.filter(name=name).update(copied=row.stamp)
        Mirror.objects.filter(name=name, stamp=row.stamp).update(stale=[])


def _rewritten(name: str, stamp: str, kept: Mapping[str, str]) -> dict[str, str]:
    """Return what the files of each part begin with, all that are not kept written anew."""
    source = mirrored(name)
    # Readers find the columns even where there are no rows.
    parts = {part: kept.get(part, "") for part in source.parts() or [NO_PART]}
    for part, stem in parts.items():
        if not stem:
            columns = source.columns(part)
            parts[part] = files.write(name, part, stamp, columns, source.summaries)
    return parts


def _row(name: str) -> Mirror:
    return Mirror.objects.filter(name=name).first() or Mirror(name=name)
