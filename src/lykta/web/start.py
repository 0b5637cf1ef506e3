"""The first page, by role."""

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from lykta.domain.events import selectors as events
from lykta.domain.meetings import selectors as meetings
from lykta.domain.meetings import words as week_words
from lykta.domain.partners import rules
from lykta.domain.partners import selectors as partners
from lykta.domain.places import selectors as places
from lykta.domain.places.rules import Kind
from lykta.domain.plans import selectors as plans
from lykta.infrastructure import examination
from lykta.infrastructure.access import Request, needs
from lykta.infrastructure.imports import selectors as imports
from lykta.infrastructure.retention import selectors as retention
from lykta.web.situation import brief

# A membership that ends within a quarter is worth a look now.
SOON = timedelta(days=90)
DUE_SHOWN = 6


@needs(rules.READ_ROLES)
def start(request: Request) -> HttpResponse:
    """Show what the reader's rights make worth knowing first."""
    context: dict[str, Any] = {}
    if request.reach.may(rules.REPORT_EVENTS):
        context["reporting"] = events.reporting(request.reach, today=request.today)
    if request.reach.may(rules.READ_PLACES):
        context |= _places(request)
    if request.reach.may(rules.COUNT_EVENTS) and context.get("areas"):
        context["week"] = brief.week(request.reach, context["areas"], as_of=request.as_of)
    if request.reach.may(rules.CHANGE_PLACES):
        context["gaps"] = places.gaps(context["areas"])
        context["runs"] = imports.latest(at_most=5)
    if request.reach.may(rules.READ_PLANS):
        context["pictures"] = plans.latest(request.reach, at_most=5)
    if request.reach.may(rules.READ_MEETINGS):
        context |= _meetings(request)
    if request.reach.may(rules.ADMINISTER_MEMBERSHIPS):
        day = request.today
        context["ending"] = partners.ending_soon(request.reach, on=day, within=day + SOON)
    if request.reach.may(rules.CHANGE_RETENTION):
        context["n_overdue"] = retention.n_overdue(today=request.today)
    if request.reach.may(rules.ADMINISTER_OWN_MEMBERS):
        context["members"] = partners.memberships(request.reach).held(request.today)
    if request.reach.may(rules.ADMINISTER_ACCOUNTS):
        context["checks"] = examination.examine()
    return render(request, "web/start.html", context)


def _meetings(request: Request) -> dict[str, Any]:
    """Return what is due, who has not reported, and which meetings come."""
    reach, today = request.reach, request.today
    may_hold = reach.may(rules.HOLD_MEETINGS)
    due = meetings.actions(reach).under_way() if may_hold else meetings.own(reach)
    latest = meetings.pictures(reach).first() if may_hold else None
    return {
        "actions_due": meetings.stood(reach, due[:DUE_SHOWN], today=today),
        "silent": week_words.missing(meetings.figures_of(latest)) if latest else None,
        "next_meetings": meetings.coming(reach, today=today),
    }


def _places(request: Request) -> dict[str, Any]:
    reach, day = request.reach, request.as_of
    rows = places.areas(reach, as_of=day)
    return {
        "areas": rows,
        "municipality": next((row for row in rows if row.kind == Kind.MUNICIPALITY), None),
        "districts": [row for row in rows if row.kind == Kind.DISTRICT],
        "listed": places.listed(reach, as_of=day),
        "listed_areas": places.on_list(rows),
    }
