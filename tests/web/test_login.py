"""Logging in: with care for passwords, patience with mistakes, and none with guessing."""

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from tests import people

from lykta.infrastructure.accounts import services as accounts
from lykta.infrastructure.audit.models import Entry
from lykta.project import settings as project

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh():
    cache.clear()


def attempt(client: Client, password: str, name: str = "amina"):
    return client.post("/logga-in/", {"login": f"{name}@example.org", "password": password})


def test_the_right_password_leads_to_start():
    people.account("amina")

    answer = attempt(Client(), people.PASSWORD)

    assert (answer.status_code, answer.headers["Location"]) == (302, "/")


def test_an_address_that_is_not_there_is_answered_as_a_wrong_password():
    people.account("amina")

    wrong = attempt(Client(), "fel").content.decode()
    unknown = attempt(Client(), "fel", "finnsinte").content.decode()

    sentence = "inte korrekt"
    assert (sentence in wrong) == (sentence in unknown)
    assert "finns inte" not in unknown.lower()


def test_guessing_is_stopped_even_when_the_guess_is_right_at_last():
    people.account("amina")
    client = Client()
    for _ in range(5):
        attempt(client, "fel")

    answer = attempt(client, people.PASSWORD)

    assert answer.status_code == 200
    assert not client.session.get("_auth_user_id")


def test_logging_in_begins_a_session_and_logging_out_ends_it():
    people.account("amina")
    client = Client()
    client.get("/logga-in/")
    before = client.session.session_key

    attempt(client, people.PASSWORD)
    during = client.session.session_key
    client.post("/logga-ut/")

    assert before != during
    assert not Session.objects.filter(pk=during).exists()


@pytest.mark.parametrize("elsewhere", ["https://ond.example/", "//ond.example/", "javascript:x"])
def test_logging_in_and_choosing_lead_to_no_other_site(elsewhere):
    people.account("amina")
    words = {"login": "amina@example.org", "password": people.PASSWORD, "next": elsewhere}

    led = Client().post("/logga-in/", words).headers["Location"]
    chosen = Client().post("/installningar/", {"next": elsewhere}).headers["Location"]

    assert (led, chosen) == ("/", "/")


def test_a_long_password_is_taken_as_it_is_written():
    amina, password = people.account("amina"), " Åtta ord och sju blanksteg. " * 5
    accounts.choose_password(amina, password)

    assert attempt(Client(), password).status_code == 302
    assert attempt(Client(), password.strip()).status_code == 200
    assert attempt(Client(), password[:64]).status_code == 200


def test_another_host_name_than_ours_is_not_answered():
    assert Client().get("/logga-in/", headers={"Host": "ond.example"}).status_code == 400


def test_what_is_typed_is_shown_as_text(enter):
    page = enter("amina").get("/sok/", {"q": "<script>alert(1)</script>"}).content.decode()

    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page


def test_a_closed_account_does_not_get_in():
    amina = people.account("amina")
    accounts.change(amina, name="Amina", is_active=False, by=None)

    client = Client()
    attempt(client, people.PASSWORD)

    assert not client.session.get("_auth_user_id")


def test_logging_in_and_failing_to_is_in_the_audit_log_without_the_address():
    amina = people.account("amina")
    attempt(Client(), "fel")
    attempt(Client(), people.PASSWORD)

    entries = list(Entry.objects.all())

    assert [entry.action for entry in entries] == ["login.failed", "login.done"]
    assert {entry.subject_id for entry in entries} == {str(amina.pk)}
    assert "example.org" not in str([entry.facts for entry in entries])


def test_nobody_signs_up():
    assert Client().get("/logga-in/signup/").status_code in (302, 404)


def test_an_invitation_is_used_once():
    path = accounts.invite(accounts.create(email="ny@example.org", name="Ny", by=None), by=None)
    client = Client()
    form = client.get(path).headers["Location"]
    words = {
        "new_password1": "en lång mening om lampor",
        "new_password2": "en lång mening om lampor",
    }

    assert client.post(form, words).status_code == 302
    assert "gått ut" in Client().get(path).content.decode()


def test_passwords_are_hashed_with_argon2_and_short_ones_refused():
    assert project.PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    assert project.AUTH_PASSWORD_VALIDATORS[0]["OPTIONS"] == {"min_length": 12}


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("X-Frame-Options", "DENY"),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
    ],
)
def test_every_answer_has_secure_headers(header, value):
    assert Client().get("/logga-in/").headers[header] == value


def test_the_content_policy_lets_nothing_in_from_elsewhere():
    policy = Client().get("/logga-in/").headers["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "camera=()" in Client().get("/halsa/").headers["Permissions-Policy"]


def test_the_demo_accounts_are_not_listed_where_it_is_no_demo():
    assert "Prova som" not in Client().get("/logga-in/").content.decode()
