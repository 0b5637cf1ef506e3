"""Placing events again, by the borders that are known now."""

from django.db import transaction
from django.utils import timezone

from lykta.domain.events.models import Event
from lykta.domain.places import selectors as places
from lykta.domain.places import services as placing
from lykta.infrastructure.columns import services as columns
from lykta.infrastructure.jobs import enqueue

_BATCH = 5_000


def place_later() -> None:
    """Let a worker place the events again; called when borders have been read in."""
    if Event.objects.exists():
        enqueue("lykta.domain.events.tasks.place_again")


def place_again() -> int:
    """Place every event that has a point by today's borders, and return how many were moved."""
    known, n_moved = places.borders(timezone.localdate()), 0
    rows = Event.objects.current().filter(x_m__isnull=False)
    last = 0
    while batch := list(rows.filter(pk__gt=last).order_by("pk")[:_BATCH]):
        last = batch[-1].pk
        moved = placing.moved(batch, known)
        n_moved += len(moved)
        if moved:
            with transaction.atomic():
                Event.objects.bulk_update(moved, ["area", "listed_area", "local_area"])
                columns.touch("events", {str(each.first_day.year) for each in moved})
    return n_moved
