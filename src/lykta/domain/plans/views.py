"""The pages of frozen pictures: fetch, ask, show."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lykta.domain.documents.rules import CONTENT_TYPES
from lykta.domain.events import selectors as events
from lykta.domain.plans import selectors, services
from lykta.domain.plans.forms import PictureForm
from lykta.domain.plans.models import CHANGE, HINDRANCES, READ, READ_ROWS
from lykta.domain.plans.rules import week_of
from lykta.infrastructure.access import Request, needs
from lykta.infrastructure.errors import LyktaError

ROWS = "parquet"
FORM_NAMES = {
    "pdf": "PDF",
    "docx": "Word",
    "html": "HTML",
    "json": "JSON",
    "csv": "CSV",
}
MOST_DIFFERENCES = 20


@needs(READ)
@require_GET
def pictures(request: Request) -> HttpResponse:
    """Show the frozen pictures."""
    context = {
        "rows": selectors.pictures(request.reach),
        "may_change": request.reach.may(CHANGE),
    }
    return render(request, "plans/pictures.html", context)


@needs(READ)
@require_GET
def picture(request: Request, pk: int) -> HttpResponse:
    """Show one frozen picture."""
    return render(request, "plans/picture.html", _about(request, pk))


@needs(READ)
@require_POST
def recompute(request: Request, pk: int) -> HttpResponse:
    """Count a picture again, and say whether the figures are the same."""
    found = services.recompute(request.reach, pk)
    context = {
        "is_recomputed": True,
        "differences": found[:MOST_DIFFERENCES],
        "n_differences": len(found),
    }
    return render(request, "plans/picture.html", _about(request, pk) | context)


@needs(READ)
@require_GET
def file(request: Request, pk: int, form: str) -> FileResponse:
    """Return a picture in one form; what it counted row by row only to those who may read rows."""
    row = selectors.picture(request.reach, pk)
    if form == ROWS:
        path, kind = services.rows(request.reach, pk), "application/vnd.apache.parquet"
    else:
        path, kind = services.form(request.reach, pk, form), CONTENT_TYPES[form]
    return FileResponse(
        path.open("rb"),
        as_attachment=True,
        filename=services.file_name(row, form),
        content_type=kind,
    )


@needs(READ)
@require_GET
def compare(request: Request) -> HttpResponse:
    """Show two pictures side by side, or why they cannot be compared."""
    chosen = [request.GET.get(name, "") for name in ("a", "b")]
    context: dict[str, Any] = {"rows": selectors.pictures(request.reach), "chosen": chosen}
    if all(each.isdecimal() and len(each) < 10 for each in chosen):
        found = selectors.compare(request.reach, *map(int, chosen))
        context["comparison"] = found
        context["has_ratios"] = not (found.is_overlapping or found.is_withheld)
        context["hindrances"] = [HINDRANCES[each] for each in found.hindrances]
    return render(request, "plans/compare.html", context)


@needs(CHANGE)
@require_http_methods(["GET", "POST"])
def new_picture(request: Request) -> HttpResponse:
    """Freeze a picture of a period, and of what the address leaves in."""
    form = PictureForm(request.POST or None, initial=_initial(request.GET))
    filters = events.filters_of(
        request.reach,
        today=request.today,
        categories=request.GET.getlist("kategori"),
        sources=request.GET.getlist("kalla"),
        area=request.GET.get("omrade", ""),
        reliabilities=request.GET.getlist("tillforlitlighet"),
    )
    if form.is_valid():
        try:
            made = services.freeze(
                request.reach,
                form.cleaned_data["title"],
                period=form.cleaned_data["period"],
                filters=filters,
                audience=form.cleaned_data["audience"],
                today=request.today,
            )
            messages.success(request, _("Bilden är fryst."))
            return redirect("plans:picture", pk=made.pk)
        except LyktaError as error:
            form.add_error(None, str(error))
    chosen = events.in_words(request.reach, filters, today=request.today)
    context = {"form": form, "selection": chosen}
    return render(request, "plans/new.html", context, status=400 if form.errors else 200)


def _initial(asked: QueryDict) -> dict[str, str]:
    """Return what the address says of the period, as the fields have it; else nothing."""
    weeks = {"first_week": asked.get("fran", ""), "last_week": asked.get("till", "")}
    known = {name: week_of(text) for name, text in weeks.items()}
    return {name: f"{week[0]:%G-W%V}" for name, week in known.items() if week}


def _about(request: Request, pk: int) -> dict[str, Any]:
    row = selectors.picture(request.reach, pk)
    figures = selectors.figures(row)
    written = selectors.forms(request.reach, row)
    return {
        "row": row,
        "document": row.document,
        "parameters": row.document.parameters,
        "total": selectors.rows_of(figures, "total")[0],
        "areas": selectors.rows_of(figures, "areas"),
        "has_before": figures["before"] is not None,
        "forms": [(name, FORM_NAMES[name], written.get(name)) for name in CONTENT_TYPES],
        "is_waiting": len(written) < len(CONTENT_TYPES),
        "versions": selectors.versions(request.reach, row),
        "may_read_rows": request.reach.may(READ_ROWS),
        "may_change": request.reach.may(CHANGE),
    }
