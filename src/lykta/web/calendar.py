"""The calendar of an account, at a secret address that calendar programs ask without logging in."""

from collections.abc import Iterator

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lykta.domain.partners.rules import READ_ROLES
from lykta.infrastructure import calendars
from lykta.infrastructure.access import Reach, Request, needs, open_to_all
from lykta.infrastructure.notifications import subscriptions
from lykta.infrastructure.rates import may

ASKED = "calendar"  # in settings.ACCOUNT_RATE_LIMITS


@needs(READ_ROLES)
@require_POST
def address(request: Request) -> HttpResponse:
    """Make a new address and show it, this once; or take the one there is away."""
    if "ta-bort" in request.POST:
        subscriptions.take_away(request.reach)
        messages.success(request, _("Kalenderadressen är borttagen."))
        return redirect("notifications")
    token = subscriptions.make(request.reach, now=timezone.now())
    url = request.build_absolute_uri(reverse("calendar", args=[token]))
    response = render(request, "web/notifications/calendar.html", {"url": url})
    response["Cache-Control"] = "no-store"
    return response


@open_to_all
@require_safe
def feed(request: Request, token: str) -> HttpResponse:
    """Return the calendar that a token leads to, as far as its owner reaches today."""
    reach, language = subscriptions.reader(token, on=request.today)
    # Each calendar has a limit of its own; who tries others from one address has one for them all.
    if not may(request, ASKED, said="" if reach.is_empty else token, limit_get=True):
        return HttpResponse(status=429)
    if reach.is_empty:
        raise Http404
    with translation.override(language):
        body = calendars.feed(
            f"lykta {settings.INSTALLATION.short_name}",
            _entries(request, reach),
            domain=settings.INSTALLATION.host,
        )
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "no-store"
    response["Content-Language"] = language
    return response


def _entries(request: Request, reach: Reach) -> Iterator[calendars.Entry]:
    for path in settings.CALENDARS:
        yield from import_string(path)(reach, request.today)
