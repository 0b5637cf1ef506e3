"""Logging in by the municipality's own provider, against a real one on this machine."""

from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from tests import people, provider
from tests.web.test_factors import code_of, second_step, secret

from lykta.domain.partners import services
from lykta.domain.partners.models import GroupRole, Membership, Organisation
from lykta.domain.partners.rules import Role
from lykta.infrastructure.access import SYSTEM
from lykta.infrastructure.accounts.models import Account
from lykta.infrastructure.audit.models import Entry

pytestmark = pytest.mark.django_db
__all__ = ["secret"]  # the fixture of that name
START, ANSWER = "/logga-in/kommunen/", "/logga-in/kommunen/svar/"
VERA = {"email": "vera@example.org", "email_verified": True, "name": "Vera"}
NEW = {"email": "ny@example.org", "email_verified": True, "name": "Ny Person"}


@pytest.fixture(autouse=True)
def _fresh():
    cache.clear()


@pytest.fixture(scope="module")
def there():
    with provider.running() as running:
        yield running


@pytest.fixture(autouse=True)
def _on(settings, there):
    settings.SIGN_ON_ISSUER, settings.SIGN_ON_NAME = there.address, provider.NAME
    settings.SIGN_ON_GROUPS = provider.GROUPS
    app = {"provider_id": settings.SIGN_ON_PROVIDER, "name": settings.SIGN_ON_NAME}
    app |= {"client_id": "lykta", "secret": "secret", "settings": {"server_url": there.address}}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}


def path_of(url: str) -> str:
    return urlsplit(url)._replace(scheme="", netloc="").geturl()


def signed_on(there, sub: str, client: Client | None = None, **claims: object):
    """Return a client and what it was answered when someone had logged in at the provider."""
    there.knows(sub, **claims)
    client = client or Client()
    asked = client.get(START).headers["Location"]
    return client, client.get(path_of(there.lets_in(sub, asked)))


def said(client: Client) -> str:
    return client.get("/logga-in/").content.decode()


def gives(group: str = "värdar", role: Role = Role.SAFETY_HOST) -> GroupRole:
    people.account("vera")
    organisation = Organisation.objects.get(name="Trygghetsvärdarna")
    return services.let_group_give(
        SYSTEM, group=group, organisation=organisation, role=role, now=timezone.now()
    )


def held(email: str = NEW["email"]) -> list[str]:
    rows = Membership.objects.held(timezone.localdate()).filter(account__email=email)
    return sorted(rows.values_list("role", flat=True))


def actions() -> list[str]:
    return list(Entry.objects.order_by("number").values_list("action", flat=True))


def test_the_question_has_state_nonce_and_a_challenge():
    asked = parse_qs(urlsplit(Client().get(START).headers["Location"]).query)

    assert asked["code_challenge_method"] == ["S256"]
    assert len(asked["code_challenge"][0]) == 43
    assert len(asked["nonce"][0]) > 40
    assert asked["state"][0]
    assert asked["redirect_uri"] == [f"http://testserver{ANSWER}"]


def test_what_is_asked_for_in_the_address_does_not_change_the_question():
    asked = Client().get(f"{START}?scope=all&auth_params=prompt%3Dnone&process=connect")

    query = parse_qs(urlsplit(asked.headers["Location"]).query)
    assert sorted(query["scope"][0].split()) == ["email", "openid", "profile"]
    assert "prompt" not in query


def test_an_account_with_the_verified_address_is_let_in_and_linked(there):
    vera = people.account("vera")

    client, answer = signed_on(there, "sub-vera", **VERA)

    assert answer.headers["Location"] == "/"
    assert client.get("/").status_code == 200
    assert SocialAccount.objects.get().user == vera
    assert {"account.linked", "login.done"} <= set(actions())


def test_nothing_that_the_provider_tells_is_kept_but_its_number_of_the_person(there):
    people.account("vera")

    signed_on(there, "sub-vera", **VERA, phone_number="070-1740605")

    row = SocialAccount.objects.get()
    assert (row.uid, row.extra_data) == ("sub-vera", {})


@pytest.mark.parametrize("verified", [{}, {"email_verified": False}, {"email_verified": "true"}])
def test_an_address_that_nobody_vouches_for_lets_nobody_in(there, verified):
    people.account("vera")
    gives()

    client, answer = signed_on(
        there, "sub-other", email="vera@example.org", groups=["värdar"], **verified
    )

    assert answer.headers["Location"] == "/logga-in/"
    assert client.get("/").status_code == 302
    assert not SocialAccount.objects.exists()


def test_a_provider_that_is_trusted_with_addresses_vouches_for_them(there, settings):
    people.account("vera")
    app = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]
    app["settings"]["verified_email"] = True

    _client, answer = signed_on(there, "sub-vera", email="vera@example.org")

    assert answer.headers["Location"] == "/"


