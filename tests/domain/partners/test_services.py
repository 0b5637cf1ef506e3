"""Organisations and memberships: who may add and end them, and what follows."""

from datetime import date, timedelta

import pytest
from django.http import Http404
from tests import people

from lykta.domain.partners import selectors, services
from lykta.domain.partners.models import Organisation
from lykta.domain.partners.rules import Role
from lykta.infrastructure.audit.models import Entry

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


def reach(name: str, *, on: date = TODAY):
    return selectors.reach_of(people.account(name).pk, on=on)


def join(by: str, who: str, organisation: Organisation, role: Role = Role.SAFETY_HOST, **values):
    return services.add_membership(
        reach(by),
        account=people.account(who),
        organisation=organisation,
        role=role,
        starts_on=TODAY,
        **values,
    )


@pytest.fixture
def housing():
    people.account("harriet")
    return Organisation.objects.get(name="Bostadsbolaget")


def test_the_outsider_reaches_nothing():
    assert reach("cleo").is_empty


def test_a_membership_opens_from_its_first_day_to_its_last(housing):
    join("amina", "cleo", housing, ends_on=TODAY + timedelta(days=7))

    open_on = [
        day for day in range(-1, 10) if not reach("cleo", on=TODAY + timedelta(days=day)).is_empty
    ]

    assert open_on == list(range(8))


def test_a_closed_account_reaches_nothing(housing):
    join("amina", "cleo", housing)
    cleo = people.account("cleo")

    services.change_account(reach("drift"), cleo, name="Cleo", is_active=False)

    assert reach("cleo").is_empty


def test_an_ended_membership_closes_the_day_after(housing):
    membership = join("amina", "cleo", housing)

    services.end_membership(reach("amina"), membership, last_day=TODAY)

    assert not reach("cleo").is_empty
    assert reach("cleo", on=TODAY + timedelta(days=1)).is_empty


def test_a_partner_adds_members_to_her_own_organisation_only(housing):
    join("harriet", "cleo", housing)
    people.account("otto")
    other = Organisation.objects.get(name="Samverkan Demo")

    with pytest.raises(Http404):
        join("harriet", "cleo", other)


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.IT_OPERATIONS, Role.ANALYST, Role.CHAIR])
def test_a_partner_cannot_give_a_role_that_sees_more(housing, role):
    with pytest.raises(Http404):
        join("harriet", "cleo", housing, role)


@pytest.mark.parametrize("name", sorted(set(people.CAST) - {"amina", "otto", "harriet", "civil"}))
def test_others_add_no_members_at_all(housing, name):
    with pytest.raises(Http404):
        join(name, "cleo", housing)


def test_a_partner_ends_no_membership_of_others(housing):
    membership = join("amina", "cleo", housing)

    with pytest.raises(Http404):
        services.end_membership(reach("otto"), membership, last_day=TODAY)


def test_a_membership_cannot_end_before_it_starts(housing):
    with pytest.raises(services.EndBeforeStart):
        join("amina", "cleo", housing, ends_on=TODAY - timedelta(days=1))


def test_two_organisations_cannot_share_a_name(housing):
    with pytest.raises(services.NameTaken):
        services.add_organisation(reach("amina"), name="bostadsbolaget ", kind="other")


def test_each_act_is_in_the_audit_log(housing):
    membership = join("amina", "cleo", housing)
    services.end_membership(reach("amina"), membership, last_day=TODAY)

    assert [entry.action for entry in Entry.objects.all()] == [
        "membership.added",
        "membership.ended",
    ]
    assert {entry.actor for entry in Entry.objects.all()} == {people.account("amina").pk}


def test_an_account_is_made_by_those_who_run_the_machines_only():
    made = services.add_account(reach("drift"), email="Ny@Example.org", name="Ny")

    assert made.email == "ny@example.org"
    assert not made.has_usable_password()
    with pytest.raises(Http404):
        services.add_account(reach("amina"), email="annan@example.org", name="Annan")
