"""The table of roles, compared with one written by hand."""

import pytest

from lykta.domain.partners import rules
from lykta.domain.partners.rules import MATRIX, Role, Subject

# Columns: own reports, others' accepted reports, their description and photo, inbox,
# problems-measures-plan, money, T0 entry, camera drafts, administration.
BY_HAND = {
    "coordinator": "all all all all write read read write memberships",
    "analyst": "all all none none evaluate read read read none",
    "operative_coordinator": "write own_areas none own own_write own none none own_members",
    "housing_company": "write own_areas none own own_write own none none own_members",
    "civil_society": "write own_areas none own own_write own none none own_members",
    "safety_host": "write own_areas none none read none none none none",
    "field_worker": "write own_areas none none read none none none none",
    "police_liaison": "write all none none own_write none staffing read none",
    "social_services": "write own_areas none none own_write own write none none",
    "planner": "write own_areas none none read none none none none",
    "controller": "write own_areas none none read write none none none",
    "chair": "none counts none none read read read read none",
    "it_operations": "none none none none none none none none accounts",
}


@pytest.mark.parametrize("role", BY_HAND)
def test_a_role_may_what_the_table_says(role: str):
    extents = MATRIX[Role(role)]

    assert [extents[subject].value for subject in Subject] == BY_HAND[role].split()


def test_the_table_has_every_role_and_no_other():
    assert {role.value for role in MATRIX} == set(BY_HAND) == {role.value for role in Role}


def test_those_who_run_the_machines_see_none_of_the_content():
    assert rules.rights_of(Role.IT_OPERATIONS) == {
        "administer accounts",
        "read retention",
        "read roles",
    }


@pytest.mark.parametrize("role", sorted(rules.ROLES_OF_OWN_MEMBERS))
def test_an_organisation_takes_in_none_who_administers_others(role: Role):
    assert not rules.rights_of(role) & {"administer memberships", "administer accounts"}
