"""What happens to every request before its page is asked, and after."""

from collections.abc import Callable
from datetime import date
from threading import Lock
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.utils import timezone, translation

from lykta.domain.partners.selectors import reach_of
from lykta.domain.places import selectors as places
from lykta.infrastructure.access import Reach, Request
from lykta.infrastructure.errors import LyktaError
from lykta.infrastructure.once import one_page

Respond = Callable[[Any], HttpResponseBase]
_API = "/api/"
_READING = ("GET", "HEAD")
OPEN = "/oppet/"  # the pages for residents
_SIGN_ON = "/logga-in/kommunen/"  # waits for another server
_TURN = Lock()
# Where one is may be asked for by the page where one reports, when a button is pressed.
_POLICY = "camera=(), geolocation=(self), microphone=(), payment=(), usb=()"


def reach_on(account_id: int | None, *, on: date) -> Reach:
    """Return what an account reaches on a day, with the areas that lie within its own."""
    return places.widened(reach_of(account_id, on=on), as_of=on)


def permissions_policy(respond: Respond) -> Respond:
    """Bar the pages from what none of them needs."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = respond(request)
        response.headers["Permissions-Policy"] = _POLICY
        return response

    return answer


def one_moment(respond: Respond) -> Respond:
    """Make the pages that only read one at a time, each asking for the same thing once.

    No two threads of a process run at once: pages made by turns would all come late. What is sent
    or received takes no turn, nor what waits for another server.
    """

    def answer(request: HttpRequest) -> HttpResponseBase:
        if request.method not in _READING or request.path.startswith(_SIGN_ON):
            return respond(request)
        with _TURN, one_page():
            return respond(request)

    return answer


def language(respond: Respond) -> Respond:
    """Speak Swedish, unless another language has been chosen; never guess by the browser."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        known = {code for code, _name in settings.LANGUAGES}
        if request.path.startswith(OPEN):
            known |= set(settings.OPEN_LANGUAGES)
        with translation.override(chosen if chosen in known else settings.LANGUAGE_CODE):
            request.LANGUAGE_CODE = translation.get_language()
            response = respond(request)
        response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        return response

    return answer


class ReachMiddleware:
    """Puts on the request who asks and for which day, and stops those who reach nothing."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: Request) -> HttpResponseBase:
        """Set `reach`, `today` and `as_of` on the request."""
        request.today = timezone.localdate()
        request.as_of = _day(request.GET.get("datum", "")) or request.today
        request.reach = reach_on(request.user.pk, on=request.today)
        return self.respond(request)

    def process_view(
        self, request: Request, view: Any, _args: Any, _kwargs: Any
    ) -> HttpResponseBase | None:
        """Return a refusal, or None where the page may be asked; it then asks for its right."""
        if getattr(view, "is_open", False):
            return None
        is_api = request.path.startswith(_API)
        if not request.user.is_authenticated:
            return _unknown() if is_api else redirect_to_login(request.get_full_path())
        if request.reach.is_empty:
            return _not_found() if is_api else render(request, "web/outsider.html", status=403)
        if not is_api and not hasattr(view, "right"):
            raise ImproperlyConfigured(f"{view.__module__} needs access.needs or open_to_all")
        return None


class ErrorsMiddleware:
    """Shows what a user can put right as one sentence."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on."""
        return self.respond(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Return the page that says what is wrong; None for what only we can put right."""
        if not isinstance(error, LyktaError):
            return None
        if request.path.startswith(_API):
            return JsonResponse({"code": error.code, "message": str(error)}, status=400)
        return render(request, "400.html", {"message": str(error)}, status=400)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _unknown() -> JsonResponse:
    return JsonResponse({"code": "not-logged-in", "message": "Logga in först."}, status=401)


def _not_found() -> JsonResponse:
    return JsonResponse({"code": "not-found", "message": "Finns inte."}, status=404)
