"""Reading the register of places in: a new row for each that is new, or said differently."""

import hashlib
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from django.db import transaction
from django.utils import timezone

from lykta.domain.places import rules
from lykta.domain.places.arrays import SWEREF_99_TM
from lykta.domain.places.models import CHANGE, Place
from lykta.domain.places.selectors import NOWHERE, Borders, borders
from lykta.domain.places.services.planning import plan_of
from lykta.infrastructure.imports.models import Run
from lykta.infrastructure.imports.plans import Change, Importer, Plan
from lykta.infrastructure.jobs import enqueue
from lykta.sources import reading
from lykta.sources.records import PlaceRecords

# What is compared with what held, and how the reader of a trial is told that it differs.
_COMPARED = {
    "name": "namn",
    "kind": "slag",
    "aliases": "andra namn",
    "x_m": "punkt",
    "y_m": "punkt",
    "is_dwelling": "bostad",
    "is_ended": "upphört",
}
_AREAS = ("area_id", "listed_area_id", "local_area_id")


def plan(path: Path, options: dict[str, Any]) -> Plan:
    """Return what a register of places would change."""
    records = reading.read_places(
        path,
        mapping=options.get("mapping"),
        crs=options.get("crs"),
        metric_crs=SWEREF_99_TM,
    )
    drawn = borders(date.fromisoformat(options["read_on"]))
    is_outside = drawn.is_outside(records.x_m, records.y_m)
    lies_in = _areas(drawn, records.x_m, records.y_m)
    known = {row.code: row for row in Place.objects.current()}
    changes, n_unchanged = [], 0
    for place in np.flatnonzero(~is_outside).tolist():
        values = _values(records, place)
        before = known.get(values["code"])
        what = _differences(before, values)
        if before is not None and not what:
            n_unchanged += 1
            continue
        values |= {"before": before.pk if before else None} | lies_in[place]
        row = int(records.rows[place])
        changes.append(
            Change(values["name"], is_new=before is None, what=what, row=row, values=values)
        )
    return plan_of(
        records.passport,
        changes=changes,
        n_unchanged=n_unchanged,
        rejected=records.errors,
        n_outside=int(is_outside.sum()),
    )


def write(run: Run, changes: Sequence[Change]) -> None:
    """Write one batch of places, unseen until the run is done."""
    now = timezone.now()
    Place.objects.bulk_create(
        Place(
            run=run,
            recorded_at=now,
            **{name: value for name, value in change.values.items() if name != "before"},
        )
        for change in changes
    )
    replaced = [change.values["before"] for change in changes if not change.is_new]
    Place.objects.filter(pk__in=replaced).update(replaced_by=run)


def withdraw(run: Run) -> None:
    """Take away the places of a run."""
    Place.objects.filter(replaced_by=run).update(replaced_by=None)
    Place.objects.filter(run=run).delete()


PLACES = Importer(
    right=CHANGE,
    options=frozenset({"mapping", "crs"}),
    plan=plan,
    write=write,
    withdraw=withdraw,
    columns=reading.columns_of,
    cells=reading.cells_of,
)


def place_later() -> None:
    """Let a worker place the register again; called when borders have been read in."""
    if Place.objects.exists():
        enqueue("lykta.domain.places.tasks.place_again")


@transaction.atomic
def place_again() -> int:
    """Say of every place in which areas it lies by today's borders; return how many were moved."""
    rows = list(Place.objects.current())
    x, y = (np.array([getattr(row, name) for row in rows], float) for name in ("x_m", "y_m"))
    moved = []
    for row, areas in zip(rows, _areas(borders(timezone.localdate()), x, y), strict=True):
        if any(getattr(row, name) != areas[name] for name in _AREAS):
            for name in _AREAS:
                setattr(row, name, areas[name])
            moved.append(row)
    Place.objects.bulk_update(moved, [name.removesuffix("_id") for name in _AREAS])
    return len(moved)


def _areas(drawn: Borders, x: Any, y: Any) -> list[dict[str, int | None]]:
    """Return in which areas each point lies."""
    found = zip(*(ids.tolist() for ids in drawn.place(x, y)), strict=True)
    return [
        {name: None if key == NOWHERE else key for name, key in zip(_AREAS, keys, strict=True)}
        for keys in found
    ]


def _values(records: PlaceRecords, place: int) -> dict[str, Any]:
    x, y = (round(float(values[place]), 2) for values in (records.x_m, records.y_m))
    name = records.names[place]
    return {
        "code": records.codes[place] or _digest(name, x, y),
        "name": name,
        "kind": rules.place_kind(records.kinds[place]).value,
        "aliases": list(records.aliases[place]),
        "x_m": x,
        "y_m": y,
        "lon": round(float(records.lon[place]), 7),
        "lat": round(float(records.lat[place]), 7),
        "is_dwelling": records.is_dwelling[place],
        "is_ended": records.is_ended[place],
    }


def _digest(name: str, x: float, y: float) -> str:
    """Return what a place without a code is known by: its name and its point."""
    said = f"{name.casefold()}|{x:.0f}|{y:.0f}"
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def _differences(before: Place | None, values: dict[str, Any]) -> tuple[str, ...]:
    if before is None:
        return ()
    changed = (word for name, word in _COMPARED.items() if getattr(before, name) != values[name])
    return tuple(dict.fromkeys(changed))
