"""The pages of actions."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lykta.domain.meetings import selectors, services
from lykta.domain.meetings.forms.actions import EffectForm, StepForm, TellForm
from lykta.domain.meetings.models import ACTION_STATES, HOLD, READ, Action
from lykta.domain.meetings.rules import ActionState
from lykta.infrastructure.access import Refused, Request, needs
from lykta.infrastructure.errors import LyktaError
from lykta.infrastructure.tables import csv_attachment, harmless_rows

COLUMNS = (
    "id", "vecka", "beslut", "gäller_område", "gäller_kategori", "slag", "ansvarig",
    "klart_senast", "läge", "dagar_sen", "resultat", "efteråt",
)  # fmt: skip
LATE, TO_ASK = "sena", "efterat"


@needs(READ)
@require_GET
def actions(request: Request) -> HttpResponse:
    """Show the actions, those that are due first, first."""
    chosen = request.GET.get("lage", "")
    rows = selectors.actions(request.reach)
    if chosen in set(ActionState):
        rows = rows.filter(state=chosen)
    elif chosen == TO_ASK:
        rows = selectors.effects_due(request.reach, today=request.today)
    elif chosen == LATE:
        rows = rows.under_way().filter(due__lt=request.today)
    else:
        chosen, rows = "", rows.under_way()
    context = {
        "rows": selectors.stood(request.reach, rows, today=request.today),
        "states": [
            ("", _("på gång")),
            (LATE, _("sena")),
            *ACTION_STATES.items(),
            (TO_ASK, _("dags att fråga vad som märktes")),
        ],
        "chosen": chosen,
    }
    return render(request, "meetings/actions.html", context)


@needs(READ)
@require_GET
def table(request: Request) -> HttpResponse:
    """Return the actions as CSV, as Swedish Excel opens it."""
    with translation.override("sv"):  # as its first row is
        rows = [_cells(row, request.today) for row in selectors.actions(request.reach)]
    return csv_attachment("atgarder.csv", harmless_rows([COLUMNS, *rows]))


@needs(READ)
@require_http_methods(["GET", "POST"])
def action(request: Request, pk: int) -> HttpResponse:
    """Show an action, and write how far it has come."""
    row = selectors.action(request.reach, pk)
    (stood,) = selectors.stood(request.reach, [row], today=request.today)
    if request.method == "POST" and not stood.may_change:
        raise Refused
    form = StepForm(request.POST or None, action=row)
    if form.is_valid():
        said = form.cleaned_data
        try:
            services.step(
                request.reach,
                row,
                state=ActionState(said["state"]),
                result=said["result"],
                due=said["due"],
                now=timezone.now(),
            )
            messages.success(request, _("Åtgärden är ändrad."))
            return redirect("meetings:action", pk=pk)
        except LyktaError as error:
            form.add_error(None, str(error))
    return _action(request, row, status=400 if form.errors else 200, form=form)


@needs(HOLD)
@require_POST
def tell(request: Request, pk: int) -> HttpResponse:
    """Tell those who reported what was done."""
    row = selectors.action(request.reach, pk)
    form = TellForm(request.POST, prefix=str(pk))
    if form.is_valid():
        try:
            n = services.tell(
                request.reach, row, text=form.cleaned_data["text"], now=timezone.now()
            )
            said = ngettext("En rapport har fått svar.", "{n} rapporter har fått svar.", n)
            messages.success(request, said.format(n=n))
            return redirect("meetings:action", pk=pk)
        except LyktaError as error:
            form.add_error(None, str(error))
    return _action(request, row, status=400, tell_form=form)


@needs(HOLD)
@require_POST
def effect(request: Request, pk: int) -> HttpResponse:
    """Write what was seen of an action some weeks after."""
    row = selectors.action(request.reach, pk)
    form = EffectForm(request.POST)
    if form.is_valid():
        try:
            services.note_effect(request.reach, row, effect=form.cleaned_data["effect"])
            messages.success(request, _("Iakttagelsen är sparad."))
            return redirect("meetings:action", pk=pk)
        except LyktaError as error:
            form.add_error(None, str(error))
    return _action(request, row, status=400, effect_form=form)


def _action(request: Request, row: Action, *, status: int, **forms: Form) -> HttpResponse:
    (stood,) = selectors.stood(request.reach, [row], today=request.today)
    may_hold = request.reach.may(HOLD)
    context: dict[str, Any] = {
        "each": stood,
        "row": row,
        "steps": row.steps.all(),
        "n_reports": row.decision.reports.count(),
        "form": StepForm(action=row),
        "tell_form": TellForm(initial={"text": row.result}, prefix=str(row.pk)),
        "effect_form": EffectForm(initial={"effect": row.effect}),
        "may_tell": may_hold and row.state == ActionState.DONE and row.told_at is None,
        "may_note": may_hold and row.state == ActionState.DONE,
    }
    return render(request, "meetings/action.html", context | forms, status=status)


def _cells(row: Action, today: date) -> tuple[Any, ...]:
    decision = row.decision
    return (
        row.number,
        decision.meeting.week.key,
        decision.text,
        decision.area or "",
        decision.category or "",
        row.get_kind_display(),
        str(row.organisation),
        row.due,
        row.get_state_display(),
        row.days_late(today) or "",
        row.result,
        row.effect,
    )
