"""The pages of memberships."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lykta.domain.partners import rules, selectors, services
from lykta.domain.partners.forms import EndMembershipForm, MembershipForm
from lykta.domain.partners.views.filling import filled
from lykta.infrastructure.access import Refused, Request, needs


@needs(rules.READ_ROLES)
@require_GET
def memberships(request: Request) -> HttpResponse:
    """Show the memberships that the reader may administer."""
    check_may_fill(request)
    rows = selectors.as_they_stand(selectors.memberships(request.reach), on=request.today)
    return render(request, "partners/memberships.html", {"rows": rows})


@needs(rules.READ_ROLES)
@require_http_methods(["GET", "POST"])
def new_membership(request: Request) -> HttpResponse:
    """Add a membership."""
    check_may_fill(request)

    def save(values: dict[str, Any]) -> HttpResponse:
        account = values.pop("email")
        services.add_membership(request.reach, account=account, **values)
        messages.success(request, _("Medlemskapet är tillagt."))
        return redirect("partners:memberships")

    initial = {"starts_on": request.today, "organisation": request.GET.get("organisation")}
    form = MembershipForm(request.POST or None, initial=initial, reach=request.reach)
    return filled(request, form, save, _("Nytt medlemskap"))


@needs(rules.READ_ROLES)
@require_http_methods(["GET", "POST"])
def end_membership(request: Request, pk: int) -> HttpResponse:
    """Let a membership end."""
    found = selectors.membership(request.reach, pk)

    def save(values: dict[str, Any]) -> HttpResponse:
        services.end_membership(request.reach, found, **values)
        messages.success(request, _("Medlemskapet slutar den dag du valde."))
        return redirect("partners:memberships")

    form = EndMembershipForm(request.POST or None, initial={"last_day": request.today})
    return filled(
        request,
        form,
        save,
        _("Avsluta medlemskap"),
        template="partners/end_membership.html",
        back="partners:memberships",
        about=found,
    )


@needs(rules.READ_ROLES)
@require_POST
def take_back_membership(request: Request, pk: int) -> HttpResponse:
    """Let a membership end at once."""
    found = selectors.membership(request.reach, pk)
    services.take_back_membership(request.reach, found, today=request.today)
    messages.success(request, _("Medlemskapet är avslutat. Det ger ingenting längre."))
    return redirect("partners:memberships")


def check_may_fill(request: Request) -> None:
    """Refuse who may take nobody in."""
    may = request.reach.may
    if not (may(rules.ADMINISTER_MEMBERSHIPS) or may(rules.ADMINISTER_OWN_MEMBERS)):
        raise Refused
