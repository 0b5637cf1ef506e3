"""The pages of what the groups of the municipality's own login give."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lykta.domain.partners import rules, selectors, services
from lykta.domain.partners.forms import GroupForm
from lykta.domain.partners.views.filling import filled
from lykta.infrastructure.access import Request, needs


@needs(rules.ADMINISTER_MEMBERSHIPS)
@require_GET
def groups(request: Request) -> HttpResponse:
    """Show what each group gives."""
    rows = [(row, selectors.role_label(row.role)) for row in selectors.group_roles(request.reach)]
    context = {"rows": rows, "sign_on": settings.SIGN_ON_NAME, "claim": settings.SIGN_ON_GROUPS}
    return render(request, "partners/groups.html", context)


@needs(rules.ADMINISTER_MEMBERSHIPS)
@require_http_methods(["GET", "POST"])
def new_group(request: Request) -> HttpResponse:
    """Let a group give a role."""

    def save(values: dict[str, Any]) -> HttpResponse:
        services.let_group_give(request.reach, **values, now=timezone.now())
        messages.success(request, _("Gruppen ger rollen från nästa inloggning."))
        return redirect("partners:groups")

    form = GroupForm(request.POST or None, reach=request.reach)
    return filled(request, form, save, _("Koppla en grupp"), back="partners:groups")


@needs(rules.ADMINISTER_MEMBERSHIPS)
@require_POST
def end_group(request: Request, pk: int) -> HttpResponse:
    """Let a group give a role no longer."""
    found = selectors.group_role(request.reach, pk)
    services.end_group_role(request.reach, found, now=timezone.now())
    messages.success(request, _("Gruppen ger inte längre rollen. De som hade den har den inte nu."))
    return redirect("partners:groups")
