"""The pages of the strategic council and its meetings."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from lykta.domain.partners import calendars, rules, selectors, services
from lykta.domain.partners.forms import CouncilMeetingForm, OutcomeForm
from lykta.domain.partners.models import COUNCIL_MEETING_STATES, CouncilMeeting
from lykta.domain.partners.rules import CouncilMeetingState
from lykta.domain.partners.views import tables
from lykta.domain.partners.views.filling import filled
from lykta.domain.partners.views.offices import history_of, shown
from lykta.infrastructure.access import Refused, Request, needs
from lykta.infrastructure.tables import csv_attachment, harmless_rows

PAGE = "cooperation:council"


@needs(rules.READ_COOPERATION)
@require_GET
def council(request: Request) -> HttpResponse:
    """Show the council of a day, who sits there, and its meetings."""
    reach, day = request.reach, request.as_of
    row = selectors.council(reach, on=day)
    context = {
        "row": row,
        "terms": tables.council_terms(row) if row else (),
        "members": selectors.council_members(reach, on=day),
        "leaderless": selectors.without_leaders(reach, on=day),
        "meetings": selectors.council_meetings(reach),
        "n_held": selectors.council_meetings_held(reach, on=day).count(),
        "tables": [
            history_of(request, "council", _("Rådet genom tiden")),
            history_of(request, "member", _("Ledamöter genom tiden"), is_one_line=False),
        ],
    }
    return render(request, "partners/council.html", shown(request, "council") | context)


@needs(rules.READ_COOPERATION)
@require_GET
def members_table(request: Request) -> HttpResponse:
    """Return who has sat in the council as a table to be saved."""
    head = (_("organisation"), _("befattning"), _("ledande"), _("från"), _("till och med"))
    rows = [
        [
            row.organisation.name,
            row.title,
            _("ja") if row.is_leading else _("nej"),
            row.starts_on,
            row.ends_on or "",
        ]
        for row in selectors.all_council_members(request.reach)
    ]
    return csv_attachment("ledamoter.csv", [head, *harmless_rows(rows)])


@needs(rules.READ_COOPERATION)
@require_GET
def meetings_table(request: Request) -> HttpResponse:
    """Return the meetings of the council as a table to be saved."""
    head = (
        _("dag"), _("börjar"), _("slutar"), _("lokal"), _("läge"), _("dagordning"),
        _("var där"), _("protokoll"), _("kom överens om"),
    )  # fmt: skip
    rows = [_meeting_line(row) for row in selectors.council_meetings(request.reach)]
    return csv_attachment("radsmoten.csv", [head, *harmless_rows(rows)])


@needs(rules.READ_COOPERATION)
@require_GET
def meeting(request: Request, pk: int) -> HttpResponse:
    """Show one meeting: what it is about, who came, and what was agreed."""
    row = selectors.council_meeting(request.reach, pk)
    context = {"row": row, "may_change": request.reach.may(rules.CHANGE_COOPERATION)}
    return render(request, "partners/council_meeting.html", context)


@needs(rules.READ_COOPERATION)
@require_GET
def calendar(request: Request, pk: int) -> HttpResponse:
    """Return a meeting as one entry for a calendar."""
    row = selectors.council_meeting(request.reach, pk)
    address = request.build_absolute_uri(reverse("cooperation:council-meeting", args=[pk]))
    content = calendars.one_council_meeting(row, address=address)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="radsmote-{row}.ics"'
    return response


@needs(rules.CHANGE_COOPERATION)
@require_http_methods(["GET", "POST"])
def new_meeting(request: Request) -> HttpResponse:
    """Plan a meeting."""
    return _plan(request, CouncilMeetingForm(request.POST or None), None)


@needs(rules.CHANGE_COOPERATION)
@require_http_methods(["GET", "POST"])
def change_meeting(request: Request, pk: int) -> HttpResponse:
    """Change a meeting that is planned."""
    row = selectors.council_meeting(request.reach, pk)
    if not row.is_planned:
        raise Refused
    initial = CouncilMeetingForm.initial_of(row)
    return _plan(request, CouncilMeetingForm(request.POST or None, initial=initial), row)


@needs(rules.CHANGE_COOPERATION)
@require_http_methods(["GET", "POST"])
def tell(request: Request, pk: int) -> HttpResponse:
    """Tell what became of a meeting, or put it right."""
    row = selectors.council_meeting(request.reach, pk)
    form = OutcomeForm(request.POST or None, initial=OutcomeForm.initial_of(row))

    def save(_values: dict[str, Any]) -> HttpResponse:
        services.tell_of_council_meeting(request.reach, row, form.said(), now=timezone.now())
        messages.success(request, _("Sparat."))
        return redirect("cooperation:council-meeting", pk=pk)

    return filled(request, form, save, _("Så gick mötet"), back=PAGE)


def _plan(request: Request, form: CouncilMeetingForm, row: CouncilMeeting | None) -> HttpResponse:
    def save(_values: dict[str, Any]) -> HttpResponse:
        made = services.plan_council_meeting(
            request.reach, form.said(), now=timezone.now(), meeting=row
        )
        messages.success(request, _("Sparat."))
        return redirect("cooperation:council-meeting", pk=made.pk)

    return filled(request, form, save, _("Ändra mötet") if row else _("Planera möte"), back=PAGE)


def _meeting_line(row: CouncilMeeting) -> list[object]:
    begins, ends = timezone.localtime(row.begins_at), timezone.localtime(row.ends_at)
    return [
        begins.date(),
        f"{begins:%H:%M}",
        f"{ends:%H:%M}",
        row.place,
        COUNCIL_MEETING_STATES[CouncilMeetingState(row.state)],
        row.agenda,
        ", ".join(each.name for each in row.present.all()),
        row.registry_number,
        row.agreed,
    ]
