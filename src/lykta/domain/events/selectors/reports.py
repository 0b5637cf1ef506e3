"""Reading reports: one's own, all for the co-ordination function, and those much like another."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

import numpy as np
from django.db.models import Count, Max, Prefetch, Q
from django.shortcuts import get_object_or_404
from django.utils import timezone

from lykta.domain.events.models import (
    Category,
    Claim,
    Event,
    Photo,
    Question,
    QuietWeek,
    Report,
    ReportQuerySet,
)
from lykta.domain.events.rules import NEAR_DAYS, NEAR_M, Channel, State, clock, monday_of
from lykta.domain.events.selectors.choices import category_state
from lykta.domain.places import selectors as places
from lykta.domain.places.selectors import PlaceRow
from lykta.infrastructure.access import Reach
from lykta.infrastructure.calendars import midnight
from lykta.sources.coordinates import DEGREES, SWEREF_99_TM, transform

# A category stays among the first for as long as it has been used in the last months.
RECENT = timedelta(days=120)
MOST_SIMILAR = 3
_SEEN_BY_ALL = (State.ACCEPTED, State.IN_PICTURE, State.CLOSED)


RELATED = ("category", "category__parent", "place", "organisation", "area")


@dataclass(frozen=True, slots=True)
class Similar:
    """What has been reported before, so much as the reader may know of it."""

    key: UUID
    category: Category
    place: str
    first_day: date
    clock: str  # "" where only the day is known
    description: str  # "" where it is another organisation's
    photo: int | None


def reports(reach: Reach) -> ReportQuerySet:
    """Return the reports within reach, the newest first."""
    rows = Report.objects.visible_to(reach).select_related(*RELATED)
    return rows.order_by("-received_at", "-pk")


def report(reach: Reach, key: UUID) -> Report:
    """Return one report, or refuse as if it did not exist."""
    related = ("event", "same_as", "merged_into", "part_of", "unit", "handler")
    return get_object_or_404(reports(reach).select_related(*related), key=key)


def parts_of(reach: Reach, row: Report) -> ReportQuerySet:
    """Return the other reports that one was split with, and the first, within reach."""
    first = row.part_of_id or row.pk
    rows = reports(reach).filter(Q(part_of=first) | Q(pk=first)).exclude(pk=row.pk)
    return rows.order_by("pk")


def common_categories(
    reach: Reach, organisation: int | None, *, today: date, at_most: int = 6
) -> list[int]:
    """Return the categories that an organisation reports most, most first; else those known of.

    As they were reported before today, so that their order is the same all day. What the reader
    may not know to be reported must not change their order either.
    """
    return list(_common_categories(reach.shared, organisation, today, at_most, category_state()))


@lru_cache(maxsize=1_000)
def _common_categories(
    reach: Reach, organisation: int | None, today: date, at_most: int, _known: object
) -> tuple[int, ...]:
    recent = Q(
        first_day__gte=today - RECENT,
        received_at__lt=midnight(today),
        category__is_ended=False,
        category__is_stopped=False,
    )
    own = Report.objects.visible_to(reach).filter(organisation=organisation)
    for rows in (own.filter(recent), _known_to(reach).filter(recent)):
        ranked = rows.values("category").annotate(n=Count("pk")).order_by("-n", "category")
        found = tuple(row["category"] for row in ranked[:at_most])
        if len(found) == at_most:
            return found
    return found


def last_place(reach: Reach) -> Report | None:
    """Return the last report of a reader that said where, for `same place as last time`."""
    rows = Report.objects.filter(reporter=reach.user).select_related("place")
    return rows.exclude(place=None, place_text="").order_by("-received_at").first()


def choosable() -> list[Category]:
    """Return the categories that may be reported, each with what is asked about it now."""
    asked = Question.objects.aggregate(pk=Max("pk"))["pk"]
    return list(_choosable(category_state(), asked))


@lru_cache(maxsize=4)
def _choosable(_categories: object, _questions: object) -> tuple[Category, ...]:
    """Return the same: whoever reports is asked them, and they seldom change."""
    asked = Prefetch("questions", Question.objects.current())
    return tuple(Category.objects.filter(is_ended=False).prefetch_related(asked))


def families() -> list[tuple[Category, int]]:
    """Return every category with what is asked about it, each under its parent, and its depth."""
    asked = Prefetch("questions", Question.objects.current())
    rows = list(Category.objects.prefetch_related(asked))
    return [
        pair
        for root in rows
        if root.parent_id is None
        for pair in [(root, 0), *((row, 1) for row in rows if row.parent_id == root.pk)]
    ]


def answered(report: Report) -> list[tuple[str, str]]:
    """Return the questions that a report answered and its answers, as they read then."""
    rows = Question.objects.in_bulk([int(key) for key in report.answers])
    return [
        (row.text_now, row.choice_now(report.answers[str(pk)]))
        for pk, row in sorted(rows.items(), key=lambda each: each[1].order)
    ]


def similar(
    reach: Reach, category: Category, *, first_day: date, last_day: date,
    place: PlaceRow | None = None, lon: float | None = None, lat: float | None = None,
) -> list[Similar]:  # fmt: skip
    """Return up to three reports of the same kind, near in place and time.

    Of others' reports only what is accepted is told, and never what they wrote.
    """
    near = _near(place, lon, lat)
    if near is None:
        return []
    kinds = {category.pk, category.parent_id or category.pk}
    rows = _known_to(reach).filter(
        near,
        Q(category__in=kinds) | Q(category__parent__in=kinds),
        first_day__gte=first_day - timedelta(days=NEAR_DAYS),
        first_day__lte=last_day + timedelta(days=NEAR_DAYS),
    )
    rows = rows.select_related("category", "place").order_by("-first_day", "-first_minute")
    found = list(rows[:MOST_SIMILAR])
    own = Report.objects.visible_to(reach).filter(pk__in=[row.pk for row in found])
    mine = set(own.values_list("pk", flat=True))
    return [_similar(row, is_own=row.pk in mine) for row in found]


def repeated(reach: Reach, key: UUID) -> Report | None:
    """Return the report that another may be said to repeat; None where there is none so."""
    return _known_to(reach).filter(key=key).first()


def by_code(code: str) -> Report | None:
    """Return the report that a resident's code leads to; None where no code is so."""
    rows = Report.objects.filter(claim__digest=Claim.digest_of(code), channel=Channel.PUBLIC_FORM)
    return rows.select_related("category", "place").first()


