"""The pages of administration: fetch, ask, show."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lykta.domain.partners import rules, selectors, services
from lykta.domain.partners.forms import (
    AccountForm,
    ChangeAccountForm,
    EndMembershipForm,
    MembershipForm,
    OrganisationForm,
)
from lykta.domain.partners.models import EXTENTS, ROLES, SUBJECTS
from lykta.infrastructure.access import Refused, Request, needs
from lykta.infrastructure.accounts import selectors as account_selectors
from lykta.infrastructure.errors import LyktaError


@needs(rules.READ_ROLES)
@require_GET
def administration(request: Request) -> HttpResponse:
    """Show what the reader may administer."""
    may = request.reach.may
    context = {
        "may_memberships": may(rules.ADMINISTER_MEMBERSHIPS) or may(rules.ADMINISTER_OWN_MEMBERS),
        "may_accounts": may(rules.ADMINISTER_ACCOUNTS),
        "may_retention": may(rules.READ_RETENTION),
        "may_categories": may(rules.CHANGE_CATEGORIES),
    }
    return render(request, "partners/administration.html", context)


@needs(rules.READ_ROLES)
@require_GET
def roles(request: Request) -> HttpResponse:
    """Show what each role may see and do."""
    rows = [
        (ROLES[role], [EXTENTS[extents[subject]] for subject in rules.Subject])
        for role, extents in rules.MATRIX.items()
    ]
    return render(request, "partners/roles.html", {"subjects": SUBJECTS.values(), "rows": rows})


@needs(rules.READ_ROLES)
@require_GET
def organisations(request: Request) -> HttpResponse:
    """Show the organisations within reach."""
    context = {
        "rows": selectors.organisations(request.reach, on=request.today),
        "may_add": request.reach.may(rules.ADMINISTER_MEMBERSHIPS),
    }
    return render(request, "partners/organisations.html", context)


@needs(rules.READ_ROLES)
@require_GET
def organisation(request: Request, pk: int) -> HttpResponse:
    """Show one organisation and the memberships that the reader may administer."""
    found = selectors.organisation(request.reach, pk)
    context = {
        "organisation": found,
        "rows": selectors.memberships(request.reach).filter(organisation=found),
        "may_change": request.reach.may(rules.ADMINISTER_MEMBERSHIPS),
    }
    return render(request, "partners/organisation.html", context)


@needs(rules.ADMINISTER_MEMBERSHIPS)
def new_organisation(request: Request) -> HttpResponse:
    """Add an organisation."""

    def save(values: dict[str, Any]) -> HttpResponse:
        made = services.add_organisation(request.reach, **values)
        messages.success(request, _("%(name)s är tillagd.") % {"name": made.name})
        return redirect("partners:organisation", pk=made.pk)

    return _filled(request, OrganisationForm(request.POST or None), save, _("Ny organisation"))


@needs(rules.ADMINISTER_MEMBERSHIPS)
def change_organisation(request: Request, pk: int) -> HttpResponse:
    """Change an organisation."""
    found = selectors.organisation(request.reach, pk)
    initial = {"name": found.name, "kind": found.kind}

    def save(values: dict[str, Any]) -> HttpResponse:
        services.change_organisation(request.reach, found, **values)
        messages.success(request, _("Ändringen är sparad."))
        return redirect("partners:organisation", pk=pk)

    form = OrganisationForm(request.POST or None, initial=initial)
    return _filled(request, form, save, _("Ändra organisation"))


@needs(rules.READ_ROLES)
@require_GET
def memberships(request: Request) -> HttpResponse:
    """Show the memberships that the reader may administer."""
    _check_may_fill(request)
    return render(
        request, "partners/memberships.html", {"rows": selectors.memberships(request.reach)}
    )


@needs(rules.READ_ROLES)
def new_membership(request: Request) -> HttpResponse:
    """Add a membership."""
    _check_may_fill(request)

    def save(values: dict[str, Any]) -> HttpResponse:
        account = values.pop("email")
        services.add_membership(request.reach, account=account, **values)
        messages.success(request, _("Medlemskapet är tillagt."))
        return redirect("partners:memberships")

    initial = {"starts_on": request.today, "organisation": request.GET.get("organisation")}
    form = MembershipForm(request.POST or None, initial=initial, reach=request.reach)
    return _filled(request, form, save, _("Nytt medlemskap"))


@needs(rules.READ_ROLES)
def end_membership(request: Request, pk: int) -> HttpResponse:
    """Let a membership end."""
    found = selectors.membership(request.reach, pk)

    def save(values: dict[str, Any]) -> HttpResponse:
        services.end_membership(request.reach, found, **values)
        messages.success(request, _("Medlemskapet slutar den dag du valde."))
        return redirect("partners:memberships")

    form = EndMembershipForm(request.POST or None, initial={"last_day": request.today})
    return _filled(request, form, save, _("Avsluta medlemskap"), about=found)


@needs(rules.ADMINISTER_ACCOUNTS)
@require_GET
def accounts(request: Request) -> HttpResponse:
    """Show the accounts."""
    return render(request, "partners/accounts.html", {"rows": account_selectors.accounts()})


@needs(rules.ADMINISTER_ACCOUNTS)
def new_account(request: Request) -> HttpResponse:
    """Add an account."""

    def save(values: dict[str, Any]) -> HttpResponse:
        made = services.add_account(request.reach, **values)
        messages.success(request, _("Kontot är upplagt. Bjud in ägaren att välja lösenord."))
        return redirect("partners:account", pk=made.pk)

    return _filled(request, AccountForm(request.POST or None), save, _("Nytt konto"))


@needs(rules.ADMINISTER_ACCOUNTS)
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
    return _filled(
        request, form, save, found.name, template="partners/account.html", about=found, held=held
    )


@needs(rules.ADMINISTER_ACCOUNTS)
@require_POST
def invite(request: Request, pk: int) -> HttpResponse:
    """Show, once, the address where the owner of an account chooses a password."""
    found = get_object_or_404(account_selectors.accounts(), pk=pk)
    url = request.build_absolute_uri(services.invite(request.reach, found))
    return render(request, "partners/invitation.html", {"account": found, "url": url})


Save = Callable[[dict[str, Any]], HttpResponse]


def _filled(
    request: Request,
    form: Form,
    save: Save,
    heading: str,
    *,
    template: str = "partners/form.html",
    **context: Any,
) -> HttpResponse:
    """Return what saving answers, or the form again with what is to be put right."""
    if request.method == "POST" and form.is_valid():
        try:
            return save(dict(form.cleaned_data))
        except LyktaError as error:
            form.add_error(None, str(error))
    context |= {"form": form, "heading": heading}
    return render(request, template, context, status=400 if form.errors else 200)


def _check_may_fill(request: Request) -> None:
    may = request.reach.may
    if not (may(rules.ADMINISTER_MEMBERSHIPS) or may(rules.ADMINISTER_OWN_MEMBERS)):
        raise Refused
