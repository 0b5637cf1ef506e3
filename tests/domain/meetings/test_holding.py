"""A meeting decides, each decision becomes an action, and everyone who reported is answered."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.domain.events import told
from tests.domain.meetings.conftest import NOW, WEEK, accept, report
from tests.domain.places.conftest import TODAY

from lykta.domain.documents.models import Document
from lykta.domain.events import selectors as events
from lykta.domain.events import services as events_services
from lykta.domain.events.models import Category, Report
from lykta.domain.events.rules import State
from lykta.domain.meetings import rules, selectors, services
from lykta.domain.meetings.models import Action, ActionStep, Attendance, Decision, Meeting
from lykta.domain.meetings.rules import ActionKind, ActionState
from lykta.domain.meetings.services.acting import NoResult, WrongStep
from lykta.domain.meetings.services.holding import BadDue, MeetingOver, NotFrozen
from lykta.domain.partners.models import Organisation
from lykta.domain.places.models import Area
from lykta.infrastructure.access import SYSTEM, Refused
from lykta.infrastructure.audit import services as audit


def meeting() -> Meeting:
    return selectors.meeting(SYSTEM, WEEK)


def decided(reach, **values) -> Action:
    said = {
        "text": "Sanera gaveln",
        "kind": ActionKind.CLEAN_REPAIR,
        "organisation": Organisation.objects.get(name="Bostadsbolaget").pk,
        "due": TODAY + timedelta(days=8),
        "now": NOW,
        "category": Category.objects.get(code="DAMAGE").pk,
        "area": Area.objects.get(code="9999-ASA").pk,
    }
    return services.decide(reach, meeting(), **(said | values))


def test_what_is_merged_is_answered_with_what_it_is_merged_into(town, amina):
    one, other, third = (report(), report("vera", place="P2"), report("vera", code="LITTER"))
    accept(one)
    events_services.merge(amina, other, one, now=NOW)
    events_services.merge(amina, third, other, now=NOW)
    services.freeze(amina, WEEK, now=NOW)
    action = decided(amina)
    services.close(amina, meeting(), no_action="", now=NOW)
    services.step(amina, action, state=ActionState.DONE, result="Sanerad.", now=NOW)

    assert services.tell(amina, Action.objects.get(), text="Gaveln är ren.", now=NOW) == 3

    for row in (one, other, third):
        answers = [each.answer for each in row.steps.all() if each.answer]
        assert [answer.split()[0] for answer in answers] == ["Veckomötet", "Gaveln"]
    assert {row.state for row in Report.objects.all()} == {State.CLOSED, State.MERGED}


def test_what_was_merged_may_be_taken_apart_when_the_meeting_is_over(town, amina):
    one, other = report(), report("vera", place="P2")
    accept(one, other)
    events_services.merge(amina, other, one, now=NOW)
    services.freeze(amina, WEEK, now=NOW)
    services.close(amina, meeting(), no_action="", now=NOW)

    events_services.unmerge(amina, other, now=NOW)

    other.refresh_from_db()
    assert other.state == State.ACCEPTED
    assert [row.pk for row in selectors.late(WEEK.after)] == [other.pk]


def last_answers() -> list[str]:
    return sorted(row.steps.last().answer for row in Report.objects.all())


def test_those_who_reported_are_told_what_was_decided(frozen, amina):
    decided(amina)
    services.close(amina, meeting(), no_action="Skräpet är städat.", now=NOW)

    answers = last_answers()

    assert {row.state for row in Report.objects.all()} == {State.CLOSED}
    assert answers == [
        "Rapporten är med i lägesbilden för v. 47. Mötet beslutade ingen åtgärd om just den. "
        "Skräpet är städat.",
        "Rapporten är med i lägesbilden för v. 47. Mötet beslutade ingen åtgärd om just den. "
        "Skräpet är städat.",
        "Veckomötet beslutade: Sanera gaveln. Ansvarig: Bostadsbolaget. Klart senast ons 2 dec.",
    ]


def test_the_decision_keeps_which_reports_it_answered(frozen, amina):
    action = decided(amina)
    services.close(amina, meeting(), no_action="", now=NOW)

    (row,) = action.decision.reports.all()

    assert (row.area.name, row.category.code) == ("Åsa 10", "GRAFFITI")


def test_when_it_is_done_those_who_reported_are_told(frozen, amina):
    action = decided(amina)
    services.close(amina, meeting(), no_action="", now=NOW)
    harriet = told.reach("harriet")
    services.step(harriet, action, state=ActionState.DONE, result="Sanerat i går.", now=NOW)
    assert [row.pk for row in selectors.untold(amina)] == [action.pk]

    n = services.tell(amina, action, text="Det här hände: gaveln är sanerad.", now=NOW)

    assert n == 1
    assert "Det här hände: gaveln är sanerad." in last_answers()
    assert selectors.untold(amina) == []
    with pytest.raises(WrongStep):
        services.tell(amina, action, text="En gång till", now=NOW)


def test_the_minutes_are_kept_as_the_meeting_was(frozen, amina):
    own = Organisation.objects.get(name="Bostadsbolaget")
    services.attend(amina, meeting(), [own.pk], note="Kort möte.")
    decided(amina)
    document = services.close(amina, meeting(), no_action="", now=NOW)
    action = Action.objects.get()
    services.step(amina, action, state=ActionState.DONE, result="Klart.", now=NOW)

    path = services.form(amina, document, "json")

    text = path.read_text(encoding="utf-8")
    assert "Kort möte." in text
    assert "inte påbörjad" in text
    assert "Klart." not in text
    assert Attendance.objects.count() == 1


def test_after_the_meeting_nothing_of_it_is_changed(frozen, amina):
    decided(amina)
    services.close(amina, meeting(), no_action="", now=NOW)

    for change in (
        lambda: decided(amina),
        lambda: services.withdraw(amina, Decision.objects.get(), now=NOW),
        lambda: services.attend(amina, meeting(), [], note=""),
        lambda: services.close(amina, meeting(), no_action="", now=NOW),
        lambda: services.plan(
            amina, WEEK, begins_at=NOW, ends_at=NOW + timedelta(hours=1), place="", now=NOW
        ),
    ):
        with pytest.raises(MeetingOver):
            change()
    assert Document.objects.filter(kind="minutes").count() == 1


def test_a_meeting_without_its_picture_is_not_closed(town, amina):
    services.plan(
        amina, WEEK, begins_at=NOW, ends_at=NOW + timedelta(hours=1), place="Rum 3", now=NOW
    )

    with pytest.raises(NotFrozen):
        services.close(amina, meeting(), no_action="", now=NOW)


def test_the_next_meeting_begins_with_what_was_decided_and_what_is_left(frozen, amina):
    first, second = decided(amina), decided(amina, text="Mät ljuset")
    services.withdraw(amina, second.decision, now=NOW)
    services.close(amina, meeting(), no_action="", now=NOW)

    rows = selectors.to_follow_up(amina, WEEK.after)

    assert [row.pk for row in rows] == [first.pk]
    assert selectors.to_follow_up(amina, WEEK) == []


def test_a_withdrawn_decision_is_in_no_list(frozen, amina):
    action = decided(amina)
    services.withdraw(amina, action.decision, now=NOW)

    assert selectors.decisions(meeting()) == []
    assert list(selectors.actions(amina)) == []


def test_an_action_is_not_due_yesterday(frozen, amina):
    with pytest.raises(BadDue):
        decided(amina, due=date(2026, 11, 1))


@pytest.mark.parametrize(
    ("name", "may"),
    [("amina", True), ("harriet", True), ("otto", False), ("vera", False), ("kerstin", False),
     ("leo", False), ("drift", False), ("cleo", False)],
)  # fmt: skip
def test_an_action_is_carried_out_by_its_organisation(frozen, amina, name, may):
    action = decided(amina)
    reach = told.reach(name)

    if may:
        services.step(reach, action, state=ActionState.DOING, now=NOW)
    else:
        with pytest.raises(Refused):
            services.step(reach, action, state=ActionState.DOING, now=NOW)

    assert (Action.objects.get().state == ActionState.DOING) is may


@pytest.mark.parametrize("name", ["leo", "harriet", "vera", "pelle", "kerstin", "drift", "cleo"])
def test_only_the_coordinator_holds_the_meeting(frozen, name):
    reach = told.reach(name)

    for act in (
        lambda: decided(reach),
        lambda: services.attend(reach, meeting(), [], note=""),
        lambda: services.close(reach, meeting(), no_action="", now=NOW),
        lambda: services.add_planned(reach, "Marknad", first_day=TODAY, last_day=TODAY, now=NOW),
    ):
        with pytest.raises(Refused):
            act()


def test_what_is_done_says_what_was_done(frozen, amina):
    action = decided(amina)

    with pytest.raises(NoResult):
        services.step(amina, action, state=ActionState.DONE, now=NOW)


@given(st.lists(st.sampled_from(list(ActionState)), max_size=12))
def test_no_way_leads_round_a_rule(states):
    now = ActionState.OPEN
    for then in states:
        if rules.may_follow(now, then):
            assert then in rules.NEXT[now]
            now = then
    assert now in ActionState


def test_every_step_of_an_action_is_kept(frozen, amina):
    action = decided(amina)
    for state in (ActionState.DOING, ActionState.DONE, ActionState.DOING, ActionState.CANCELLED):
        services.step(amina, action, state=state, result="Så blev det.", now=NOW)

    assert list(ActionStep.objects.values_list("state", flat=True)) == [
        "open", "doing", "done", "doing", "cancelled",
    ]  # fmt: skip
    assert audit.verify() == []


def test_residents_see_the_answer_and_erased_reports_none(frozen, amina):
    rows = list(events.reports(SYSTEM))
    from lykta.domain.events import services as reports

    reports.erase(amina, rows[0], now=NOW)
    services.close(amina, meeting(), no_action="Läst.", now=NOW)

    rows[0].refresh_from_db()
    assert rows[0].state == State.ERASED
    assert Report.objects.filter(state=State.CLOSED).count() == 2
