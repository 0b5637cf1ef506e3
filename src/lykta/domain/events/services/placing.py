"""In which areas events lie, by the borders that are known now."""

from collections.abc import Sequence

import numpy as np
from django.db import transaction
from django.utils import timezone
from numpy.typing import NDArray

from lykta.domain.events.models import Event
from lykta.domain.places.selectors import NOWHERE, Borders, borders
from lykta.infrastructure.columns import services as columns
from lykta.infrastructure.jobs import enqueue

Ids = NDArray[np.int64]
_BATCH = 5_000


def place_later() -> None:
    """Let a worker place the events again; called when borders have been read in."""
    if Event.objects.exists():
        enqueue("lykta.domain.events.tasks.place_again")


def place_again() -> int:
    """Place every event that has a point by today's borders, and return how many were moved."""
    known, n_moved = borders(timezone.localdate()), 0
    rows = Event.objects.current().filter(x_m__isnull=False)
    last = 0
    while batch := list(rows.filter(pk__gt=last).order_by("pk")[:_BATCH]):
        last = batch[-1].pk
        n_moved += _moved(batch, known)
    return n_moved


def _moved(batch: Sequence[Event], known: Borders) -> int:
    """Write the new areas of some events, and return how many had others."""
    x, y = (np.array([getattr(each, name) for each in batch], float) for name in ("x_m", "y_m"))
    found = [_nullable(ids) for ids in known.place(x, y)]
    moved = []
    for event, *ids in zip(batch, *found, strict=True):
        if [event.area_id, event.listed_area_id, event.local_area_id] != ids:
            event.area_id, event.listed_area_id, event.local_area_id = ids
            moved.append(event)
    if moved:
        with transaction.atomic():
            Event.objects.bulk_update(moved, ["area", "listed_area", "local_area"])
            columns.touch("events", {str(each.first_day.year) for each in moved})
    return len(moved)


def _nullable(ids: Ids) -> list[int | None]:
    return [None if each == NOWHERE else each for each in ids.tolist()]
