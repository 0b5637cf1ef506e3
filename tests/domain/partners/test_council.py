"""The strategic council: on two days, in two right ways."""

from datetime import date, datetime, timedelta

import pytest
from tests.domain.partners.offices import (
    NOW,
    SWEDEN,
    THEN,
    TODAY,
    council_terms,
    ours,
    owners,
    police,
    reach,
    seat,
)

from lykta.domain.partners import calendars, selectors, services
from lykta.domain.partners.rules import CouncilMeetingState, Lack
from lykta.domain.partners.services import Invited, Outcome
from lykta.infrastructure.access import NOBODY, Refused
from lykta.infrastructure.errors import BadPeriod

pytestmark = pytest.mark.django_db


def note(said, replaces=None):
    return services.note(reach("amina"), said, now=NOW, replaces=replaces)


def meeting(day: date, **said):
    begins = datetime(day.year, day.month, day.day, 13, tzinfo=SWEDEN)
    usual = {"begins_at": begins, "ends_at": begins + timedelta(hours=2)}
    return services.plan_council_meeting(reach("amina"), Invited(**usual | said), now=NOW)


def held(day: date, **said):
    row = meeting(day)
    outcome = Outcome(CouncilMeetingState.HELD, **said)
    return services.tell_of_council_meeting(reach("amina"), row, outcome, now=NOW)


def test_the_council_has_the_name_and_the_chair_of_the_day_that_is_asked_about():
    note(council_terms())
    note(council_terms(local_name="Trygghetsrådet", chair_id=police().pk, starts_on=TODAY))

    then, now = (selectors.council(reach("amina"), on=day) for day in (THEN, TODAY))

    assert (then.local_name, then.is_led_by_the_municipality) == (
        "Lyktans brottsförebyggande råd",
        True,
    )
    assert (now.local_name, now.is_led_by_the_municipality) == ("Trygghetsrådet", False)
    assert Lack.LEADERSHIP in selectors.lacks(reach("amina"), on=TODAY)
    assert Lack.LEADERSHIP not in selectors.lacks(reach("amina"), on=THEN)


def test_there_is_no_council_before_the_first_day_and_after_it_has_ended():
    note(council_terms())
    note(council_terms(starts_on=TODAY, is_ended=True))

    assert selectors.council(reach("amina"), on=date(2018, 12, 31)) is None
    assert selectors.council(reach("amina"), on=TODAY - timedelta(days=1))
    assert selectors.council(reach("amina"), on=TODAY) is None


def test_a_seat_is_held_until_its_last_day_and_who_comes_next_is_another_row():
    note(seat(title="Gruppchef", is_leading=False, ends_on=date(2020, 1, 31)))
    note(seat(starts_on=date(2020, 2, 1)))

    titles = [
        [row.title for row in selectors.council_members(reach("amina"), on=day)]
        for day in (THEN, TODAY)
    ]

    assert titles == [["Gruppchef"], ["Lokalpolisområdeschef"]]


def test_who_has_nobody_leading_is_named_on_the_day_and_ours_never_is():
    note(seat(title="Gruppchef", is_leading=False))
    note(seat(organisation_id=ours().pk, title="Säkerhetschef", is_leading=False))
    note(seat(starts_on=TODAY))

    assert selectors.without_leaders(reach("amina"), on=THEN) == [police()]
    assert selectors.without_leaders(reach("amina"), on=TODAY) == []


def test_one_leading_of_an_organisation_does_not_stand_in_for_another():
    note(seat())
    note(seat(organisation_id=owners().pk, title="Ombud", is_leading=False))

    assert selectors.without_leaders(reach("amina"), on=TODAY) == [owners()]


@pytest.mark.parametrize("title", ["Lars Andersson", "chef, 070-123 45 67"])
def test_a_title_that_tells_of_a_person_is_refused(title):
    with pytest.raises(services.TellsOfPersons):
        note(seat(title=title))


def test_only_what_was_held_in_the_twelve_months_counts_as_a_meeting():
    days = (TODAY - timedelta(days=366), TODAY - timedelta(days=364), TODAY)
    for day in (*days[:2], TODAY - timedelta(days=30)):
        held(day)
    meeting(TODAY + timedelta(days=9))

    counts = [
        selectors.council_meetings_held(reach("amina"), on=day).count()
        for day in (days[0], TODAY, TODAY + timedelta(days=400))
    ]

    assert counts == [1, 2, 0]


