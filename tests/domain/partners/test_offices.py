"""Function, leading body, efforts and assignments: nothing is changed, and each day is answered."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from tests import people
from tests.domain.partners.offices import (
    NOW,
    THEN,
    TODAY,
    attempt,
    function_terms,
    lead_terms,
    mandate,
    ours,
    owners,
    police,
    reach,
)

from lykta.domain.partners import selectors, services
from lykta.domain.partners.models import (
    Agreement,
    Assignment,
    CoordinationFunction,
    Effort,
    LeadBody,
)
from lykta.domain.partners.rules import (
    EffortOutcome,
    Lack,
    NoteState,
    OrganisationKind,
    a_year_before,
)
from lykta.infrastructure.access import NOBODY, Refused
from lykta.infrastructure.audit.models import Entry

pytestmark = pytest.mark.django_db


def note(said, replaces=None):
    return services.note(reach("amina"), said, now=NOW, replaces=replaces)


def test_the_function_is_what_it_was_on_the_day_that_is_asked_about():
    note(function_terms(title="Säkerhetschef", full_time_equivalents=Decimal("0.5")))
    note(function_terms(starts_on=date(2023, 7, 1)))

    titles = [str(selectors.coordination_function(reach("leo"), on=day)) for day in (THEN, TODAY)]

    assert titles == ["Säkerhetschef", "Trygghetssamordnare"]


def test_what_is_noted_afterwards_of_a_day_before_does_not_hold_today():
    note(function_terms(starts_on=date(2023, 7, 1)))
    note(function_terms(title="Säkerhetschef"))

    assert str(selectors.coordination_function(reach("leo"), on=TODAY)) == "Trygghetssamordnare"
    assert str(selectors.coordination_function(reach("leo"), on=THEN)) == "Säkerhetschef"


def test_a_function_that_has_ended_is_missing_from_its_day_on():
    note(function_terms())
    note(function_terms(starts_on=TODAY, is_ended=True))

    assert Lack.FUNCTION in selectors.lacks(reach("amina"), on=TODAY)
    assert Lack.FUNCTION not in selectors.lacks(reach("amina"), on=THEN)
    assert selectors.contact_point(on=TODAY) == ""
    assert selectors.contact_point(on=THEN) == "trygghet@lykta.example"


@pytest.mark.parametrize(
    "contact",
    ["trygghet@lykta.example", "trygg.i.lykta@lykta.example, 08-123 456 00", "0771-11 22 33"],
)
def test_a_function_is_reached_by_an_address_or_number_of_its_own(contact):
    assert note(function_terms(contact=contact)).contact == contact


@pytest.mark.parametrize(
    "contact",
    [
        "anna.andersson@lykta.example",
        "Lars Andersson",
        "lars_andersson@lykta.example",
        "kim@lykta.example",
    ],
)
def test_an_address_of_a_person_is_refused(contact):
    with pytest.raises(services.TellsOfPersons, match="till funktionen"):
        note(function_terms(contact=contact))


def test_a_committee_leads_only_by_a_decision_and_the_executive_board_without():
    note(lead_terms())
    for said in ({"name": "Trygghetsnämnden"}, {"registry_number": "TEST-2024-1"}):
        with pytest.raises(services.NoDecision):
            note(lead_terms(is_executive_board=False, starts_on=TODAY, **said))
    decided = {"name": "Trygghetsnämnden", "registry_number": "TEST-2024-1", "paragraph": "§ 3"}
    note(lead_terms(is_executive_board=False, starts_on=TODAY, **decided))

    names = [str(selectors.lead_body(reach("leo"), on=day)) for day in (THEN, TODAY)]

    assert names == ["Kommunstyrelsen", "Trygghetsnämnden"]


def test_the_database_too_refuses_a_committee_without_a_decision():
    with pytest.raises(IntegrityError), transaction.atomic():
        LeadBody.objects.create(
            is_executive_board=False, name="Nämnden", starts_on=TODAY, recorded_at=NOW
        )


def test_no_leading_body_is_missing_before_the_first_is_noted():
    note(lead_terms(starts_on=TODAY))

    assert Lack.LEAD_BODY in selectors.lacks(reach("amina"), on=THEN)
    assert Lack.LEAD_BODY not in selectors.lacks(reach("amina"), on=TODAY)


def test_an_effort_counts_for_twelve_months_and_only_towards_its_own_kind():
    note(attempt(day=date(2025, 11, 25)))
    note(attempt(day=TODAY, organisation_id=owners().pk))

    counts = [
        selectors.recent_efforts(reach("amina"), on=day, kind=OrganisationKind.POLICE).count()
        for day in (date(2025, 11, 24), date(2025, 11, 25), TODAY, TODAY + timedelta(days=1))
    ]

    assert counts == [0, 1, 1, 0]


def test_with_neither_agreement_nor_effort_the_police_are_missing():
    people.account("pelle")
    by_agreement = selectors.lacks(reach("amina"), on=TODAY)
    Agreement.objects.all().delete()
    by_nothing = selectors.lacks(reach("amina"), on=TODAY)
    note(attempt())

    assert Lack.POLICE not in by_agreement
    assert Lack.POLICE in by_nothing
    assert Lack.POLICE not in selectors.lacks(reach("amina"), on=TODAY)


def test_an_effort_is_taken_back_by_a_row_of_its_own_and_nothing_is_changed():
    row = note(attempt())
    before = Effort.objects.filter(pk=row.pk).values().get()

    services.withdraw(reach("amina"), row, now=NOW)

    assert not selectors.efforts(reach("amina"), on=TODAY)
    assert Effort.objects.filter(pk=row.pk).values().get() == before
    assert [each.is_void for each in Effort.objects.order_by("pk")] == [False, True]
    assert Entry.objects.latest("pk").action == "effort.withdrawn"


def test_what_was_wrong_is_put_right_by_another_row_once():
    row = note(attempt())
    note(attempt(outcome=EffortOutcome.DECLINED), row)

    assert [each.outcome for each in selectors.efforts(reach("amina"), on=TODAY)] == ["declined"]
    with pytest.raises(services.AlreadyReplaced):
        note(attempt(), row)
    with pytest.raises(services.AlreadyReplaced):
        services.withdraw(reach("amina"), row, now=NOW)


def test_what_is_taken_back_gives_room_to_what_held_before():
    note(function_terms(title="Säkerhetschef"))
    wrong = note(function_terms(starts_on=TODAY))

    services.withdraw(reach("amina"), wrong, now=NOW)

    assert str(selectors.coordination_function(reach("amina"), on=TODAY)) == "Säkerhetschef"


def test_the_operative_co_ordinator_was_with_the_executive_board_and_is_with_the_owners():
    """R10."""
    first = note(mandate())
    note(mandate(held_by_id=owners().pk, starts_on=date(2022, 1, 1), root_id=first.chain))

    holders = [
        [row.held_by.name for row in selectors.assignments(reach("otto"), on=day)]
        for day in (THEN, TODAY)
    ]

    assert holders == [["Kommunstyrelsen"], ["Samverkan Demo"]]
    (line,) = selectors.timelines(reach("otto"))
    assert [(str(v.row.held_by), v.from_day, v.until) for v in line] == [
        ("Samverkan Demo", date(2022, 1, 1), None),
        ("Kommunstyrelsen", date(2019, 3, 1), date(2021, 12, 31)),
    ]


def test_an_assignment_put_right_stays_in_its_history_and_ends_on_its_last_day():
    first = note(mandate())
    passed = note(mandate(held_by_id=owners().pk, starts_on=TODAY, root_id=first.chain))
    ended = mandate(held_by_id=owners().pk, starts_on=THEN, ends_on=THEN)
    note(ended, passed)

    days = (THEN - timedelta(days=1), THEN, THEN + timedelta(days=1))
    holders = [
        [row.held_by.name for row in selectors.assignments(reach("amina"), on=day)] for day in days
    ]

    assert holders == [["Kommunstyrelsen"], ["Samverkan Demo"], []]
    assert len(selectors.timelines(reach("amina"))) == 1


def test_two_assignments_of_one_name_have_each_its_own_history():
    note(mandate())
    note(mandate(held_by_id=owners().pk))

    assert [len(line) for line in selectors.timelines(reach("amina"))] == [1, 1]
    assert len(selectors.assignments(reach("amina"), on=TODAY)) == 2


def test_the_history_shows_what_was_put_right_and_hides_only_the_row_that_takes_back():
    wrong = note(function_terms(title="Säkerhetschef"))
    note(function_terms(), wrong)
    mistaken = note(function_terms(starts_on=TODAY))
    services.withdraw(reach("amina"), mistaken, now=NOW)

    found = selectors.history(selectors.all_noted(reach("leo"), CoordinationFunction))

    assert [(str(each.row), each.until, each.state) for each in found] == [
        ("Trygghetssamordnare", None, NoteState.WITHDRAWN),
        ("Trygghetssamordnare", None, NoteState.STANDS),
        ("Säkerhetschef", None, NoteState.CORRECTED),
    ]


def test_an_assignment_that_ends_before_it_starts_is_refused():
    with pytest.raises(services.EndBeforeStart):
        note(mandate(ends_on=date(2019, 2, 28)))


@pytest.mark.parametrize("name", ["leo", "pelle", "kerstin", "drift", "cleo"])
def test_nobody_but_the_co_ordination_writes_or_takes_back(name):
    row = note(attempt())

    for said in (function_terms(), lead_terms(), attempt(), mandate()):
        with pytest.raises(Refused):
            services.note(reach(name), said, now=NOW)
    with pytest.raises(Refused):
        services.withdraw(reach(name), row, now=NOW)


@pytest.mark.parametrize("name", ["cleo", "drift"])
def test_who_may_not_read_sees_nothing(name):
    for said in (function_terms(), lead_terms(), attempt(), mandate()):
        note(said)

    for who in (reach(name), NOBODY):
        assert selectors.coordination_function(who, on=TODAY) is None
        assert selectors.lead_body(who, on=TODAY) is None
        assert not selectors.efforts(who, on=TODAY)
        assert selectors.assignments(who, on=TODAY) == []
        assert selectors.search_assignments(who, "samordnare", on=TODAY) == []
        assert selectors.all_noted(who, Assignment) == []


def test_an_assignment_is_found_by_a_part_of_its_name_while_it_is_held():
    note(mandate(ends_on=THEN))

    assert len(selectors.search_assignments(reach("leo"), "samordnare", on=THEN)) == 1
    assert selectors.search_assignments(reach("leo"), "samordnare", on=TODAY) == []


@pytest.mark.parametrize(
    ("day", "first"),
    [(date(2026, 11, 24), date(2025, 11, 25)), (date(2024, 2, 29), date(2023, 3, 1))],
)
def test_the_twelve_months_that_end_with_a_day(day, first):
    assert a_year_before(day) == first


def test_what_is_noted_tells_when_and_by_whom():
    row = note(mandate(given_by_id=ours().pk, held_by_id=police().pk))

    assert (row.recorded_at, row.recorded_by) == (NOW, people.account("amina"))
