"""The pages of places: fetch, ask, show."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from lykta.domain.places import selectors, services
from lykta.domain.places.models import CHANGE, KINDS, READ
from lykta.infrastructure.access import Request, needs


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
