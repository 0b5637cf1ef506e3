"""Invitations: a link that leads in once, and nowhere when it should not."""

from datetime import timedelta

import pytest
from tests import people
from tests.domain.partners.test_agreements import NOW, TODAY, reach

from lykta.domain.partners import selectors, services
from lykta.domain.partners.models import Agreement, Membership, Organisation
from lykta.domain.partners.rules import Role
from lykta.domain.partners.services import Asked
from lykta.infrastructure.access import Refused
from lykta.infrastructure.accounts.models import Account
from lykta.infrastructure.accounts.services import WeakPassword
from lykta.infrastructure.notifications.models import Notice

pytestmark = pytest.mark.django_db
PASSWORD = "en-lykta-i-natten-26"


@pytest.fixture
def company():
    people.account("harriet")
    return Organisation.objects.get(name="Bostadsbolaget")


def invited(company: Organisation, by: str = "amina", role: Role = Role.HOUSING_COMPANY, **said):
    row, path = services.invite_member(
        reach(by), Asked(company, role, **said), email="ny@example.org", name="Ny", now=NOW
    )
    return row, path.rstrip("/").rsplit("/", 1)[-1]


def test_who_accepts_is_a_member_with_what_was_given(company):
    _row, token = invited(company, ends_on=TODAY + timedelta(days=30))

    services.accept(token, by=None, password=PASSWORD, now=NOW)

    membership = Membership.objects.get(account__email="ny@example.org")
    assert (membership.organisation, membership.role) == (company, Role.HOUSING_COMPANY)
    assert membership.ends_on == TODAY + timedelta(days=30)
    assert Account.objects.get(email="ny@example.org").check_password(PASSWORD)


def test_until_it_is_accepted_it_gives_nothing(company):
    invited(company)

    account = Account.objects.get(email="ny@example.org")

    assert selectors.reach_of(account.pk, on=TODAY).is_empty
    assert not account.has_usable_password()


def test_a_link_leads_in_once(company):
    _row, token = invited(company)
    services.accept(token, by=None, password=PASSWORD, now=NOW)

    with pytest.raises(Refused):
        services.accept(token, by=None, password="en-annan-lykta-26", now=NOW)

    assert Account.objects.get(email="ny@example.org").check_password(PASSWORD)


def test_a_weak_password_is_refused_and_the_link_still_holds(company):
    _row, token = invited(company)

    with pytest.raises(WeakPassword):
        services.accept(token, by=None, password="kort", now=NOW)

    assert selectors.invited(token, now=NOW)


def test_a_link_that_is_late_or_withdrawn_or_forged_leads_nowhere(company):
    row, token = invited(company)
    late = NOW + timedelta(days=14)
    forged = token[:-2] + ("aa" if token[-2:] != "aa" else "bb")
    found = [selectors.invited(token, now=late), selectors.invited(forged, now=NOW)]

    services.withdraw_invitation(reach("amina"), row, now=NOW)

    assert [*found, selectors.invited(token, now=NOW)] == [None, None, None]


def test_a_link_ends_with_the_agreement(company):
    _row, token = invited(company)
    before = selectors.invited(token, now=NOW)

    Agreement.objects.update(ended_on=TODAY)

    assert before
    assert selectors.invited(token, now=NOW) is None


def test_nobody_is_asked_in_for_an_organisation_without_an_agreement(company):
    Agreement.objects.all().delete()

    with pytest.raises(services.NoAgreement):
        invited(company)

    assert not Account.objects.filter(email="ny@example.org").exists()


def test_one_who_has_an_account_accepts_by_logging_in(company):
    vera = people.account("vera")
    _row, path = services.invite_member(
        reach("amina"), Asked(company, Role.SAFETY_HOST), email=vera.email, name="Vera", now=NOW
    )
    token = path.rstrip("/").rsplit("/", 1)[-1]
    with pytest.raises(Refused):
        services.accept(token, by=None, password=PASSWORD, now=NOW)

    services.accept(token, by=vera.pk, now=NOW)

    assert vera.check_password(people.PASSWORD)
    assert Membership.objects.filter(account=vera, organisation=company).count() == 1


def test_an_organisation_asks_in_its_own_and_no_other_and_no_higher(company):
    invited(company, by="harriet", role=Role.SAFETY_HOST)
    people.account("otto")
    other = Organisation.objects.get(name="Samverkan Demo")

    for organisation, role in ((company, Role.COORDINATOR), (other, Role.SAFETY_HOST)):
        with pytest.raises(Refused):
            services.invite_member(
                reach("harriet"), Asked(organisation, role), email="x@example.org", name="X",
                now=NOW,
            )  # fmt: skip


def test_one_who_is_in_already_is_not_asked_in(company):
    with pytest.raises(services.AlreadyMember):
        services.invite_member(
            reach("amina"), Asked(company, Role.HOUSING_COMPANY), email="harriet@example.org",
            name="Harriet", now=NOW,
        )  # fmt: skip


def test_the_one_who_is_asked_in_is_told_once(company):
    row, _token = invited(company)

    (notice,) = Notice.objects.filter(account=row.account)

    assert (notice.kind, notice.subject) == ("partners.invited", str(row.pk))
