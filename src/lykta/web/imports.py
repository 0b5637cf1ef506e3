"""Files into the house: tried first, mended where rows are rejected, followed while they run."""

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from lykta.domain.partners.rules import IMPORT_FILES
from lykta.infrastructure.access import Request, needs
from lykta.infrastructure.errors import LyktaError
from lykta.infrastructure.imports import doors, selectors
from lykta.infrastructure.imports.models import RejectedRow, Run
from lykta.infrastructure.imports.plans import importer_of
from lykta.infrastructure.imports.rejected import mending_table, rejected_table
from lykta.infrastructure.tables import csv_attachment
from lykta.web.forms import UploadForm

N_REJECTED_SHOWN = 50
# More rows than this are better mended in a spreadsheet.
MOST_MENDED_HERE = 100
# Where the reader goes to see what a kind of file has brought.
SHOWN_AT = {
    "events": "situation",
    "categories": "situation",
    "observations": "indicators:dashboard",
    "places": "places:register",
}


@needs(IMPORT_FILES)
@require_http_methods(["GET", "POST"])
def imports(request: Request) -> HttpResponse:
    """Take a file, and show what it would change before anything is changed."""
    kinds = doors.kinds_for(request.reach)
    initial = {"kind": request.GET.get("slag", "")}
    form = UploadForm(request.POST or None, request.FILES or None, kinds=kinds, initial=initial)
    if request.method == "POST" and form.is_valid():
        kind = form.cleaned_data["kind"]
        try:
            checked = doors.check_upload(
                request.reach,
                kind,
                form.cleaned_data["file"],
                today=request.today,
                options=form.options(importer_of(kind).options),
            )
            return redirect("import-run", pk=checked.pk)
        except LyktaError as error:
            form.add_error("file", str(error))
    context = {"form": form, "runs": selectors.latest(at_most=20, kinds=kinds)}
    return render(request, "web/imports/list.html", context, status=400 if form.errors else 200)


@needs(IMPORT_FILES)
@require_http_methods(["GET", "POST"])
def run(request: Request, pk: int) -> HttpResponse:
    """Show a run: what it would change, how far it has come, or what it changed."""
    found = _run(request, pk)
    if request.method == "POST":
        try:
            doors.start(request.reach, found)
        except LyktaError as error:
            messages.error(request, str(error))
        return redirect("import-run", pk=pk)
    context = {
        "run": found,
        "rejected_rows": found.rejected_rows.all()[:N_REJECTED_SHOWN],
        "n_mendable": len(doors.mendable(found)),
        "shown_at": SHOWN_AT.get(found.kind, "places:areas"),
    }
    return render(request, "web/imports/run.html", context)


@needs(IMPORT_FILES)
@require_GET
def rejected(request: Request, pk: int) -> HttpResponse:
    """Return the rejected rows of a run as a file that can be mended and read in again."""
    found = _run(request, pk)
    rows = doors.mendable(found)
    table = mending_table(rows, doors.columns_of(rows)) if rows else rejected_table(_all(found))
    return csv_attachment(f"avvisade-{pk}.csv", table)


@needs(IMPORT_FILES)
@require_http_methods(["GET", "POST"])
def mend(request: Request, pk: int) -> HttpResponse:
    """Let the rejected rows of a run be mended on the page, and try them again."""
    found = _run(request, pk)
    rows = doors.mendable(found)[:MOST_MENDED_HERE]
    columns = doors.columns_of(rows)
    if request.method == "POST":
        try:
            mended = _mended(request.POST, rows, columns)
            checked = doors.mend(request.reach, found, mended, today=request.today)
            return redirect("import-run", pk=checked.pk)
        except LyktaError as error:
            messages.error(request, str(error))
            return redirect("import-mend", pk=pk)
    context = {"run": found, "columns": columns, "rows": _fields(found, rows, columns)}
    return render(request, "web/imports/mend.html", context)


def _run(request: Request, pk: int) -> Run:
    return selectors.run(pk, kinds=doors.kinds_for(request.reach))


def _all(found: Run) -> list[RejectedRow]:
    return list(found.rejected_rows.all())


def _fields(
    found: Run, rows: list[RejectedRow], columns: list[str]
) -> list[tuple[int, list[str], list[tuple[str, str, str, bool]]]]:
    """Return each row with what is wrong in it and a field for each column."""
    reasons: dict[int, list[str]] = {}
    wrong: set[tuple[int, str]] = set()
    for each in found.rejected_rows.filter(row__in=[row.row for row in rows]):
        reasons.setdefault(each.row, []).append(each.reason)
        wrong.add((each.row, each.field))
    return [
        (
            row.row,
            reasons[row.row],
            [
                (f"{row.row}-{n}", name, row.cells.get(name, ""), (row.row, name) in wrong)
                for n, name in enumerate(columns)
            ],
        )
        for row in rows
    ]


def _mended(sent: QueryDict, rows: list[RejectedRow], columns: list[str]) -> list[dict[str, str]]:
    """Return the rows as they were sent, those that were to be left out without."""
    return [
        {name: sent.get(f"{row.row}-{n}", "").strip() for n, name in enumerate(columns)}
        for row in rows
        if sent.get(f"{row.row}-keep")
    ]
