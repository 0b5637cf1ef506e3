"""What a reader chooses for the eye: language, and light or dark."""

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from lykta.infrastructure.access import Request, open_to_all
from lykta.infrastructure.accounts import services as accounts
from lykta.web.frame import SCHEMES

_A_YEAR = 365 * 24 * 3600


@open_to_all
@require_POST
def choose(request: Request) -> HttpResponse:
    """Keep what was chosen in cookies, and the language with the account too."""
    back = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    response = HttpResponseRedirect(back if is_ours else "/")
    language, scheme = request.POST.get("language", ""), request.POST.get("scheme", "")
    if language in dict(settings.LANGUAGES) or language in settings.OPEN_LANGUAGES:
        keep_choice(response, settings.LANGUAGE_COOKIE_NAME, language)
        if request.user.is_authenticated and language in dict(settings.LANGUAGES):
            accounts.choose_language(request.user, language)
    if scheme in SCHEMES:
        keep_choice(response, settings.SCHEME_COOKIE_NAME, scheme)
    return response


def keep_choice(response: HttpResponse, name: str, value: str) -> None:
    """Keep a choice in a cookie for a year, out of reach of scripts."""
    response.set_cookie(
        name,
        value,
        max_age=_A_YEAR,
        httponly=True,
        samesite="Lax",
        secure=settings.IS_HTTPS,
    )
