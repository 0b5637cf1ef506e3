"""The pages of organisations."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from lykta.domain.partners import rules, selectors, services
from lykta.domain.partners.forms import OrganisationForm
from lykta.domain.partners.views.filling import filled
from lykta.infrastructure.access import Request, needs


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
        "rows": selectors.as_they_stand(
            selectors.memberships(request.reach).filter(organisation=found), on=request.today
        ),
        "agreements": selectors.stood_on(
            list(selectors.agreements(request.reach).filter(parties=found)), request.as_of
        )
        if request.reach.may(rules.READ_COOPERATION)
        else (),
        "may_change": request.reach.may(rules.ADMINISTER_MEMBERSHIPS),
    }
    return render(request, "partners/organisation.html", context)


@needs(rules.ADMINISTER_MEMBERSHIPS)
@require_http_methods(["GET", "POST"])
def new_organisation(request: Request) -> HttpResponse:
    """Add an organisation."""

    def save(values: dict[str, Any]) -> HttpResponse:
        made = services.add_organisation(request.reach, **values)
        messages.success(request, _("%(name)s är tillagd.") % {"name": made.name})
        return redirect("partners:organisation", pk=made.pk)

    return filled(request, OrganisationForm(request.POST or None), save, _("Ny organisation"))


@needs(rules.ADMINISTER_MEMBERSHIPS)
@require_http_methods(["GET", "POST"])
def change_organisation(request: Request, pk: int) -> HttpResponse:
    """Change an organisation."""
    found = selectors.organisation(request.reach, pk)
    initial = {"name": found.name, "kind": found.kind}

    def save(values: dict[str, Any]) -> HttpResponse:
        services.change_organisation(request.reach, found, **values)
        messages.success(request, _("Ändringen är sparad."))
        return redirect("partners:organisation", pk=pk)

    form = OrganisationForm(request.POST or None, initial=initial)
    return filled(request, form, save, _("Ändra organisation"))
