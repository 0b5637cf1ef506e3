"""The page of what is planned: the wheel of the year."""

from itertools import groupby

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import dates, timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lykta.domain.meetings import selectors, services, words
from lykta.domain.meetings.forms.actions import PlannedForm
from lykta.domain.meetings.models import HOLD, READ, PlannedEvent
from lykta.infrastructure.access import Refused, Request, needs
from lykta.infrastructure.errors import LyktaError


@needs(READ)
@require_http_methods(["GET", "POST"])
def year(request: Request) -> HttpResponse:
    """Show what is planned, month by month, and add to it."""
    may_hold = request.reach.may(HOLD)
    if request.method == "POST" and not may_hold:
        raise Refused
    form = PlannedForm(request.POST or None, reach=request.reach, today=request.today)
    if form.is_valid():
        said = form.cleaned_data
        try:
            services.add_planned(
                request.reach,
                said["name"],
                first_day=said["first_day"],
                last_day=said["last_day"] or said["first_day"],
                is_yearly=said["is_yearly"],
                area=said["area"],
                now=timezone.now(),
            )
            messages.success(request, _("Sparat."))
            return redirect("meetings:year")
        except LyktaError as error:
            form.add_error(None, str(error))
    rows = selectors.planned_events(request.reach)
    months = [
        (dates.MONTHS[month], [(row, words.days(row.first_day, row.last_day)) for row in found])
        for month, found in groupby(rows, key=lambda row: row.first_day.month)
    ]
    context = {"months": months, "form": form if may_hold else None, "may_hold": may_hold}
    return render(request, "meetings/year.html", context, status=400 if form.errors else 200)


@needs(HOLD)
@require_POST
def remove(request: Request, pk: int) -> HttpResponse:
    """Take away something that is planned."""
    services.remove_planned(request.reach, get_object_or_404(PlannedEvent, pk=pk))
    messages.success(request, _("Borttaget."))
    return redirect("meetings:year")
