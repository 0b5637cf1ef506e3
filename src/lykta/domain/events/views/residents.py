"""The pages for residents: report without an account, and follow what became of it by a code."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lykta.domain.events import selectors, services
from lykta.domain.events.forms.residents import CodeForm, OpenReportForm, opened_now
from lykta.domain.events.models import Report
from lykta.domain.events.rules import Channel, State
from lykta.domain.events.services.screening import findings
from lykta.domain.partners import selectors as partners
from lykta.domain.places import selectors as places
from lykta.infrastructure.access import Request, open_to_all
from lykta.infrastructure.errors import LyktaError
from lykta.infrastructure.photos.uploading import takes_photos
from lykta.infrastructure.rates import TooOften, may
from lykta.infrastructure.retention import selectors as retention

LONGEST_TEXT = 2000

# settings.ACCOUNT_RATE_LIMITS says how often; a household has one address.
REPORTS, SAME_TEXT, TRIES = "open-report", "open-text", "open-try"
CODES, SCREENED = "open-code", "open-screen"


@takes_photos
@open_to_all
@require_http_methods(["GET", "POST"])
def report(request: Request) -> HttpResponse:
    """Show the form to anyone, and take in what is filled in."""
    if not may(request, TRIES):
        raise TooOften(_("Det kommer väldigt mycket härifrån. Vänta en minut och försök igen."))
    form = OpenReportForm(
        *((request.POST, request.FILES) if request.method == "POST" else ()),
        reach=places.RESIDENT,
        categories=selectors.choosable(),
        common=selectors.common_categories(places.RESIDENT, None, today=request.today),
        now=timezone.now(),
    )
    if request.method == "GET":
        return _form(request, form)
    if not form.is_valid():
        return _form(request, form, status=400)
    told = form.told(channel=Channel.PUBLIC_FORM)
    is_new = not Report.objects.filter(key=told.key).exists()
    if is_new and (refusal := _refusal(request, told)):
        form.add_error(None, refusal)
        return _form(request, form, status=429)
    try:
        row, code = services.report_openly(told, now=timezone.now())
    except LyktaError as error:
        form.add_error(None, str(error))
        return _form(request, form, status=400)
    if is_new:
        _refusal(request, told, is_counted=True)
    return _private(render(request, "events/open/thanks.html", {"row": row, "code": code}))


@open_to_all
@require_http_methods(["GET", "POST"])
def follow(request: Request) -> HttpResponse:
    """Show what became of the report that a code leads to."""
    form = CodeForm(request.POST or None)
    if not form.is_valid():
        status = 400 if form.is_bound else 200
        return _private(render(request, "events/open/follow.html", {"form": form}, status=status))
    code = form.cleaned_data["code"]
    found = selectors.by_code(code) if may(request, CODES) else None
    if found is None:
        form.add_error("code", _("Ingen rapport har den koden, eller så har du försökt för ofta."))
        return _private(render(request, "events/open/follow.html", {"form": form}, status=400))
    if "radera" in request.POST:
        services.erase_own(found, now=timezone.now())
        return _private(render(request, "events/open/erased.html"))
    steps = found.steps.exclude(answer="")
    parts = found.parts.exclude(state=State.ERASED).select_related("category", "place", "area")
    context = {
        "form": form,
        "row": found,
        "code": code,
        "answers": steps,
        "parts": [(part, part.steps.exclude(answer="")) for part in parts],
    }
    return _private(render(request, "events/open/follow.html", context))


@open_to_all
@require_GET
def suggestions(request: Request) -> HttpResponse:
    """Return the public places that are much like what is being typed."""
    found = places.find_places(places.RESIDENT, request.GET.get("q", "")[:120])
    rows = [
        {"code": row.code, "name": row.name, "areas": [name for _key, name in row.areas]}
        for row in found
    ]
    return JsonResponse({"places": rows})


@open_to_all
@require_POST
def screen(request: Request) -> JsonResponse:
    """Return what in a text tells of persons; the text is neither kept nor logged."""
    text = request.POST.get("text", "")[:LONGEST_TEXT] if may(request, SCREENED) else ""
    return JsonResponse({"findings": findings(text)})


@open_to_all
@require_GET
def information(request: Request) -> HttpResponse:
    """Show how what is told in reports is handled."""
    held = retention.lines(today=request.today)
    ours = [line for line in held if line.key == services.REPORTS_KEY and line.rule]
    contact = partners.contact_point(on=request.today)
    return render(request, "events/open/information.html", {"lines": ours, "contact": contact})


@open_to_all
@require_GET
def accessibility(request: Request) -> HttpResponse:
    """Show how accessible lykta is, and what is known to be lacking."""
    return render(request, "events/open/accessibility.html")


def _form(request: Request, form: OpenReportForm, *, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "opened": opened_now()}
    if form.is_bound and not form.errors.get("opened"):
        context["opened"] = form["opened"].value()
    return render(request, "events/open/report.html", context, status=status)


def _refusal(request: HttpRequest, told: services.Told, *, is_counted: bool = False) -> str:
    """Return why one address may not report this now, "" if it may; only what came in counts."""
    said = " ".join(told.description.casefold().split())
    if not may(request, REPORTS, is_counted=is_counted):
        return _("Det har kommit många rapporter härifrån. Försök igen om en stund.")
    if not may(request, SAME_TEXT, said=said, is_counted=is_counted):
        return _("Den texten har redan kommit in. Har något nytt hänt, skriv det med andra ord.")
    return ""


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response
