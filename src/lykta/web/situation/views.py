"""The page Läget, its table as a file, and its rows for those who may have them."""

import csv
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from lykta.domain.events import selectors as events
from lykta.domain.partners import rules
from lykta.domain.places import selectors as places
from lykta.infrastructure.access import Refused, Request, needs
from lykta.infrastructure.audit import services as audit
from lykta.web.situation import filters, page


@needs(rules.COUNT_EVENTS)
@require_GET
def situation(request: Request) -> HttpResponse:
    """Show the events of some weeks against what was expected of them."""
    context = _context(request)
    return render(request, "web/situation/situation.html", context)


@needs(rules.COUNT_EVENTS)
@require_GET
def table(request: Request) -> HttpResponse:
    """Return the rows of the page's table as a file, small numbers hidden as on the page."""
    context = _context(request)
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="laget.csv"'
    writer = csv.writer(response, delimiter=";")
    writer.writerow(("nyckel", "namn", "antal", "väntat", "kvot (95 % intervall)", "bedömning"))
    if found := context.get("found"):
        division, by_id = context["filters"].division, {row.id: row for row in context["areas"]}
        for row in page.lines(found, division, by_id, page.in_order(found, division)):
            writer.writerow((row.key, row.name, row.count, row.expected, row.ratio, row.verdict))
    return response


@needs(rules.READ_EVENTS)
@require_GET
def rows(request: Request) -> HttpResponseBase:
    """Return the events of one source as a file that can be read in again unchanged."""
    chosen = _chosen(request)
    if chosen is None or chosen.source is None:
        raise Refused
    with transaction.atomic():
        audit.record("events.exported", actor=request.reach.user, asked=chosen.query)
    lines = events.rows(request.reach, chosen.asked, as_of=request.as_of)
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="handelser.csv"'
    return response


def _chosen(request: Request) -> filters.Filters | None:
    known = events.known(request.reach, as_of=request.as_of)
    if known.first_day is None:
        return None
    return filters.read(
        request.GET,
        rows=places.areas(request.reach, as_of=request.as_of),
        categories=events.categories(request.reach),
        sources=events.sources(request.reach),
        known=known,
        as_of=request.as_of,
    )


def _context(request: Request) -> dict[str, Any]:
    reach, day = request.reach, request.as_of
    context: dict[str, Any] = {"may_import": reach.may(rules.IMPORT_FILES)}
    known = events.known(reach, as_of=day)
    if known.first_day is None:
        return context
    areas, categories, sources = (
        places.areas(reach, as_of=day),
        events.categories(reach),
        events.sources(reach),
    )
    chosen = filters.read(
        request.GET, rows=areas, categories=categories, sources=sources, known=known, as_of=day
    )
    hexes: events.Hexes = "compared" if chosen.division == "sexhorningar" else None
    found = events.situation(
        reach, chosen.asked, as_of=day, rows=areas, there=known, hexes=hexes, has_early=True
    )
    return context | {
        "filters": chosen,
        "found": found,
        "areas": areas,
        "known": known,
        "is_behind": known.last_day is not None and chosen.asked.last_day < _last_sunday(day),
        "page": page.page(found, chosen, areas, categories),
        "sources": sources if chosen.source is None else [chosen.source],
        "may_have_rows": reach.may(rules.READ_EVENTS),
        "may_freeze": reach.may(rules.CHANGE_PLANS),
    }


def _last_sunday(day: date) -> date:
    """Return the last day of the last week that has ended on a day."""
    return day - timedelta(days=day.isoweekday() % 7)
