"""The first page of administration, and what each role may see."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from lykta.domain.partners import rules
from lykta.domain.partners.models import EXTENTS, ROLES, SUBJECTS
from lykta.infrastructure.access import Request, needs


@needs(rules.READ_ROLES)
@require_GET
def administration(request: Request) -> HttpResponse:
    """Show what the reader may administer."""
    may = request.reach.may
    context = {
        "may_memberships": may(rules.ADMINISTER_MEMBERSHIPS) or may(rules.ADMINISTER_OWN_MEMBERS),
        "may_groups": may(rules.ADMINISTER_MEMBERSHIPS),
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
