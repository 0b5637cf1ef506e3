"""The pages of accounts."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lykta.domain.partners import rules, selectors, services
from lykta.domain.partners.forms import AccountForm, ChangeAccountForm
from lykta.domain.partners.views.filling import filled
from lykta.infrastructure.access import Request, needs
from lykta.infrastructure.accounts import selectors as account_selectors


@needs(rules.ADMINISTER_ACCOUNTS)
@require_GET
def accounts(request: Request) -> HttpResponse:
    """Show the accounts."""
    return render(request, "partners/accounts.html", {"rows": account_selectors.accounts()})


@needs(rules.ADMINISTER_ACCOUNTS)
@require_http_methods(["GET", "POST"])
def new_account(request: Request) -> HttpResponse:
    """Add an account."""

    def save(values: dict[str, Any]) -> HttpResponse:
        made = services.add_account(request.reach, **values)
        messages.success(request, _("Kontot är upplagt. Bjud in ägaren att välja lösenord."))
        return redirect("partners:account", pk=made.pk)

    return filled(request, AccountForm(request.POST or None), save, _("Nytt konto"))


@needs(rules.ADMINISTER_ACCOUNTS)
@require_http_methods(["GET", "POST"])
def account(request: Request, pk: int) -> HttpResponse:
    """Show an account and change it."""
    found = get_object_or_404(account_selectors.accounts(), pk=pk)
    initial = {"name": found.name, "is_active": found.is_active}

    def save(values: dict[str, Any]) -> HttpResponse:
        services.change_account(request.reach, found, **values)
        messages.success(request, _("Ändringen är sparad."))
        return redirect("partners:account", pk=pk)

    form = ChangeAccountForm(request.POST or None, initial=initial)
    held = selectors.roles_of(pk, on=request.today)
    return filled(
        request, form, save, found.name, template="partners/account.html", about=found, held=held
    )


@needs(rules.ADMINISTER_ACCOUNTS)
@require_POST
def invite(request: Request, pk: int) -> HttpResponse:
    """Show, once, the address where the owner of an account chooses a password."""
    found = get_object_or_404(account_selectors.accounts(), pk=pk)
    url = request.build_absolute_uri(services.invite(request.reach, found))
    return render(request, "partners/invitation.html", {"account": found, "url": url})
