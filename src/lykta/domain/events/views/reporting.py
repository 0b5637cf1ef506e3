"""The page where people of an organisation report, and what it asks while they write."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lykta.domain.events import selectors, services
from lykta.domain.events.forms.reports import ReportForm, similar_to
from lykta.domain.events.models import AREAS, REPORT
from lykta.domain.events.services.reporting import placed
from lykta.domain.events.services.screening import findings
from lykta.domain.partners import selectors as partners
from lykta.infrastructure.access import Refused, Request, needs
from lykta.infrastructure.errors import LyktaError
from lykta.infrastructure.once import one_page
from lykta.infrastructure.photos.uploading import takes_photos

LONGEST_TEXT = 2000
_JSON = "application/json"


@takes_photos
@needs(REPORT)
@require_http_methods(["GET", "POST"])
@one_page()  # nothing that is asked twice is what a report changes
def report(request: Request) -> HttpResponse:
    """Show the form, and take in what is filled in: by a page, or by the queue of a phone."""
    now = timezone.now()
    organisation = _organisation(request)
    form = _form(request, organisation, now)
    is_told = form.is_bound and form.is_valid()
    if request.method == "GET":
        return render(request, "events/report.html", _context(request, form, organisation, now))
    if is_told:
        try:
            made, is_new = services.report(
                request.reach, form.told(), organisation=organisation, now=now
            )
        except LyktaError as error:
            form.add_error(None, str(error))
            return _refused(request, form, organisation, now, code=error.code)
        if _wants_json(request):
            return JsonResponse({"key": made.key, "is_new": is_new}, status=201 if is_new else 200)
        messages.success(request, _("Tack. Rapporten är mottagen."))
        return redirect("events:report")
    return _refused(request, form, organisation, now, code="to-be-put-right")


@needs(REPORT)
@require_POST
def screen(request: Request) -> JsonResponse:
    """Return what in a text tells of persons; the text is neither kept nor logged."""
    found = findings(request.POST.get("text", "")[:LONGEST_TEXT])
    return JsonResponse({"findings": found})


@needs(REPORT)
@require_GET
def similar(request: Request) -> HttpResponse:
    """Return what has been reported before that is much like what is being written."""
    now = timezone.now()
    said = request.GET.copy()
    said["description"] = "…"  # not asked for here
    form = ReportForm(said, **_about(request, _organisation(request), now))
    form.is_valid()
    made_out = form.cleaned_data
    is_enough = all(made_out.get(name) for name in ("category", "when", "where"))
    if not is_enough:
        return render(request, "events/_similar.html", {"rows": ()})
    context = {
        "rows": similar_to(request.reach, made_out),
        "here": _readers_at(request, made_out["where"], now),
    }
    return render(request, "events/_similar.html", context)


@needs(REPORT)
@require_POST
def nothing(request: Request) -> HttpResponse:
    """Say that there is nothing to report this week."""
    now = timezone.now()
    services.say_nothing_to_report(request.reach, organisation=_organisation(request), now=now)
    messages.success(request, _("Tack. Nu vet vi att ni inte har något att rapportera i veckan."))
    return redirect("events:report")


@needs(REPORT)
@require_GET
def sending(request: Request) -> JsonResponse:
    """Return what a phone that has been without network needs to send what waits."""
    return JsonResponse({"token": get_token(request), "account": request.reach.user})


def _readers_at(request: Request, where: services.Where, now: datetime) -> selectors.Readers | None:
    """Return who will read what is told of a place; None where it cannot be told where it lies."""
    try:
        found = placed(where, now=now)
    except LyktaError:
        return None
    areas = [found[f"{name}_id"] for name in AREAS if found.get(f"{name}_id")]
    return selectors.readers(_organisation(request), on=request.today, areas=areas)


def _organisation(request: Request) -> int:
    """Return the organisation that is reported for; the first, unless another is chosen."""
    held = sorted(request.reach.organisations(REPORT))
    chosen = request.POST.get("organisation") or request.GET.get("organisation") or ""
    if not chosen:
        return held[0]
    if not chosen.isdecimal() or int(chosen) not in held:
        raise Refused
    return int(chosen)


def _form(request: Request, organisation: int, now: datetime) -> ReportForm:
    data = (request.POST, request.FILES) if request.method == "POST" else ()
    return ReportForm(*data, **_about(request, organisation, now))


def _about(request: Request, organisation: int, now: datetime) -> dict[str, Any]:
    return {
        "reach": request.reach,
        "categories": selectors.choosable(),
        "common": selectors.common_categories(request.reach, organisation, today=request.today),
        "now": now,
    }


def _context(
    request: Request, form: ReportForm, organisation: int, now: datetime
) -> dict[str, Any]:
    own = partners.organisations_of(request.reach, REPORT)
    return {
        "form": form,
        "organisation": organisation,
        "organisations": own,
        "last": selectors.last_place(request.reach),
        "readers": selectors.readers(organisation, on=request.today),
        "is_quiet": selectors.is_quiet(organisation, today=request.today),
        "mine": selectors.reports(request.reach).filter(reporter=request.reach.user)[:5],
        "now": now,
    }


def _refused(
    request: Request, form: ReportForm, organisation: int, now: datetime, *, code: str
) -> HttpResponse:
    if _wants_json(request):
        wrong = {name: list(map(str, errors)) for name, errors in form.errors.items()}
        return JsonResponse({"code": code, "errors": wrong}, status=400)
    context = _context(request, form, organisation, now)
    return render(request, "events/report.html", context, status=400)


def _wants_json(request: Request) -> bool:
    return _JSON in request.headers.get("Accept", "")
