"""Meetings, decisions and actions, always for someone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, QuerySet
from django.shortcuts import get_object_or_404

from lykta.domain.events import selectors as events
from lykta.domain.meetings.models import (
    DO,
    HOLD,
    READ,
    Action,
    Decision,
    Meeting,
)
from lykta.domain.meetings.models.actions import ActionQuerySet
from lykta.domain.meetings.rules import ActionState, Week
from lykta.domain.partners import selectors as partners
from lykta.infrastructure.access import Reach

# A meeting that nobody has closed is still told of for so long.
NOT_CLOSED = timedelta(weeks=2)


@dataclass(frozen=True, slots=True)
class Stood:
    """How an action stands, for one reader on one day."""

    row: Action
    days_late: int
    may_change: bool


@dataclass(frozen=True, slots=True)
class Present:
    """An organisation, and whether it was at a meeting."""

    key: int
    name: str
    is_present: bool


def meetings(reach: Reach) -> QuerySet[Meeting]:
    """Return the meetings, to those who may read of them; the latest first."""
    rows = Meeting.objects.select_related("closed_by")
    return rows if reach.is_system or reach.may(READ) else rows.none()


def meeting(reach: Reach, week: Week) -> Meeting:
    """Return the meeting of a week, or refuse as if it did not exist."""
    return get_object_or_404(meetings(reach), monday=week.monday)


def meeting_of(reach: Reach, week: Week) -> Meeting | None:
    """Return the meeting of a week, None where none is planned."""
    return meetings(reach).filter(monday=week.monday).first()


def coming(reach: Reach, *, today: date, at_most: int = 3) -> list[Meeting]:
    """Return the meetings that are to be held, or have not been closed, the next first."""
    since = today - NOT_CLOSED
    rows = meetings(reach).filter(closed_at=None, begins_at__date__gte=since)
    return list(rows.order_by("begins_at")[:at_most])


def attendance(meeting: Meeting, *, on: date) -> list[Present]:
    """Return every organisation that might come, and which did."""
    present = set(meeting.attendance.values_list("organisation_id", flat=True))
    return [
        Present(key, name, key in present) for key, name in partners.in_cooperation(on=on).items()
    ]


def decisions(meeting: Meeting) -> list[Decision]:
    """Return what a meeting decided, and what became of it."""
    rows = meeting.decisions.filter(withdrawn_at=None)
    return list(rows.select_related("action__organisation", "area", "category"))


def actions(reach: Reach) -> ActionQuerySet:
    """Return the actions within reach whose decisions stand, what is due first, first."""
    rows = Action.objects.visible_to(reach).filter(decision__withdrawn_at=None)
    rows = rows.select_related(
        "organisation", "decision__meeting", "decision__area", "decision__category"
    )
    return rows.order_by("due", "pk")


def action(reach: Reach, pk: int) -> Action:
    """Return one action, or refuse as if it did not exist."""
    return get_object_or_404(actions(reach), pk=pk)


def to_follow_up(reach: Reach, week: Week) -> list[Action]:
    """Return the actions that a meeting begins with: those of the last one, and what is left."""
    before = actions(reach).filter(decision__meeting__monday__lt=week.monday)
    last = before.order_by("-decision__meeting__monday").values_list(
        "decision__meeting__monday", flat=True
    )[:1]
    of_last = list(before.filter(decision__meeting__monday__in=list(last)))
    left = list(before.under_way().exclude(pk__in=[row.pk for row in of_last]))
    return sorted([*of_last, *left], key=lambda row: (row.due, row.pk))


def own(reach: Reach) -> ActionQuerySet:
    """Return the actions under way of the organisations that one may carry them out for."""
    return actions(reach).under_way().filter(organisation__in=reach.organisations(DO))


def untold(reach: Reach) -> list[Action]:
    """Return the actions that are done and of which those who reported have not been told."""
    rows = actions(reach).filter(state=ActionState.DONE, told_at=None)
    return list(rows.exclude(decision__reports=None).distinct())


def effects_due(reach: Reach, *, today: date) -> ActionQuerySet:
    """Return the actions that were done and of which it is time to ask whether they helped."""
    return actions(reach).filter(state=ActionState.DONE, effect_week__lte=today, effect="")


def stood(reach: Reach, rows: Iterable[Action], *, today: date) -> list[Stood]:
    """Return how actions stand for a reader."""
    mine = reach.organisations(DO)
    may_all = reach.is_system or reach.may(HOLD)
    return [
        Stood(row, row.days_late(today), may_all or row.organisation_id in mine) for row in rows
    ]


def search(reach: Reach, text: str, *, at_most: int = 20) -> list[Action]:
    """Return the actions whose decision says a text, the latest first."""
    if not text.strip():
        return []
    found = actions(reach).filter(decision__text__mentions=text)
    return list(found.order_by("-pk")[:at_most])


def from_area(reach: Reach, areas: Iterable[int]) -> ActionQuerySet:
    """Return the actions about an area, given the parts that it holds; the latest first."""
    rows = actions(reach).filter(decision__area__in=list(areas))
    return rows.order_by(F("decision__made_at").desc())


def n_reports(decision: Decision, *, today: date) -> int:
    """Return how many reports a decision would be an answer to."""
    return events.answered_by(decision.area_id, decision.category_id, as_of=today).count()
