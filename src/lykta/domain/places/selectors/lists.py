"""Which areas stand on the list of the police, and have stood."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from lykta.domain.places import rules
from lykta.domain.places.models import READ, Classification, ListEdition
from lykta.domain.places.rules import Classifier, ListedCount
from lykta.infrastructure.access import Reach, require


@dataclass(frozen=True, slots=True)
class ListYear:
    """One list year for one area, beside what the whole list holds."""

    year: int
    entries: tuple[Classification, ...]  # more than one where the area has been divided
    edition: ListEdition | None
    is_technical: bool  # the country's total rose because areas were divided


@dataclass(frozen=True, slots=True)
class ListSummary:
    """One list: how many of our areas stand on it, beside how many in the country."""

    year: int
    count: ListedCount | None  # None: nothing is known of our areas on this list
    edition: ListEdition | None
    is_technical: bool  # ours rose only because areas were divided


def listed(reach: Reach, *, as_of: date) -> ListedCount:
    """Return how many areas stand on the list of the police that held on a day."""
    require(reach, READ)
    return rules.listed_count(_entries(reach), as_of=as_of)


def summaries(reach: Reach, *, as_of: date) -> list[ListSummary]:
    """Return every list up to a day: how many of our areas, how many in the country."""
    require(reach, READ)
    known = {year: row for year, row in editions().items() if row.holds_from <= as_of}
    entries = [entry for entry in _entries(reach) if entry.holds_from <= as_of]
    counts = {
        entry.list_year: rules.listed_count(
            (each for each in entries if each.list_year <= entry.list_year), as_of=as_of
        )
        for entry in entries
    }
    before: ListedCount | None = None
    found = []
    for year in sorted({*known, *counts}):
        now = counts.get(year)
        is_technical = bool(now and before and rules.is_technical(before, now))
        found.append(ListSummary(year, now, known.get(year), is_technical))
        before = now or before
    return found


def editions() -> dict[int, ListEdition]:
    """Return what is known of the whole list of the police, by list year."""
    found = ListEdition.objects.latest().filter(classifier=Classifier.POLICE)
    return {edition.list_year: edition for edition in found}


def classifications(reach: Reach) -> QuerySet[Classification]:
    """Return what the lists of the police say of the areas within reach, list by list."""
    rows = Classification.objects.visible_to(reach).latest()
    return rows.filter(classifier=Classifier.POLICE).order_by("list_year", "label")


def current(reach: Reach, *, as_of: date) -> dict[int, Classification]:
    """Return what the list that held on a day says, by area."""
    rows = [row for row in classifications(reach) if row.holds_from <= as_of]
    latest = max((row.list_year for row in rows), default=None)
    return {row.area_id: row for row in rows if row.list_year == latest}


def years_of(reach: Reach, area_id: int, *, as_of: date) -> list[ListYear]:
    """Return every list up to a day, with what it says of one area; nothing where it is silent."""
    known = editions()
    rows = [row for row in classifications(reach) if row.holds_from <= as_of]
    mine = [row for row in rows if row.area_id == area_id]
    if not mine:
        return []
    years = sorted(
        {row.list_year for row in rows}
        | {year for year, edition in known.items() if edition.holds_from <= as_of}
    )
    return [
        ListYear(
            year=year,
            entries=tuple(row for row in mine if row.list_year == year),
            edition=known.get(year),
            is_technical=bool(known.get(year) and known[year].n_split),
        )
        for year in years
    ]


def _entries(reach: Reach) -> list[rules.Entry]:
    return [
        rules.Entry(
            list_year=row.list_year,
            holds_from=row.holds_from,
            label=row.label,
            listed=rules.Listed(row.listed),
            split_from=tuple(row.split_from),
        )
        for row in classifications(reach)
    ]
