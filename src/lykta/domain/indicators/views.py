"""The pages of indicators: fetch, ask, show."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from lykta.domain.indicators import selectors, services
from lykta.domain.indicators.forms import CitationForm
from lykta.domain.indicators.models import READ, THEMES
from lykta.domain.indicators.services.reading_in import CHANGE
from lykta.infrastructure.access import Refused, Request, needs


@needs(READ)
@require_GET
def dashboard(request: Request) -> HttpResponse:
    """Show the latest value of each series by theme, and what is said of the world outside."""
    theme = request.GET.get("tema", "")
    context = {
        "groups": selectors.dashboard(request.reach, theme, as_of=request.as_of),
        "citations": selectors.citations(request.reach, as_of=request.as_of),
        "theme": theme,
        "themes": [(key.value, label) for key, label in THEMES.items()],
        "may_change": request.reach.may(CHANGE),
    }
    return render(request, "indicators/dashboard.html", context)


@needs(READ)
@require_GET
def series(request: Request, indicator: str) -> HttpResponse:
    """Show one series: every period with its status, source and interval, and what was revised."""
    place = request.GET.get("omrade", "")
    found = selectors.series(request.reach, indicator, geo_code=place, as_of=request.as_of)
    context = {"series": found, "indicator": found.indicator}
    return render(request, "indicators/series.html", context)


@needs(READ)
@require_GET
def export(request: Request, indicator: str) -> HttpResponse:
    """Return one series as a file that can be read in again unchanged."""
    content = services.export(request.reach, indicator, as_of=request.as_of)
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    name = indicator.replace(":", "-")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


@needs(CHANGE)
@require_http_methods(["GET", "POST"])
def new_citation(request: Request) -> HttpResponse:
    """Take what a source says of the world outside."""
    form = CitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.cite(request.reach, **form.cleaned_data)
            return redirect("indicators:dashboard")
        except Refused:
            form.add_error("indicator", CitationForm.UNKNOWN)
    context = {"form": form}
    status = 400 if form.errors else 200
    return render(request, "indicators/new_citation.html", context, status=status)