def test_a_link_holds_though_the_address_has_changed(there):
    people.account("vera")
    signed_on(there, "sub-vera", **VERA)

    client, _answer = signed_on(there, "sub-vera", email="vera.ny@example.org", email_verified=True)

    assert client.get("/").status_code == 200
    assert Account.objects.count() == 1


def test_an_address_that_has_gone_to_someone_else_does_not_open_the_account(there):
    people.account("vera")
    signed_on(there, "sub-vera", **VERA)

    client, _answer = signed_on(there, "sub-heir", **VERA)

    assert "kopplat till någon annan" in said(client)
    assert client.get("/").status_code == 302


def test_it_operations_end_a_link(there):
    people.account("vera")
    signed_on(there, "sub-vera", **VERA)
    drift = Client()
    drift.force_login(people.account("drift"))

    pk = people.account("vera").pk
    drift.post(f"/administration/konton/{pk}/ta-bort-koppling/")
    client, _answer = signed_on(there, "sub-heir", **VERA)

    assert client.get("/").status_code == 200
    assert "account.unlinked" in actions()


def test_a_stranger_gets_no_account_and_a_plain_sentence(there):
    gives()

    client, _answer = signed_on(there, "sub-new", **NEW, groups=["ekonomi"])

    assert "har inget konto här" in said(client)
    assert not Account.objects.filter(email=NEW["email"]).exists()
    assert actions()[-1] == "login.failed"


def test_a_closed_account_is_not_opened(there):
    vera = people.account("vera")
    vera.is_active = False
    vera.save()
    gives()

    client, _answer = signed_on(there, "sub-vera", **VERA, groups=["värdar"])

    assert "Kontot är stängt" in said(client)
    assert not SocialAccount.objects.exists()
    assert Membership.objects.filter(account=vera).count() == 1


def test_a_group_gives_an_account_and_its_role(there):
    row = gives()

    client, _answer = signed_on(there, "sub-new", **NEW, groups=["värdar", "annat"])

    account = Account.objects.get(email=NEW["email"])
    assert (account.name, account.has_usable_password()) == ("Ny Person", False)
    assert Membership.objects.get(account=account).given_by == row
    assert client.get("/rapportera/").status_code == 200


def test_a_role_follows_the_groups_at_the_next_login(there):
    gives()
    gives("analytiker", Role.ANALYST)
    signed_on(there, "sub-new", **NEW, groups=["värdar"])
    assert held() == ["safety_host"]

    signed_on(there, "sub-new", **NEW, groups=["analytiker"])
    assert held() == ["analyst"]

    client, _answer = signed_on(there, "sub-new", **NEW)
    assert held() == []
    assert client.get("/").status_code == 403
    assert actions().count("membership.taken_back") == 2


def test_what_someone_has_given_is_not_ended_by_groups(there):
    people.account("vera")
    gives()

    signed_on(there, "sub-vera", **VERA, groups=["värdar"])
    signed_on(there, "sub-vera", **VERA)

    assert held("vera@example.org") == ["safety_host"]
    assert Membership.objects.count() == 1


def test_what_a_group_gave_ends_at_once_when_the_group_gives_it_no_longer(there):
    row = gives()
    client, _answer = signed_on(there, "sub-new", **NEW, groups=["värdar"])

    services.end_group_role(SYSTEM, row, now=timezone.now())

    assert client.get("/").status_code == 403
    again, _answer = signed_on(there, "sub-late", email="sen@example.org", email_verified=True,
                               groups=["värdar"])  # fmt: skip
    assert "har inget konto här" in said(again)


def test_a_second_step_is_asked_for_after_the_provider(there, secret):
    client, answer = signed_on(there, "sub-vera", **VERA)

    assert answer.headers["Location"] == "/logga-in/tva-steg/"
    assert client.get("/").status_code == 302
    second_step(client, code_of(secret))
    assert client.get("/").status_code == 200


def test_two_steps_at_the_provider_are_two_steps_here(there):
    people.account("vera")
    services.demand_two_steps(SYSTEM, [Role.SAFETY_HOST], now=timezone.now())

    one, _answer = signed_on(there, "sub-vera", **VERA)
    two, _answer = signed_on(there, "sub-vera", **VERA, amr=["pwd", "mfa"])

    assert (one.get("/").status_code, two.get("/").status_code) == (302, 200)


def test_an_answer_holds_once_and_in_the_browser_that_asked(there):
    people.account("vera")
    there.knows("sub-vera", **VERA)
    client, other = Client(), Client()
    sent = path_of(there.lets_in("sub-vera", client.get(START).headers["Location"]))

    other.get(sent)
    assert other.get("/").status_code == 302
    client.get(sent)
    client.logout()
    client.get(sent)

    assert client.get("/").status_code == 302


