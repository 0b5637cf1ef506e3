"""The network: who works with whom, and which links are missing."""

from datetime import date

import pytest
from tests import people
from tests.domain.partners.test_agreements import NOW, TODAY, reach, signed

from lykta.domain.partners import papers, selectors, services
from lykta.domain.partners.models import Agreement, Organisation
from lykta.domain.partners.rules import Bond, OrganisationKind
from lykta.infrastructure.access import Refused

pytestmark = pytest.mark.django_db
OURS = "Samordningsfunktionen"


@pytest.fixture
def probation():
    """Wish for the probation and the prison service, as our co-ordination function."""
    amina = reach("amina")
    ours = Organisation.objects.get(name=OURS)
    found = []
    for name in ("Frivården", "Kriminalvården"):
        other = services.add_organisation(amina, name=name, kind=OrganisationKind.AUTHORITY)
        services.note_cooperation(
            amina, other, ours, bond=Bond.WISHED, valid_from=date(2021, 11, 1), now=NOW
        )
        found.append(other)
    return found


def missing(on: date = TODAY) -> list[str]:
    ties = selectors.missing(reach("amina"), on=on)
    return sorted({name for tie in ties for name in (tie.first.name, tie.second.name)} - {OURS})


def test_r26_the_gaps_name_both_until_their_agreement_is_signed(probation):
    before = missing()

    signed(probation[0])

    assert before == ["Frivården", "Kriminalvården"]
    assert missing() == ["Kriminalvården"]


def test_nothing_was_missing_before_anyone_wished_for_it(probation):
    assert missing(on=date(2021, 10, 31)) == []


def test_what_is_noted_later_takes_the_place_of_what_was_noted(probation):
    ours = Organisation.objects.get(name=OURS)
    services.note_cooperation(
        reach("amina"), ours, probation[0], bond=Bond.NONE, valid_from=TODAY, now=NOW
    )

    assert missing() == ["Kriminalvården"]
    assert missing(on=date(2026, 11, 23)) == ["Frivården", "Kriminalvården"]


def test_our_own_units_need_no_agreement_with_each_other():
    people.account("sonja")
    one, other = (
        Organisation.objects.get_or_create(name=name, defaults={"kind": "municipality"})[0]
        for name in (OURS, "Socialtjänsten")
    )
    services.note_cooperation(
        reach("amina"), one, other, bond=Bond.REGULAR, valid_from=TODAY, now=NOW
    )

    assert missing() == []


def test_an_agreement_that_names_a_unit_of_ours_binds_no_other_unit(probation):
    people.account("sonja")
    signed(probation[0], Organisation.objects.get(name="Socialtjänsten"))

    assert missing() == ["Frivården", "Kriminalvården"]


def test_two_that_are_parties_to_one_agreement_are_tied_by_it():
    people.account("pelle")
    people.account("harriet")
    Agreement.objects.all().delete()
    signed(*Organisation.objects.filter(name__in=("Lokalpolisområdet", "Bostadsbolaget")))

    (tie,) = selectors.network(reach("amina"), on=TODAY)

    assert {tie.first.name, tie.second.name} == {"Lokalpolisområdet", "Bostadsbolaget"}
    assert (tie.bond, tie.is_missing) == (None, False)


def test_nobody_works_with_herself(probation):
    with pytest.raises(services.WithItself):
        services.note_cooperation(
            reach("amina"), probation[0], probation[0], bond=Bond.WISHED, valid_from=TODAY, now=NOW
        )


@pytest.mark.parametrize("name", ["harriet", "leo", "drift", "cleo"])
def test_only_the_coordination_notes_who_works_with_whom(probation, name):
    with pytest.raises(Refused):
        services.note_cooperation(
            reach(name), *probation, bond=Bond.WISHED, valid_from=TODAY, now=NOW
        )


@pytest.mark.parametrize("name", ["drift", "cleo"])
def test_the_network_is_nothing_to_those_outside_the_work(probation, name):
    assert selectors.network(reach(name), on=TODAY) == []


def test_the_drawing_has_every_name_once_and_every_tie():
    nodes, lines = papers.drawn([("A", "B", False), ("B", "C", True)])

    assert [node.name for node in nodes] == ["A", "B", "C"]
    assert [line.look for line in lines] == ["agreed", "missing"]
    assert all(0 <= node.x <= papers.SIZE and 0 <= node.y <= papers.SIZE for node in nodes)
