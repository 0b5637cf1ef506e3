"""The pages where a report is merged with another, split, and given to someone."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lykta.domain.events import selectors, services
from lykta.domain.events.forms.triage import PartForm, ReceiverForm, part_of
from lykta.domain.events.models import TRIAGE
from lykta.domain.events.views.inbox import back_or
from lykta.infrastructure.access import Refused, Request, needs
from lykta.infrastructure.errors import LyktaError


@needs(TRIAGE)
@require_http_methods(["GET", "POST"])
def merge(request: Request, key: UUID) -> HttpResponse:
    """Show what a report may belong together with, and merge it with the one that is chosen."""
    row = selectors.report(request.reach, key)
    wrong = ""
    if request.method == "POST":
        try:
            into = selectors.report(request.reach, _key(request.POST.get("into", "")))
            answer = request.POST.get("answer", "")[:600]
            services.merge(request.reach, row, into, now=timezone.now(), answer=answer)
            messages.success(request, _("Rapporterna hör nu ihop och räknas en gång."))
            return back_or(request, "events:one", key=key)
        except LyktaError as error:
            wrong = str(error)
    context = {
        "row": row,
        "rows": selectors.merge_candidates(request.reach, row),
        "photos": row.photos.order_by("pk"),
        "wrong": wrong,
        "from_inbox": "inkommet" in (request.GET.get("fran"), request.POST.get("fran")),
    }
    return render(request, "events/merge.html", context, status=400 if wrong else 200)


@needs(TRIAGE)
@require_POST
def unmerge(request: Request, key: UUID) -> HttpResponse:
    """Take a report apart from the one it was merged into."""
    services.unmerge(request.reach, selectors.report(request.reach, key), now=timezone.now())
    messages.success(request, _("Rapporten är som den var innan."))
    return redirect("events:one", key=key)


@needs(TRIAGE)
@require_http_methods(["GET", "POST"])
def split(request: Request, key: UUID) -> HttpResponse:
    """Show a report, and make one more of the things that it tells of a report of its own."""
    row, now = selectors.report(request.reach, key), timezone.now()
    about: dict[str, Any] = {
        "reach": request.reach, "categories": selectors.choosable(), "now": now, "whole": row,
    }  # fmt: skip
    form = PartForm(request.POST or None, initial=part_of(row), **about)
    if form.is_valid():
        try:
            services.split(request.reach, row, [form.part()], now=now)
            messages.success(
                request, _("Delen är en egen rapport. Lägg till en till, eller gå tillbaka.")
            )
            return redirect("events:split", key=key)
        except LyktaError as error:
            form.add_error(None, str(error))
    context = {
        "row": row,
        "form": form,
        "parts": selectors.parts_of(request.reach, row),
        "photos": row.photos.order_by("pk"),
    }
    return render(request, "events/split.html", context, status=400 if form.errors else 200)


@needs(TRIAGE)
@require_POST
def assign(request: Request, key: UUID) -> HttpResponse:
    """Let a unit, an account or both deal with a report."""
    row = selectors.report(request.reach, key)
    form = ReceiverForm(request.POST, today=request.today)
    if not form.is_valid():
        raise Refused
    said = form.cleaned_data
    made = services.assign(
        request.reach, row, organisation=said["organisation"], account=said["account"],
        now=timezone.now(),
    )  # fmt: skip
    _tell(request, made)
    return back_or(request, "events:one", key=key)


@needs(TRIAGE)
@require_POST
def route(request: Request, key: UUID) -> HttpResponse:
    """Send a report where the rules say now."""
    row = selectors.report(request.reach, key)
    made = services.route_again(request.reach, row, now=timezone.now())
    if made is None:
        messages.info(request, _("Ingen regel gäller för rapporten. Den ligger kvar där den var."))
    else:
        _tell(request, made)
    return redirect("events:one", key=key)


def _tell(request: Request, made: Any) -> None:
    if made.instead_of:
        told = _("%(away)s är borta. Rapporten gick till %(name)s.")
        messages.success(request, told % {"away": made.instead_of, "name": made.account})
    elif made.organisation or made.account:
        messages.success(request, _("Tilldelningen är sparad."))
    else:
        messages.success(request, _("Ingen har rapporten nu."))


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Refused from None
