"""The pages of places: fetch, ask, show."""

from math import isfinite
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_GET

from lykta.domain.places import selectors, services
from lykta.domain.places.models import CHANGE, KINDS, READ
from lykta.infrastructure.access import Request, needs

PLACES_ON_A_PAGE = 100


@needs(READ)
@require_GET
def areas(request: Request) -> HttpResponse:
    """Show the areas as a tree, a table and a map."""
    kind = request.GET.get("slag", "")
    everything = selectors.areas(request.reach, as_of=request.as_of)
    shown = [row for row in everything if not kind or row.kind == kind]
    there = {row.kind for row in everything}
    context = {
        "rows": shown,
        "kind": kind,
        "kinds_on_map": f"municipality {kind or 'district'}",
        "kinds": [(key, label) for key, label in KINDS.items() if key in there],
        "n_areas": len(everything),
        "may_change": request.reach.may(CHANGE),
    }
    return render(request, "places/areas.html", context)


@needs(READ)
@require_GET
def lists(request: Request) -> HttpResponse:
    """Show how many areas have stood on the list of the police, here and in the country."""
    context = {
        "years": selectors.summaries(request.reach, as_of=request.as_of),
        "now": selectors.listed(request.reach, as_of=request.as_of),
        "rows": selectors.listed_areas(request.reach, as_of=request.as_of),
    }
    return render(request, "places/lists.html", context)


@needs(READ)
@require_GET
def history(request: Request, code: str) -> HttpResponse:
    """Show every version of one area, every figure and every list."""
    details = selectors.area(request.reach, code, as_of=request.as_of)
    return render(request, "places/history.html", {"details": details, "row": details.row})


@needs(READ)
@require_GET
def export(request: Request, name: str) -> HttpResponse:
    """Return places as a file that can be read in again unchanged."""
    form, content = services.export(request.reach, name, as_of=request.as_of)
    response = HttpResponse(content, content_type=form.content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@needs(READ)
@require_GET
def register(request: Request) -> HttpResponse:
    """Show the register of places, all of it or what is looked for."""
    text = request.GET.get("q", "").strip()[:120]
    rows = selectors.find_places(request.reach, text, at_most=50) if text else None
    listed = selectors.places(request.reach) if rows is None else rows
    page = Paginator(listed, PLACES_ON_A_PAGE).get_page(request.GET.get("sida"))
    return render(request, "places/register.html", {"page": page, "q": text})


@needs(READ)
@require_GET
def suggestions(request: Request) -> JsonResponse:
    """Return the places that are much like what is being typed, or nearest to where one is."""
    found = selectors.suggested(request.reach, **_asked(request.GET))
    return JsonResponse({"places": found})


def _asked(said: QueryDict) -> dict[str, Any]:
    """Return what is typed, and the point in degrees where one is given."""
    try:
        point = float(said.get("lon", "")), float(said.get("lat", ""))
    except ValueError:
        return {"text": said.get("q", "")[:120], "lon_lat": None}
    return {
        "text": said.get("q", "")[:120],
        "lon_lat": point if all(map(isfinite, point)) else None,
    }
