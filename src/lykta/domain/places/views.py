"""The pages of places: fetch, ask, show."""

import csv

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from lykta.domain.places import selectors, services
from lykta.domain.places.forms import UploadForm
from lykta.domain.places.models import KINDS, READ
from lykta.domain.places.services.reading_in import CHANGE
from lykta.infrastructure.access import Request, needs
from lykta.infrastructure.errors import LyktaError
from lykta.infrastructure.imports import selectors as imports
from lykta.sources.records import RowError
from lykta.sources.rejecting import rejected_table


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


@needs(CHANGE)
@require_http_methods(["GET", "POST"])
def upload(request: Request) -> HttpResponse:
    """Take a file, and show what it would change before anything is changed."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            checked = services.check_upload(request.reach, today=request.today, **form.cleaned_data)
            return redirect("places:run", pk=checked.pk)
        except LyktaError as error:
            form.add_error("file", str(error))
    context = {"form": form, "runs": imports.latest(at_most=20, kinds=services.KINDS)}
    return render(request, "places/upload.html", context, status=400 if form.errors else 200)


@needs(CHANGE)
@require_http_methods(["GET", "POST"])
def run(request: Request, pk: int) -> HttpResponse:
    """Show a run: what it would change, how far it has come, or what it changed."""
    found = imports.run(pk, kinds=services.KINDS)
    if request.method == "POST":
        try:
            services.start_import(request.reach, found)
        except LyktaError as error:
            messages.error(request, str(error))
        return redirect("places:run", pk=pk)
    context = {"run": found, "rejected_rows": found.rejected_rows.all()[:50]}
    return render(request, "places/run.html", context)


@needs(CHANGE)
@require_GET
def rejected(_request: Request, pk: int) -> HttpResponse:
    """Return the rejected rows of a run as a file that Excel opens as it stands."""
    found = imports.run(pk, kinds=services.KINDS)
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="avvisade-{pk}.csv"'
    rows = (
        RowError(row.row, row.field, row.value, row.reason) for row in found.rejected_rows.all()
    )
    csv.writer(response, delimiter=";").writerows(rejected_table(rows))
    return response
