"""Reading events in: a new row for each that is new, or said differently than before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, overload

import numpy as np
from django.conf import settings
from django.utils import timezone
from numpy.typing import NDArray

from lykta.domain.events import rules
from lykta.domain.events.models import CHANGE, Category, Event, Source
from lykta.domain.events.services.categories import LONGEST, known_words, named, new_code, plain
from lykta.domain.events.services.keys import Keys, Texts, keys_of
from lykta.domain.places import selectors as places
from lykta.domain.places.rules import Kind
from lykta.domain.places.selectors import NOWHERE, Ids
from lykta.infrastructure.access import SYSTEM
from lykta.infrastructure.columns import services as columns
from lykta.infrastructure.imports.doors import BadOption
from lykta.infrastructure.imports.models import Run
from lykta.infrastructure.imports.plans import Change, Importer, Plan
from lykta.sources import reading
from lykta.sources.coordinates import SWEREF_99_TM
from lykta.sources.layouts import TABLE
from lykta.sources.records import EventRecords, Passport

_MIDNIGHT, _LAST_SECOND = 0, 86_399
_ROWS_AT_ONCE = 20_000
MOST_NAMED = 8


@dataclass(frozen=True, slots=True)
class File:
    """A file of events, and what was found of each of its rows."""

    records: EventRecords
    keys: Keys
    source: str
    reliability: str
    area: Ids
    listed_area: Ids
    local_area: Ids
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    before: NDArray[np.int64]  # pk of the row that holds now, -1 for none
    order: NDArray[np.int64]  # places of the rows to write, in the order of the file


class Changes(Sequence[Change]):
    """The changes of a file, each made when it is asked for."""

    def __init__(self, file: File) -> None:
        self.file = file

    def __len__(self) -> int:
        return len(self.file.order)

    @overload
    def __getitem__(self, which: int) -> Change: ...
    @overload
    def __getitem__(self, which: slice) -> Sequence[Change]: ...
    def __getitem__(self, which: int | slice) -> Change | Sequence[Change]:
        if isinstance(which, int):
            return self[which : which + 1 or None][0]
        return _changes(self.file, self.file.order[which])


def plan(path: Path, options: dict[str, Any]) -> Plan:
    """Return what a file of events would change."""
    read_on = date.fromisoformat(options["read_on"])
    reliability = _reliability(options)
    records = reading.read_events(
        [path],
        mapping=options.get("mapping"),
        crs=options.get("crs"),
        metric_crs=SWEREF_99_TM,
        today=read_on,
        is_keyed=True,
    )
    source = _source(options.get("source"), records.passport)
    is_ours, placed = _placed(records, read_on)
    keys = keys_of(
        records, categories=_category_codes(records), said_areas=_said_areas(records, placed)
    )
    before, is_known = _before(source, keys)
    is_wanted = is_ours & ~is_known
    file = File(
        records=records,
        keys=keys,
        source=source,
        reliability=reliability,
        **placed,
        before=before,
        order=np.flatnonzero(is_wanted),
    )
    passport = records.passport
    return Plan(
        n_read=passport.n_read,
        changes=Changes(file),
        n_added=int(np.count_nonzero(is_wanted & (before < 0))),
        n_unchanged=int(np.count_nonzero(is_ours & is_known)),
        rejected=records.errors,
        n_rejected=passport.n_rejected,
        n_outside=int(np.count_nonzero(~is_ours)),
        notes=(*passport.notes, *_notes(file, is_ours)),
        mapping=passport.mapping,
        kept_columns=tuple(passport.mapping.values()) if passport.layout == TABLE else (),
    )


def write(run: Run, changes: Sequence[Change]) -> None:
    """Write one batch of events, unseen until the run is done."""
    first = changes[0].values
    source, _is_new = Source.objects.get_or_create(
        name=first["source"], defaults={**first["about"], "run": run}
    )
    words = {change.values["word"] for change in changes if change.values["word"]}
    categories: dict[str, Category] = named(sorted(words), run=run)
    now = timezone.now()
    Event.objects.bulk_create(
        Event(
            source=source,
            category=categories.get(change.values["word"]),
            run=run,
            recorded_at=now,
            **change.values["fields"],
        )
        for change in changes
    )
    replaced = [change.values["before"] for change in changes if not change.is_new]
    Event.objects.filter(pk__in=replaced).update(replaced_by=run)


def finish(run: Run, plan: Plan) -> None:
    """Say which years have changed, so that the columns are brought in step."""
    assert isinstance(plan.changes, Changes)  # noqa: S101 - made by `plan` above
    file = plan.changes.file
    written = file.records.starts_at[file.order].astype("datetime64[Y]")
    replaced = Event.objects.filter(replaced_by=run).order_by()
    years = {str(year) for year in np.unique(written)}
    years |= {str(year) for year in replaced.values_list("first_day__year", flat=True).distinct()}
    if years:
        columns.touch("events", years)


def withdraw(run: Run) -> None:
    """Take away the events of a run, some at a time: others are not kept waiting."""
    replaced, written = Event.objects.filter(replaced_by=run), Event.objects.filter(run=run)
    while keys := list(replaced.values_list("pk", flat=True)[:_ROWS_AT_ONCE]):
        Event.objects.filter(pk__in=keys).update(replaced_by=None)
    while keys := list(written.values_list("pk", flat=True)[:_ROWS_AT_ONCE]):
        Event.objects.filter(pk__in=keys)._raw_delete("default")
    Source.objects.filter(run=run).exclude(pk__in=Event.objects.values("source")).delete()
    Category.objects.filter(run=run, children=None).exclude(
        pk__in=Event.objects.filter(category__isnull=False).values("category")
    ).delete()


EVENTS = Importer(
    right=CHANGE,
    options=frozenset({"mapping", "crs", "source", "reliability"}),
    plan=plan,
    write=write,
    finish=finish,
    withdraw=withdraw,
    columns=reading.columns_of,
    cells=reading.cells_of,
)


def _source(said: str | None, passport: Passport) -> str:
    unsaid = passport.source if passport.source != "okänd" else settings.INSTALLATION.name
    source = said or unsaid
    if len(source) > LONGEST:
        raise BadOption(f"Källans namn är längre än {LONGEST} tecken; korta det.")
    return source


def _reliability(options: dict[str, Any]) -> str:
    said = options.get("reliability") or rules.Reliability.REGISTERED.value
    if said not in set(rules.Reliability):
        allowed = ", ".join(rules.Reliability)
        raise BadOption(f"Tillförlitligheten ”{said}” finns inte. Välj bland {allowed}.")
    return str(said)


def _before(source: str, keys: Keys) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Return the row that holds now of each event, and whether it says the same."""
    rows = Event.objects.current().filter(source__name=source)
    known = {key: (pk, digest) for pk, key, digest in rows.values_list("pk", "key", "digest")}
    nothing = (-1, "")
    found = [known.get(key, nothing) for key in keys.key]
    before = np.array([pk for pk, _ in found], np.int64)
    same = [digest == own for (_, digest), own in zip(found, keys.digest, strict=True)]
    return before, np.array(same, bool)


