"""Reports go where the first rule that matches sends them, and say why."""

from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import people
from tests.domain.events.told import NOW, reach, reported

from lykta.domain.events import selectors, services
from lykta.domain.events.models import Category, Report, RoutingRule
from lykta.domain.events.rules.routing import Condition, Subject, failing, first, hides
from lykta.domain.events.services import Where, load_categories
from lykta.domain.events.services.routing import BadStandIn, NoReceiver
from lykta.domain.partners.models import Organisation
from lykta.domain.places.models import Area
from lykta.infrastructure.access import Refused
from lykta.infrastructure.audit.models import Entry
from lykta.sources.coordinates import DEGREES, SWEREF_99_TM, transform

HOME = "Bostadsbolaget"


@pytest.fixture
def town(places):
    load_categories()
    for name in ("amina", "harriet", "otto"):
        people.account(name)


def unit(name: str = HOME) -> Organisation:
    return Organisation.objects.get(name=name)


def rule(**values) -> RoutingRule:
    """Return a new rule that leads to the housing company, or as is said instead."""
    kind = values.pop("kind", "")
    values.setdefault("organisation", unit())
    if kind:
        values["category"] = Category.objects.get(code=kind)
    return services.add_rule(reach("amina"), **values)


def fresh(row: Report) -> Report:
    return Report.objects.select_related("unit", "handler").get(pk=row.pk)


def told_by(row: Report) -> list[tuple[int, tuple[str, ...]]]:
    """Return which rules were tried of a report, and why those that did not match did not."""
    return [(t.number, t.reasons) for t in selectors.tried(row.assignments.latest("pk").trace)]


@pytest.mark.django_db
def test_the_first_rule_that_matches_decides_and_the_others_say_why_not(town):
    rule(kind="LITTER")
    rule(area=Area.objects.get(code="9999-OST"))
    rule(weekdays=[5, 6], first_minute=22 * 60, last_minute=6 * 60)
    rule(kind="GRAFFITI", organisation=unit("Samverkan Demo"))
    rule()

    row = fresh(reported("vera"))

    assert (row.unit.name, row.handler) == ("Samverkan Demo", None)
    assert told_by(row) == [
        (1, ("annan kategori",)),
        (2, ("annat område",)),
        (3, ("annan veckodag", "annan tid, eller okänd")),
        (4, ()),
    ]


@pytest.mark.django_db
def test_a_rule_about_a_family_takes_all_its_kinds_and_one_about_an_area_all_within(town):
    kind = Category.objects.get(code="GRAFFITI")
    rule(category=kind.parent, area=Area.objects.get(code="9999-ASA"))

    lon, lat = transform(np.array([600_500.0]), np.array([6_600_500.0]), SWEREF_99_TM, DEGREES)
    inside = reported("vera", where=Where(lon=float(lon[0]), lat=float(lat[0])))
    outside = reported("vera")

    assert fresh(inside).area.code == "9999A0010"
    assert (fresh(inside).unit, fresh(outside).unit) == (unit(), None)


@pytest.mark.django_db
def test_a_changed_rule_moves_nothing_until_it_is_asked_to(town):
    held = rule(kind="GRAFFITI")
    row = reported("vera")

    services.change_rule(reach("amina"), held, organisation=unit("Samverkan Demo"))
    before = (fresh(row).unit, told_by(row))
    services.route_again(reach("amina"), row, now=NOW)

    assert before == (unit(), [(1, ())])
    assert fresh(row).unit == unit("Samverkan Demo")
    assert row.assignments.count() == 2


@pytest.mark.django_db
def test_a_trace_stands_when_its_rule_is_gone(town):
    held = rule(kind="GRAFFITI", account=people.account("amina"))
    row = reported("vera")

    services.remove_rule(reach("amina"), held)

    (tried,) = selectors.tried(row.assignments.get().trace)
    assert (tried.asks, tried.goes_to) == ("Klotter", f"{HOME} · Amina")
    assert "Amina" not in str(row.assignments.get().trace)


@pytest.mark.django_db
def test_each_change_of_the_rules_is_recorded(town):
    one, other = rule(kind="GRAFFITI"), rule()

    services.move_rule(reach("amina"), other, is_up=True)
    services.change_rule(reach("amina"), one, organisation=unit("Samverkan Demo"), category=None)
    services.remove_rule(reach("amina"), one)

    acts = list(Entry.objects.filter(action__startswith="routing").values_list("action", flat=True))
    assert acts == [
        "routing.added", "routing.added", "routing.moved", "routing.changed", "routing.removed",
    ]  # fmt: skip
    changed = Entry.objects.get(action="routing.changed")
    assert changed.facts["before"]["organisation_id"] == unit().pk


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["harriet", "leo", "vera", "kerstin", "cleo", "drift"])
def test_only_the_coordination_function_writes_rules_and_assigns(town, name):
    held, row = rule(), reported("vera")

    for act in (
        lambda: services.add_rule(reach(name), organisation=unit()),
        lambda: services.change_rule(reach(name), held, organisation=unit()),
        lambda: services.move_rule(reach(name), held, is_up=True),
        lambda: services.remove_rule(reach(name), held),
        lambda: services.assign(reach(name), row, organisation=unit().pk, now=NOW),
        lambda: services.route_again(reach(name), row, now=NOW),
        lambda: services.add_stand_in(
            reach(name), account=1, stand_in=2, first_day=NOW.date(), last_day=NOW.date()
        ),
    ):
        with pytest.raises(Refused):
            act()


