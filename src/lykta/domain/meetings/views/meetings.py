"""The pages of the meeting, in one screen."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lykta.domain.documents import selectors as documents
from lykta.domain.documents.rules import Kind
from lykta.domain.events import selectors as events
from lykta.domain.meetings import calendars, papers, rules, selectors, services
from lykta.domain.meetings.forms.actions import TellForm
from lykta.domain.meetings.forms.meetings import (
    AttendanceForm,
    CloseForm,
    DecisionForm,
    MeetingForm,
)
from lykta.domain.meetings.models import HOLD, READ, Decision
from lykta.domain.meetings.rules import Week
from lykta.domain.meetings.views.weeks import FORM_NAMES, attached, shown
from lykta.infrastructure.access import Refused, Request, needs
from lykta.infrastructure.errors import LyktaError

LARGE = "storbild"


@needs(READ)
@require_GET
def meeting(request: Request, week: Week) -> HttpResponse:
    """Show the meeting of a week: last week's actions, the picture, decisions, answers."""
    return _meeting(request, week)


@needs(HOLD)
@require_POST
def plan(request: Request, week: Week) -> HttpResponse:
    """Plan a meeting, or move it."""
    form = MeetingForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        try:
            services.plan(
                request.reach,
                week,
                begins_at=said["begins_at"],
                ends_at=said["ends_at"],
                place=said["place"],
                now=timezone.now(),
            )
            messages.success(request, _("Tiden är sparad."))
            return redirect("meetings:meeting", week=week)
        except LyktaError as error:
            form.add_error(None, str(error))
    return _meeting(request, week, status=400, plan_form=form)


@needs(HOLD)
@require_POST
def attend(request: Request, week: Week) -> HttpResponse:
    """Write who is there, and what is said."""
    row = selectors.meeting(request.reach, week)
    form = AttendanceForm(request.POST, today=request.today)
    if form.is_valid():
        said = form.cleaned_data
        try:
            services.attend(request.reach, row, [*map(int, said["present"])], note=said["note"])
            messages.success(request, _("Närvaron är sparad."))
            return redirect("meetings:meeting", week=week)
        except LyktaError as error:
            form.add_error(None, str(error))
    return _meeting(request, week, status=400, attendance_form=form)


@needs(HOLD)
@require_POST
def decide(request: Request, week: Week) -> HttpResponse:
    """Decide something, which becomes an action at once."""
    row = selectors.meeting(request.reach, week)
    form = DecisionForm(request.POST, reach=request.reach, today=request.today)
    if form.is_valid():
        try:
            made = services.decide(request.reach, row, now=timezone.now(), **form.cleaned_data)
            messages.success(request, _("Åtgärd {number} är skapad.").format(number=made.number))
            return redirect(f"{_address(week)}#nytt-beslut")
        except LyktaError as error:
            form.add_error(None, str(error))
    return _meeting(request, week, status=400, decision_form=form)


@needs(HOLD)
@require_POST
def withdraw(request: Request, week: Week, pk: int) -> HttpResponse:
    """Take back a decision while the meeting is going on."""
    row = selectors.meeting(request.reach, week)
    decision = get_object_or_404(Decision, pk=pk, meeting=row)
    try:
        services.withdraw(request.reach, decision, now=timezone.now())
        messages.success(request, _("Beslutet är taget tillbaka."))
    except LyktaError as error:
        messages.error(request, str(error))
    return redirect(f"{_address(week)}#beslut")


@needs(HOLD)
@require_POST
def close(request: Request, week: Week) -> HttpResponse:
    """End the meeting: write its minutes, and answer those who reported."""
    row = selectors.meeting(request.reach, week)
    form = CloseForm(request.POST)
    if form.is_valid():
        try:
            services.close(
                request.reach, row, no_action=form.cleaned_data["no_action"], now=timezone.now()
            )
            messages.success(request, _("Mötet är avslutat och protokollet skrivet."))
            return redirect("meetings:meeting", week=week)
        except LyktaError as error:
            form.add_error(None, str(error))
    return _meeting(request, week, status=400, close_form=form)


@needs(READ)
@require_GET
def minutes(request: Request, week: Week, form: str) -> FileResponse:
    """Return the minutes of a meeting in one form."""
    held = documents.documents(request.reach, kind=Kind.MINUTES)
    document = held.filter(title=papers.minutes_title(week)).first()
    if document is None:
        raise Refused
    return attached(request, document, form)


@needs(READ)
@require_GET
def calendar(request: Request, week: Week) -> HttpResponse:
    """Return the meeting as one entry for a calendar."""
    row = selectors.meeting(request.reach, week)
    content = calendars.one(request.reach, row, address=request.build_absolute_uri(_address(week)))
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="veckomote-{week.key}.ics"'
    return response


def _meeting(request: Request, week: Week, *, status: int = 200, **forms: Form) -> HttpResponse:
    reach, today = request.reach, request.today
    row = selectors.meeting_of(reach, week)
    may_hold = reach.may(HOLD)
    if row is None and not may_hold:
        raise Refused
    found = selectors.frozen(reach, week)
    context: dict[str, Any] = {
        "week": week,
        "meeting": row,
        "may_hold": may_hold,
        "is_large": LARGE in request.GET,
        "followed": selectors.stood(reach, selectors.to_follow_up(reach, week), today=today),
        "picture": None,
        "plan_form": _plan_form(week, row),
    }
    if found:
        context |= shown(found)
    if row:
        context |= _held(request, row)
        context["minutes"] = [
            (name, label) for name, label in FORM_NAMES.items() if row.is_closed and name != "csv"
        ]
    return render(request, "meetings/meeting.html", context | forms, status=status)


def _held(request: Request, row: Any) -> dict[str, Any]:
    """Return what is decided at a meeting, and what may be."""
    reach, today = request.reach, request.today
    present = selectors.attendance(row, on=today)
    decisions = [
        (decision, selectors.n_reports(decision, today=today))
        for decision in selectors.decisions(row)
    ]
    context: dict[str, Any] = {
        "present": [each.name for each in present if each.is_present],
        "n_present": sum(each.is_present for each in present),
        "n_organisations": len(present),
        "decisions": decisions,
    }
    if reach.may(HOLD) and not row.is_closed:
        context |= {
            "attendance_form": AttendanceForm(
                today=today,
                initial={
                    "present": [str(each.key) for each in present if each.is_present],
                    "note": row.note,
                },
            ),
            "decision_form": DecisionForm(reach=reach, today=today),
            "close_form": CloseForm(),
        }
    if reach.may(HOLD):
        context["n_standing"] = events.standing().count()
        context["untold"] = [
            (action, TellForm(initial={"text": action.result}, prefix=str(action.pk)))
            for action in selectors.untold(reach)
        ]
    return context


def _plan_form(week: Week, row: Any) -> MeetingForm:
    begins, ends = rules.usual_time(week)
    if row:
        begins, ends = (timezone.localtime(each) for each in (row.begins_at, row.ends_at))
    return MeetingForm(
        initial={
            "day": f"{begins:%Y-%m-%d}",
            "begins": f"{begins:%H:%M}",
            "ends": f"{ends:%H:%M}",
            "place": row.place if row else "",
        }
    )


def _address(week: Week) -> str:
    return reverse("meetings:meeting", args=[week])
