"""Agreements: what opens the door, where, and when it closes."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st
from tests import people

from lykta.domain.partners import selectors, services
from lykta.domain.partners.models import Agreement, Organisation
from lykta.domain.partners.rules import (
    READ_COOPERATION,
    AgreementKind,
    JointWorkKind,
    Standing,
    standing,
)
from lykta.domain.partners.services import Terms
from lykta.domain.places.models import Area
from lykta.infrastructure.access import Refused

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 9, tzinfo=ZoneInfo("Europe/Stockholm"))
DAYS = st.dates(date(2026, 1, 1), date(2026, 1, 12))


def reach(name: str, on: date = TODAY):
    return selectors.reach_of(people.account(name).pk, on=on)


def terms(*parties: Organisation, **said) -> Terms:
    usual = {"title": "Tryggare centrum", "starts_on": TODAY, "purposes": "Färre bränder"}
    return Terms(**usual | {"parties": [each.pk for each in parties], "is_everywhere": True} | said)


@pytest.fixture
def police():
    people.account("pelle")
    return Organisation.objects.get(name="Lokalpolisområdet")


def signed(*parties: Organisation, **said) -> Agreement:
    row = services.draft_agreement(reach("amina"), terms(*parties, **said), now=NOW)
    return services.sign_agreement(reach("amina"), row, signed_on=TODAY, now=NOW)


def test_without_an_agreement_one_from_outside_reaches_nothing(police):
    Agreement.objects.all().delete()

    assert reach("pelle").is_empty
    assert not reach("amina").is_empty


def test_a_draft_opens_nothing_and_what_is_signed_opens_from_its_first_day(police):
    Agreement.objects.all().delete()
    draft = services.draft_agreement(
        reach("amina"), terms(police, starts_on=TODAY + timedelta(days=1)), now=NOW
    )
    before = reach("pelle").is_empty

    services.sign_agreement(reach("amina"), draft, signed_on=TODAY, now=NOW)

    assert before
    assert reach("pelle").is_empty
    assert not reach("pelle", on=TODAY + timedelta(days=1)).is_empty


def test_what_is_ended_closes_the_same_day_and_was_open_the_day_before(police):
    Agreement.objects.all().delete()
    row = signed(police, starts_on=TODAY - timedelta(days=9))
    Agreement.objects.update(signed_on=TODAY - timedelta(days=9))

    services.end_agreement(reach("amina"), row, reason="Ny organisation", today=TODAY, now=NOW)

    assert reach("pelle").is_empty
    assert not reach("pelle", on=TODAY - timedelta(days=1)).is_empty


def test_an_agreement_that_gives_no_access_opens_nothing(police):
    Agreement.objects.all().delete()
    signed(police, gives_access=False)

    assert reach("pelle").is_empty


def test_two_agreements_open_the_areas_of_both(police):
    Agreement.objects.all().delete()
    both = [Area.objects.create(code=code, kind="district", name=code) for code in ("A", "B")]
    for area in both:
        signed(police, is_everywhere=False, areas=[area.pk])

    (grant,) = reach("pelle").grants

    assert grant.agreed == frozenset(area.pk for area in both)


def test_what_is_signed_is_never_changed(police):
    row = signed(police)

    with pytest.raises(services.AlreadySigned):
        services.change_draft(reach("amina"), row, terms(police, title="Annat"), now=NOW)

    row.refresh_from_db()
    assert row.title == "Tryggare centrum"


@pytest.mark.parametrize(
    ("said", "lacking"),
    [
        ({"purposes": " \n"}, "syfte"),
        ({"is_everywhere": False}, "var den gäller"),
        ({"kind": AgreementKind.EARLY_SUPPORT, "working": "Varje vecka"}, "stöd i lag"),
        ({"kind": AgreementKind.EARLY_SUPPORT, "sharing": "10 kap. 18 a § OSL"}, "fånga upp"),
    ],
)
def test_what_the_law_or_its_form_demands_is_there_before_it_is_signed(police, said, lacking):
    row = services.draft_agreement(reach("amina"), terms(police, **said), now=NOW)

    with pytest.raises(services.NotToBeSigned, match=lacking):
        services.sign_agreement(reach("amina"), row, signed_on=TODAY, now=NOW)


def test_the_form_for_social_services_and_police_demands_the_police():
    people.account("sonja")
    ours = Organisation.objects.get(name="Socialtjänsten")
    said = {"kind": AgreementKind.EARLY_SUPPORT, "sharing": "OSL", "working": "Möten"}
    row = services.draft_agreement(reach("amina"), terms(ours, **said), now=NOW)

    assert services.what_is_lacking(row) == ["Polisen ska vara part."]


def test_no_person_is_named_in_an_agreement(police):
    with pytest.raises(services.TellsOfPersons):
        services.draft_agreement(
            reach("amina"), terms(police, purposes="Hålla reda på Mohammed Andersson"), now=NOW
        )


@pytest.mark.parametrize("name", ["harriet", "leo", "drift", "cleo", "kerstin"])
def test_only_the_coordination_writes_agreements(police, name):
    with pytest.raises(Refused):
        services.draft_agreement(reach(name), terms(police), now=NOW)


def test_drafts_are_seen_by_those_who_write_them_and_by_nobody_else(police):
    draft = services.draft_agreement(reach("amina"), terms(police, title="Utkastet"), now=NOW)
    seen = {
        name: set(selectors.agreements(reach(name)).values_list("title", flat=True))
        for name in people.CAST
    }

    assert draft.title in seen["amina"]
    assert [name for name, titles in seen.items() if "Utkastet" in titles] == ["amina"]
    assert {name for name, titles in seen.items() if not titles} == {"drift", "cleo"}
    assert all(reach(name).may(READ_COOPERATION) for name, titles in seen.items() if titles)


def test_the_same_question_in_2021_and_today_gets_two_answers(police):
    Agreement.objects.all().delete()
    row = signed(police, starts_on=date(2021, 7, 1), ends_on=date(2022, 6, 30))
    Agreement.objects.filter(pk=row.pk).update(signed_on=date(2021, 6, 1))
    rows = list(selectors.agreements(reach("amina")))

    (then,), (now,) = (selectors.stood_on(rows, day) for day in (date(2021, 12, 1), TODAY))

    assert (then.standing, now.standing) == (Standing.IN_FORCE, Standing.EXPIRED)


def test_what_ends_within_a_quarter_is_told_until_another_takes_its_place(police):
    Agreement.objects.all().delete()
    row = signed(police, ends_on=TODAY + timedelta(days=60))
    told = selectors.ending(reach("amina"), on=TODAY)

    services.draft_agreement(reach("amina"), terms(police, replaces=row.pk), now=NOW)

    assert [each.row for each in told] == [row]
    assert selectors.ending(reach("amina"), on=TODAY) == []


def test_few_persons_are_hidden_and_the_later_note_holds(police):
    people.account("sonja")
    ours = Organisation.objects.get(name="Socialtjänsten")
    row = signed(police, ours, starts_on=date(2026, 7, 1))
    Agreement.objects.update(signed_on=date(2026, 7, 1))
    for kind, n in (
        (JointWorkKind.MEETING, 2), (JointWorkKind.MEETING, 3), (JointWorkKind.EARLY_CONTACT, 4),
    ):  # fmt: skip
        services.record_joint_work(
            reach("sonja"), row, organisation=ours.pk, kind=kind, quarter=date(2026, 10, 1), n=n,
            today=TODAY, now=NOW,
        )  # fmt: skip

    (quarter,) = selectors.joint_work(row, smallest_shown=5)

    assert quarter.counts[JointWorkKind.MEETING] == 3
    assert quarter.counts[JointWorkKind.JOINT_ACTION] is None
    assert quarter.counts[JointWorkKind.EARLY_CONTACT] is None
    assert quarter.hidden == {JointWorkKind.EARLY_CONTACT}


@given(DAYS, DAYS, st.none() | DAYS, st.none() | DAYS, st.none() | DAYS)
def test_the_rows_and_the_rule_say_the_same_of_every_day(on, starts_on, ends_on, signed_on, ended):
    if (ends_on and ends_on < starts_on) or (ended and not signed_on):
        return
    days = {"starts_on": starts_on, "ends_on": ends_on, "signed_on": signed_on, "ended_on": ended}
    with transaction.atomic():
        row = Agreement.objects.create(title="A", changed_at=NOW, **days)
        is_in_force = Agreement.objects.in_force(on).filter(pk=row.pk).exists()
        transaction.set_rollback(True)

    assert is_in_force == (standing(**days, on=on) is Standing.IN_FORCE)


def test_the_database_refuses_an_end_before_the_start():
    with pytest.raises(IntegrityError), transaction.atomic():
        Agreement.objects.create(
            title="A", changed_at=NOW, starts_on=TODAY, ends_on=TODAY - timedelta(days=1)
        )
