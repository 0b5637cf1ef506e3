"""Handing a report off: the page where it is done, and what the one who holds the link sees."""

from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lykta.domain.events import selectors, services
from lykta.domain.events.forms.triage import HandOffForm, ReplyForm
from lykta.domain.events.models import TRIAGE
from lykta.infrastructure import storage
from lykta.infrastructure.access import Refused, Request, needs, open_to_all
from lykta.infrastructure.errors import LyktaError
from lykta.infrastructure.rates import TooOften, may

LINKS, REPLIES = "open-link", "open-reply"  # in settings.ACCOUNT_RATE_LIMITS


def _by_link(view: Any) -> Any:
    """Return a page that nobody keeps or finds, and that is nothing once its link has ended."""

    @wraps(view)
    def shown(request: Request, token: str, **values: Any) -> HttpResponseBase:
        if not may(request, LINKS, limit_get=True):
            raise TooOften(_("Det kommer väldigt mycket härifrån. Vänta en minut."))
        try:
            response: HttpResponseBase = view(request, token, **values)
        except Refused:
            response = render(request, "events/link_ended.html", status=404)
        response["Cache-Control"] = "private, no-store"
        response["X-Robots-Tag"] = "noindex"
        return response

    return shown


@needs(TRIAGE)
@require_http_methods(["GET", "POST"])
def hand_off(request: Request, key: UUID) -> HttpResponse:
    """Ask what someone outside is to be told, and show the link to it once."""
    row, now = selectors.report(request.reach, key), timezone.now()
    form = HandOffForm(request.POST or None, report=row, now=now)
    if form.is_valid():
        try:
            made, token = services.hand_off(request.reach, row, now=now, **form.cleaned_data)
        except LyktaError as error:
            form.add_error(None, str(error))
        else:
            link = request.build_absolute_uri(reverse("open:hand-off", args=[token]))
            context = {"row": row, "made": made, "link": link}
            response = render(request, "events/handed_off.html", context)
            response["Cache-Control"] = "private, no-store"
            return response
    context = {"row": row, "form": form, "photos": row.photos.order_by("pk")}
    return render(request, "events/hand_off.html", context, status=400 if form.errors else 200)


@needs(TRIAGE)
@require_POST
def withdraw(request: Request, pk: int) -> HttpResponse:
    """End a link at once."""
    row = selectors.hand_off_of(request.reach, pk)
    services.withdraw(request.reach, row, now=timezone.now())
    messages.success(request, _("Länken gäller inte längre."))
    return redirect("events:one", key=row.report.key)


@open_to_all
@_by_link
@require_http_methods(["GET", "POST"])
def handed_off(request: Request, token: str) -> HttpResponse:
    """Show what has been handed off to the one who holds the link, and take in an answer."""
    now = timezone.now()
    found = selectors.handed_off(token, now=now)
    if found is None:
        raise Refused
    form = ReplyForm(request.POST or None)
    if form.is_valid():
        if not may(request, REPLIES):
            raise TooOften(_("Det har kommit många svar härifrån. Försök igen om en stund."))
        try:
            services.reply(token, text=form.cleaned_data["text"], now=now)
            return redirect("open:hand-off", token=token)
        except LyktaError as error:
            form.add_error("text", str(error))
    context = {
        "made": found,
        "row": found.report,
        "form": form,
        "token": token,
        "photos": range(1, found.photos.count() + 1),
        "replies": selectors.replies_to(found),
    }
    status = 400 if form.errors else 200
    return render(request, "events/by_link.html", context, status=status)


@open_to_all
@_by_link
@require_GET
def handed_off_photo(_request: Request, token: str, number: int) -> FileResponse:
    """Return a photo that was chosen for the one who holds the link."""
    found = selectors.handed_off(token, now=timezone.now())
    photo = selectors.handed_off_photo(found, number) if found else None
    if photo is None:
        raise Refused
    return FileResponse(storage.path_of(photo.sha256).open("rb"), content_type="image/jpeg")
