"""Writing the audit log, and looking whether it is whole."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone

from lykta.infrastructure.audit import chain
from lykta.infrastructure.audit.models import Entry, Tail


def record(
    action: str, *, actor: int | None, subject: Any = None, at: datetime | None = None, **facts: Any
) -> Entry:
    """Add one entry, last in the transaction of what it tells of."""
    if not connection.in_atomic_block:
        raise RuntimeError("record() belongs in the transaction of what it tells of")
    tail = Tail.objects.select_for_update().get(pk=1)
    entry = Entry(
        number=tail.number + 1,
        at=at or timezone.now(),
        actor=actor,
        action=action,
        subject=subject._meta.label_lower if subject is not None else "",
        subject_id=str(subject.pk) if subject is not None else "",
        facts=facts,
        previous=tail.hash,
    )
    entry.hash = chain.digest(entry)
    entry.save(force_insert=True)
    Tail.objects.filter(pk=1).update(number=entry.number, hash=entry.hash)
    return entry


def verify() -> list[chain.Fault]:
    """Return where the log is not whole; an empty list says that it is."""
    tail = Tail.objects.get(pk=1)
    entries = Entry.objects.order_by("number").iterator(chunk_size=5000)
    return chain.faults(entries, anchors=chain.anchors_in(anchor_folder()), last=tail.number)


def anchor(today: date | None = None) -> Path | None:
    """Write the end of the chain to the day's file outside the database, and return the file."""
    tail = Tail.objects.get(pk=1)
    if tail.number == 0:
        return None
    file = anchor_folder() / f"{today or timezone.localdate()}.txt"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"{tail.number} {tail.hash}\n", encoding="utf-8")
    return file


def anchor_now() -> None:
    """Write today's end of the chain down: the nightly job."""
    anchor()


def anchor_folder() -> Path:
    """Return where the day's ends of the chain are written down."""
    return Path(settings.LYKTA_DIR) / "anchors"
