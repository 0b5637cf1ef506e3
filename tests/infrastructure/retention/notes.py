"""A data set made up for the tests: notes, kept in a table that happens to be at hand."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django_q.models import Task

from lykta.infrastructure.retention.datasets import Dataset, Field

KEY = "notes"
GROUP = "note"


def write(thing: UUID, text: str, *, closed_at: datetime) -> None:
    """Write a note with a name beside its text."""
    Task.objects.create(
        id=thing.hex, name=text, func=text, group=GROUP, started=closed_at, stopped=closed_at
    )


def notes() -> Any:
    """Return every note."""
    return Task.objects.filter(group=GROUP).order_by("id")


def _forget_names(rows: Sequence[Any]) -> None:
    notes().filter(pk__in=[row.pk for row in rows]).update(name="")


def _erase_keys(keys: Collection[UUID]) -> int:
    return int(notes().filter(pk__in=[key.hex for key in keys]).delete()[0])


NOTES = Dataset(
    name="Anteckningar",
    fields={
        "name": Field(
            name="den rapporterandes namn",
            counted_from="anteckningen stängdes",
            keep_days=10,
            why="Behövs bara medan frågan är öppen.",
            rows=lambda: notes().exclude(name=""),
            moment="stopped",
            erase=_forget_names,
        ),
        "note": Field(
            name="hela anteckningen",
            counted_from="anteckningen stängdes",
            keep_days=100,
            why="Behövs inte längre.",
            rows=notes,
            moment="stopped",
        ),
        "count": Field(
            name="antalet anteckningar",
            counted_from="anteckningen stängdes",
            keep_days=None,
            why="Säger ingenting om någon.",
            rows=notes,
            moment="stopped",
        ),
    },
    erase_keys=_erase_keys,
)
