"""Ditt konto: the reader's own password, and where she is logged in."""

from typing import cast

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import PasswordChangeForm
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lykta.domain.partners.rules import READ_ROLES
from lykta.infrastructure.access import Request, needs
from lykta.infrastructure.accounts import sessions
from lykta.infrastructure.accounts.models import Account
from lykta.infrastructure.rates import may

CHANGING = "change_password"  # in settings.ACCOUNT_RATE_LIMITS


@needs(READ_ROLES)
@require_safe
def account(request: Request) -> HttpResponse:
    """Show how the reader logs in, and where she is logged in."""
    me, here = _who_and_where(request)
    context = {"sign_ins": sessions.ongoing(me, now=timezone.now()), "here": here}
    return render(request, "web/account/account.html", context)


@needs(READ_ROLES)
@require_http_methods(["GET", "POST"])
def change_password(request: Request) -> HttpResponse:
    """Let the reader change her password, when she knows the old one."""
    me, here = _who_and_where(request)
    form = PasswordChangeForm(me, request.POST or None)
    if request.method == "POST" and not may(request, CHANGING, said=str(me.pk)):
        return _ask(request, PasswordChangeForm(me), status=429)
    if form.is_valid():
        with transaction.atomic():
            form.save()
            sessions.change_password(me, keep=here)
            update_session_auth_hash(request, me)
            sessions.move(here, str(request.session.session_key))
        messages.success(
            request, _("Lösenordet är bytt. Du är utloggad överallt utom på den här enheten.")
        )
        return redirect("account")
    return _ask(request, form, status=400 if form.errors else 200)


def _who_and_where(request: Request) -> tuple[Account, str]:
    """Return the account that asks, which has a right and so is one, and the key of its session."""
    return cast(Account, request.user), str(request.session.session_key)


def _ask(request: Request, form: PasswordChangeForm, *, status: int) -> HttpResponse:
    context = {"form": form, "is_too_often": status == 429}
    return render(request, "web/account/password.html", context, status=status)


@needs(READ_ROLES)
@require_POST
def end_sessions(request: Request) -> HttpResponse:
    """End one of the reader's other logins, or all of them."""
    only = request.POST.get("inloggning", "")
    if only and not only.isdecimal():
        raise Http404
    me, here = _who_and_where(request)
    n = sessions.end(me, by=me.pk, only=int(only) if only else None, keep=here)
    text = ngettext("En inloggning är avslutad.", "{n} inloggningar är avslutade.", n)
    messages.success(request, text.format(n=n))
    return redirect("account")
