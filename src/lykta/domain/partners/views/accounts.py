"""The pages of accounts."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lykta.domain.partners import rules, selectors, services
from lykta.domain.partners.forms import AccountForm, ChangeAccountForm
from lykta.domain.partners.views.filling import filled
from lykta.infrastructure.access import Request, needs
from lykta.infrastructure.accounts import factors, inviting, linking, sessions
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
    return filled(
        request,
        form,
        save,
        found.name,
        template="partners/account.html",
        about=found,
        held=selectors.roles_of(pk, on=request.today),
        is_mailed=inviting.may_send(),
        is_linked=linking.is_linked(found),
        n_factors=factors.count(found),
        n_sessions=sessions.ongoing(found, now=timezone.now()).count(),
    )


@needs(rules.ADMINISTER_ACCOUNTS)
@require_POST
def invite(request: Request, pk: int) -> HttpResponse:
    """Send the owner of an account the address where she chooses a password.

    Where there is no mail it is shown, once.
    """
    found = get_object_or_404(account_selectors.accounts(), pk=pk)
    url = request.build_absolute_uri(services.invite(request.reach, found))
    if not inviting.may_send():
        return render(request, "partners/invitation.html", {"account": found, "url": url})
    if inviting.send(found, url):
        messages.success(request, _("Inbjudan är skickad till ägaren."))
    else:
        messages.error(request, _("Inbjudan gick inte att skicka. Se efter under Drift varför."))
    return redirect("partners:account", pk=pk)


@needs(rules.ADMINISTER_ACCOUNTS)
@require_POST
def end_sessions(request: Request, pk: int) -> HttpResponse:
    """End every login of an account."""
    found = get_object_or_404(account_selectors.accounts(), pk=pk)
    n = services.end_sessions(request.reach, found)
    text = ngettext("En inloggning är avslutad.", "{n} inloggningar är avslutade.", n)
    messages.success(request, text.format(n=n))
    return redirect("partners:account", pk=pk)


@needs(rules.ADMINISTER_ACCOUNTS)
@require_POST
def remove_factors(request: Request, pk: int) -> HttpResponse:
    """Let the owner of an account log in by password alone, when all else is lost."""
    found = get_object_or_404(account_selectors.accounts(), pk=pk)
    services.remove_factors(request.reach, found)
    messages.success(request, _("Kontot loggar in med bara lösenord."))
    return redirect("partners:account", pk=pk)


@needs(rules.ADMINISTER_ACCOUNTS)
@require_POST
def unlink(request: Request, pk: int) -> HttpResponse:
    """Let an account be nobody's in the municipality's own login."""
    found = get_object_or_404(account_selectors.accounts(), pk=pk)
    services.unlink(request.reach, found)
    messages.success(request, _("Kopplingen till kommunens inloggning är borttagen."))
    return redirect("partners:account", pk=pk)
