"""Routing reports by rules, and the rules themselves."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from lykta.domain.events.models import TRIAGE, Assignment, Report, RoutingRule, StandIn
from lykta.domain.events.selectors import routing
from lykta.domain.events.services.notices import tell_of_assignment
from lykta.domain.events.services.steps import open_one
from lykta.infrastructure.access import NOBODY, Reach, require
from lykta.infrastructure.audit import services as audit
from lykta.infrastructure.errors import LyktaError


class NoReceiver(LyktaError):
    """A rule or an assignment that leads to nobody."""

    code = "no-receiver"


class BadStandIn(LyktaError):
    """Someone would stand in for herself, or end before she begins."""

    code = "bad-stand-in"


@transaction.atomic
def add_rule(reach: Reach, **values: Any) -> RoutingRule:
    """Return a new rule, tried after all others; what has been routed stays where it is."""
    require(reach, TRIAGE)
    last = RoutingRule.objects.aggregate(last=Max("order"))["last"]
    row = _leading(RoutingRule(order=(last or 0) + 1, **values))
    row.save()
    audit.record("routing.added", actor=reach.user, subject=row, **_facts(row))
    return row


@transaction.atomic
def change_rule(reach: Reach, row: RoutingRule, **values: Any) -> None:
    """Change what a rule asks for, or where it leads."""
    require(reach, TRIAGE)
    before = _facts(row)
    for name, value in values.items():
        setattr(row, name, value)
    _leading(row).save()
    audit.record("routing.changed", actor=reach.user, subject=row, before=before, **_facts(row))


@transaction.atomic
def move_rule(reach: Reach, row: RoutingRule, *, is_up: bool) -> None:
    """Try a rule one step before or after."""
    require(reach, TRIAGE)
    rows = list(RoutingRule.objects.select_for_update())
    place = rows.index(row)
    other = place + (-1 if is_up else 1)
    if not 0 <= other < len(rows):
        return
    rows[place], rows[other] = rows[other], rows[place]
    for order, each in enumerate(rows, start=1):
        each.order = order
    RoutingRule.objects.bulk_update(rows, ["order"])
    audit.record("routing.moved", actor=reach.user, subject=row, order=other + 1)


@transaction.atomic
def remove_rule(reach: Reach, row: RoutingRule) -> None:
    """Take a rule away; what it has routed keeps its trace."""
    require(reach, TRIAGE)
    audit.record("routing.removed", actor=reach.user, subject=row, **_facts(row))
    row.delete()


def route(report: Report, *, now: datetime) -> Assignment | None:
    """Send a report where the rules say; return None, and leave it be, where none does."""
    return _route(NOBODY, report, now=now)


@transaction.atomic
def route_again(reach: Reach, report: Report, *, now: datetime) -> Assignment | None:
    """Send a report where the rules say now, whoever had it."""
    require(reach, TRIAGE)
    row = open_one(report)
    return _route(reach, row, now=now)


@transaction.atomic
def assign(
    reach: Reach, report: Report, *, now: datetime, organisation: int | None = None,
    account: int | None = None,
) -> Assignment | None:  # fmt: skip
    """Let a unit, an account or both deal with a report; none of them: nobody does any longer."""
    require(reach, TRIAGE)
    row = open_one(report)
    return _assign(reach, row, organisation=organisation, account=account, now=now)


@transaction.atomic
def add_stand_in(
    reach: Reach, *, account: int, stand_in: int, first_day: date, last_day: date
) -> StandIn:
    """Let someone get what would go to one who is away, from one day to another."""
    require(reach, TRIAGE)
    if account == stand_in or last_day < first_day:
        raise BadStandIn(
            _("Välj en annan ersättare, och en sista dag som kommer efter den första.")
        )
    row = StandIn.objects.create(
        account_id=account, stand_in_id=stand_in, first_day=first_day, last_day=last_day
    )
    audit.record("stand_in.added", actor=reach.user, subject=row)
    return row


@transaction.atomic
def remove_stand_in(reach: Reach, row: StandIn) -> None:
    """Take it back that someone is away."""
    require(reach, TRIAGE)
    audit.record("stand_in.removed", actor=reach.user, subject=row)
    row.delete()


def _route(reach: Reach, report: Report, *, now: datetime) -> Assignment | None:
    found = routing.destination(routing.subject_of(report), on=timezone.localdate(now))
    if found.rule is None:
        return None
    return _assign(
        reach, report, organisation=found.rule.organisation_id, account=found.rule.account_id,
        now=now, trace=found.trace,
    )  # fmt: skip


def _assign(
    reach: Reach, report: Report, *, organisation: int | None, account: int | None, now: datetime,
    trace: list[dict[str, Any]] | None = None,
) -> Assignment:  # fmt: skip
    present = routing.present(account, on=timezone.localdate(now))
    report.unit_id, report.handler_id = organisation, present
    report.save(update_fields=["unit", "handler"])
    row = Assignment.objects.create(
        report=report,
        organisation_id=organisation,
        account_id=present,
        instead_of_id=account if present != account else None,
        at=now,
        by_id=reach.user,
        is_routed=trace is not None,
        trace=trace or [],
    )
    audit.record("report.assigned", actor=reach.user, subject=report, organisation=organisation)
    tell_of_assignment(report, row)
    return row


def _leading(row: RoutingRule) -> RoutingRule:
    """Return a rule that leads to someone, or refuse."""
    if row.organisation_id is None and row.account_id is None:
        raise NoReceiver(_("Välj en enhet, en ansvarig eller båda."))
    return row


def _facts(row: RoutingRule) -> dict[str, Any]:
    names = ("category_id", "area_id", "weekdays", "first_minute", "last_minute")
    return {name: getattr(row, name) for name in (*names, "organisation_id", "account_id")}
