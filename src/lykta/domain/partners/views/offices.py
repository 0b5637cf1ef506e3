"""The pages of the offices of 9–13 §§: what holds, what is missing, and the whole history."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from lykta.domain.partners import rules, selectors, services
from lykta.domain.partners.forms import (
    AttemptForm,
    CouncilForm,
    FunctionForm,
    LeadForm,
    MandateForm,
    NotedForm,
    SeatForm,
    WithdrawForm,
)
from lykta.domain.partners.models import (
    Assignment,
    CoordinationFunction,
    CouncilMember,
    Effort,
    LeadBody,
    Noted,
    StrategicCouncil,
)
from lykta.domain.partners.views import tables
from lykta.domain.partners.views.filling import filled
from lykta.infrastructure.access import Request, needs


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of note: its table and form, the page that shows it, and what a new one is called."""

    table: type[Noted]
    form: type[NotedForm]
    page: str
    new: Promise


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "council": Kind(
            StrategicCouncil, CouncilForm, "cooperation:council", gettext_lazy("Rådet")
        ),
        "member": Kind(
            CouncilMember, SeatForm, "cooperation:council", gettext_lazy("Ny ledamot")
        ),
        "function": Kind(
            CoordinationFunction, FunctionForm, "cooperation:function",
            gettext_lazy("Samordningsfunktionen"),
        ),
        "lead-body": Kind(
            LeadBody, LeadForm, "cooperation:lead-body", gettext_lazy("Ansvarig nämnd")
        ),
        "effort": Kind(Effort, AttemptForm, "cooperation:efforts", gettext_lazy("Ny insats")),
        "assignment": Kind(
            Assignment, MandateForm, "cooperation:assignments", gettext_lazy("Nytt uppdrag")
        ),
    }
)  # fmt: skip


@needs(rules.READ_COOPERATION)
@require_GET
def function(request: Request) -> HttpResponse:
    """Show the co-ordination function of a day, and those before it."""
    row = selectors.coordination_function(request.reach, on=request.as_of)
    context = {
        "heading": _("Samordningsfunktion"),
        "lede": _("Kommunen ska ha en funktion som samordnar och stödjer arbetet, är kontaktpunkt "
                  "utåt och informerar dem som bor här (11–12 §§)."),
        "terms": tables.function_terms(row) if row else (),
        "new": _("Ny uppgift om funktionen"),
        "tables": [history_of(request, "function", _("Funktionen genom tiden"))],
    }  # fmt: skip
    return render(request, "partners/office.html", shown(request, "function") | context)


@needs(rules.READ_COOPERATION)
@require_GET
def lead_body(request: Request) -> HttpResponse:
    """Show the body that leads on a day, and those before it."""
    row = selectors.lead_body(request.reach, on=request.as_of)
    context = {
        "heading": _("Ansvarig nämnd"),
        "lede": _("Kommunstyrelsen, eller den nämnd som fullmäktige bestämmer, leder arbetet och "
                  "rapporterar till fullmäktige (13 §)."),
        "terms": tables.lead_terms(row) if row else (),
        "new": _("Ny uppgift om nämnden"),
        "tables": [history_of(request, "lead-body", _("Nämnderna genom tiden"))],
    }  # fmt: skip
    return render(request, "partners/office.html", shown(request, "lead-body") | context)


@needs(rules.READ_COOPERATION)
@require_GET
def efforts(request: Request) -> HttpResponse:
    """Show what has been done for agreements, the latest first."""
    context = {
        "heading": _("Insatser för överenskommelser"),
        "lede": _("Kommunen ska verka för överenskommelser om samverkan (9 §). Här står vad som "
                  "gjordes, också när det inte blev något av det."),
        "new": _("Ny insats"),
        "tables": [history_of(request, "effort", _("Insatser"), is_one_line=False)],
    }  # fmt: skip
    return render(request, "partners/office.html", shown(request, "effort") | context)


@needs(rules.READ_COOPERATION)
@require_GET
def assignments(request: Request) -> HttpResponse:
    """Show the assignments, each with its history."""
    lines = selectors.timelines(request.reach)
    held = selectors.assignments(request.reach, on=request.as_of)
    context = {
        "heading": _("Uppdrag"),
        "lede": _("Vem som har fått vilket uppdrag, av vem och genom vilket beslut. När ett "
                  "uppdrag flyttar blir det en ny rad."),
        "terms": [(row.title, str(row.held_by)) for row in held],
        "new": _("Nytt uppdrag"),
        "tables": [
            tables.history(str(line[0].row), line, "assignment", on=request.as_of)
            for line in lines
        ],
    }  # fmt: skip
    return render(request, "partners/office.html", shown(request, "assignment") | context)


