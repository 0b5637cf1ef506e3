"""Reading the offices: function, leading body, efforts and assignments, as they are on a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any, TypeVar

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from lykta.domain.partners import words
from lykta.domain.partners.models import (
    Agreement,
    Assignment,
    CoordinationFunction,
    Effort,
    LeadBody,
    Noted,
)
from lykta.domain.partners.rules import (
    FEWEST_COUNCIL_MEETINGS,
    READ_COOPERATION,
    Lack,
    NoteState,
    OrganisationKind,
    a_year_before,
)
from lykta.domain.partners.selectors.council import (
    council,
    council_meetings_held,
    without_leaders,
)
from lykta.infrastructure.access import SYSTEM, Reach

Row = TypeVar("Row", bound=Noted)


@dataclass(frozen=True, slots=True)
class Version:
    """One row of a history: from when until when it held, or what became of it instead."""

    row: Noted
    from_day: date
    until: date | None  # None: until further notice
    state: NoteState

    def holds(self, on: date) -> bool:
        """Return whether it holds on a day."""
        is_ended = self.until is not None and self.until < on
        return self.state is NoteState.STANDS and self.from_day <= on and not is_ended


@dataclass(frozen=True, slots=True)
class Lacking:
    """One thing that the law asks for and that there is not."""

    lack: Lack
    sentence: str
    page: str  # the name of its address


def coordination_function(reach: Reach, *, on: date) -> CoordinationFunction | None:
    """Return the function of a day, None where there is none (C16)."""
    rows = CoordinationFunction.objects.visible_to(reach).standing().filter(starts_on__lte=on)
    row: CoordinationFunction | None = rows.order_by("starts_on", "pk").last()
    return None if row is None or row.is_ended else row


def contact_point(*, on: date) -> str:
    """Return how anyone reaches the function on a day, "" where there is none: it is for all."""
    row = coordination_function(SYSTEM, on=on)
    return row.contact if row else ""


def lead_body(reach: Reach, *, on: date) -> LeadBody | None:
    """Return the body that leads on a day, None where none is noted (C18)."""
    rows = LeadBody.objects.visible_to(reach).standing().filter(starts_on__lte=on)
    row: LeadBody | None = rows.order_by("starts_on", "pk").last()
    return row


def efforts(reach: Reach, *, on: date) -> QuerySet[Effort]:
    """Return what had been done for agreements up to a day, the latest first."""
    rows: QuerySet[Effort] = Effort.objects.visible_to(reach).standing().filter(day__lte=on)
    return rows.select_related("organisation").order_by("-day", "-pk")


def recent_efforts(reach: Reach, *, on: date, kind: OrganisationKind) -> QuerySet[Effort]:
    """Return what was done in a year up to a day towards a kind of organisation (C10)."""
    return efforts(reach, on=on).filter(organisation__kind=kind, day__gte=a_year_before(on))


def assignments(reach: Reach, *, on: date) -> list[Assignment]:
    """Return the assignments that are held on a day, each as it is held then."""
    rows = [
        version.row for versions in timelines(reach) for version in versions if version.holds(on)
    ]
    return [row for row in rows if isinstance(row, Assignment)]


def timelines(reach: Reach) -> list[list[Version]]:
    """Return the history of each assignment, the latest first."""
    rows = Assignment.objects.visible_to(reach)
    rows = rows.select_related("given_by", "held_by", "recorded_by").order_by("pk")
    chains = groupby(sorted(rows, key=lambda row: row.chain), key=lambda row: row.chain)
    return [found for _key, chain in chains if (found := history(list(chain)))]


def noted(reach: Reach, table: type[Row], pk: int) -> Row:
    """Return one row that stands, or refuse as if it did not exist."""
    rows: Any = table.objects.visible_to(reach).standing()
    found: Row = get_object_or_404(rows, pk=pk)
    return found


def all_noted(reach: Reach, table: type[Row]) -> list[Row]:
    """Return every row of a table in the order they were told, what was put right included."""
    rows: Any = table.objects.visible_to(reach)
    return list(rows.select_related("recorded_by").order_by("pk"))


def history(rows: Sequence[Noted], *, is_one_line: bool = True) -> list[Version]:
    """Return rows with their times, the latest first; in one line each ends where the next begins.

    A row that only takes another back is not shown: the one that it takes back says so.
    """
    became = {
        row.serializable_value("replaces"): NoteState.WITHDRAWN
        if row.is_void
        else NoteState.CORRECTED
        for row in rows
    }
    told = (row for row in rows if not row.is_void)
    found: list[Version] = []
    after: date | None = None
    for row in sorted(told, key=lambda row: (row.begins, row.pk), reverse=True):
        until: date | None = getattr(row, "ends_on", None)
        state = became.get(row.pk, NoteState.STANDS)
        if is_one_line and after and state is NoteState.STANDS:
            before = after - timedelta(days=1)
            until = min(until, before) if until else before
            state = NoteState.OVERTAKEN if until < row.begins else state
        if state is NoteState.STANDS:
            after = row.begins
        found.append(Version(row, row.begins, until, state))
    return found


def lacks(reach: Reach, *, on: date) -> list[Lack]:
    """Return what a day lacks of what 9–13 §§ ask for; nothing to those who may not read."""
    if not reach.may(READ_COOPERATION):
        return []
    held = council(reach, on=on)
    found = {
        Lack.FUNCTION: coordination_function(reach, on=on) is None,
        Lack.LEAD_BODY: lead_body(reach, on=on) is None,
        Lack.COUNCIL: held is None,
        Lack.LEADERSHIP: held is not None and not held.is_led_by_the_municipality,
        Lack.LEADERS: held is not None and bool(without_leaders(reach, on=on)),
        Lack.MEETINGS: held is not None
        and council_meetings_held(reach, on=on).count() < FEWEST_COUNCIL_MEETINGS,
        Lack.POLICE: not _is_tried_with_the_police(reach, on=on),
    }
    return [lack for lack, is_missing in found.items() if is_missing]


def lacking(reach: Reach, *, on: date) -> list[Lacking]:
    """Return what a day lacks in sentences, each with the page where it is put right."""
    missing = lacks(reach, on=on)
    return [
        Lacking(lack, str(words.LACKING[lack]), f"cooperation:{words.LACKING_PAGES[lack]}")
        for lack in missing
    ]


def search_assignments(reach: Reach, text: str, *, on: date) -> list[Assignment]:
    """Return the assignments of a day whose name holds a text."""
    if not text.strip():
        return []
    named = Assignment.objects.filter(title__mentions=text).values_list("pk", flat=True)
    return [row for row in assignments(reach, on=on) if row.pk in set(named)]


def _is_tried_with_the_police(reach: Reach, *, on: date) -> bool:
    kind = OrganisationKind.POLICE
    agreed = Agreement.objects.in_force(on).filter(parties__kind=kind)
    return agreed.exists() or recent_efforts(reach, on=on, kind=kind).exists()
