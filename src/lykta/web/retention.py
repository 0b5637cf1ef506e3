"""Gallring: the rules that hold, what is due now, and what has been deleted."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from lykta.domain.partners.rules import CHANGE_RETENTION, READ_RETENTION
from lykta.infrastructure.access import Request, needs
from lykta.infrastructure.errors import LyktaError
from lykta.infrastructure.retention import selectors, services, words
from lykta.infrastructure.retention.selectors import Line, Logged
from lykta.infrastructure.tables import csv_attachment, harmless_rows
from lykta.web.forms import RetentionRuleForm

N_LOGGED_SHOWN = 50


@needs(READ_RETENTION)
@require_GET
def retention(request: Request) -> HttpResponse:
    """Show each field with its rule and what is due, and what has been deleted."""
    lines = selectors.lines(today=request.today)
    rules = selectors.rules(request.reach)
    context = {
        "lines": [_shown(line) for line in lines],
        "n_proposed": sum(line.rule is not None and line.rule.is_proposal for line in lines),
        "later": [_named(rule) for rule in rules if rule.valid_from > request.today],
        "log": [_logged(row) for row in selectors.log(request.reach, at_most=N_LOGGED_SHOWN)],
        "last_run": selectors.last_run(),
        "may_change": request.reach.may(CHANGE_RETENTION),
    }
    return render(request, "web/retention/list.html", context)


@needs(CHANGE_RETENTION)
@require_http_methods(["GET", "POST"])
def new_rule(request: Request) -> HttpResponse:
    """Add a rule, which takes the place of the one before from the day it holds."""
    initial = {"what": request.GET.get("vad", ""), "valid_from": request.today}
    form = RetentionRuleForm(request.POST or None, initial=initial, today=request.today)
    if request.method == "POST" and form.is_valid():
        try:
            services.add_rule(request.reach, today=request.today, **form.values())
            messages.success(request, _("Regeln är sparad."))
            return redirect("retention")
        except LyktaError as error:
            form.add_error(None, str(error))
    status = 400 if form.errors else 200
    return render(request, "web/retention/rule.html", {"form": form}, status=status)


@needs(READ_RETENTION)
@require_GET
def log(request: Request) -> HttpResponse:
    """Return all that has been deleted as a file: numbers and days."""
    rows = words.table(selectors.log(request.reach))
    return csv_attachment("gallring.csv", harmless_rows(rows))


def _shown(line: Line) -> dict[str, Any]:
    return {
        "key": f"{line.key}/{line.field_key}",
        "name": line.dataset.name,
        "what": line.field.name,
        "rule": line.rule,
        "said": words.said(line.rule),
        "due": line.due,
        "is_by_hand": line.is_by_hand,
        "has_limit": line.before is not None,
    }


def _named(rule: Any) -> dict[str, Any]:
    name, what = selectors.names_of(rule.dataset, rule.field)
    return {"name": name, "what": what, "rule": rule, "said": words.said(rule)}


def _logged(row: Logged) -> dict[str, Any]:
    return {"row": row, "said": words.said(row.rule) if row.rule else words.AGAIN}
