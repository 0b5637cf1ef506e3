"""The pages of what has been reported: all of it, and one report."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lykta.domain.events import selectors, services
from lykta.domain.events.forms.reports import DecisionForm
from lykta.domain.events.forms.triage import ReceiverForm
from lykta.domain.events.models import READ_REPORTS, STATES, TRIAGE, Report
from lykta.domain.events.rules import NEXT, OPEN, State
from lykta.domain.events.views.answers import hints_in
from lykta.domain.events.views.inbox import back_or
from lykta.infrastructure import storage
from lykta.infrastructure.access import Refused, Request, needs
from lykta.infrastructure.errors import LyktaError
from lykta.infrastructure.tables import csv_attachment, harmless_rows

ON_A_PAGE = 50
DECISIONS = ACCEPT, REJECT, ERASE = ("godta", "avvisa", "radera")


@needs(READ_REPORTS)
@require_GET
def reports(request: Request) -> HttpResponse:
    """Show the reports within reach, the newest first."""
    chosen = request.GET.get("lage", "")
    rows = selectors.reports(request.reach)
    if chosen in set(State):
        rows = rows.filter(state=chosen)
    context = {
        "page": Paginator(rows, ON_A_PAGE).get_page(request.GET.get("sida")),
        "states": STATES.items(),
        "address": urlencode({"lage": chosen}),
        "chosen": chosen,
        "may_triage": request.reach.may(TRIAGE),
    }
    return render(request, "events/reports.html", context)


@needs(READ_REPORTS)
@require_GET
def table(request: Request) -> HttpResponse:
    """Return the reports within reach as CSV, with what they say."""
    rows = (selectors.REPORT_COLUMNS, *selectors.report_rows(request.reach))
    return csv_attachment("rapporter.csv", harmless_rows(rows))


@needs(READ_REPORTS)
@require_GET
def one(request: Request, key: UUID) -> HttpResponse:
    """Show one report, with what has become of it."""
    return _one(request, key, None)


@needs(TRIAGE)
@require_POST
def decide(request: Request, key: UUID, decision: str) -> HttpResponse:
    """Accept, reject or erase one report."""
    if decision not in DECISIONS:
        raise Refused
    row, now = selectors.report(request.reach, key), timezone.now()
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _one(request, key, form, status=400)
    answer, reason = form.cleaned_data["answer"], form.cleaned_data["reason"]
    try:
        if decision == ACCEPT:
            services.accept(request.reach, [row], now=now, answer=answer)
        elif decision == REJECT:
            services.reject(request.reach, row, reason=reason, answer=answer, now=now)
        else:
            services.erase(request.reach, row, now=now)
    except LyktaError as error:
        form.add_error(None, str(error))
        return _one(request, key, form, status=400)
    messages.success(request, " ".join([_("Beslutet är sparat."), *hints_in(answer)]))
    return back_or(request, "events:one", key=key)


@needs(READ_REPORTS)
@require_GET
def photo(request: Request, pk: int) -> FileResponse:
    """Return a photo of a report within reach; nobody else is told that it is there."""
    row = selectors.photo(request.reach, pk)
    response = FileResponse(storage.path_of(row.sha256).open("rb"), content_type="image/jpeg")
    response["Cache-Control"] = "private, no-store"
    return response


def _one(
    request: Request, key: UUID, form: DecisionForm | None, *, status: int = 200
) -> HttpResponse:
    row = selectors.report(request.reach, key)
    context: dict[str, Any] = {
        "row": row,
        "answers": selectors.answered(row),
        "steps": row.steps.select_related("by", "hand_off"),
        "photos": row.photos.order_by("pk"),
        "repeats": selectors.reports(request.reach).filter(same_as=row),
        "merged": selectors.reports(request.reach).filter(merged_into=row),
        "parts": selectors.parts_of(request.reach, row),
        "due": selectors.due_on(row),
        "form": form,
        "may": frozenset(),
    }
    if request.reach.may(TRIAGE):
        context |= _triage(request, row, form)
    return render(request, "events/one.html", context, status=status)


def _triage(request: Request, row: Report, form: DecisionForm | None) -> dict[str, Any]:
    """Return what those who deal with a report see and do besides."""
    offered = selectors.answers_to(request.reach, row)
    chosen = next((a for a in offered if str(a.pk) == request.GET.get("svar")), None)
    text = chosen.text(request.GET.get("sprak", "sv")) if chosen else ""
    form = form or DecisionForm(initial={"answer": text})
    assignment = row.assignments.select_related("organisation", "account", "instead_of").last()
    return {
        "form": form,
        "may": NEXT[State(row.state)],
        "may_triage": True,
        "is_open": row.state in OPEN,
        "offered": offered,
        "hints": hints_in(form["answer"].value() or ""),
        "assignment": assignment,
        "tried": selectors.tried(assignment.trace) if assignment else [],
        "receivers": ReceiverForm(
            initial={"organisation": row.unit_id, "account": row.handler_id}, today=request.today
        ),
        "hand_offs": selectors.hand_offs(request.reach, row),
        "today": request.today,
        "from_inbox": "inkommet" in (request.GET.get("fran"), request.POST.get("fran")),
    }
