"""Where reports go and why: the rules, what each says of a report, and which are never reached."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lykta.domain.events.models import (
    READ_INBOX,
    TRIAGE,
    Category,
    Report,
    RoutingRule,
    StandIn,
)
from lykta.domain.events.rules.routing import Condition, Reason, Subject, failing, hidden
from lykta.domain.partners import selectors as partners
from lykta.domain.partners.rules import Role, rights_of
from lykta.domain.places import selectors as places
from lykta.domain.places.rules import Kind as AreaKind
from lykta.infrastructure.access import SYSTEM, Reach, require
from lykta.infrastructure.accounts.models import Account

REASONS = {
    Reason.CATEGORY: gettext_lazy("annan kategori"),
    Reason.AREA: gettext_lazy("annat område"),
    Reason.WEEKDAY: gettext_lazy("annan veckodag"),
    Reason.HOUR: gettext_lazy("annan tid, eller okänd"),
}
WEEKDAYS = (
    *(gettext_lazy("mån"), gettext_lazy("tis"), gettext_lazy("ons"), gettext_lazy("tors")),
    *(gettext_lazy("fre"), gettext_lazy("lör"), gettext_lazy("sön")),
)


@dataclass(frozen=True, slots=True)
class Destination:
    """Where something goes, and what each rule that was tried said."""

    rule: RoutingRule | None
    trace: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Tried:
    """What one rule said of a report, in words."""

    number: int
    asks: str
    goes_to: str
    reasons: tuple[str, ...]  # why it did not match; none: it decided


def routing_rules() -> list[RoutingRule]:
    """Return the rules in the order they are tried."""
    related = ("category", "area", "organisation", "account")
    return list(RoutingRule.objects.select_related(*related))


def routing_rule(reach: Reach, pk: int) -> RoutingRule:
    """Return one rule, or refuse as if it did not exist."""
    require(reach, TRIAGE)
    return get_object_or_404(RoutingRule.objects.select_related("category", "area"), pk=pk)


def problems(rules: list[RoutingRule], *, as_of: date) -> Mapping[int, int]:
    """Return the numbers of the rules that never decide, each with that of one which hides it."""
    found = hidden(_conditions(rules, as_of))
    return {later + 1: earlier + 1 for later, earlier in found.items()}


def subject_of(report: Report) -> Subject:
    """Return what the rules ask about a report."""
    areas = (report.area_id, report.listed_area_id, report.local_area_id)
    return subject(
        report.category, areas={each for each in areas if each}, day=report.first_day,
        minute=report.first_minute,
    )  # fmt: skip


def subject(category: Category, *, areas: set[int], day: date, minute: int | None) -> Subject:
    """Return what the rules ask about."""
    kinds = {category.pk, category.parent_id or category.pk}
    return Subject(frozenset(kinds), frozenset(areas), day.weekday(), minute)


def destination(asked: Subject, *, on: date) -> Destination:
    """Return where the rules send what is asked about, and why, as data that can be kept."""
    rules, trace = routing_rules(), []
    for number, (rule, condition) in enumerate(
        zip(rules, _conditions(rules, on), strict=True), start=1
    ):
        reasons = failing(condition, asked)
        trace.append(_kept(rule, number, reasons))
        if not reasons:
            return Destination(rule, trace)
    return Destination(None, trace)


def tried(trace: list[dict[str, Any]]) -> list[Tried]:
    """Return a trace in words, as the rules read when it was made."""
    accounts = Account.objects.in_bulk([row["account"] for row in trace if row["account"]])
    return [
        Tried(
            row["number"],
            _asks(row),
            " · ".join(
                str(each) for each in (row["organisation"], accounts.get(row["account"])) if each
            ),
            tuple(str(REASONS[Reason(reason)]) for reason in row["reasons"]),
        )
        for row in trace
    ]


def rule_in_words(rule: RoutingRule) -> str:
    """Return what a rule asks for."""
    return _asks(_kept(rule, 0, ()))


def receiver(rule: RoutingRule) -> str:
    """Return whom a rule leads to."""
    return " · ".join(str(each) for each in (rule.organisation, rule.account) if each)


def receivers(*, on: date) -> tuple[dict[int, str], dict[int, str]]:
    """Return the organisations and the accounts that have an inbox, each with its name.

    What is sent to others nobody would see.
    """
    held = partners.memberships(SYSTEM).held(on)
    seen = [row for row in held if rights_of(Role(row.role)) & {READ_INBOX, TRIAGE}]
    return (
        {row.organisation_id: row.organisation.name for row in seen},
        {row.account_id: row.account.name for row in seen},
    )


def areas_to_choose(reach: Reach, *, as_of: date) -> list[tuple[int, str]]:
    """Return the areas that a rule may be about, each under what it lies in, without the smallest.

    Statistics' small areas are many and nobody's beat.
    """
    rows = places.areas(reach, as_of=as_of)
    return [(row.id, row.name) for row in rows if row.kind != AreaKind.DESO]


def areas_of_place(reach: Reach, text: str) -> set[int] | None:
    """Return the areas that a place of that name lies in; None where none is called so."""
    found = places.find_places(reach, text, at_most=1)
    if not found:
        return None
    held = places.whereabouts(found[0].id)
    return {held[name] for name in ("area_id", "listed_area_id", "local_area_id") if held[name]}


def present(account: int | None, *, on: date) -> int | None:
    """Return an account, or who stands in for it on a day; in a circle of those away, itself."""
    away = dict(_absences(on).values_list("account", "stand_in"))
    found, seen = account, {account}
    while found in away and away[found] not in seen:
        found = away[found]
        seen.add(found)
    return account if found in away else found


def stood_in_for(account: int | None, *, on: date) -> list[int]:
    """Return whom someone stands in for on a day."""
    return list(_absences(on).filter(stand_in=account).values_list("account", flat=True))


def stand_ins(*, on: date) -> list[StandIn]:
    """Return who is away on a day or later, and who stands in."""
    rows = StandIn.objects.filter(last_day__gte=on)
    return list(rows.select_related("account", "stand_in"))


def stand_in(reach: Reach, pk: int) -> StandIn:
    """Return one of them, or refuse as if it did not exist."""
    require(reach, TRIAGE)
    return get_object_or_404(StandIn, pk=pk)


def received_by(found: Destination, *, on: date) -> tuple[str, str]:
    """Return who gets what the rules send there on a day, and who is away; "" for nobody."""
    rule = found.rule
    if rule is None:
        return "", ""
    held = present(rule.account_id, on=on)
    if held is None or held == rule.account_id:
        return receiver(rule), ""
    names = [str(each) for each in (rule.organisation, Account.objects.get(pk=held)) if each]
    return " · ".join(names), str(rule.account)


def _absences(on: date) -> Any:
    return StandIn.objects.filter(Q(first_day__lte=on) & Q(last_day__gte=on)).order_by("pk")


def _conditions(rules: list[RoutingRule], as_of: date) -> list[Condition]:
    return [
        rule.condition(
            places.within(rule.area_id, as_of=as_of) if rule.area_id is not None else frozenset()
        )
        for rule in rules
    ]


def _kept(rule: RoutingRule, number: int, reasons: tuple[Reason, ...]) -> dict[str, Any]:
    """Return a rule as it reads now, as data: it may be changed or taken away later."""
    return {
        "number": number,
        "category": rule.category.name if rule.category else "",
        "area": rule.area.name if rule.area else "",
        "weekdays": sorted(rule.weekdays),
        "clocks": rule.clocks,
        "organisation": rule.organisation.name if rule.organisation else "",
        "account": rule.account_id,  # by number: a name is forgotten with its account
        "reasons": [str(reason) for reason in reasons],
    }


def _asks(row: Mapping[str, Any]) -> str:
    days = ", ".join(str(WEEKDAYS[day]) for day in row["weekdays"])
    said = [row["category"], row["area"], days, f"{_('kl.')} {row['clocks']}" * bool(row["clocks"])]
    return " · ".join(filter(None, said)) or _("allt")
