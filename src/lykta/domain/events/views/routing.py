"""The pages of routing: the rules in order, what they would do, and who stands in for whom."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lykta.domain.events import selectors, services
from lykta.domain.events.forms.routing import RuleForm, StandInForm, TryForm, filled, minute_of
from lykta.domain.events.models import TRIAGE
from lykta.infrastructure.access import Request, needs
from lykta.infrastructure.errors import LyktaError


@needs(TRIAGE)
@require_GET
def rules(request: Request) -> HttpResponse:
    """Show the rules in the order they are tried, and which of them never decide."""
    rows = selectors.routing_rules()
    hidden = selectors.problems(rows, as_of=request.today)
    lines = [
        (number, row, selectors.rule_in_words(row), selectors.receiver(row), hidden.get(number))
        for number, row in enumerate(rows, start=1)
    ]
    return render(request, "events/routing.html", {"lines": lines, "n_hidden": len(hidden)})


@needs(TRIAGE)
@require_http_methods(["GET", "POST"])
def new_rule(request: Request) -> HttpResponse:
    """Add a rule after the others."""
    form = RuleForm(request.POST or None, **_about(request))
    if form.is_valid():
        try:
            services.add_rule(request.reach, **form.values())
            messages.success(request, _("Regeln är tillagd sist. Flytta den dit den hör."))
            return redirect("events:routing")
        except LyktaError as error:
            form.add_error(None, str(error))
    return _form(request, form, _("Ny regel"))


@needs(TRIAGE)
@require_http_methods(["GET", "POST"])
def rule(request: Request, pk: int) -> HttpResponse:
    """Change a rule."""
    row = selectors.routing_rule(request.reach, pk)
    form = RuleForm(request.POST or None, initial=filled(row), **_about(request))
    if form.is_valid():
        try:
            services.change_rule(request.reach, row, **form.values())
            messages.success(request, _("Regeln är ändrad. Det som redan är fördelat ligger kvar."))
            return redirect("events:routing")
        except LyktaError as error:
            form.add_error(None, str(error))
    return _form(request, form, _("Ändra regeln"), rule=row)


@needs(TRIAGE)
@require_POST
def move_rule(request: Request, pk: int) -> HttpResponse:
    """Try a rule one step before or after."""
    row = selectors.routing_rule(request.reach, pk)
    services.move_rule(request.reach, row, is_up="upp" in request.POST)
    return redirect("events:routing")


@needs(TRIAGE)
@require_POST
def remove_rule(request: Request, pk: int) -> HttpResponse:
    """Take a rule away."""
    services.remove_rule(request.reach, selectors.routing_rule(request.reach, pk))
    messages.success(request, _("Regeln är borttagen. Det som redan är fördelat ligger kvar."))
    return redirect("events:routing")


@needs(TRIAGE)
@require_GET
def try_rules(request: Request) -> HttpResponse:
    """Show where something would go and why; nothing is sent anywhere."""
    form = TryForm(
        request.GET if "category" in request.GET else None,
        initial={"day": request.today.isoformat()},
        **_about(request),
    )
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        said = form.cleaned_data
        areas = form.areas or ({said["area"]} if said["area"] else set())
        minute = minute_of(said["clock"])
        asked = selectors.subject(said["category"], areas=areas, day=said["day"], minute=minute)
        found = selectors.destination(asked, on=request.today)
        context |= {
            "found": found,
            "tried": selectors.tried(found.trace),
            "receiver": selectors.received_by(found, on=request.today),
        }
    return render(request, "events/try_routing.html", context)


@needs(TRIAGE)
@require_http_methods(["GET", "POST"])
def stand_ins(request: Request) -> HttpResponse:
    """Show who stands in for whom, and add one more."""
    form = StandInForm(request.POST or None, today=request.today)
    if form.is_valid():
        try:
            services.add_stand_in(request.reach, **form.cleaned_data)
            messages.success(request, _("Ersättaren är sparad."))
            return redirect("events:stand-ins")
        except LyktaError as error:
            form.add_error(None, str(error))
    context = {"form": form, "rows": selectors.stand_ins(on=request.today)}
    return render(request, "events/stand_ins.html", context, status=400 if form.errors else 200)


@needs(TRIAGE)
@require_POST
def remove_stand_in(request: Request, pk: int) -> HttpResponse:
    """Take it back that someone is away."""
    services.remove_stand_in(request.reach, selectors.stand_in(request.reach, pk))
    messages.success(request, _("Borttaget. Det som redan är fördelat ligger kvar."))
    return redirect("events:stand-ins")


def _about(request: Request) -> dict[str, Any]:
    return {"reach": request.reach, "today": request.today}


def _form(request: Request, form: RuleForm, title: str, **context: Any) -> HttpResponse:
    context |= {"form": form, "title": title}
    return render(request, "events/rule.html", context, status=400 if form.errors else 200)
