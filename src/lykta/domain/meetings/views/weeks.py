"""The pages of the weekly picture."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from lykta.domain.documents.rules import CONTENT_TYPES
from lykta.domain.documents.selectors import Document
from lykta.domain.meetings import selectors, services, words
from lykta.domain.meetings.forms.meetings import FreezeForm
from lykta.domain.meetings.models import HOLD, READ
from lykta.domain.meetings.rules import Week, week_of
from lykta.infrastructure.access import Refused, Request, needs
from lykta.infrastructure.errors import LyktaError

WEEKS_SHOWN = 12
FORM_NAMES = {"pdf": "PDF", "docx": "Word", "html": "HTML", "json": "JSON", "csv": "CSV"}


@needs(READ)
@require_GET
def weeks(request: Request) -> HttpResponse:
    """Show the weeks, with their pictures and meetings."""
    last = week_of(request.today).before
    pictures = {row.monday: row for row in selectors.pictures(request.reach)}
    held = {row.monday: row for row in selectors.meetings(request.reach)}
    may_hold = request.reach.may(HOLD)
    rows, week = [], last
    for _n in range(max(WEEKS_SHOWN, len(pictures) + 1)):
        picture, meeting = pictures.get(week.monday), held.get(week.monday)
        if picture or meeting or may_hold:
            rows.append({"week": week, "picture": picture, "meeting": meeting})
        week = week.before
    own = selectors.own(request.reach)
    context = {
        "rows": rows,
        "may_hold": may_hold,
        "last": last,
        "is_frozen": last.monday in pictures,
        "own": selectors.stood(request.reach, own, today=request.today),
        "coming": selectors.coming(request.reach, today=request.today),
    }
    return render(request, "meetings/weeks.html", context)


@needs(READ)
@require_GET
def week(request: Request, week: Week) -> HttpResponse:
    """Show the picture of a week: frozen, or as it would be, to those who prepare it."""
    return _week(request, week, FreezeForm())


@needs(HOLD)
@require_POST
def freeze(request: Request, week: Week) -> HttpResponse:
    """Freeze the picture of a week."""
    form = FreezeForm(request.POST)
    if form.is_valid():
        try:
            services.freeze(
                request.reach, week, now=timezone.now(), narrative=form.cleaned_data["narrative"]
            )
            messages.success(request, _("Bilden är fryst, och mötet är planerat."))
            return redirect("meetings:meeting", week=week)
        except LyktaError as error:
            form.add_error(None, str(error))
    return _week(request, week, form, status=400)


@needs(READ)
@require_GET
def file(request: Request, week: Week, form: str) -> FileResponse:
    """Return the frozen picture of a week in one form."""
    found = selectors.frozen(request.reach, week)
    if found is None or found.frozen is None:
        raise Refused
    return attached(request, found.frozen.document, form)


def attached(request: Request, document: Document, form: str) -> FileResponse:
    """Return a document of the week in one form, to be saved."""
    return FileResponse(
        services.form(request.reach, document, form).open("rb"),
        as_attachment=True,
        filename=services.file_name(document, form),
        content_type=CONTENT_TYPES[form],
    )


@needs(HOLD)
@require_POST
def remind(request: Request, week: Week) -> HttpResponse:
    """Remind those who usually report of a week and have not."""
    n = services.remind(request.reach, week, now=timezone.now())
    said = ngettext("En organisation är påmind.", "{n} organisationer är påminda.", n)
    messages.success(request, said.format(n=n) if n else _("Ingen behöver påminnas."))
    return redirect("meetings:week", week=week)


def shown(found: selectors.Picture) -> dict[str, Any]:
    """Return what a page shows of a picture, in words."""
    areas, kinds, whole = words.lines(found.figures)
    return {
        "picture": found,
        "sentences": words.sentences(found.figures),
        "area_lines": [whole, *areas],
        "kind_lines": kinds,
        "dense": words.dense(found.figures),
        "hours": words.hours(found.figures),
        "planned": words.planned(found.figures),
        "late": words.late(found.figures),
        "missing": words.missing(found.figures),
        "regularity": words.regularity(found.figures),
        "forms": FORM_NAMES.items() if found.frozen else (),
    }


def _week(request: Request, week: Week, form: FreezeForm, *, status: int = 200) -> HttpResponse:
    found = selectors.frozen(request.reach, week)
    if found is None:
        if not request.reach.may(HOLD) or not week.is_over(request.today):
            raise Refused
        found = selectors.draft(request.reach, week, today=request.today)
    context = shown(found) | {
        "week": week,
        "form": form,
        "meeting": selectors.meeting_of(request.reach, week),
        "may_hold": request.reach.may(HOLD),
    }
    return render(request, "meetings/week.html", context, status=status)
