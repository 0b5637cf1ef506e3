"""Logging in in two steps: with an app, with a recovery code, and what is asked before a change."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache
from django.test import Client
from tests import people

from lykta.infrastructure.audit.models import Entry

pytestmark = pytest.mark.django_db
APP, CODES = "/konto/tva-steg/app/", "/konto/tva-steg/koder/"


@pytest.fixture(autouse=True)
def _fresh():
    cache.clear()


@pytest.fixture
def secret():
    """Return the secret of Vera's app; she has recovery codes too."""
    made = generate_totp_secret()
    TOTP.activate(people.account("vera"), made)
    RecoveryCodes.activate(people.account("vera"))
    return made


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def first_step(name: str = "vera") -> Client:
    client = Client()
    words = {"login": f"{name}@example.org", "password": people.PASSWORD}
    client.post("/logga-in/", words)
    return client


def confirmed(name: str = "vera") -> Client:
    """Return one who is logged in and has just said her password again."""
    client = Client()
    client.force_login(people.account(name))
    client.post("/konto/bekrafta/", {"password": people.PASSWORD})
    return client


def second_step(client: Client, code: str):
    return client.post("/logga-in/tva-steg/", {"code": code})


def actions() -> list[str]:
    return list(Entry.objects.values_list("action", flat=True))


def test_the_password_alone_does_not_let_in_who_has_an_app(secret):
    client = first_step()

    assert client.get("/").status_code == 302
    assert "login.done" not in actions()


def test_the_code_of_the_app_lets_in(secret):
    client = first_step()

    assert second_step(client, code_of(secret)).headers["Location"] == "/"
    assert client.get("/").status_code == 200
    assert actions()[-1] == "login.done"


def test_a_wrong_code_does_not_let_in_and_is_in_the_log(secret):
    client = first_step()

    answer = second_step(client, "000000")

    assert "Koden stämmer inte" in answer.content.decode()
    assert client.get("/").status_code == 302
    assert actions()[-1] == "login.failed"


def test_guessing_codes_is_stopped_even_when_the_guess_is_right_at_last(secret):
    client = first_step()
    for _ in range(5):
        second_step(client, "000000")

    second_step(client, code_of(secret))

    assert client.get("/").status_code == 302


def test_a_recovery_code_lets_in_once(secret):
    row = Authenticator.objects.get(type=Authenticator.Type.RECOVERY_CODES)
    code = row.wrap().get_unused_codes()[0]
    client, again = first_step(), first_step()

    second_step(client, code)
    second_step(again, code)

    assert (client.get("/").status_code, again.get("/").status_code) == (200, 302)
    assert "account.recovery_code_used" in actions()


def test_an_app_is_added_by_its_code_and_codes_are_shown_once(django_capture_on_commit_callbacks):
    client = confirmed()
    page = client.get(APP)
    secret = page.context["form"].secret

    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(APP, {"code": code_of(secret)})
    first, second = client.get(CODES).content.decode(), client.get(CODES).content.decode()

    assert "data:image/svg+xml;base64," in page.content.decode()
    assert answer.headers["Location"] == CODES
    code = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()[0]
    assert (code in first, code in second) == (True, False)
    assert {"account.factor_added", "account.recovery_codes_made"} <= set(actions())


def test_secrets_are_not_readable_in_the_database(secret):
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))

    assert secret not in kept


@pytest.mark.parametrize("path", [APP, "/konto/tva-steg/nyckel/", f"{CODES}nya/"])
def test_nothing_is_changed_before_one_has_said_again_who_one_is(path):
    client = Client()
    client.force_login(people.account("vera"))

    assert client.get(path).headers["Location"].startswith("/konto/bekrafta/")
    assert client.post(path, {"code": "1"}).headers["Location"].startswith("/konto/bekrafta/")


def test_an_app_that_is_taken_away_is_no_longer_asked_for(secret):
    client = confirmed()

    client.post(f"{APP}ta-bort/")

    assert not Authenticator.objects.exists()
    assert "account.factor_removed" in actions()
    assert first_step().get("/").status_code == 200


def test_it_operations_takes_the_second_step_from_who_has_lost_it(secret):
    drift = Client()
    drift.force_login(people.account("drift"))
    pk = people.account("vera").pk

    drift.post(f"/administration/konton/{pk}/ta-bort-steg/")

    assert first_step().get("/").status_code == 200
    assert "account.factors_removed" in actions()


def test_a_code_is_taken_once_within_its_half_minute(secret):
    code, at = code_of(secret), time.time()
    one, other = first_step(), first_step()

    second_step(one, code)
    second_step(other, code)

    assert time.time() - at < 60
    assert other.get("/").status_code == 302
