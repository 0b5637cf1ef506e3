"""Two steps where a role demands them: who has taken one is sent to the other."""

from typing import Any
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa import signals
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from lykta.infrastructure.access import Request
from lykta.infrastructure.accounts import factors
from lykta.infrastructure.accounts.models import Account
from lykta.web.middleware import Respond

_API = "/api/"
STEP = "mfa"  # as allauth writes it down in the session
# Who has no second factor may add one. Who has one must use it: her password alone adds no other.
_ADDING = frozenset({"mfa_index", "mfa_activate_totp", "mfa_add_webauthn"})
_SAYING_PASSWORD = frozenset({"account_reauthenticate"})
_USING = frozenset({"mfa_reauthenticate", "mfa_reauthenticate_webauthn"})


class StrengthMiddleware:
    """Keeps whoever holds a role that demands two steps from all else until she has taken both."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: Request) -> HttpResponseBase:
        """Pass the request on."""
        return self.respond(request)

    def process_view(
        self, request: Request, view: Any, _args: Any, _kwargs: Any
    ) -> HttpResponseBase | None:
        """Return the way to the second step, or None where it is taken or not demanded."""
        if getattr(view, "is_open", False) or not request.reach.needs_two_steps:
            return None
        if not request.user.is_authenticated or is_in_two_steps(request):
            return None
        if request.path.startswith(_API):
            return _refused()
        has_factor = factors.count(request.user) > 0
        match = request.resolver_match
        if match and match.url_name in (_USING if has_factor else _ADDING | _SAYING_PASSWORD):
            return None
        return _to_second_step(request, has_factor=has_factor)


def is_in_two_steps(request: HttpRequest) -> bool:
    """Return whether the one who is logged in has taken a second step in this session."""
    records = get_authentication_records(request, request.user)
    return any(record.get("method") == STEP for record in records)


def keep_step() -> None:
    """Let who adds a factor have taken the second step: she has just shown that she holds it."""
    signals.authenticator_added.connect(_added)


def _added(
    *, request: HttpRequest, user: Account, authenticator: Authenticator, **_more: Any
) -> None:
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        record_authentication(request, user, STEP, id=authenticator.pk, type=authenticator.type)


def _to_second_step(request: Request, *, has_factor: bool) -> HttpResponseBase:
    if not has_factor:
        messages.info(
            request,
            _("Din roll kräver inloggning i två steg. Lägg till ett steg för att fortsätta."),
        )
        return redirect("mfa_index")
    messages.info(
        request, _("Din roll kräver inloggning i två steg. Bekräfta med det andra steget.")
    )
    back = request.get_full_path() if request.method == "GET" else "/"
    return redirect(f"{reverse('mfa_reauthenticate')}?{urlencode({'next': back})}")


def _refused() -> JsonResponse:
    said = _("Din roll kräver inloggning i två steg. Logga in på webben och ta det andra steget.")
    return JsonResponse({"code": "two-steps-needed", "message": said}, status=403)