def is_quiet(organisation: int, *, today: date) -> bool:
    """Return whether an organisation has said that it has nothing to tell of this week."""
    return QuietWeek.objects.filter(organisation=organisation, monday=monday_of(today)).exists()


def _known_to(reach: Reach) -> ReportQuerySet:
    """Return the reports that a reader may know to exist: accepted ones, and those within reach.

    What was accepted beyond reach is not told, nor to residents what of a dwelling: anyone could
    ask about every address.
    """
    own = Report.objects.visible_to(reach).values("pk")
    seen = Q(place=None) | Q(place__in=places.within_reach(reach))
    if reach == places.RESIDENT:
        seen &= ~Q(place__is_dwelling=True)
    else:  # a point or words have an area too, and what is counted says who may know of it
        seen &= Q(event__in=Event.objects.visible_to(reach).values("pk"))
    rows = Report.objects.filter((Q(state__in=_SEEN_BY_ALL) & seen) | Q(pk__in=own))
    return rows.exclude(state__in=(State.REJECTED, State.ERASED))


def _near(place: PlaceRow | None, lon: float | None, lat: float | None) -> Q | None:
    x, y, same = None, None, Q(pk__in=())
    if place is not None:
        held = places.whereabouts(place.id)
        x, y, same = held["x_m"], held["y_m"], Q(place__code=place.code)
    elif lon is not None and lat is not None:
        moved = transform(np.array([lon]), np.array([lat]), DEGREES, SWEREF_99_TM)
        x, y = (float(each[0]) for each in moved)
    if x is None or y is None:
        return same if place is not None else None
    box = Q(x_m__range=(x - NEAR_M, x + NEAR_M), y_m__range=(y - NEAR_M, y + NEAR_M))
    return same | box


def _similar(row: Report, *, is_own: bool) -> Similar:
    place = row.place.name if row.place else row.place_text if is_own else ""
    photo = row.photos.values_list("pk", flat=True).first() if is_own else None
    return Similar(
        row.key, row.category, place, row.first_day, clock(row.first_minute),
        row.description if is_own else "", photo,
    )  # fmt: skip


REPORT_COLUMNS = (
    "id", "läge", "kategori", "dag", "till dag", "klockan", "till klockan", "plats", "område",
    "organisation", "beskrivning", "hur det är känt", "allvar", "mottagen",
)  # fmt: skip


def report_rows(reach: Reach) -> Iterator[tuple[Any, ...]]:
    """Yield the reports within reach as rows, in the order of the columns."""
    for row in reports(reach).iterator(chunk_size=2000):
        yield (
            row.key,
            row.get_state_display(),
            row.category.name_now,
            row.first_day,
            row.last_day,
            clock(row.first_minute),
            clock(row.last_minute),
            row.place.name if row.place else _harmless(row.place_text),
            row.area.name if row.area else "",
            row.organisation.name if row.organisation else "",
            _harmless(row.description),
            row.get_basis_display(),
            row.severity or "",
            f"{timezone.localtime(row.received_at):%Y-%m-%d %H:%M}",
        )


def photo(reach: Reach, pk: int) -> Photo:
    """Return a photo of a report within reach, or refuse as if it did not exist."""
    seen = Report.objects.visible_to(reach)
    return get_object_or_404(Photo.objects.filter(report__in=seen), pk=pk)


def _harmless(text: str) -> str:
    """Return a text that no program for tables takes for a formula."""
    return f"'{text}" if text[:1] in tuple("=+-@\t\r") else text


def search_reports(reach: Reach, text: str, *, at_most: int = 20) -> list[Report]:
    """Return the reports within reach that say a text, the newest first."""
    if not text.strip():
        return []
    said = Q(description__mentions=text) | Q(place_text__mentions=text)
    return list(reports(reach).filter(said)[:at_most])


def from_area(reach: Reach, areas: Iterable[int], area: int) -> ReportQuerySet:
    """Return the reports within reach from an area, given the parts that it holds."""
    inside = Q(area__in=list(areas)) | Q(listed_area=area) | Q(local_area=area)
    return reports(reach).filter(inside)
