"""The pages of agreements."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from lykta.domain.partners import rules, selectors, services
from lykta.domain.partners.forms import AgreementForm, EndForm, JointWorkForm, SignForm
from lykta.domain.partners.models import AGREEMENT_KINDS, JOINT_WORK_KINDS, STANDINGS
from lykta.domain.partners.rules import AgreementKind, Standing
from lykta.domain.partners.views.filling import filled
from lykta.infrastructure.access import Refused, Request, needs
from lykta.infrastructure.tables import csv_attachment, harmless_rows

LIST = "cooperation:agreements"


@needs(rules.READ_COOPERATION)
@require_GET
def agreements(request: Request) -> HttpResponse:
    """Show the agreements, those that hold first."""
    context = {
        "rows": _stood(request),
        "may_change": request.reach.may(rules.CHANGE_COOPERATION),
    }
    return render(request, "partners/agreements.html", context)


@needs(rules.READ_COOPERATION)
@require_GET
def table(request: Request) -> HttpResponse:
    """Return the agreements as a table to be saved."""
    head = (
        _("rubrik"), _("slag"), _("läge"), _("parter"), _("syften"), _("områden"), _("från"),
        _("till och med"), _("undertecknad"), _("avslutad"), _("diarienummer"),
    )  # fmt: skip
    rows = [_line(each) for each, _word in _stood(request)]
    return csv_attachment("overenskommelser.csv", [head, *harmless_rows(rows)])


@needs(rules.READ_COOPERATION)
@require_GET
def agreement(request: Request, pk: int) -> HttpResponse:
    """Show one agreement: what it says, how it stands, and what is done under it."""
    row = selectors.agreement(request.reach, pk)
    (stood,) = selectors.stood_on([row], request.as_of)
    may_change = request.reach.may(rules.CHANGE_COOPERATION)
    quarters = selectors.joint_work(row, smallest_shown=rules.SMALLEST_SHOWN)
    is_held = stood.standing in (Standing.IN_FORCE, Standing.COMING)
    context = {
        "stood": stood,
        "row": row,
        "standing": STANDINGS[stood.standing],
        "lacking": services.what_is_lacking(row) if may_change and not row.signed_on else (),
        "may_change_draft": may_change and not row.signed_on,
        "may_end": may_change and is_held,
        "may_record": stood.standing is Standing.IN_FORCE
        and request.reach.may(rules.RECORD_JOINT_WORK),
        "work_heads": JOINT_WORK_KINDS.values(),
        "quarters": [
            (rules.quarter_name(each.first_day),
             [(n, kind in each.hidden) for kind, n in each.counts.items()])
            for each in quarters
        ],
        "smallest_shown": rules.SMALLEST_SHOWN,
    }  # fmt: skip
    return render(request, "partners/agreement.html", context)


@needs(rules.CHANGE_COOPERATION)
@require_http_methods(["GET", "POST"])
def new_agreement(request: Request) -> HttpResponse:
    """Write a draft."""
    form = AgreementForm(
        request.POST or None, reach=request.reach, initial={"starts_on": request.today}
    )

    def save(_values: dict[str, Any]) -> HttpResponse:
        made = services.draft_agreement(request.reach, form.terms(), now=timezone.now())
        messages.success(request, _("Utkastet är sparat. Det ger ingen tillgång till något."))
        return redirect("cooperation:agreement", pk=made.pk)

    return filled(request, form, save, _("Ny överenskommelse"), back=LIST)


@needs(rules.CHANGE_COOPERATION)
@require_http_methods(["GET", "POST"])
def change_agreement(request: Request, pk: int) -> HttpResponse:
    """Change a draft."""
    row = selectors.agreement(request.reach, pk)
    if row.signed_on:
        raise Refused
    form = AgreementForm(
        request.POST or None, reach=request.reach, initial=AgreementForm.initial_of(row)
    )

    def save(_values: dict[str, Any]) -> HttpResponse:
        services.change_draft(request.reach, row, form.terms(), now=timezone.now())
        messages.success(request, _("Ändringen är sparad."))
        return redirect("cooperation:agreement", pk=pk)

    return filled(request, form, save, _("Ändra utkast"), back=LIST)


@needs(rules.CHANGE_COOPERATION)
@require_http_methods(["GET", "POST"])
def sign_agreement(request: Request, pk: int) -> HttpResponse:
    """Note that all have signed."""
    row = selectors.agreement(request.reach, pk)
    form = SignForm(request.POST or None, today=request.today, initial={"signed_on": request.today})

    def save(values: dict[str, Any]) -> HttpResponse:
        services.sign_agreement(request.reach, row, **values, now=timezone.now())
        messages.success(request, _("Överenskommelsen är undertecknad."))
        return redirect("cooperation:agreement", pk=pk)

    return filled(request, form, save, _("Undertecknad"), back=LIST, about=row)


@needs(rules.CHANGE_COOPERATION)
@require_http_methods(["GET", "POST"])
def end_agreement(request: Request, pk: int) -> HttpResponse:
    """End an agreement at once."""
    row = selectors.agreement(request.reach, pk)

    def save(values: dict[str, Any]) -> HttpResponse:
        services.end_agreement(
            request.reach, row, **values, today=request.today, now=timezone.now()
        )
        messages.success(request, _("Överenskommelsen är avslutad. Det den öppnade är stängt."))
        return redirect("cooperation:agreement", pk=pk)

    return filled(
        request, EndForm(request.POST or None), save, _("Avsluta nu"), back=LIST, about=row,
        warning=_("Den slutar gälla genast. De som kom in genom den ser sedan ingenting, inte "
                  "heller i öppna fönster, kalendrar eller mejl som väntar."),
    )  # fmt: skip


@needs(rules.RECORD_JOINT_WORK)
@require_http_methods(["GET", "POST"])
def joint_work(request: Request, pk: int) -> HttpResponse:
    """Note what was done together in a quarter."""
    row = selectors.agreement(request.reach, pk)

    def save(values: dict[str, Any]) -> HttpResponse:
        values["organisation"] = int(values["organisation"])
        services.record_joint_work(
            request.reach, row, **values, today=request.today, now=timezone.now()
        )
        messages.success(request, _("Sparat."))
        return redirect("cooperation:agreement", pk=pk)

    form = JointWorkForm(request.POST or None, reach=request.reach, today=request.today)
    return filled(request, form, save, _("Gemensamt arbete"), back=LIST, about=row)


def _stood(request: Request) -> list[tuple[selectors.Stood, str]]:
    rows = selectors.stood_on(list(selectors.agreements(request.reach)), request.as_of)
    return [(each, str(STANDINGS[each.standing])) for each in rows]


def _line(each: selectors.Stood) -> list[object]:
    row = each.row
    where = [_("hela kommunen")] if row.is_everywhere else [area.name for area in row.areas.all()]
    return [
        row.title,
        AGREEMENT_KINDS[AgreementKind(row.kind)],
        STANDINGS[each.standing],
        ", ".join(party.name for party in row.parties.all()),
        ", ".join(row.purpose_list),
        ", ".join(where),
        row.starts_on,
        row.ends_on or "",
        row.signed_on or "",
        row.ended_on or "",
        row.registry_number,
    ]
