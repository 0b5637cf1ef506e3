"""Placing again what was placed by other borders than those that are known now."""

from collections.abc import Sequence
from datetime import date
from typing import Any, TypeVar

import numpy as np
from django.utils import timezone

from lykta.domain.places.models import PLACE_AREAS, Place
from lykta.domain.places.selectors.placing import Borders, borders, or_none
from lykta.infrastructure.jobs import enqueue

# Anything with a point in metres and the three fields of areas.
Row = TypeVar("Row", bound=Any)


def moved(rows: Sequence[Row], known: Borders) -> list[Row]:
    """Return those of the rows that lie in other areas now, with these areas set but not saved."""
    x, y = (np.array([getattr(row, name) for row in rows], float) for name in ("x_m", "y_m"))
    found = (or_none(ids) for ids in known.place(x, y))
    fields = [f"{name}_id" for name in PLACE_AREAS]
    changed = []
    for row, *ids in zip(rows, *found, strict=True):
        if [getattr(row, field) for field in fields] != ids:
            for field, key in zip(fields, ids, strict=True):
                setattr(row, field, key)
            changed.append(row)
    return changed


def place_later() -> None:
    """Let a worker place the register of places again; called when borders have been read in."""
    if Place.objects.exists():
        enqueue("lykta.domain.places.tasks.place_again")


def place_again(*, today: date) -> int:
    """Add a row for each place that lies in other areas today, and return how many there are."""
    rows = moved(list(Place.objects.held(today)), borders(today))
    now = timezone.now()
    for row in rows:
        row.pk, row.run, row.recorded_by = None, None, None
        row.valid_from, row.recorded_at = today, now
    Place.objects.bulk_create(rows)
    return len(rows)