def _placed(records: EventRecords, on: date) -> tuple[NDArray[np.bool_], dict[str, Any]]:
    """Return which events concern us, and in which areas each lies."""
    known = places.borders(on)
    by_word, is_elsewhere = _areas_of_words(records.area_codes)
    lon, lat = records.degrees()
    has_point = ~np.isnan(records.x_m)
    part, listed, local = known.place(records.x_m, records.y_m)
    said = {kind: ids[records.area] for kind, ids in by_word.items()}
    is_ours = np.where(
        has_point,
        ~known.is_outside(records.x_m, records.y_m),
        ~is_elsewhere[records.area],
    )
    return is_ours, {
        "area": np.where(has_point & (part >= 0), part, said["area"]),
        "listed_area": np.where(has_point, listed, said["listed_area"]),
        "local_area": np.where(has_point, local, said["local_area"]),
        "lon": lon,
        "lat": lat,
    }


def _said_areas(records: EventRecords, placed: dict[str, Any]) -> Ids:
    """Return the area that each row names, where it has no point that says more."""
    said = np.where(placed["area"] >= 0, placed["area"], placed["listed_area"])
    said = np.where(said >= 0, said, placed["local_area"])
    return np.where(np.isnan(records.x_m), said, NOWHERE)


def _category_codes(records: EventRecords) -> Texts:
    """Return the code of each event's category; of a new one, what its code will be."""
    known = known_words()
    codes = [
        known[plain(word)].code if plain(word) in known else new_code(word)
        for word in records.categories
    ]
    found: Texts = np.array([*codes, ""], dtype=object)[records.category]
    return found


def _areas_of_words(words: tuple[str, ...]) -> tuple[dict[str, Ids], NDArray[np.bool_]]:
    """Return the area that each word means, by where it is kept, and which lie elsewhere.

    The last entry of each is for no word.
    """
    codes = places.codes(SYSTEM)
    by_word = {plain(area.name): area for area in codes.values()}
    by_word |= {plain(code): area for code, area in codes.items()}
    root = next((a.code for a in codes.values() if a.kind == Kind.MUNICIPALITY), "")
    found = {name: np.full(len(words) + 1, NOWHERE, np.int64) for name in _KEPT_IN.values()}
    elsewhere = np.zeros(len(words) + 1, bool)
    for place, word in enumerate(words):
        area = by_word.get(plain(word))
        if area is not None:
            found[_KEPT_IN[Kind(area.kind)]][place] = area.pk
        elsewhere[place] = area is None and _is_of_another(word, root)
    return found, elsewhere