def test_an_answer_to_another_question_lets_nobody_in(there):
    people.account("vera")
    there.knows("sub-vera", **VERA)
    client = Client()
    asked = client.get(START).headers["Location"]
    (nonce,) = parse_qs(urlsplit(asked).query)["nonce"]

    client.get(path_of(there.lets_in("sub-vera", asked.replace(nonce, "of-someone-else"))))

    assert "gick inte" in said(client)
    assert client.get("/").status_code == 302


@pytest.mark.parametrize(
    ("query", "sentence"),
    [("error=access_denied", "avbröts"), ("error=server_error", "gick inte"), ("", "gick inte")],
)
def test_what_went_wrong_at_the_provider_is_said(query, sentence):
    client = Client()
    (state,) = parse_qs(urlsplit(client.get(START).headers["Location"]).query)["state"]

    client.get(f"{ANSWER}?state={state}&{query}")

    assert sentence in said(client)


def test_a_provider_that_does_not_answer_is_said_to_fail(settings):
    app = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]
    app["settings"]["server_url"] = "http://localhost:9"
    client = Client()

    assert client.get(START).headers["Location"] == "/logga-in/"
    assert "gick inte" in said(client)


def test_a_provider_that_calls_itself_something_else_is_not_asked(settings):
    settings.SIGN_ON_ISSUER = "https://annan.example"
    client = Client()

    assert client.get(START).headers["Location"] == "/logga-in/"


def test_who_logs_out_is_sent_to_log_out_at_the_provider_too(there):
    people.account("vera")
    client, _answer = signed_on(there, "sub-vera", **VERA)

    page = client.post("/logga-ut/")

    url = urlsplit(page.context["there"])
    asked = parse_qs(url.query)
    assert url.geturl().startswith(f"{there.address}/oauth2/end_session?")
    assert asked["post_logout_redirect_uri"] == ["http://testserver/logga-in/"]
    assert asked["id_token_hint"][0].count(".") == 2
    assert "/rapportera/" not in page.content.decode()
    assert client.get("/").status_code == 302


def test_who_logged_in_by_password_is_logged_out_here_alone():
    client = Client()
    client.force_login(people.account("vera"))

    assert client.post("/logga-ut/").headers["Location"] == "/logga-in/"


def test_the_login_says_nothing_of_a_provider_where_there_is_none(settings):
    settings.SIGN_ON_ISSUER = settings.SIGN_ON_NAME = ""

    assert "Logga in med" not in said(Client())
    assert Client().get(START).status_code == 404
    assert Client().get(ANSWER).status_code == 404


def test_one_comes_back_to_the_page_one_asked_for(there):
    people.account("vera")
    there.knows("sub-vera", **VERA)
    client = Client()

    for asked, reached in (("/rapportera/", "/rapportera/"), ("https://annan.example/", "/")):
        url = client.get(START, {"next": asked}).headers["Location"]
        answer = client.get(path_of(there.lets_in("sub-vera", url)))
        assert answer.headers["Location"] == reached


def test_the_coordinator_says_on_a_page_what_a_group_gives_and_it_operations_may_not():
    amina, drift = Client(), Client()
    amina.force_login(people.account("amina"))
    drift.force_login(people.account("drift"))
    people.account("vera")
    organisation = Organisation.objects.get(name="Trygghetsvärdarna")
    words = {"group": " värdar ", "organisation": organisation.pk, "role": "safety_host"}

    refused = drift.post("/administration/grupper/ny/", words)
    amina.post("/administration/grupper/ny/", words)
    again = amina.post("/administration/grupper/ny/", words)

    row = GroupRole.objects.get()
    assert (row.group, again.status_code, refused.status_code) == ("värdar", 400, 404)
    assert "värdar" in amina.get("/administration/grupper/").content.decode()
    amina.post(f"/administration/grupper/{row.pk}/ta-bort/")
    assert actions()[-1] == "group.no_longer_mapped"


def test_an_invitation_chooses_no_password_for_who_logs_in_by_the_provider(there):
    gives()
    client, _answer = signed_on(there, "sub-new", **NEW, groups=["värdar"])
    asked = services.Asked(Organisation.objects.get(name="Trygghetsvärdarna"), Role.FIELD_WORKER)
    _row, path = services.invite_member(
        SYSTEM, asked, email=NEW["email"], name="Ny", now=timezone.now()
    )

    Client().post(path, {"password": people.PASSWORD, "again": people.PASSWORD})
    assert not Account.objects.get(email=NEW["email"]).has_usable_password()
    assert held() == ["safety_host"]

    client.post(path)
    assert held() == ["field_worker", "safety_host"]
