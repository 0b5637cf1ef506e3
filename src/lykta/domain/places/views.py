"""The pages of places: fetch, ask, show."""

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from lykta.domain.places import selectors, services
from lykta.domain.places.arrays import metres_of
from lykta.domain.places.models import CHANGE, KINDS, PLACE_KINDS, READ
from lykta.infrastructure.access import Request, needs

# More are found by searching than by reading on.
_MOST_SHOWN = 200


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
def register(request: Request) -> HttpResponse:
    """Show the register of places, or what a text may mean of it."""
    text, kind, area = (request.GET.get(name, "").strip() for name in ("q", "slag", "omrade"))
    everything = selectors.places(request.reach, as_of=request.as_of)
    known = {row.code: row for row in selectors.areas(request.reach, as_of=request.as_of)}
    rows = everything
    if text:
        rows = selectors.find_places(
            request.reach, text, at_most=len(everything), as_of=request.as_of
        )
    if kind:
        rows = [row for row in rows if row.kind == kind]
    if area in known:
        rows = [row for row in rows if row.lies_in(known[area].id)]
    context = {
        "rows": rows[:_MOST_SHOWN],
        "n_found": len(rows),
        "n_places": len(everything),
        "text": text,
        "kind": kind,
        "area": known.get(area),
        "kinds": PLACE_KINDS.items(),
        "may_change": request.reach.may(CHANGE),
    }
    return render(request, "places/register.html", context)


@needs(READ)
@require_GET
def suggestions(request: Request) -> JsonResponse:
    """Return the places that a text may mean; without a text, those nearest to a point."""
    text, near = request.GET.get("q", ""), _near(request)
    rows: list[selectors.PlaceRow] = []
    if text.strip():
        rows = selectors.find_places(request.reach, text, near=near, as_of=request.as_of)
    elif near:
        rows = selectors.nearest_places(request.reach, *near, as_of=request.as_of)
    return JsonResponse({"places": [_suggestion(row) for row in rows]})


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


def _near(request: Request) -> tuple[float, float] | None:
    """Return the point that was asked about in metres, None where there is none in Sweden."""
    try:
        lon, lat = float(request.GET["lon"]), float(request.GET["lat"])
    except (KeyError, ValueError):
        return None
    return metres_of(lon, lat)


def _suggestion(row: selectors.PlaceRow) -> dict[str, Any]:
    lon, lat = row.point or (None, None)
    return {
        "code": row.code,
        "name": row.name,
        "kind": row.kind,
        "kind_label": row.kind_label,
        "areas": [name for _, name in row.areas],
        "lon": lon,
        "lat": lat,
    }
