"""Whether the installation is well: a short answer for machines, and a page for people."""

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lykta.domain.partners.rules import ADMINISTER_ACCOUNTS
from lykta.infrastructure import examination
from lykta.infrastructure.access import Request, needs, open_to_all


@open_to_all
@require_safe
def alive(_request: HttpRequest) -> HttpResponse:
    """Return whether the pages and the database answer, and nothing else."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})


@needs(ADMINISTER_ACCOUNTS)
@require_safe
def health(request: Request) -> HttpResponse:
    """Show what was examined, and what to do about what is not well."""
    return render(request, "web/health.html", {"checks": examination.examine()})
