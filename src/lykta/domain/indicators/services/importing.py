"""Reading observations in: a new row where a value differs from what is known."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.utils import timezone

from lykta.domain.indicators import rules
from lykta.domain.indicators.models import Indicator, Observation
from lykta.domain.indicators.rules import Basis
from lykta.domain.indicators.services.reading_in import (
    CHANGE,
    FETCHED,
    OPTIONS,
    check_options,
)
from lykta.domain.indicators.services.wanted import (
    Rejected,
    Wanted,
    described,
    refuse_other_kind,
    refuse_repeated,
    wanted,
)
from lykta.domain.places import selectors as places
from lykta.domain.places.rules import SWEDISH_KINDS, Kind
from lykta.infrastructure.access import SYSTEM, Confidentiality
from lykta.infrastructure.audit import services as audit
from lykta.infrastructure.imports.models import Run
from lykta.infrastructure.imports.plans import Change, Importer, Plan, lengths_of, too_long
from lykta.sources import reading
from lykta.sources.records import RowError

# What is compared with what is known, and how the reader of a trial is told that it differs.
_VALUE = {
    "value": "värde",
    "status": "status",
    "low": "undre",
    "high": "övre",
    "n": "n",
    "source": "källa",
}
_SERIES = {
    "title": "titel",
    "definition": "definition",
    "unit": "enhet",
    "dataset": "datamängd",
    "theme": "tema",
    "basis": "räknar",
}
_DESCRIBED = (*_SERIES, "is_rare")
_LENGTHS = lengths_of(Indicator, Observation)
_KEY = ("indicator__code", "geo_code", "geo_version", "period", "sex")
Known = Mapping[str, Mapping[str, Any]]


def plan(path: Path, options: dict[str, Any]) -> Plan:
    """Return what a file of observations would change."""
    check_options(options)
    records = reading.read_observations(path, known_titles=options.get("titles"))
    found, rejected, n_outside = _accepted(records.observations, options)
    changes = [*_descriptions(found, _described())]
    before = _values({each.code for each in found})
    n_unchanged = 0
    for each in found:
        held = before.get(each.key)
        what = _differences(held, each.value, _VALUE)
        if held is not None and not what:
            n_unchanged += 1
            continue
        key = f"{each.series['title'] or each.code} {each.value['geo_code']} {each.value['period']}"
        values = {"series": dict(each.series), "value": dict(each.value)}
        changes.append(Change(key, is_new=held is None, what=what, row=each.row, values=values))
    return Plan(
        n_read=records.passport.n_read,
        changes=tuple(changes),
        n_added=sum(change.is_new for change in changes),
        n_unchanged=n_unchanged,
        rejected=sorted([*records.errors, *rejected], key=lambda error: error.row),
        n_outside=n_outside,
        notes=records.passport.notes,
    )


def write(run: Run, changes: Sequence[Change]) -> None:
    """Write one batch of values, unseen until the run is done."""
    now = timezone.now()
    level = run.options.get("confidentiality", Confidentiality.PUBLIC)
    rows = [change.values for change in changes if change.values["value"]]
    new = {
        row["series"]["code"]: Indicator(confidentiality=level, **described(row["series"]))
        for row in rows
    }
    Indicator.objects.bulk_create(new.values(), ignore_conflicts=True)
    codes = {row["series"]["code"] for row in rows}
    series = {each.code: each for each in Indicator.objects.filter(code__in=codes)}
    Observation.objects.bulk_create(
        [
            Observation(
                indicator=series[row["series"]["code"]],
                recorded_at=now,
                recorded_by_id=run.started_by_id,
                run=run,
                **row["value"],
            )
            for row in rows
        ]
    )


def finish(run: Run, plan: Plan) -> None:
    """Let each series be described as the file says; what it said before stays in the log."""
    for change in plan.changes:
        if change.values["value"]:
            continue
        wanted_now = {name: change.values["series"][name] for name in _SERIES}
        row = Indicator.objects.get(code=change.values["series"]["code"])
        before = {name: getattr(row, name) for name in _SERIES}
        Indicator.objects.filter(pk=row.pk).update(**wanted_now)
        audit.record(
            "indicator.described",
            actor=run.started_by_id,
            subject=row,
            before={name: old for name, old in before.items() if old != wanted_now[name]},
        )


def withdraw(run: Run) -> None:
    """Take away the values of a run, and the series that have no other."""
    Observation.objects.filter(run=run).delete()
    values = Observation.objects.filter(indicator=OuterRef("pk"))
    Indicator.objects.filter(~Exists(values)).delete()


OBSERVATIONS = Importer(
    right=CHANGE,
    options=OPTIONS | FETCHED,
    plan=plan,
    write=write,
    finish=finish,
    withdraw=withdraw,
    cells=reading.cells_of,
)


def _accepted(
    observations: Iterable[Any], options: Mapping[str, Any]
) -> tuple[list[Wanted], list[RowError], int]:
    """Return the rows that can be used, those that cannot, and how many concern others."""
    ours, known = _kinds_of_areas(), _described()
    found: dict[tuple[str, ...], Wanted] = {}
    rejected: list[RowError] = []
    n_outside = 0
    for each in observations:
        if not rules.concerns(each.geo_code, municipality=settings.INSTALLATION.code):
            n_outside += 1
            continue
        try:
            row = wanted(each, options, ours)
            if why_long := too_long({**row.series, **row.value}, _LENGTHS):
                raise Rejected(*why_long)
            refuse_repeated(row, found)
            refuse_other_kind(row, known.get(row.code))
        except Rejected as why:
            rejected.append(RowError(each.row, why.field, why.value[:200], why.reason))
            continue
        found[row.key] = row
        # What the first row says a series is, the others in the file must say too.
        known.setdefault(row.code, row.series)
    return list(found.values()), rejected, n_outside


def _kinds_of_areas() -> dict[str, str]:
    return {code: SWEDISH_KINDS[Kind(area.kind)] for code, area in places.codes(SYSTEM).items()}


def _described() -> dict[str, Mapping[str, Any]]:
    """Return what is known of each series that has values, by its code."""
    rows = Indicator.objects.visible_to(SYSTEM).values("code", *_DESCRIBED)
    return {row["code"]: row for row in rows}


def _values(codes: set[str]) -> dict[tuple[str, ...], Mapping[str, Any]]:
    rows = Observation.objects.latest().filter(indicator__code__in=codes)
    return {tuple(row[name] for name in _KEY): row for row in rows.values(*_KEY, *_VALUE)}


def _descriptions(found: Sequence[Wanted], known: Known) -> Iterable[Change]:
    """Yield a change for each known series that the file describes otherwise, by its last row."""
    for code, each in {row.code: row for row in found}.items():
        before = known.get(code)
        if before is None:
            continue
        said = {name: each.series[name] or before[name] for name in _SERIES}
        if said["basis"] == Basis.OTHER:
            said["basis"] = before["basis"]
        if what := _differences(before, said, _SERIES):
            values = {"series": {**each.series, **said}, "value": None}
            yield Change(said["title"], is_new=False, what=what, row=each.row, values=values)


def _differences(
    before: Mapping[str, Any] | None, now: Mapping[str, Any], words: Mapping[str, str]
) -> tuple[str, ...]:
    if before is None:
        return ()
    return tuple(word for name, word in words.items() if before[name] != now[name])
