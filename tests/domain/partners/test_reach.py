"""What an account reaches is kept, and forgotten as soon as anything that it rests on changes."""

from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone
from tests import people

from lykta.domain.partners.models import Agreement, Membership, Organisation, TwoStepDemand
from lykta.domain.partners.selectors import reach, reach_of, roles_of
from lykta.domain.places.models import Area
from lykta.infrastructure.accounts.models import Account
from lykta.infrastructure.changes.selectors import state

TODAY = date(2026, 11, 10)
pytestmark = pytest.mark.django_db


@pytest.fixture
def harriet() -> Account:
    """Return one who acts for an organisation outside the municipality."""
    return people.account("harriet")


def end_membership():
    Membership.objects.update(ended_on=TODAY)


def give_another_role():
    Membership.objects.update(role="police_liaison")


def hold_to_an_area():
    area = Area.objects.create(code="9999-ASA", kind="district", name="Åsa")
    Membership.objects.get().areas.add(area)


def end_agreement():
    Agreement.objects.update(ended_on=TODAY - timedelta(days=1))


def hold_agreement_to_an_area():
    area = Area.objects.create(code="9999-ASA", kind="district", name="Åsa")
    Agreement.objects.update(is_everywhere=False)
    Agreement.objects.get().areas.add(area)


def leave_agreement():
    Agreement.objects.get().parties.clear()


def belong_to_the_municipality():
    Organisation.objects.update(kind="municipality")
    Agreement.objects.get().parties.clear()


def demand_two_steps():
    TwoStepDemand.objects.create(
        role="housing_company", is_demanded=True, valid_from=TODAY, recorded_at=timezone.now()
    )


def close_account():
    with connection.cursor() as cursor:  # past all code
        cursor.execute("UPDATE accounts_account SET is_active = %s", [False])


@pytest.mark.parametrize(
    "change",
    [
        end_membership,
        give_another_role,
        hold_to_an_area,
        end_agreement,
        hold_agreement_to_an_area,
        leave_agreement,
        belong_to_the_municipality,
        demand_two_steps,
        close_account,
    ],
)
def test_a_change_of_what_a_reach_rests_on_holds_at_once(change, harriet):
    before, held = reach_of(harriet.pk, on=TODAY), roles_of(harriet.pk, on=TODAY)
    assert (before.is_empty, len(held)) == (False, 1)

    change()
    kept = reach_of(harriet.pk, on=TODAY)
    reach._reaches.cache_clear()
    reach._held.cache_clear()

    assert kept == reach_of(harriet.pk, on=TODAY)
    if change is not belong_to_the_municipality:  # she reaches the same, by her membership alone
        assert kept != before


def test_what_is_taken_back_gives_back_what_was(harriet):
    before = reach_of(harriet.pk, on=TODAY)
    with transaction.atomic():
        end_membership()
        assert reach_of(harriet.pk, on=TODAY).is_empty
        transaction.set_rollback(True)

    assert reach_of(harriet.pk, on=TODAY) == before
    end_agreement()
    assert reach_of(harriet.pk, on=TODAY).is_empty


@pytest.mark.parametrize("table", reach._TABLES)
def test_every_table_that_a_reach_rests_on_is_watched(table, harriet):
    demand_two_steps()
    hold_to_an_area()
    Agreement.objects.get().areas.set(Area.objects.all())
    column = "is_active" if table == "accounts_account" else "id"
    before = state(table)
    with connection.cursor() as cursor:
        if table == "partners_twostepdemand":  # rows of it are only added
            demand_two_steps()
        else:
            cursor.execute(f'UPDATE {table} SET "{column}" = "{column}"')
            assert cursor.rowcount > 0

    assert state(table) != before


def test_a_login_forgets_nothing(harriet):
    before = state("accounts_account")
    harriet.last_login = timezone.now()
    harriet.save(update_fields=["last_login"])

    assert state("accounts_account") == before
