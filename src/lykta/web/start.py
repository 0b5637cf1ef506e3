"""The first page, by role."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from lykta.domain.events import selectors as events
from lykta.domain.meetings import selectors as meetings
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
Shown = dict[str, Any]


@needs(rules.READ_ROLES)
@require_safe
def start(request: Request) -> HttpResponse:
    """Show what the reader's rights make worth knowing first."""
    context: dict[str, Any] = {}
    for right, part in _PARTS:
        if request.reach.may(right):
            context |= part(request, context)
    return render(request, "web/start.html", context)


def _reporting(request: Request, _shown: Shown) -> Shown:
    return {"reporting": events.reporting(request.reach, today=request.today)}


def _places(request: Request, _shown: Shown) -> Shown:
    reach, day = request.reach, request.as_of
    rows = places.areas(reach, as_of=day)
    return {
        "areas": rows,
        "municipality": next((row for row in rows if row.kind == Kind.MUNICIPALITY), None),
        "districts": [row for row in rows if row.kind == Kind.DISTRICT],
        "listed": places.listed(reach, as_of=day),
        "listed_areas": places.on_list(rows),
    }


def _week(request: Request, shown: Shown) -> Shown:
    areas = shown.get("areas")
    return {"week": brief.week(request.reach, areas, as_of=request.as_of)} if areas else {}


def _gaps(_request: Request, shown: Shown) -> Shown:
    return {"gaps": places.gaps(shown["areas"]), "runs": imports.latest(at_most=5)}


def _pictures(request: Request, _shown: Shown) -> Shown:
    return {"pictures": plans.latest(request.reach, at_most=5)}


def _meetings(request: Request, _shown: Shown) -> Shown:
    """Return what is due, who has not reported, and which meetings come."""
    reach, today = request.reach, request.today
    may_hold = reach.may(rules.HOLD_MEETINGS)
    due = meetings.actions(reach).under_way() if may_hold else meetings.own(reach)
    return {
        "actions_due": meetings.stood(reach, due[:DUE_SHOWN], today=today),
        "n_effects": meetings.effects_due(reach, today=today).count() if may_hold else 0,
        "silent": meetings.silent(reach) if may_hold else None,
        "next_meetings": meetings.coming(reach, today=today),
    }


def _ending(request: Request, _shown: Shown) -> Shown:
    day = request.today
    return {"ending": partners.ending_soon(request.reach, on=day, within=day + SOON)}


def _agreements(request: Request, _shown: Shown) -> Shown:
    """Return what co-operation lacks: by law, agreements that end, links, silent guests."""
    reach, day = request.reach, request.today
    return {
        "lacking": partners.lacking(reach, on=day),
        "next_council": partners.next_council_meeting(reach, on=day),
        "agreements_ending": partners.ending(reach, on=day),
        "n_missing": len(partners.missing(reach, on=day)),
        "n_invited": len(partners.waiting(reach, now=timezone.now())),
    }


def _overdue(request: Request, _shown: Shown) -> Shown:
    return {"n_overdue": retention.n_overdue(today=request.today)}


def _members(request: Request, _shown: Shown) -> Shown:
    return {"members": partners.memberships(request.reach).held(request.today)}


def _checks(_request: Request, _shown: Shown) -> Shown:
    return {"checks": examination.examine()}


# A right, and what it makes worth knowing; later parts may use what the earlier ones found.
_PARTS: tuple[tuple[str, Callable[[Request, Shown], Shown]], ...] = (
    (rules.REPORT_EVENTS, _reporting),
    (rules.READ_PLACES, _places),
    (rules.COUNT_EVENTS, _week),
    (rules.CHANGE_PLACES, _gaps),
    (rules.READ_PLANS, _pictures),
    (rules.READ_MEETINGS, _meetings),
    (rules.ADMINISTER_MEMBERSHIPS, _ending),
    (rules.CHANGE_COOPERATION, _agreements),
    (rules.CHANGE_RETENTION, _overdue),
    (rules.ADMINISTER_OWN_MEMBERS, _members),
    (rules.ADMINISTER_ACCOUNTS, _checks),
)
