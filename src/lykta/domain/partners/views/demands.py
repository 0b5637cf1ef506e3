"""The page of the roles that log in in two steps."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lykta.domain.partners import rules, selectors, services
from lykta.domain.partners.forms import TwoStepsForm
from lykta.domain.partners.views.filling import filled
from lykta.infrastructure.access import Request, needs


@needs(rules.ADMINISTER_ACCOUNTS)
@require_http_methods(["GET", "POST"])
def two_steps(request: Request) -> HttpResponse:
    """Show which roles log in in two steps, and choose them."""

    def save(values: dict[str, Any]) -> HttpResponse:
        services.demand_two_steps(request.reach, values["roles"], now=timezone.now())
        messages.success(request, _("Kravet på två steg är sparat."))
        return redirect("partners:two-steps")

    initial = {"roles": sorted(selectors.demanded_roles(on=request.today))}
    data = request.POST if request.method == "POST" else None  # no role at all is a choice too
    form = TwoStepsForm(data, initial=initial)
    rows = [(row, selectors.role_label(row.role)) for row in selectors.demands(request.reach)]
    heading, template = _("Inloggning i två steg"), "partners/two_steps.html"
    return filled(request, form, save, heading, template=template, rows=rows)
