"""Logging in and out, and choosing a password by an invitation."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.views import LoginView, LogoutView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import PasswordResetConfirmView
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.translation import gettext as _

from lykta.demo.filling import PASSWORD
from lykta.domain.partners import selectors
from lykta.infrastructure.access import NOBODY, Request, open_to_all
from lykta.infrastructure.accounts import sessions
from lykta.infrastructure.accounts.selectors import accounts, demo_accounts
from lykta.infrastructure.audit import services as audit
from lykta.web import sign_on
from lykta.web.preferences import keep_choice


class ClosedAdapter(DefaultAccountAdapter):
    """Accounts are made by those who administer them; nobody signs up."""

    def is_open_for_signup(self, request: Request) -> bool:  # noqa: ARG002 - allauth's own
        """Return False."""
        return False

    def authentication_failed(self, request: Request, **credentials: Any) -> None:  # noqa: ARG002
        """Record that someone failed to log in, by the account's id where there is one."""
        with transaction.atomic():
            account = accounts().filter(email__iexact=credentials.get("email", "")).first()
            audit.record("login.failed", actor=None, subject=account)

    def respond_user_inactive(self, request: Request, user: Any) -> HttpResponse:  # noqa: ARG002
        """Say that the account is closed; only one who knows its password gets to hear it."""
        messages.error(request, _("Kontot är stängt. Fråga it-drift om det ska öppnas igen."))
        return redirect("account_login")

    def post_login(self, request: Request, user: Any, **more: Any) -> HttpResponse:
        """Record that someone logged in, and give her the language she has chosen."""
        with transaction.atomic():
            audit.record("login.done", actor=user.pk, subject=user)
        response: HttpResponse = super().post_login(request, user, **more)
        keep_choice(response, settings.LANGUAGE_COOKIE_NAME, user.language)
        return response


class Login(LoginView):
    """The page where one logs in; the demo's lists its accounts."""

    template_name = "account/login.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return what the page shows."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["sign_on"] = settings.SIGN_ON_NAME
        if settings.INSTALLATION.is_demo:
            context["demo_accounts"] = [
                (account, _role(account.pk, self.request)) for account in demo_accounts()
            ]
            context["demo_password"] = PASSWORD
        return context


class Logout(LogoutView):
    """The page where one logs out, of the municipality's provider too where one came from there."""

    template_name = "account/logout.html"

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """Log out, and go on to the provider by a page: a form may not be sent on to it."""
        there = sign_on.way_out(self.request)
        response: HttpResponse = super().post(*args, **kwargs)
        if not there:
            return response
        self.request.reach = NOBODY
        context = {"there": there, "sign_on": settings.SIGN_ON_NAME}
        return render(self.request, "account/logged_out_there.html", context)


class ChoosePassword(PasswordResetConfirmView):
    """The page that an invitation leads to."""

    template_name = "account/choose_password.html"
    success_url = reverse_lazy("account_login")

    def form_valid(self, form: Any) -> HttpResponse:
        """Keep the password, and end what was logged in with another."""
        response: HttpResponse = super().form_valid(form)
        sessions.end(form.user, by=form.user.pk)
        return response


def _role(account_id: int, request: Request) -> str:
    held = selectors.roles_of(account_id, on=request.today)
    return ", ".join(f"{selectors.role_label(row.role)}, {row.organisation}" for row in held)


login = open_to_all(Login.as_view())
logout = open_to_all(Logout.as_view())
choose_password = open_to_all(ChoosePassword.as_view())
