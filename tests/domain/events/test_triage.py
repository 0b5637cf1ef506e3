"""What becomes of a report: counted once when it is accepted, and erased without trace."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.domain.events.told import NOW, TEXT, reach, reported

from lykta.domain.events import selectors, services
from lykta.domain.events.models import Event, Report
from lykta.domain.events.rules import State, may_follow
from lykta.domain.events.services import load_categories
from lykta.domain.events.services.screening import PersonalData
from lykta.domain.events.services.steps import WrongState
from lykta.infrastructure.access import SYSTEM, Refused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _kinds(places):
    load_categories()


def test_an_accepted_report_is_one_event():
    row = reported()

    n = services.accept(reach("amina"), [row], now=NOW)

    (event,) = Event.objects.current()
    assert n == 1
    assert (event.category, event.first_day, event.organisation) == (
        row.category, row.first_day, row.organisation,
    )  # fmt: skip
    assert selectors.known(SYSTEM, as_of=NOW.date()).n_events == 1


def test_what_is_said_to_be_the_same_is_counted_once():
    first = reported()
    again = reported("vera", same_as=first)

    services.accept(reach("amina"), [first, again], now=NOW)

    states = Report.objects.order_by("pk").values_list("state", "merged_into", "event__key")
    assert list(states) == [
        (State.ACCEPTED, None, str(first.key)),
        (State.MERGED, first.pk, None),
    ]
    assert Event.objects.count() == 1


@pytest.mark.parametrize("name", ["harriet", "leo", "vera", "pelle", "kerstin", "cleo", "drift"])
def test_only_the_coordination_function_decides(name):
    row = reported()

    for decide in (
        lambda: services.accept(reach(name), [row], now=NOW),
        lambda: services.reject(reach(name), row, reason="", now=NOW),
        lambda: services.erase(reach(name), row, now=NOW),
    ):
        with pytest.raises(Refused):
            decide()


def test_what_is_decided_is_not_decided_again():
    row = reported()
    services.reject(reach("amina"), row, reason="Dubblett", now=NOW)

    with pytest.raises(WrongState):
        services.accept(reach("amina"), [row], now=NOW)

    assert Event.objects.count() == 0


def test_an_answer_tells_of_no_person_either():
    row = reported()

    with pytest.raises(PersonalData):
        services.accept(reach("amina"), [row], now=NOW, answer="Ring 070-174 06 05")

    row.refresh_from_db()
    assert row.state == State.SUBMITTED


def test_an_erased_report_says_nothing_and_is_counted_as_before():
    row = reported()
    services.accept(reach("amina"), [row], now=NOW, answer="Saneras i dag.")

    services.erase(reach("amina"), row, now=NOW)

    row.refresh_from_db()
    assert (row.description, row.place_text, row.reporter) == ("", "", None)
    assert TEXT not in str(list(row.steps.values()))
    assert "Saneras" not in str(list(row.steps.values()))
    assert Event.objects.current().count() == 1


@given(st.lists(st.sampled_from(list(State)), max_size=8))
def test_no_path_leads_around_the_rules(states):
    """From the first state on, a merged report comes back to what it was, an erased one never."""
    now, before, path = State.SUBMITTED, State.SUBMITTED, [State.SUBMITTED]

    for then in states:
        if may_follow(now, then, before=before if now is State.MERGED else ""):
            before = now if then is State.MERGED else before
            now = then
            path.append(now)

    for one, next_one in pairwise(path):
        assert one is not State.ERASED
        assert one is not State.REJECTED or next_one is State.ERASED
    merged = [place for place, state in enumerate(path) if state is State.MERGED]
    assert all(
        path[place + 1] in (path[place - 1], State.ERASED)
        for place in merged
        if place + 1 < len(path)
    )


@pytest.mark.parametrize("now", list(State))
@pytest.mark.parametrize("then", list(State))
def test_the_table_of_states_is_what_is_written_by_hand(now, then):
    by_hand = {
        "submitted": "triaged accepted rejected merged erased",
        "triaged": "accepted rejected merged erased",
        "accepted": "in_picture closed merged erased",
        "rejected": "erased",
        "merged": "erased",
        "in_picture": "closed merged erased",
        "closed": "merged erased",
        "erased": "",
    }

    assert may_follow(now, then) == (then in by_hand[now].split())
