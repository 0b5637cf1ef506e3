"""Reading population in: a new figure where one differs from what is known."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from django.utils import timezone

from lykta.domain.places import selectors
from lykta.domain.places.models import CHANGE, Area, Population
from lykta.domain.places.rules import Kind
from lykta.domain.places.services.planning import plan_of
from lykta.infrastructure.access import SYSTEM
from lykta.infrastructure.errors import LyktaError
from lykta.infrastructure.imports.models import Run
from lykta.infrastructure.imports.plans import Change, Importer, Plan
from lykta.sources import reading
from lykta.sources.records import PopulationRecords, RowError


class NoCodes(LyktaError):
    """The population is given as points, and belongs to no area."""

    code = "population-as-points"


def plan(path: Path, options: dict[str, Any]) -> Plan:
    """Return what a file of population would change."""
    records = reading.read_population(path, mapping=options.get("mapping"), every_year=True)
    if not any(records.codes):
        raise NoCodes(
            "Filen har folkmängd för punkter. Läs in en fil med områdets kod på varje rad."
        )
    areas = selectors.codes(SYSTEM)
    known = {(row.area_id, row.year): row for row in Population.objects.latest()}
    changes, rejected, n_unchanged, n_outside = [], list(records.errors), 0, 0
    for place, code in enumerate(records.codes):
        year = int(records.years[place]) or int(options.get("year") or 0)
        row = int(records.rows[place])
        if code not in areas and _is_elsewhere(code, areas):
            n_outside += 1
            continue
        if code not in areas:
            reason = "Området finns inte. Läs in det med lykta import areas, eller rätta koden."
            rejected.append(RowError(row, "område", code, reason))
            continue
        if not year:
            reason = "Året saknas. Lägg till en kolumn med år, eller ange --year."
            rejected.append(RowError(row, "år", "", reason))
            continue
        values = _values(records, place, year, options) | {"area": areas[code]}
        before = known.get((areas[code].pk, year))
        what = _differences(before, values)
        if before is not None and not what:
            n_unchanged += 1
            continue
        key = f"{areas[code].name} {year}"
        changes.append(Change(key, is_new=before is None, what=what, row=row, values=values))
    return plan_of(
        records.passport,
        changes=changes,
        n_unchanged=n_unchanged,
        rejected=rejected,
        n_outside=n_outside,
    )


def write(run: Run, changes: Sequence[Change]) -> None:
    """Write one batch of figures, unseen until the run is done."""
    now = timezone.now()
    Population.objects.bulk_create(
        [
            Population(run=run, recorded_at=now, recorded_by_id=run.started_by_id, **change.values)
            for change in changes
        ]
    )


def withdraw(run: Run) -> None:
    """Take away the figures of a run."""
    Population.objects.filter(run=run).delete()


POPULATION = Importer(
    right=CHANGE,
    options=frozenset({"year", "source", "is_preliminary", "mapping"}),
    plan=plan,
    write=write,
    withdraw=withdraw,
    columns=reading.columns_of,
    cells=reading.cells_of,
)


def _is_elsewhere(code: str, areas: Mapping[str, Area]) -> bool:
    """Return whether a code of Statistics Sweden belongs to another municipality."""
    root = next((each.code for each in areas.values() if each.kind == Kind.MUNICIPALITY), "")
    return code[:4].isdecimal() and bool(root) and code[:4] != root


def _values(
    records: PopulationRecords, place: int, year: int, options: dict[str, Any]
) -> dict[str, Any]:
    return {
        "year": year,
        "inhabitants": round(float(records.population[place])),
        "source": records.origins[place] or options.get("source") or records.passport.source,
        "retrieved": records.fetched[place] or options["read_on"],
        "is_preliminary": bool(options.get("is_preliminary")),
    }


def _differences(before: Population | None, values: dict[str, Any]) -> tuple[str, ...]:
    if before is None:
        return ()
    words = {"inhabitants": "folkmängd", "source": "källa", "is_preliminary": "preliminär"}
    return tuple(word for name, word in words.items() if getattr(before, name) != values[name])
