"""The page of law: fetch, ask, show."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from lykta.domain.statutes import selectors
from lykta.infrastructure.access import Request, needs


@needs(selectors.READ)
@require_GET
def statutes(request: Request) -> HttpResponse:
    """Show the law in force on the day asked about, and what comes after it."""
    context = {
        "rows": selectors.in_force(request.reach, as_of=request.as_of),
        "later": selectors.changes_after(request.reach, as_of=request.as_of),
    }
    return render(request, "statutes/statutes.html", context)
