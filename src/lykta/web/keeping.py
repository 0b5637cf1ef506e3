"""What browsers may keep: no page of one who is logged in, for the next at the same machine."""

from collections.abc import Callable

from django.http import HttpResponseBase

from lykta.infrastructure.access import Request

Respond = Callable[[Request], HttpResponseBase]


def kept_nowhere(respond: Respond) -> Respond:
    """Ask browsers and proxies to keep nothing of what only one may see."""

    def answer(request: Request) -> HttpResponseBase:
        response = respond(request)
        if request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return answer