@pytest.mark.django_db
def test_a_rule_leads_to_someone(town):
    with pytest.raises(NoReceiver):
        rule(organisation=None)


@pytest.mark.django_db
def test_what_would_go_to_one_who_is_away_goes_to_who_stands_in_and_says_so(town):
    amina, otto, harriet = (people.account(name) for name in ("amina", "otto", "harriet"))
    day = NOW.date()
    for away, stand_in in ((amina, otto), (otto, harriet)):
        services.add_stand_in(
            reach("amina"), account=away.pk, stand_in=stand_in.pk,
            first_day=day, last_day=day + timedelta(days=7),
        )  # fmt: skip
    rule(kind="GRAFFITI", account=amina)

    routed = reported("vera")
    later = reported("vera", now=NOW + timedelta(days=8), written_at=NOW + timedelta(days=8))

    held = routed.assignments.get()
    assert (held.account, held.instead_of) == (harriet, amina)
    assert fresh(later).handler == amina
    assert later.assignments.get().instead_of is None


@pytest.mark.django_db
def test_two_who_are_away_for_each_other_keep_what_is_theirs(town):
    amina, otto = people.account("amina"), people.account("otto")
    day = NOW.date()
    for away, stand_in in ((amina, otto), (otto, amina)):
        services.add_stand_in(
            reach("amina"), account=away.pk, stand_in=stand_in.pk, first_day=day, last_day=day
        )

    assert selectors.present(amina.pk, on=day) == amina.pk


@pytest.mark.django_db
def test_nobody_stands_in_for_herself(town):
    amina, day = people.account("amina").pk, NOW.date()

    with pytest.raises(BadStandIn):
        services.add_stand_in(
            reach("amina"), account=amina, stand_in=amina, first_day=day, last_day=day
        )


@pytest.mark.django_db
def test_only_those_who_have_an_inbox_may_be_sent_anything(town):
    for name in ("vera", "leo", "kerstin", "pelle"):
        people.account(name)

    organisations, accounts = selectors.receivers(on=NOW.date())

    assert set(organisations.values()) == {"Samordningsfunktionen", HOME, "Samverkan Demo"}
    assert set(accounts.values()) == {"Amina", "Harriet", "Otto"}


AREAS = st.none() | st.frozensets(st.integers(1, 4), min_size=1)
MINUTES = st.integers(0, 1439)
HOURS = st.just((None, None)) | st.tuples(MINUTES, MINUTES).filter(lambda pair: pair[0] != pair[1])
KINDS = {1: None, 2: None, 11: 1, 12: 1, 21: 2}  # what each lies under
WEEKDAYS = st.frozensets(st.integers(0, 6), max_size=6)
CONDITIONS = st.builds(
    lambda kind, areas, days, hours: Condition(kind, KINDS.get(kind), areas, days, *hours),
    st.none() | st.sampled_from(sorted(KINDS)),
    AREAS,
    WEEKDAYS,
    HOURS,
)
SUBJECTS = st.builds(
    lambda kind, areas, weekday, minute: Subject(
        frozenset({kind, KINDS[kind] or kind}), areas, weekday, minute
    ),
    st.sampled_from(sorted(KINDS)),
    st.frozensets(st.integers(1, 4)),
    st.integers(0, 6),
    st.none() | MINUTES,
)


@given(CONDITIONS, CONDITIONS, SUBJECTS)
def test_what_a_hidden_rule_matches_the_earlier_one_has_taken(earlier, later, subject):
    if hides(earlier, later) and not failing(later, subject):
        assert not failing(earlier, subject)


@given(st.lists(CONDITIONS, max_size=6), SUBJECTS)
def test_the_rule_that_decides_matches_and_none_before_it_does(conditions, subject):
    place = first(conditions, subject)

    before = conditions if place is None else conditions[:place]
    assert all(failing(each, subject) for each in before)
    assert place is None or not failing(conditions[place], subject)


@pytest.mark.parametrize(
    ("minute", "is_night"), [(22 * 60 - 1, False), (22 * 60, True), (359, True), (360, False)]
)
def test_hours_may_go_over_midnight_and_the_last_minute_is_not_among_them(minute, is_night):
    night = Condition(first_minute=22 * 60, last_minute=6 * 60)

    fails = failing(night, Subject(frozenset(), frozenset(), 0, minute))
    assert (fails == ()) == is_night


def test_a_rule_that_an_earlier_one_hides_is_named():
    family, kind = Condition(category=1), Condition(category=11, family=1)

    assert hides(family, kind)
    assert not hides(kind, family)
    assert hides(Condition(), Condition(first_minute=0, last_minute=60))
    assert not hides(Condition(first_minute=0, last_minute=1439), Condition())
