"""Logging in by the municipality's own provider, with OpenID Connect, and out again."""

import logging
import secrets
from typing import Any, NoReturn
from urllib.parse import urlencode

import jwt
from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import get_next_redirect_url
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base import AuthError
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.utils import generate_code_challenge
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET
from requests import RequestException

from lykta.domain.partners import services
from lykta.infrastructure.access import Request, open_to_all
from lykta.infrastructure.accounts.models import Account
from lykta.infrastructure.audit import services as audit
from lykta.infrastructure.errors import LyktaError
from lykta.infrastructure.rates import may
from lykta.web.strength import STEP

SIGNED_ON = "signed_on"  # in the session: what it takes to log out there too
STARTING = "sign-on"  # in settings.ACCOUNT_RATE_LIMITS
# What a provider must tell of itself.
_NEEDED = {"issuer", "authorization_endpoint", "token_endpoint", "jwks_uri"}
# With a key that the provider alone has; never with the secret that we have too.
_SIGNED_BY = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
_CLOCK_WRONG_S = 60
_IN_TWO_STEPS = "mfa"  # of the ways to log in that RFC 8176 names
_LOG = logging.getLogger(__name__)


class MunicipalAdapter(OpenIDConnectOAuth2Adapter):
    """Asks the provider, and takes no answer that is not signed by it."""

    def get_provider(self) -> "MunicipalProvider":
        """Return the provider that the settings name."""
        app = get_adapter().get_app(self.request, provider=self.provider_id)
        return MunicipalProvider(self.request, app=app)

    def get_callback_url(self, request: Request, *_more: Any) -> str:
        """Return where the provider sends its answer."""
        return request.build_absolute_uri(reverse("sign-on-answer"))

    @property
    def openid_config(self) -> dict[str, Any]:
        """Return what the provider tells of itself; raise where it is not the one we know."""
        told: dict[str, Any] = super().openid_config
        if not told.keys() >= _NEEDED or told["issuer"].rstrip("/") != settings.SIGN_ON_ISSUER:
            raise OAuth2Error("the provider does not tell of itself as it is named here")
        return told

    def complete_login(self, request: Request, app: Any, token: Any, **more: Any) -> SocialLogin:
        """Return who logs in, with what was told of her beside it: nothing of it is kept."""
        raw = more["response"].get("id_token")
        if not raw:
            raise OAuth2Error("the provider sent no ID token")
        login = super().complete_login(request, app, token, **more)
        kept, login.account.extra_data = login.account.extra_data, {}
        signed, asked = kept["id_token"], kept["userinfo"]
        if asked.get("sub", signed["sub"]) != signed["sub"]:
            raise OAuth2Error("the provider told of someone else")
        ends_at = self.openid_config.get("end_session_endpoint", "")
        vars(login).update(claims=asked | signed, farewell={"id_token": raw, "ends_at": ends_at})
        return login

    def _decode_id_token(self, app: Any, id_token: str) -> dict[str, Any]:
        """Return what the provider has signed; allauth looks at the signature only now and then."""
        with get_adapter().get_requests_session() as session:
            kept = session.get(self.openid_config["jwks_uri"])
        kept.raise_for_status()
        try:
            told: dict[str, Any] = jwt.decode(
                id_token,
                _key(kept.json(), jwt.get_unverified_header(id_token).get("kid")),
                algorithms=_SIGNED_BY,
                audience=app.client_id,
                issuer=self.openid_config["issuer"],
                leeway=_CLOCK_WRONG_S,
                options={"require": ["iss", "sub", "aud", "exp", "iat"]},
            )
        except jwt.PyJWTError as error:
            raise OAuth2Error(
                "the ID token is not signed by the provider, or not for us"
            ) from error
        if told.get("azp", app.client_id) != app.client_id:
            raise OAuth2Error("the ID token is for someone else")
        return told

    def _fetch_user_info(self, access_token: str) -> dict[str, Any]:
        if "userinfo_endpoint" not in self.openid_config:
            return {}
        told: dict[str, Any] = super()._fetch_user_info(access_token)
        return told


class MunicipalProvider(OpenIDConnectProvider):
    """The provider, always asked with PKCE."""

    oauth2_adapter_class = MunicipalAdapter

    def get_pkce_params(self) -> dict[str, str]:
        """Return a challenge of the kind S256."""
        params: dict[str, str] = generate_code_challenge()
        return params


