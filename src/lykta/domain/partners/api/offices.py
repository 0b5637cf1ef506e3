"""The offices of 9–13 §§ for machines: as they were on the day asked about."""

from datetime import date, datetime
from typing import Any

from ninja import Router, Schema

from lykta.domain.partners import rules, selectors
from lykta.domain.partners.models import CouncilMeeting
from lykta.domain.partners.rules import CouncilMeetingState, EffortOutcome, Lack
from lykta.infrastructure.access import Request, require
from lykta.infrastructure.refusals import REFUSALS

router = Router(tags=["samverkan"])


class SeatOut(Schema):
    """An organisation's seat in the council."""

    organisation: str
    title: str
    is_leading: bool
    starts_on: date
    ends_on: date | None


class CouncilMeetingOut(Schema):
    """A meeting of the council."""

    id: int
    begins_at: datetime
    ends_at: datetime
    place: str
    agenda: str
    state: CouncilMeetingState
    present: list[str]
    registry_number: str
    agreed: str


class CouncilOut(Schema):
    """The council of a day; without a name there is none."""

    local_name: str | None
    chair: str | None
    is_led_by_the_municipality: bool
    members: list[SeatOut]
    meetings: list[CouncilMeetingOut]


class FunctionOut(Schema):
    """The co-ordination function of a day."""

    title: str
    full_time_equivalents: float
    contact: str
    starts_on: date


class LeadBodyOut(Schema):
    """The body that leads on a day."""

    name: str
    is_executive_board: bool
    registry_number: str
    paragraph: str
    starts_on: date


class OfficesOut(Schema):
    """Function and leading body of a day, and what the law asks for that is missing."""

    function: FunctionOut | None
    lead_body: LeadBodyOut | None
    lacks: list[Lack]


class EffortOut(Schema):
    """What was done a day to reach an agreement."""

    day: date
    organisation: str
    text: str
    outcome: EffortOutcome
    registry_number: str


class AssignmentOut(Schema):
    """An assignment as it is held on a day."""

    title: str
    mandate: str
    given_by: str
    held_by: str
    decided_by: str
    registry_number: str
    paragraph: str
    starts_on: date
    ends_on: date | None


@router.get("rad/", response={200: CouncilOut, **REFUSALS}, summary="Strategiska rådet")
def council(request: Request) -> dict[str, Any]:
    """Return the council of the day asked about, who sits there, and all its meetings."""
    reach, day = request.reach, request.as_of
    require(reach, rules.READ_COOPERATION)
    row = selectors.council(reach, on=day)
    return {
        "local_name": row.local_name if row else None,
        "chair": row.chair.name if row else None,
        "is_led_by_the_municipality": row is not None and row.is_led_by_the_municipality,
        "members": [
            _plain(seat, SeatOut) | {"organisation": seat.organisation.name}
            for seat in selectors.council_members(reach, on=day)
        ],
        "meetings": [_meeting(row) for row in selectors.council_meetings(reach)],
    }


@router.get("ansvar/", response={200: OfficesOut, **REFUSALS}, summary="Funktion och nämnd")
def offices(request: Request) -> dict[str, Any]:
    """Return function and leading body of the day asked about, and what is missing by law."""
    reach, day = request.reach, request.as_of
    require(reach, rules.READ_COOPERATION)
    function = selectors.coordination_function(reach, on=day)
    body = selectors.lead_body(reach, on=day)
    return {
        "function": _plain(function, FunctionOut) if function else None,
        "lead_body": _plain(body, LeadBodyOut) | {"name": str(body)} if body else None,
        "lacks": selectors.lacks(reach, on=day),
    }


@router.get("insatser/", response={200: list[EffortOut], **REFUSALS}, summary="Insatser")
def list_efforts(request: Request) -> list[dict[str, Any]]:
    """Return what had been done for agreements up to the day asked about, the latest first."""
    require(request.reach, rules.READ_COOPERATION)
    return [
        _plain(row, EffortOut) | {"organisation": row.organisation.name}
        for row in selectors.efforts(request.reach, on=request.as_of)
    ]


@router.get("uppdrag/", response={200: list[AssignmentOut], **REFUSALS}, summary="Uppdrag")
def list_assignments(request: Request) -> list[dict[str, Any]]:
    """Return the assignments that are held on the day asked about."""
    require(request.reach, rules.READ_COOPERATION)
    return [
        _plain(row, AssignmentOut) | {"given_by": row.given_by.name, "held_by": row.held_by.name}
        for row in selectors.assignments(request.reach, on=request.as_of)
    ]


def _meeting(row: CouncilMeeting) -> dict[str, Any]:
    return _plain(row, CouncilMeetingOut) | {"present": [each.name for each in row.present.all()]}


def _plain(row: object, schema: type[Schema]) -> dict[str, Any]:
    """Return what a row says of each field that a schema has."""
    return {name: getattr(row, name) for name in schema.model_fields}
