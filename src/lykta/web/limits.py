"""How often one account may do what costs much, or what changes something.

Reading a page is not counted: pages are made by turns (`lykta.web.middleware.one_moment`). What is
counted is kept by each process of the web server, and is gone when it starts anew: a limit against
programs that run wild, not a book of what people do.
"""

import math
import time
from typing import Any

from django.http import HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from lykta.infrastructure.access import Request
from lykta.infrastructure.rates import TooOften
from lykta.web.middleware import Respond

# Well above what a busy person does: a day of thirty reports, each looked through for names while
# it is written, or a letter to each organisation.
LIMITS = {
    "file": parse("120/hour"),
    "api": parse("1200/hour"),
    "import": parse("60/hour"),
    "write": parse("1800/hour"),
}
_READING = ("GET", "HEAD", "OPTIONS")
# The parts of an address that choose in which form its answer is taken out.
_FORMS = ("form", "name")
_TABLES = (".csv", ".xlsx", ".parquet")


class LimitsMiddleware:
    """Answers 429 to an account that asks more often than people do."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond
        self.limiter = MovingWindowRateLimiter(MemoryStorage())

    def __call__(self, request: Request) -> HttpResponseBase:
        """Pass the request on."""
        return self.respond(request)

    def process_view(
        self, request: Request, _view: Any, _args: Any, kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Return a refusal, or None where the account may do this once more."""
        what = _what(request, kwargs)
        if not what or not request.user.is_authenticated:
            return None
        limit, who = LIMITS[what], str(request.user.pk)
        if self.limiter.hit(limit, what, who):
            return None
        free_at = self.limiter.get_window_stats(limit, what, who).reset_time
        return _refusal(request, max(1, math.ceil(free_at - time.time())))


def _what(request: Request, kwargs: dict[str, Any]) -> str:
    """Return which of the limits holds for a request, "" for none."""
    if request.path.startswith("/api/"):
        return "api"
    if request.method not in _READING:
        return "import" if request.path.startswith("/inlasning/") else "write"
    is_file = request.path.endswith(_TABLES) or any(part in kwargs for part in _FORMS)
    return "file" if is_file else ""


def _refusal(request: Request, seconds: int) -> HttpResponseBase:
    minutes = math.ceil(seconds / 60)
    message = _("Ditt konto har gjort detta mycket ofta. Försök igen om %(n)s min.") % {
        "n": minutes
    }
    if request.path.startswith("/api/"):
        said = {"code": TooOften.code, "message": message}
        response: HttpResponseBase = JsonResponse(said, status=429)
    else:
        response = render(request, "400.html", {"message": message}, status=429)
    response.headers["Retry-After"] = str(seconds)
    return response
