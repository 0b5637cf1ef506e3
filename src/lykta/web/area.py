"""Everything about one area on one page, put together from the rooms' panels."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lykta.domain.events import selectors as events
from lykta.domain.indicators import selectors as indicators
from lykta.domain.meetings import selectors as meetings
from lykta.domain.partners import rules
from lykta.domain.partners import selectors as partners
from lykta.domain.places import selectors as places
from lykta.infrastructure.access import Request, needs
from lykta.web.situation import brief

_ALWAYS_ON_MAP = ("municipality", "district", "listed")


@needs(rules.READ_PLACES)
@require_safe
def area(request: Request, code: str) -> HttpResponse:
    """Show one area as it was on the day asked about."""
    details = places.area(request.reach, code, as_of=request.as_of)
    context = {
        "details": details,
        "row": details.row,
        "kinds_on_map": " ".join(dict.fromkeys((*_ALWAYS_ON_MAP, details.row.kind))),
        "listed_within": [row for row in details.listed if row.parent == details.row.id],
        "side_by_side": details.listed,
        "places": places.places_in(request.reach, details.row.id, as_of=request.as_of),
    }
    inside = places.within(details.row.id, as_of=request.as_of)
    if request.reach.may(rules.COUNT_EVENTS):
        reach, day = request.reach, request.as_of
        rows = places.areas(reach, as_of=day)
        found = brief.area(reach, details.row, rows, as_of=day)
        context["events"] = found
        context["area_sentences"] = (found.recent, found.year) if found else ()
        context["measures"] = brief.side_by_side(reach, details.listed, rows, as_of=day)
    if request.reach.may(rules.READ_REPORTS):
        context["reports"] = events.from_area(request.reach, inside, details.row.id)[:5]
    if request.reach.may(rules.READ_MEETINGS):
        actions = meetings.from_area(request.reach, inside)[:5]
        context["area_actions"] = meetings.stood(request.reach, actions, today=request.today)
    if request.reach.may(rules.READ_COOPERATION):
        above = (*inside, *(each.id for each in details.ancestors))
        context["agreements"] = partners.in_areas(request.reach, above, on=request.as_of)
    if request.reach.may(rules.READ_INDICATORS):
        context["cards"] = indicators.latest_of(request.reach, code, as_of=request.as_of)
    return render(request, "web/area.html", context)
