"""Reading areas in: a new version of each area that differs from what held."""

from collections.abc import Sequence
from dataclasses import asdict
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Subquery
from django.utils import timezone

from lykta.domain.places.arrays import SWEREF_99_TM, Border, polygon_of
from lykta.domain.places.models import CHANGE, Area, AreaVersion
from lykta.domain.places.rules import BorderOrigin, Kind
from lykta.domain.places.services.known import Known, known_areas
from lykta.domain.places.services.planning import plan_of
from lykta.domain.places.services.wanted import File, Rejected, Wanted, wanted
from lykta.infrastructure.errors import LyktaError
from lykta.infrastructure.imports.models import Run
from lykta.infrastructure.imports.plans import Change, Importer, Plan
from lykta.sources import reading
from lykta.sources.records import RowError

# What is compared with what held, and how the reader of a trial is told that it differs.
_COMPARED = {
    "name": "namn",
    "parent": "ingår i",
    "border_sha256": "gräns",
    "border_origin": "gränsens ursprung",
    "border_note": "gränsens anmärkning",
    "is_ended": "upphört",
}


# What is said of a version through other tables.
_NOT_STORED = ("code", "kind", "parent")


class AreasInCircle(LyktaError):
    """Areas that are part of one another."""

    code = "areas-in-circle"


def plan(path: Path, options: dict[str, Any]) -> Plan:
    """Return what a file of areas would change."""
    records = reading.read_areas(
        path,
        mapping=options.get("mapping"),
        crs=options.get("crs"),
        metric_crs=SWEREF_99_TM,
    )
    file = File(records, options, known_areas())
    file.check()
    municipality = polygon_of(file.known.border) if file.known.border else None
    changes, rejected, n_unchanged, n_outside = [], list(records.errors), 0, 0
    for place, code in enumerate(records.codes):
        try:
            area = wanted(file, place)
        except Rejected as why:
            row = int(records.rows[place])
            rejected.append(RowError(row, why.field, why.value or code, why.reason))
            continue
        if _is_outside(area, municipality):
            n_outside += 1
        elif change := _change(area, file.known):
            changes.append(change)
        else:
            n_unchanged += 1
    return plan_of(
        records.passport,
        changes=parents_first(changes, file.known),
        n_unchanged=n_unchanged,
        rejected=rejected,
        n_outside=n_outside,
    )


def write(run: Run, changes: Sequence[Change]) -> None:
    """Write one batch of versions, unseen until the run is done."""
    now = timezone.now()
    wanted_areas = [Area(code=c.key, kind=c.values["kind"], name=c.values["name"]) for c in changes]
    Area.objects.bulk_create(wanted_areas, ignore_conflicts=True)
    codes = {c.key for c in changes} | {c.values["parent"] for c in changes}
    areas = {area.code: area for area in Area.objects.filter(code__in=codes)}
    AreaVersion.objects.bulk_create(
        AreaVersion(
            area=areas[change.key],
            parent=areas.get(change.values["parent"]),
            recorded_at=now,
            recorded_by_id=run.started_by_id,
            run=run,
            **{name: change.values[name] for name in change.values if name not in _NOT_STORED},
        )
        for change in changes
    )


def finish(run: Run, _plan: Plan) -> None:
    """Let each area have the name of its latest version."""
    latest = (
        AreaVersion.objects.filter(area=OuterRef("pk"))
        .order_by("-valid_from", "-id")
        .values("name")[:1]
    )
    Area.objects.filter(versions__run=run).update(name=Subquery(latest))


def withdraw(run: Run) -> None:
    """Take away the versions of a run, and the areas that have no other."""
    AreaVersion.objects.filter(run=run).delete()
    versions = AreaVersion.objects.filter(area=OuterRef("pk"))
    Area.objects.filter(~Exists(versions)).delete()


AREAS = Importer(
    right=CHANGE,
    options=frozenset(
        {"kind", "valid_from", "is_ended", "border_origin", "border_note", "crs", "mapping"}
    ),
    plan=plan,
    write=write,
    finish=finish,
    withdraw=withdraw,
    columns=reading.columns_of,
)


def parents_first(changes: Sequence[Change], known: Known) -> list[Change]:
    """Return the changes with each parent before its children, or raise where they go in a circle.

    The circle may be closed by an area that the file does not name.
    """
    parents = {code: (area.parent.code if area.parent else "") for code, area in known.present()}
    parents |= {change.key: change.values["parent"] for change in changes}
    try:
        order = list(
            TopologicalSorter({c: [p] if p else [] for c, p in parents.items()}).static_order()
        )
    except CycleError as error:
        circle = ", ".join(error.args[1][:-1])
        raise AreasInCircle(
            f"Områdena {circle} ingår i varandra. Rätta vad de ingår i, och läs in filen igen."
        ) from None
    place = {code: number for number, code in enumerate(order)}
    return sorted(changes, key=lambda change: place[change.key])


def _is_outside(area: Wanted, municipality: Any) -> bool:
    import shapely

    if area.kind is Kind.MUNICIPALITY:
        return area.code != settings.INSTALLATION.code
    if municipality is None or area.border is None:
        return False
    return not municipality.contains(shapely.Point(area.border.x_m, area.border.y_m))


def _change(area: Wanted, known: Known) -> Change | None:
    held = known.held(area.code, area.valid_from)
    values = _values(area, held)
    if held is None:
        is_new = area.code not in known.areas
        return Change(area.code, is_new=is_new, what=(), row=area.row, values=values)
    before = {name: getattr(held, name) for name in _COMPARED}
    before["parent"] = held.parent.code if held.parent else ""
    what = tuple(word for name, word in _COMPARED.items() if before[name] != values[name])
    if not what:
        return None
    return Change(area.code, is_new=False, what=what, row=area.row, values=values)


def _values(area: Wanted, held: AreaVersion | None) -> dict[str, Any]:
    border = asdict(area.border) if area.border else _border_of(held)
    origin = area.border_origin or (held.border_origin if held else BorderOrigin.NONE)
    keeps_note = area.border is None and held is not None and not area.border_note
    return {
        "code": area.code,
        "kind": area.kind,
        "name": area.name,
        "parent": area.parent,
        "valid_from": area.valid_from,
        "border_origin": origin if border["border"] else BorderOrigin.NONE,
        "border_note": held.border_note if keeps_note and held else area.border_note,
        "is_ended": area.is_ended,
        **border,
    }


def _border_of(held: AreaVersion | None) -> dict[str, Any]:
    names = Border.__dataclass_fields__
    empty: dict[str, Any] = dict.fromkeys(names) | {"border": "", "border_sha256": ""}
    return {name: getattr(held, name) for name in names} if held else empty
