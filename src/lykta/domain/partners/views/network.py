"""The pages of cooperation as a whole: what there is today, and who works with whom."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from lykta.domain.partners import papers, rules, selectors, services
from lykta.domain.partners.forms import CooperationForm
from lykta.domain.partners.models import BONDS
from lykta.domain.partners.rules import Bond
from lykta.domain.partners.views.filling import filled
from lykta.infrastructure.access import Request, needs
from lykta.infrastructure.tables import csv_attachment, harmless_rows


@needs(rules.READ_COOPERATION)
@require_GET
def cooperation(request: Request) -> HttpResponse:
    """Show what there is of cooperation on the day asked about."""
    reach, day = request.reach, request.as_of
    context = {
        "held": selectors.agreements(reach).in_force(day),
        "ending": selectors.ending(reach, on=day),
        "missing": selectors.missing(reach, on=day),
        "council": selectors.council(reach, on=day),
        "next_council": selectors.next_council_meeting(reach, on=day),
        "function": selectors.coordination_function(reach, on=day),
        "lead_body": selectors.lead_body(reach, on=day),
        "assignments": selectors.assignments(reach, on=day),
        "last_effort": selectors.efforts(reach, on=day).first(),
        "may_change": reach.may(rules.CHANGE_COOPERATION),
    }
    return render(request, "partners/cooperation.html", context)


@needs(rules.READ_COOPERATION)
@require_GET
def network(request: Request) -> HttpResponse:
    """Show who works with whom, drawn and as a table, and which links are missing."""
    ties = selectors.network(request.reach, on=request.as_of)
    nodes, lines = papers.drawn([(t.first.name, t.second.name, t.is_missing) for t in ties])
    context = {
        "ties": [(tie, BONDS[tie.bond] if tie.bond else "") for tie in ties],
        "n_missing": sum(tie.is_missing for tie in ties),
        "nodes": nodes,
        "lines": lines,
        "size": papers.SIZE,
        "may_change": request.reach.may(rules.CHANGE_COOPERATION),
    }
    return render(request, "partners/network.html", context)


@needs(rules.READ_COOPERATION)
@require_GET
def table(request: Request) -> HttpResponse:
    """Return who works with whom as a table to be saved."""
    head = (_("organisation"), _("med"), _("samverkar"), _("överenskommelse"), _("saknas"))
    rows = [
        [
            tie.first.name,
            tie.second.name,
            BONDS[tie.bond] if tie.bond else "",
            ", ".join(each.title for each in tie.agreements),
            _("ja") if tie.is_missing else _("nej"),
        ]
        for tie in selectors.network(request.reach, on=request.as_of)
    ]
    return csv_attachment("natverk.csv", [head, *harmless_rows(rows)])


@needs(rules.CHANGE_COOPERATION)
@require_http_methods(["GET", "POST"])
def note_cooperation(request: Request) -> HttpResponse:
    """Note how two organisations work together."""

    def save(values: dict[str, Any]) -> HttpResponse:
        one, other = values.pop("one"), values.pop("other")
        values["bond"] = Bond(values["bond"])
        services.note_cooperation(request.reach, one, other, **values, now=timezone.now())
        messages.success(request, _("Sparat."))
        return redirect("cooperation:network")

    form = CooperationForm(request.POST or None, initial={"valid_from": request.today})
    return filled(request, form, save, _("Samverkan mellan två"), back="cooperation:network")
