"""Where one is logged in: seen, ended, and over by itself."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from tests import people

from lykta.infrastructure.accounts.models import SignIn
from lykta.infrastructure.audit.models import Entry
from lykta.web.sessions import SEEN, STARTED

pytestmark = pytest.mark.django_db
PHONE = (
    "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/140.0.0.0 Mobile Safari/537.36"
)
NEW = "ett nytt sken i gatan"


@pytest.fixture(autouse=True)
def _fresh():
    cache.clear()


def logged_in(name: str = "vera", agent: str = "") -> Client:
    client = Client(headers={"user-agent": agent})
    client.force_login(people.account(name))
    client.get("/konto/")
    return client


def is_in(client: Client) -> bool:
    return client.get("/").status_code == 200


def aged(client: Client, **hours: float) -> None:
    """Let the session have started, or have been seen, so many hours ago."""
    session = client.session
    for key, ago in hours.items():
        session[key] = (timezone.now() - timedelta(hours=ago)).timestamp()
    session.save()


def change(client: Client, old: str = people.PASSWORD, new: str = NEW):
    words = {"old_password": old, "new_password1": new, "new_password2": new}
    return client.post("/konto/losenord/", words)


def test_one_sees_ones_own_devices_in_words_and_nobody_elses():
    logged_in("amina", agent="Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/140.0")

    page = logged_in("vera", agent=PHONE).get("/konto/").content.decode()

    assert "Chrome · Android" in page
    assert "Firefox" not in page
    assert "127.0.0.1" not in str(list(SignIn.objects.values()))


def test_one_ends_another_of_ones_logins_and_stays_oneself():
    phone, desk = logged_in(agent=PHONE), logged_in()
    row = SignIn.objects.get(device="Chrome · Android")

    desk.post("/konto/inloggningar/avsluta/", {"inloggning": row.pk})

    assert (is_in(phone), is_in(desk)) == (False, True)


def test_one_ends_all_the_others_at_once():
    others, desk = [logged_in(), logged_in()], logged_in()

    desk.post("/konto/inloggningar/avsluta/")

    assert [is_in(each) for each in (*others, desk)] == [False, False, True]
    assert Entry.objects.get(action="account.sessions_ended").facts == {"n": 2}


def test_nobody_ends_another_persons_login():
    vera, otto = logged_in("vera"), logged_in("otto")
    row = SignIn.objects.get(account__name="Vera")

    otto.post("/konto/inloggningar/avsluta/", {"inloggning": row.pk})

    assert is_in(vera)


@pytest.mark.parametrize(("hours", "stays"), [(3.9, True), (4.1, False)])
def test_a_login_that_is_left_alone_ends_after_four_hours(hours, stays):
    vera = logged_in()
    aged(vera, **{SEEN: hours})

    assert is_in(vera) is stays


@pytest.mark.parametrize(("hours", "stays"), [(11.9, True), (12.1, False)])
def test_a_login_ends_after_twelve_hours_however_busy(hours, stays):
    vera = logged_in()
    aged(vera, **{STARTED: hours})

    assert is_in(vera) is stays


def test_being_seen_is_written_down_and_not_at_every_page():
    vera = logged_in()
    first = SignIn.objects.get().last_seen_at

    vera.get("/konto/")
    assert SignIn.objects.get().last_seen_at == first
    aged(vera, **{SEEN: 1})
    vera.get("/konto/")

    assert SignIn.objects.get().last_seen_at > first


def test_the_api_answers_that_one_is_not_logged_in_when_the_time_is_out():
    vera = logged_in()
    aged(vera, **{SEEN: 5})

    assert vera.get("/api/omraden").status_code == 401


def test_a_new_password_ends_the_other_logins_and_keeps_this_one():
    phone, desk = logged_in(agent=PHONE), logged_in()

    assert change(desk).status_code == 302

    assert (is_in(phone), is_in(desk)) == (False, True)
    assert people.account("vera").check_password(NEW)
    assert SignIn.objects.get().session_key == desk.session.session_key
    assert "account.password_changed" in Entry.objects.values_list("action", flat=True)


@pytest.mark.parametrize(("old", "new"), [("fel", NEW), (people.PASSWORD, "kort")])
def test_a_password_is_not_changed_without_the_old_one_or_to_a_weak_one(old, new):
    answer = change(logged_in(), old, new)

    assert answer.status_code == 400
    assert people.account("vera").check_password(people.PASSWORD)


def test_guessing_the_old_password_is_stopped():
    vera = logged_in()
    for _ in range(5):
        change(vera, "fel")

    assert change(vera).status_code == 429
    assert people.account("vera").check_password(people.PASSWORD)


def test_it_operations_ends_every_login_of_an_account():
    vera, drift = logged_in("vera"), logged_in("drift")
    pk = people.account("vera").pk

    assert "inloggat på en enhet" in drift.get(f"/administration/konton/{pk}/").content.decode()
    drift.post(f"/administration/konton/{pk}/avsluta-inloggningar/")

    assert not is_in(vera)
    assert Entry.objects.latest("number").actor == people.account("drift").pk


def test_a_password_chosen_by_an_invitation_ends_what_was_logged_in():
    from lykta.infrastructure.accounts import services as accounts

    vera = logged_in()
    client = Client()
    form = client.get(accounts.invite(people.account("vera"), by=None)).headers["Location"]

    client.post(form, {"new_password1": NEW, "new_password2": NEW})

    assert not is_in(vera)
    assert not SignIn.objects.exists()
