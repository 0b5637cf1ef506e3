"""Reading the register of places in: a new row for each place that is new, or said otherwise."""

import hashlib
import math
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from django.utils import timezone

from lykta.domain.places import rules
from lykta.domain.places.arrays import SWEREF_99_TM
from lykta.domain.places.models import CHANGE, PLACE_AREAS, Place
from lykta.domain.places.rules import PlaceKind
from lykta.domain.places.selectors.placing import borders, or_none
from lykta.domain.places.services.planning import plan_of
from lykta.domain.places.services.wanted import Rejected
from lykta.infrastructure.imports.doors import BadOption
from lykta.infrastructure.imports.models import Run
from lykta.infrastructure.imports.plans import Change, Importer, Plan
from lykta.sources import reading
from lykta.sources.records import PlaceRecords, RowError

# What is compared with what is known, and how the reader of a trial is told that it differs.
_COMPARED = {
    "name": "namn",
    "kind": "slag",
    "aliases": "andra namn",
    "is_dwelling": "bostad",
    "is_ended": "upphört",
}
# Nearer than this is the same point: degrees with seven decimals and metres with one differ less.
_SAME_POINT_M = 0.1


def plan(path: Path, options: dict[str, Any]) -> Plan:
    """Return what a file of places would change."""
    records = reading.read_places(
        path,
        mapping=options.get("mapping"),
        crs=options.get("crs"),
        metric_crs=SWEREF_99_TM,
    )
    known = {row.code: row for row in Place.objects.latest()}
    borders_now = borders(date.fromisoformat(options["read_on"]))
    placed = [or_none(ids) for ids in borders_now.place(records.x_m, records.y_m)]
    is_outside = borders_now.is_outside(records.x_m, records.y_m)
    changes, rejected, n_unchanged, n_outside = [], list(records.errors), 0, 0
    for place, row in enumerate(records.rows.tolist()):
        if is_outside[place]:
            n_outside += 1
            continue
        try:
            values = _values(records, place, options)
        except Rejected as why:
            rejected.append(RowError(row, why.field, why.value, why.reason))
            continue
        before = known.get(values["code"])
        what = _differences(before, values)
        if before is not None and not what:
            n_unchanged += 1
            continue
        values |= {f"{name}_id": ids[place] for name, ids in zip(PLACE_AREAS, placed, strict=True)}
        changes.append(
            Change(values["name"], is_new=before is None, what=what, row=row, values=values)
        )
    return plan_of(
        records.passport,
        changes=changes,
        n_unchanged=n_unchanged,
        rejected=rejected,
        n_outside=n_outside,
    )


def write(run: Run, changes: Sequence[Change]) -> None:
    """Write one batch of places, unseen until the run is done."""
    now = timezone.now()
    Place.objects.bulk_create(
        Place(run=run, recorded_at=now, recorded_by_id=run.started_by_id, **change.values)
        for change in changes
    )


def withdraw(run: Run) -> None:
    """Take away the places of a run."""
    Place.objects.filter(run=run).delete()


PLACES = Importer(
    right=CHANGE,
    options=frozenset({"place_kind", "valid_from", "is_ended", "crs", "mapping"}),
    plan=plan,
    write=write,
    withdraw=withdraw,
    columns=reading.columns_of,
    cells=reading.cells_of,
)


def _values(records: PlaceRecords, place: int, options: dict[str, Any]) -> dict[str, Any]:
    kind, name = _kind(records.kinds[place], options), records.names[place]
    return {
        "code": records.codes[place] or _digest(kind, name),
        "name": name,
        "kind": kind,
        "aliases": list(records.aliases[place]),
        "is_dwelling": records.is_dwelling[place],
        "is_ended": bool(options.get("is_ended")),
        "valid_from": records.valid_from[place] or _day(options),
        "x_m": round(float(records.x_m[place]), 2),
        "y_m": round(float(records.y_m[place]), 2),
        "lon": round(float(records.lon[place]), 7),
        "lat": round(float(records.lat[place]), 7),
    }


def _kind(word: str, options: dict[str, Any]) -> PlaceKind:
    kind = rules.place_kind_of(word or options.get("place_kind", ""))
    if kind is None and word:
        allowed = ", ".join(rules.SWEDISH_PLACE_KINDS.values())
        raise Rejected("slag", word, f"Slaget är okänt. Välj bland {allowed}.")
    if kind is None:
        raise Rejected("slag", "", "Slag av plats saknas. Ange det i filen eller med --kind.")
    return kind


def _digest(kind: PlaceKind, name: str) -> str:
    """Return a code that stays the same while a place moves or gets other names."""
    return hashlib.sha256(f"{kind}\n{name.casefold()}".encode()).hexdigest()[:20]


def _day(options: dict[str, Any]) -> date:
    said = options.get("valid_from") or options["read_on"]
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise BadOption(f"Dagen ”{said}” går inte att läsa. Skriv den som 2020-01-01.") from None


def _differences(before: Place | None, values: dict[str, Any]) -> tuple[str, ...]:
    if before is None:
        return ()
    what = tuple(word for name, word in _COMPARED.items() if getattr(before, name) != values[name])
    apart = math.hypot(before.x_m - values["x_m"], before.y_m - values["y_m"])
    return (*what, "läge") if apart > _SAME_POINT_M else what
