"""The pages of the second factor: allauth's own, in our look, and only those that we use."""

import base64
import hashlib
from typing import Any

from allauth.account.views import ReauthenticateView
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base import views as base
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from cryptography.fernet import Fernet
from django.conf import settings
from django.urls import path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lykta.domain.partners.rules import READ_ROLES
from lykta.infrastructure.access import needs, open_to_all


class FactorAdapter(DefaultMFAAdapter):
    """Names the municipality to apps and keys, and keeps their secrets unread in the database."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("Koden stämmer inte. Skriv den som visas nu."),
    }

    def _get_site_name(self) -> str:
        return f"lykta {settings.INSTALLATION.short_name}"

    def encrypt(self, text: str) -> str:
        """Return a secret as it is kept."""
        return _fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return a secret as it is used."""
        return _fernet().decrypt(encrypted_text.encode()).decode()


def _fernet() -> Fernet:
    digest = hashlib.sha256(b"lykta second factor" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))


def _own(view: Any, *, is_read: bool = False, **more: Any) -> Any:
    """Return a page where one manages one's own factors; what it shows is kept nowhere."""
    answers = require_safe if is_read else _filled_in
    return needs(READ_ROLES)(never_cache(answers(view.as_view(**more))))


_filled_in = require_http_methods(["GET", "POST"])
_index = reverse_lazy("mfa_index")
patterns = [
    path(
        "logga-in/tva-steg/",
        open_to_all(never_cache(_filled_in(base.AuthenticateView.as_view()))),
        name="mfa_authenticate",
    ),
    path("konto/bekrafta/", _own(ReauthenticateView), name="account_reauthenticate"),
    path("konto/bekrafta/kod/", _own(base.ReauthenticateView), name="mfa_reauthenticate"),
    path(
        "konto/bekrafta/nyckel/",
        _own(webauthn.ReauthenticateWebAuthnView),
        name="mfa_reauthenticate_webauthn",
    ),
    path("konto/tva-steg/", _own(base.IndexView, is_read=True), name="mfa_index"),
    path("konto/tva-steg/app/", _own(totp.ActivateTOTPView), name="mfa_activate_totp"),
    path("konto/tva-steg/app/ta-bort/", _own(totp.DeactivateTOTPView), name="mfa_deactivate_totp"),
    path("konto/tva-steg/nyckel/", _own(webauthn.AddWebAuthnView), name="mfa_add_webauthn"),
    path(
        "konto/tva-steg/nyckel/<int:pk>/ta-bort/",
        _own(webauthn.RemoveWebAuthnView, success_url=_index),
        name="mfa_remove_webauthn",
    ),
    path(
        "konto/tva-steg/koder/",
        _own(recovery.ViewRecoveryCodesView, is_read=True),
        name="mfa_view_recovery_codes",
    ),
    path(
        "konto/tva-steg/koder/nya/",
        _own(recovery.GenerateRecoveryCodesView),
        name="mfa_generate_recovery_codes",
    ),
]
