"""Reading in lists: which areas stand on them, and how many there are in the country."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from django.utils import timezone

from lykta.domain.places import selectors
from lykta.domain.places.models import CHANGE, Area, Classification, ListEdition
from lykta.domain.places.rules import Classifier, Kind
from lykta.domain.places.services.planning import plan_of
from lykta.infrastructure.access import SYSTEM
from lykta.infrastructure.imports.models import Run, complete
from lykta.infrastructure.imports.plans import Change, Importer, Plan
from lykta.sources import reading
from lykta.sources.records import Edition, Listing, RowError

_WORDS = {
    "holds_from": "gäller från",
    "published": "publicerad",
    "listed": "på listan",
    "level": "nivå",
    "split_from": "delat från",
    "certainty": "säkerhet",
    "source": "belägg",
    "note": "anmärkning",
    "total": "antal områden",
    "specially_vulnerable": "särskilt utsatta",
    "risk_areas": "riskområden",
    "vulnerable": "utsatta",
    "n_split": "delade",
}
_UNKNOWN_AREA = (
    "Området finns inte bland kommunens områden. Läs in det med lykta import areas först, "
    "eller rätta namnet."
)


def plan_listings(path: Path, options: dict[str, Any]) -> Plan:
    """Return what a list of the police would change."""
    records = reading.read_listings(
        path, mapping=options.get("mapping"), list_year=options.get("list_year")
    )
    by_code, by_name = _areas()
    is_national = records.passport.layout == "police-vulnerable-areas"
    known = {
        (row.area_id, row.list_year, row.label): row
        for row in Classification.objects.filter(complete(), classifier=Classifier.POLICE).order_by(
            "id"
        )
    }
    changes, rejected, n_unchanged, n_outside = [], list(records.errors), 0, 0
    for listing in records.listings:
        area = _area_of(listing, by_code, by_name)
        if area is None and is_national:
            n_outside += 1
        elif area is None:
            rejected.append(RowError(listing.row, "område", listing.label, _UNKNOWN_AREA))
        else:
            before = known.get((area.pk, listing.list_year, listing.label))
            change = _change(_listing_values(listing, area), before, listing.label, listing.row)
            n_unchanged += change is None
            changes += [change] if change else []
    return plan_of(
        records.passport,
        changes=changes,
        n_unchanged=n_unchanged,
        rejected=rejected,
        n_outside=n_outside,
    )


def plan_editions(path: Path, options: dict[str, Any]) -> Plan:
    """Return what a table of whole lists would change."""
    records = reading.read_editions(path, mapping=options.get("mapping"))
    known = selectors.editions()
    found = [
        _change(
            _edition_values(edition),
            known.get(edition.list_year),
            str(edition.list_year),
            edition.row,
        )
        for edition in records.editions
    ]
    return plan_of(
        records.passport,
        changes=(change for change in found if change),
        n_unchanged=found.count(None),
        rejected=records.errors,
    )


def write_listings(run: Run, changes: Sequence[Change]) -> None:
    """Write one batch of classifications, unseen until the run is done."""
    now = timezone.now()
    Classification.objects.bulk_create(
        [
            Classification(
                run=run, recorded_at=now, recorded_by_id=run.started_by_id, **change.values
            )
            for change in changes
        ]
    )


def write_editions(run: Run, changes: Sequence[Change]) -> None:
    """Write one batch of editions, unseen until the run is done."""
    now = timezone.now()
    ListEdition.objects.bulk_create(
        [ListEdition(run=run, recorded_at=now, **change.values) for change in changes]
    )


LISTINGS = Importer(
    right=CHANGE,
    options=frozenset({"list_year", "mapping"}),
    plan=plan_listings,
    write=write_listings,
    withdraw=lambda run: Classification.objects.filter(run=run).delete() and None,
    columns=reading.columns_of,
    cells=reading.cells_of,
)
EDITIONS = Importer(
    right=CHANGE,
    options=frozenset({"mapping"}),
    plan=plan_editions,
    write=write_editions,
    withdraw=lambda run: ListEdition.objects.filter(run=run).delete() and None,
    columns=reading.columns_of,
    cells=reading.cells_of,
)


def _areas() -> tuple[dict[str, Area], dict[str, Area]]:
    """Return the areas by code and by name; of two with one name the listed kind goes first."""
    by_code = selectors.codes(SYSTEM)
    ordered = sorted(by_code.values(), key=lambda area: area.kind == Kind.LISTED)
    return by_code, {_plain(area.name): area for area in ordered}


def _area_of(
    listing: Listing, by_code: Mapping[str, Area], by_name: Mapping[str, Area]
) -> Area | None:
    """Return the area that a row is about; a code that is only where it lies says nothing."""
    coded = by_code.get(listing.area_code)
    if coded and (coded.kind == Kind.LISTED or _plain(coded.name) == _plain(listing.label)):
        named = by_name.get(_plain(listing.label))
        return coded if coded.kind == Kind.LISTED else named or coded
    return by_name.get(_plain(listing.label))


def _plain(label: str) -> str:
    """Return a name without what differs between two ways to write it."""
    return "".join(label.casefold().split())


def _change(values: Mapping[str, Any], before: Any | None, key: str, row: int) -> Change | None:
    if before is None:
        return Change(key, is_new=True, what=(), row=row, values=values)
    what = tuple(
        word
        for name, word in _WORDS.items()
        if name in values and getattr(before, name) != values[name]
    )
    return Change(key, is_new=False, what=what, row=row, values=values) if what else None


def _listing_values(listing: Listing, area: Area) -> dict[str, Any]:
    return {
        "area": area,
        "classifier": Classifier.POLICE,
        "list_year": listing.list_year,
        "holds_from": listing.published,
        "published": _as_known(listing),
        "label": listing.label,
        "listed": listing.listed.value,
        "level": listing.level.value,
        "split_from": list(listing.split_from),
        "certainty": listing.certainty,
        "source": listing.source,
        "note": listing.note,
    }


def _edition_values(edition: Edition) -> dict[str, Any]:
    return {
        "classifier": Classifier.POLICE,
        "list_year": edition.list_year,
        "holds_from": edition.published,
        "published": _as_known(edition),
        "total": edition.total,
        "specially_vulnerable": edition.specially_vulnerable,
        "risk_areas": edition.risk_areas,
        "vulnerable": edition.vulnerable,
        "n_split": edition.n_split,
        "certainty": edition.certainty,
        "source": edition.source,
        "note": edition.note,
    }


def _as_known(row: Listing | Edition) -> str:
    """Return the day of publication as exactly as it is known: "2021-10", "" for the year only."""
    length = {"day": 10, "month": 7}.get(row.published_precision, 0)
    return str(row.published)[:length]