_KEPT_IN = dict.fromkeys(Kind, "area") | {
    Kind.LISTED: "listed_area",
    Kind.LOCAL: "local_area",
}


def _is_of_another(word: str, root: str) -> bool:
    """Return whether a word is the code of a county, or begins with another municipality's."""
    digits = word[:4]
    if len(word) == 2 and word.isdecimal():
        return True
    return bool(root) and len(digits) == 4 and digits.isdecimal() and digits != root


def _notes(file: File, is_ours: NDArray[np.bool_]) -> list[str]:
    notes = []
    if not file.keys.is_lasting:
        notes.append(
            "Raderna har inget id. Rättas en rad i källan läses den in som en ny händelse, "
            "och den gamla står kvar."
        )
    known = known_words()
    new = sorted(word for word in file.records.categories if plain(word) not in known)
    if new:
        shown = ", ".join(new[:MOST_NAMED]) + (" …" if len(new) > MOST_NAMED else "")
        notes.append(f"Kategorier som inte fanns förut läggs till: {shown}.")
    nowhere = (file.area < 0) & (file.listed_area < 0) & (file.local_area < 0) & is_ours
    if n := int(np.count_nonzero(nowhere)):
        notes.append(f"{n} rader ligger inte i något område; de räknas bara för hela kommunen.")
    return notes


def _changes(file: File, places_: NDArray[np.int64]) -> list[Change]:
    """Return the changes of some rows."""
    records, about = file.records, _about(file.records.passport)
    words = np.array([*records.categories, ""], dtype=object)[records.category[places_]]
    rows = records.rows if records.rows is not None else np.arange(len(file.before)) + 1
    fields = _fields(file, places_)
    names = list(fields)
    return [
        Change(
            key=f"{when} {word}".strip(),
            is_new=before < 0,
            what=() if before < 0 else ("uppgifterna",),
            row=row,
            values={
                "source": file.source,
                "about": about,
                "word": word,
                "before": before,
                "fields": dict(zip(names, values, strict=True)),
            },
        )
        for before, row, word, when, values in zip(
            file.before[places_].tolist(),
            rows[places_].tolist(),
            words.tolist(),
            records.starts_at[places_].astype("datetime64[D]").astype(str).tolist(),
            zip(*fields.values(), strict=True),
            strict=True,
        )
    ]


def _about(passport: Passport) -> dict[str, Any]:
    return {
        "noun": passport.noun,
        "has_rates": passport.has_rates,
        "notes": [note for note in passport.notes if not note[:1].isdecimal()],
    }


def _fields(file: File, at: NDArray[np.int64]) -> dict[str, list[Any]]:
    """Return the fields of some events, each a list."""
    records = file.records
    starts, ends = (
        each[at].astype("datetime64[s]") for each in (records.starts_at, records.ends_at)
    )
    first_day, last_day = (each.astype("datetime64[D]") for each in (starts, ends))
    first, last = (
        (each - day).astype(np.int64) for each, day in ((starts, first_day), (ends, last_day))
    )
    is_by_day = (first == _MIDNIGHT) & (last == _LAST_SECOND)
    return {
        "key": file.keys.key[at].tolist(),
        "digest": file.keys.digest[at].tolist(),
        "first_day": first_day.tolist(),
        "last_day": last_day.tolist(),
        "first_minute": _unless(is_by_day, first // 60),
        "last_minute": _unless(is_by_day, last // 60),
        **{
            name: _unless(np.isnan(values[at]), np.round(values[at], digits))
            for name, values, digits in (
                ("x_m", records.x_m, 2),
                ("y_m", records.y_m, 2),
                ("lon", file.lon, 7),
                ("lat", file.lat, 7),
            )
        },
        **{
            f"{name}_id": _unless(ids[at] == NOWHERE, ids[at])
            for name, ids in (
                ("area", file.area),
                ("listed_area", file.listed_area),
                ("local_area", file.local_area),
            )
        },
        "count": records.count[at].tolist(),
        "withheld": records.withheld[at].tolist(),
        "reliability": [file.reliability] * len(at),
    }


def _unless(is_missing: NDArray[np.bool_], values: NDArray[Any]) -> list[Any]:
    """Return values as a list, None where they are missing."""
    found = values.astype(object)
    found[is_missing] = None
    return list(found)
