"""In which areas events lie, by the borders that are known now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from django.db import transaction
from django.utils import timezone
from numpy.typing import NDArray

from lykta.analysis.geometry import AreaIndex, area_index, assign_areas
from lykta.domain.events.models import Event
from lykta.domain.places import selectors as places
from lykta.domain.places.rules import Kind
from lykta.infrastructure.access import SYSTEM
from lykta.infrastructure.columns import services as columns
from lykta.infrastructure.jobs import enqueue

Floats = NDArray[np.float64]
Ids = NDArray[np.int64]
NOWHERE = -1
# The parts of the municipality, the smallest first; where one kind has a gap the next is asked.
PARTS = (Kind.DESO, Kind.REGSO, Kind.DISTRICT, Kind.MUNICIPALITY)
_BATCH = 5_000


@dataclass(frozen=True, slots=True)
class Layer:
    """The areas of one kind that have a border."""

    ids: Ids
    index: AreaIndex

    def at(self, x_m: Floats, y_m: Floats) -> Ids:
        """Return the id of the area that holds each point, `NOWHERE` for none."""
        found = assign_areas(x_m, y_m, self.index).area
        return np.append(self.ids, NOWHERE)[found]


@dataclass(frozen=True, slots=True)
class Borders:
    """Every border that events are placed by."""

    parts: tuple[Layer, ...]
    listed: Layer | None
    local: Layer | None
    municipality: Layer | None

    def place(self, x_m: Floats, y_m: Floats) -> tuple[Ids, Ids, Ids]:
        """Return the part, the listed and the local area that hold each point."""
        part = np.full(len(x_m), NOWHERE, np.int64)
        for layer in self.parts:
            open_ = np.flatnonzero(part == NOWHERE)
            if not len(open_):
                break
            part[open_] = layer.at(x_m[open_], y_m[open_])
        nowhere = np.full(len(x_m), NOWHERE, np.int64)
        listed = nowhere if self.listed is None else self.listed.at(x_m, y_m)
        local = nowhere if self.local is None else self.local.at(x_m, y_m)
        return part, listed, local

    def is_outside(self, x_m: Floats, y_m: Floats) -> NDArray[np.bool_]:
        """Return which points lie outside the municipality; none where its border is not known."""
        known = ~np.isnan(x_m)
        if self.municipality is None:
            return np.zeros(len(x_m), bool)
        return known & (self.municipality.at(x_m, y_m) == NOWHERE)


def borders(on: date) -> Borders:
    """Return the borders that hold on a day."""
    shapes = places.shapes(SYSTEM, as_of=on)
    layers = {kind: _layer(shapes.get(kind, [])) for kind in Kind}
    return Borders(
        parts=tuple(layer for kind in PARTS if (layer := layers[kind])),
        listed=layers[Kind.LISTED],
        local=layers[Kind.LOCAL],
        municipality=layers[Kind.MUNICIPALITY],
    )


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


def _layer(shapes: Sequence[tuple[int, Any]]) -> Layer | None:
    if not shapes:
        return None
    polygons = np.array([shape for _, shape in shapes], dtype=object)
    return Layer(np.array([key for key, _ in shapes], np.int64), area_index(polygons))