@needs(rules.CHANGE_COOPERATION)
@require_http_methods(["GET", "POST"])
def note(request: Request, *, kind: str) -> HttpResponse:
    """Note something new."""
    asked = KINDS[kind]
    day = "day" if kind == "effort" else "starts_on"
    form = asked.form(request.POST or None, today=request.today, initial={day: request.today})

    def save(_values: dict[str, Any]) -> HttpResponse:
        services.note(request.reach, form.said(), now=timezone.now())
        return _saved(request, asked)

    return filled(request, form, save, str(asked.new), back=asked.page)


@needs(rules.CHANGE_COOPERATION)
@require_http_methods(["GET", "POST"])
def correct(request: Request, pk: int, *, kind: str) -> HttpResponse:
    """Put a row right, by another that takes its place."""
    asked = KINDS[kind]
    row = selectors.noted(request.reach, asked.table, pk)
    form = asked.form(request.POST or None, today=request.today, initial=asked.form.initial_of(row))

    def save(_values: dict[str, Any]) -> HttpResponse:
        services.note(request.reach, form.said(), now=timezone.now(), replaces=row)
        return _saved(request, asked)

    return filled(
        request, form, save, _("Rätta"), back=asked.page, about=row,
        warning=_("Det du sparar tar radens plats. Den gamla raden finns kvar, märkt som rättad."),
    )  # fmt: skip


@needs(rules.CHANGE_COOPERATION)
@require_http_methods(["GET", "POST"])
def withdraw(request: Request, pk: int, *, kind: str) -> HttpResponse:
    """Take a row back that was wrong."""
    asked = KINDS[kind]
    row = selectors.noted(request.reach, asked.table, pk)
    form = WithdrawForm(request.POST if request.method == "POST" else None)

    def save(_values: dict[str, Any]) -> HttpResponse:
        services.withdraw(request.reach, row, now=timezone.now())
        return _saved(request, asked)

    return filled(
        request, form, save, _("Ta tillbaka"), back=asked.page, about=row,
        button=_("Ta tillbaka"),
        warning=_("Ta bara tillbaka det som aldrig gällde. Raden räknas inte längre, men finns "
                  "kvar i historiken."),
    )  # fmt: skip


@needs(rules.CHANGE_COOPERATION)
@require_http_methods(["GET", "POST"])
def pass_on(request: Request, pk: int) -> HttpResponse:
    """Pass an assignment on, by a new row in the same history."""
    row = selectors.noted(request.reach, Assignment, pk)
    said = MandateForm.initial_of(row)
    kept = {name: said[name] for name in ("title", "mandate", "given_by")}
    form = MandateForm(
        request.POST or None, today=request.today, initial=kept | {"starts_on": request.today}
    )

    def save(_values: dict[str, Any]) -> HttpResponse:
        services.note(request.reach, form.said(root_id=row.chain), now=timezone.now())
        return _saved(request, KINDS["assignment"])

    return filled(
        request, form, save, _("Lämna uppdraget vidare"), back="cooperation:assignments", about=row
    )


def shown(request: Request, kind: str) -> dict[str, Any]:
    """Return what the page of each office shows: what is missing, and whether one may change it."""
    missing = selectors.lacking(request.reach, on=request.as_of)
    return {
        "lacking": [each.sentence for each in missing if each.page == KINDS[kind].page],
        "new_address": f"cooperation:new-{kind}",
        "may_change": request.reach.may(rules.CHANGE_COOPERATION),
    }


def history_of(
    request: Request, kind: str, caption: str, *, is_one_line: bool = True
) -> tables.Table:
    """Return the whole history of a kind of note as a table."""
    rows = selectors.all_noted(request.reach, KINDS[kind].table)
    versions = selectors.history(rows, is_one_line=is_one_line)
    return tables.history(caption, versions, kind, on=request.as_of)


def _saved(request: Request, asked: Kind) -> HttpResponse:
    messages.success(request, _("Sparat."))
    return redirect(asked.page)
