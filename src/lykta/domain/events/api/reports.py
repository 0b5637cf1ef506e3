"""Reports for machines: those within reach, page by page, with their words where they are ours."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from ninja import Query, Router, Schema

from lykta.domain.events import selectors
from lykta.domain.events.models import READ_INBOX, READ_REPORTS, TRIAGE, Report
from lykta.domain.events.rules import Act, Reliability, State
from lykta.infrastructure.access import Request, require
from lykta.infrastructure.refusals import REFUSALS

router = Router(tags=["rapporter"])
ON_A_PAGE = 100


class ReportsIn(Schema):
    """What stands in the address: how far the reports have come, and which page."""

    lage: State | None = None
    sida: int = 1


class ReportOut(Schema):
    """One report."""

    key: UUID
    state: State
    category: str
    first_day: date
    last_day: date
    first_time: str | None
    last_time: str | None
    place: str | None
    area: str | None
    organisation: str | None
    due: date | None  # when whoever reported is to be answered, of what waits
    unit: str | None  # who deals with it, for those who decide and for itself
    description: str
    basis: Reliability
    severity: int | None
    received_at: datetime


class StepOut(Schema):
    """What became of a report, and when."""

    act: Act
    state: State
    at: datetime
    answer: str


class OneReportOut(ReportOut):
    """One report, with what became of it."""

    steps: list[StepOut]


class ReportsOut(Schema):
    """A page of reports, the newest first."""

    page: int
    pages: int
    reports: list[ReportOut]


@router.get("", response={200: ReportsOut, **REFUSALS}, summary="Rapporter, de senaste först")
def list_reports(request: Request, said: Query[ReportsIn]) -> dict[str, Any]:
    """Return a page of the reports within reach."""
    require(request.reach, READ_REPORTS)
    rows = selectors.reports(request.reach).select_related("unit")
    if said.lage is not None:
        rows = rows.filter(state=said.lage)
    page = Paginator(rows, ON_A_PAGE).get_page(said.sida)
    return {
        "page": page.number,
        "pages": page.paginator.num_pages,
        "reports": [_said(request, row) for row in page],
    }


@router.get("{key}", response={200: OneReportOut, **REFUSALS}, summary="En rapport")
def one_report(request: Request, key: UUID) -> dict[str, Any]:
    """Return one report within reach, with what became of it."""
    require(request.reach, READ_REPORTS)
    row = selectors.report(request.reach, key)
    steps = row.steps.values("act", "state", "at", "answer")
    return {**_said(request, row), "steps": list(steps)}


def _said(request: Request, row: Report) -> dict[str, Any]:
    reach = request.reach
    is_told = reach.may(TRIAGE) or row.unit_id in reach.organisations(READ_INBOX)
    same = ("key", "state", "first_day", "last_day", "description", "basis", "severity")
    return {name: getattr(row, name) for name in (*same, "received_at")} | {
        "category": row.category.code,
        "first_time": row.first_clock or None,
        "last_time": row.last_clock or None,
        "place": (row.place.name if row.place else row.place_text) or None,
        "area": row.area.code if row.area else None,
        "organisation": row.organisation.name if row.organisation else None,
        "due": selectors.due_on(row),
        "unit": row.unit.name if row.unit and is_told else None,
    }