def test_two_meetings_in_a_year_are_enough_and_one_is_not():
    note(council_terms())
    held(TODAY - timedelta(days=60))
    one = selectors.lacks(reach("amina"), on=TODAY)
    held(TODAY - timedelta(days=30))

    assert Lack.MEETINGS in one
    assert Lack.MEETINGS not in selectors.lacks(reach("amina"), on=TODAY)


def test_what_came_of_a_meeting_is_told_and_which_organisations_were_there():
    row = held(TODAY - timedelta(days=1), present=[police().pk], registry_number="TEST-2026-9")

    found = selectors.council_meeting(reach("leo"), row.pk)

    assert [each.name for each in found.present.all()] == ["Lokalpolisområdet"]
    assert (found.registry_number, found.is_planned) == ("TEST-2026-9", False)


def test_a_cancelled_meeting_had_nobody_there_and_is_not_the_next():
    row = meeting(TODAY + timedelta(days=3))
    outcome = Outcome(CouncilMeetingState.CANCELLED, present=[police().pk])
    services.tell_of_council_meeting(reach("amina"), row, outcome, now=NOW)

    assert not row.present.exists()
    assert selectors.next_council_meeting(reach("amina"), on=TODAY) is None


def test_a_meeting_that_has_not_begun_was_not_held():
    row = meeting(TODAY + timedelta(days=3))

    with pytest.raises(services.NotYetHeld):
        services.tell_of_council_meeting(
            reach("amina"), row, Outcome(CouncilMeetingState.HELD), now=NOW
        )


def test_when_a_meeting_was_is_not_changed_once_it_is_told_of():
    row = held(TODAY - timedelta(days=1))
    said = Invited(row.begins_at, row.ends_at, place="En annan sal")

    with pytest.raises(services.AlreadyTold):
        services.plan_council_meeting(reach("amina"), said, now=NOW, meeting=row)


def test_a_meeting_that_ends_before_it_begins_is_refused():
    with pytest.raises(BadPeriod):
        meeting(TODAY, ends_at=datetime(2026, 11, 24, 12, tzinfo=SWEDEN))


def test_the_next_meeting_is_the_first_from_the_day_that_is_asked_about():
    first, second = meeting(TODAY), meeting(TODAY + timedelta(days=90))

    assert selectors.next_council_meeting(reach("leo"), on=TODAY) == first
    assert selectors.next_council_meeting(reach("leo"), on=TODAY + timedelta(days=1)) == second


def test_a_meeting_stands_in_the_calendars_of_those_who_sit_there_and_of_who_calls_it():
    meeting(TODAY + timedelta(days=9), agenda="Lägesbilden")
    pelle, amina = reach("pelle"), reach("amina")
    note(seat())

    names = {
        name: [entry.title for entry in calendars.entries(who, TODAY)]
        for name, who in (("pelle", pelle), ("amina", amina), ("vera", reach("vera")))
    }

    assert names == {"pelle": ["Strategiska rådet"], "amina": ["Strategiska rådet"], "vera": []}


@pytest.mark.parametrize("name", ["leo", "pelle", "otto", "kerstin", "drift", "cleo"])
def test_nobody_but_the_co_ordination_writes(name):
    row = meeting(TODAY - timedelta(days=1))

    with pytest.raises(Refused):
        services.note(reach(name), council_terms(), now=NOW)
    with pytest.raises(Refused):
        services.plan_council_meeting(reach(name), Invited(row.begins_at, row.ends_at), now=NOW)
    with pytest.raises(Refused):
        services.tell_of_council_meeting(
            reach(name), row, Outcome(CouncilMeetingState.HELD), now=NOW
        )


@pytest.mark.parametrize("name", ["cleo", "drift"])
def test_who_may_not_read_sees_nothing_of_the_council(name):
    note(council_terms())
    note(seat())
    held(TODAY - timedelta(days=1))

    for who in (reach(name), NOBODY):
        assert selectors.council(who, on=TODAY) is None
        assert not selectors.council_members(who, on=TODAY)
        assert not selectors.council_meetings(who)
        assert selectors.lacks(who, on=TODAY) == []


def test_the_council_is_found_by_a_part_of_its_name():
    note(council_terms())

    assert len(selectors.search_councils(reach("leo"), "brottsförebyggande", on=TODAY)) == 1
    assert selectors.search_councils(reach("leo"), "vägverket", on=TODAY) == []
    assert selectors.search_councils(reach("drift"), "brottsförebyggande", on=TODAY) == []
