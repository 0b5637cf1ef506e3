"""The week for machines: frozen pictures and actions, read and never changed."""

from datetime import date
from typing import Any

from ninja import Router, Schema

from lykta.domain.meetings import selectors
from lykta.domain.meetings.models import READ
from lykta.domain.meetings.rules import ActionKind, ActionState, week_named
from lykta.infrastructure.access import Refused, Request, require
from lykta.infrastructure.refusals import REFUSALS

router = Router(tags=["veckan"])


class WeekOut(Schema):
    """A week whose picture is frozen."""

    week: str
    monday: date
    made_at: str
    sha256: str
    figures_sha256: str


class ActionOut(Schema):
    """What someone is to have done by a day."""

    number: str
    week: str
    text: str
    kind: ActionKind
    organisation: str
    due: date
    state: ActionState
    days_late: int
    area: str | None
    category: str | None
    result: str


@router.get("", response={200: list[WeekOut], **REFUSALS}, summary="Frysta veckor")
def list_weeks(request: Request) -> list[dict[str, Any]]:
    """Return the weeks within reach whose pictures are frozen, the latest first."""
    require(request.reach, READ)
    return [
        {
            "week": row.week.key,
            "monday": row.monday,
            "made_at": row.document.made_at.isoformat(),
            "sha256": row.document.sha256,
            "figures_sha256": row.figures_sha256,
        }
        for row in selectors.pictures(request.reach)
    ]


@router.get("atgarder/", response={200: list[ActionOut], **REFUSALS}, summary="Åtgärder")
def list_actions(request: Request) -> list[dict[str, Any]]:
    """Return the actions whose decisions stand, what is due first, first."""
    require(request.reach, READ)
    return [
        {
            "number": row.number,
            "week": row.decision.meeting.week.key,
            "text": row.decision.text,
            "kind": row.kind,
            "organisation": row.organisation.name,
            "due": row.due,
            "state": row.state,
            "days_late": row.days_late(request.today),
            "area": row.decision.area.code if row.decision.area else None,
            "category": row.decision.category.code if row.decision.category else None,
            "result": row.result,
        }
        for row in selectors.actions(request.reach)
    ]


@router.get("{week}", response={200: dict[str, Any], **REFUSALS}, summary="En veckas siffror")
def one_week(request: Request, week: str) -> dict[str, Any]:
    """Return the figures of a week, "2026-47", as they were when it was frozen."""
    named = week_named(week)
    found = selectors.frozen(request.reach, named) if named else None
    if found is None:
        raise Refused
    return found.figures
