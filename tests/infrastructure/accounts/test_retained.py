"""Who has left is forgotten in time, and the log keeps the number of the account."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from lykta.infrastructure.accounts import services
from lykta.infrastructure.accounts.models import Account
from lykta.infrastructure.accounts.retained import NO_NAME
from lykta.infrastructure.audit.models import Entry
from lykta.infrastructure.retention import services as retention

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def rules(settings, tmp_path):
    settings.LYKTA_DIR = tmp_path
    retention.load(today=timezone.localdate())


@pytest.fixture
def account() -> Account:
    made = services.create(email="vera@example.org", name="Vera", by=None)
    EmailAddress.objects.create(user=made, email=made.email)
    return made


def after(days: int) -> None:
    retention.run(now=timezone.now() + timedelta(days=days))


def close(account: Account) -> None:
    services.change(account, name=account.name, is_active=False, by=None)


@pytest.mark.parametrize(("days", "name"), [(730, "Vera"), (731, NO_NAME)])
def test_a_closed_account_loses_its_name_two_years_after(account, days, name):
    close(account)

    after(days)

    account.refresh_from_db()
    assert account.name == name
    assert ("vera" in account.email, EmailAddress.objects.exists()) == (days == 730,) * 2
    assert Entry.objects.filter(subject_id=str(account.pk)).exists()


def test_the_time_is_counted_from_the_closing_and_not_from_when_it_was_made(account):
    Account.objects.update(created_at=timezone.now() - timedelta(days=5000))
    close(account)

    after(1)

    account.refresh_from_db()
    assert account.name == "Vera"


def test_an_account_that_may_be_used_is_never_forgotten(account):
    after(5000)

    account.refresh_from_db()
    assert (account.name, account.email) == ("Vera", "vera@example.org")


def test_two_that_are_forgotten_the_same_night_do_not_collide(account):
    other = services.create(email="otto@example.org", name="Otto", by=None)
    close(account)
    close(other)

    after(731)

    assert [row.name for row in Account.objects.all()] == [NO_NAME, NO_NAME]
    assert not any(row.has_usable_password() for row in Account.objects.all())


def test_a_login_that_has_ended_is_forgotten_and_one_that_holds_is_not():
    for key, hours in (("ended", -60), ("holds", 60)):
        at = timezone.now() + timedelta(hours=hours)
        Session.objects.create(session_key=key, session_data="", expire_date=at)

    after(0)

    assert [row.pk for row in Session.objects.all()] == ["holds"]


def test_an_address_that_has_tried_to_log_in_is_forgotten():
    cache.set("allauth:rl:login:ip:192.0.2.1", [1.0], timeout=60)
    cache.set("lasting", 1, timeout=10 * 24 * 3600)

    after(2)

    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM lykta_cache")
        keys = [key for (key,) in cursor.fetchall()]
    assert [key.split(":")[-1] for key in keys] == ["lasting"]