class SignOnAdapter(DefaultSocialAccountAdapter):
    """Decides who is let in: nobody signs up, and a stranger is told so."""

    def is_open_for_signup(self, *_asked: Any) -> bool:
        """Return False."""
        return False

    def pre_social_login(self, request: Request, sociallogin: SocialLogin) -> None:
        """Let in whom the provider has let in and we know; send the others back."""
        claims = vars(sociallogin)["claims"]
        nonce = sociallogin.state.get("nonce", "")
        if not nonce or not secrets.compare_digest(str(claims.get("nonce", "")), nonce):
            raise OAuth2Error("the answer is to another question")
        if request.user.is_authenticated:
            logout(request)
        account = _admitted(request, sociallogin, claims)
        request.session[SIGNED_ON] = vars(sociallogin)["farewell"]
        if _IN_TWO_STEPS in _listed(claims.get("amr")):
            record_authentication(request, account, STEP, provider=sociallogin.account.provider)

    def on_authentication_error(
        self, request: Request, provider: Any, *, error: str, exception: Any, **_more: Any
    ) -> NoReturn:
        """Send back to the login, with a sentence; what went wrong is in the server's log."""
        # Some providers send no state with a no, which is then unknown to allauth.
        if error == AuthError.CANCELLED or request.GET.get("error") == "access_denied":
            raise _back(request, _("Inloggningen hos {name} avbröts.").format(name=provider.name))
        _LOG.warning("sign-on failed: %s", type(exception).__name__)
        raise _back(request, _failed())


@open_to_all
@never_cache
@require_GET
def sign_on(request: Request) -> HttpResponse:
    """Send to the provider, with a question that only its answer to this browser fits."""
    provider = _adapter(request).get_provider()
    if not may(request, STARTING, limit_get=True):
        messages.error(request, _failed())
        return redirect("account_login")
    nonce = secrets.token_urlsafe(32)
    try:
        answer: HttpResponse = provider.redirect(
            request,
            AuthProcess.LOGIN,
            next_url=get_next_redirect_url(request),
            auth_params={"nonce": nonce},
            nonce=nonce,
        )
    except (RequestException, OAuth2Error) as error:
        _LOG.warning("sign-on failed: %s", type(error).__name__)
        messages.error(request, _failed())
        return redirect("account_login")
    return answer


@open_to_all
@never_cache
@require_GET
def answer(request: Request) -> HttpResponse:
    """Take what the provider answers."""
    response: HttpResponse = OAuth2CallbackView.adapter_view(_adapter(request))(request)
    return response


def way_out(request: Request) -> str:
    """Return where one logs out at the provider, "" where there is no such place."""
    told = request.session.get(SIGNED_ON, {})
    if not told.get("ends_at", "").startswith(("https://", "http://")):
        return ""
    back = request.build_absolute_uri(reverse("account_login"))
    asked = {"id_token_hint": told["id_token"], "post_logout_redirect_uri": back}
    join = "&" if "?" in told["ends_at"] else "?"
    return f"{told['ends_at']}{join}{urlencode(asked)}"


def _key(keys: dict[str, Any], name: str | None) -> jwt.PyJWK:
    """Return the provider's key of a name, or its only one; raise where that is not one key."""
    found = [
        key
        for key in jwt.PyJWKSet.from_dict(keys).keys
        if key.public_key_use in (None, "sig") and name in (None, key.key_id)
    ]
    if len(found) != 1:
        raise jwt.InvalidKeyError("no such key")
    return found[0]


def _adapter(request: Request) -> MunicipalAdapter:
    if not settings.SIGN_ON_ISSUER:
        raise Http404
    return MunicipalAdapter(request, settings.SIGN_ON_PROVIDER)


def _admitted(request: Request, login: SocialLogin, claims: dict[str, Any]) -> Account:
    """Return the account of who logs in, linked with her; raise where there is none for her."""
    linked = login.user if login.is_existing else None
    try:
        with transaction.atomic():
            account = services.admit(**_told(login, claims), linked=linked, on=request.today)
            if account is None:
                audit.record("login.failed", actor=None)
            elif linked is None and account.is_active:
                login.connect(request, account)
    except LyktaError as error:
        raise _back(request, str(error)) from error
    if account is None:
        said = _(
            "Du är inloggad hos {name} men har inget konto här. "
            "Be den som samordnar arbetet att bjuda in dig."
        )
        raise _back(request, said.format(name=settings.SIGN_ON_NAME))
    if not account.is_active:
        raise _back(request, _("Kontot är stängt. Fråga it-drift om det ska öppnas igen."))
    return account


def _told(login: SocialLogin, claims: dict[str, Any]) -> dict[str, Any]:
    verified = [each.email for each in login.email_addresses if each.verified is True]
    both = f"{claims.get('given_name', '')} {claims.get('family_name', '')}"
    return {
        "email": verified[0] if verified else "",
        "name": str(claims.get("name") or both),
        "groups": frozenset(_listed(claims.get(settings.SIGN_ON_GROUPS))),
    }


def _listed(claim: Any) -> list[str]:
    """Return a claim of one or many words as words."""
    found = claim if isinstance(claim, list) else [claim]
    return [each for each in found if isinstance(each, str)]


def _failed() -> str:
    said = _(
        "Inloggningen hos {name} gick inte. Försök igen om en stund, eller logga in med lösenord. "
        "Säg till it-drift om det händer igen."
    )
    return said.format(name=settings.SIGN_ON_NAME)


def _back(request: Request, said: str) -> ImmediateHttpResponse:
    messages.error(request, said)
    return ImmediateHttpResponse(redirect("account_login"))
