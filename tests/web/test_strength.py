"""Two steps where a role demands them: nothing else is open until both are taken."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests import people
from tests.web.test_factors import APP, code_of, confirmed, first_step, second_step, secret

from lykta.domain.partners import selectors, services
from lykta.domain.partners.models import TwoStepDemand
from lykta.domain.partners.rules import Role
from lykta.infrastructure.access import SYSTEM, Refused
from lykta.infrastructure.audit.models import Entry

pytestmark = pytest.mark.django_db
__all__ = ["secret"]  # the fixture of that name
INDEX, CODE = "/konto/tva-steg/", "/konto/bekrafta/kod/"


@pytest.fixture(autouse=True)
def _fresh():
    cache.clear()


def demand(*roles: Role) -> None:
    services.demand_two_steps(SYSTEM, roles, now=timezone.now())


def by_password(name: str = "vera") -> Client:
    client = Client()
    client.force_login(people.account(name))
    return client


@pytest.mark.parametrize("path", ["/", "/konto/", "/konto/losenord/", "/rapportera/", "/notiser/"])
def test_a_role_that_demands_two_steps_opens_nothing_after_one(path):
    client = by_password()
    demand(Role.SAFETY_HOST)

    assert client.get(path).headers["Location"] == INDEX
    assert client.post(path).headers["Location"] == INDEX


def test_the_page_to_add_a_step_is_open_and_says_why():
    client = by_password()
    demand(Role.SAFETY_HOST)

    assert "Din roll kräver inloggning i två steg" in client.get("/", follow=True).content.decode()


@pytest.mark.parametrize("path", ["/logga-ut/", "/oppet/rapportera/", "/halsa/"])
def test_what_is_open_to_all_stays_open(path):
    client = by_password()
    demand(Role.SAFETY_HOST)

    assert client.get(path).status_code == 200


def test_the_api_refuses_with_a_sentence():
    client = by_password()
    demand(Role.SAFETY_HOST)

    answer = client.get("/api/omraden/")

    assert (answer.status_code, answer.json()["code"]) == (403, "two-steps-needed")


def test_roles_that_are_not_named_log_in_as_before():
    demand(Role.SAFETY_HOST, Role.COORDINATOR)

    assert by_password("otto").get("/").status_code == 200


def test_who_logs_in_in_two_steps_meets_nothing(secret):
    demand(Role.SAFETY_HOST)
    client = first_step()

    second_step(client, code_of(secret))

    assert client.get("/").status_code == 200
    assert client.get("/api/omraden/").status_code == 200


def test_who_has_an_app_must_use_it_and_adds_no_other_by_her_password(secret):
    client = confirmed()
    demand(Role.SAFETY_HOST)

    for path in (INDEX, "/konto/tva-steg/nyckel/", "/konto/bekrafta/", f"{APP}ta-bort/"):
        assert client.get(path).headers["Location"].startswith(CODE)
    answer = client.post(f"{CODE}?next=/sok/", {"code": code_of(secret)})

    assert answer.headers["Location"] == "/sok/"
    assert client.get("/").status_code == 200


def test_a_demand_costs_no_query_where_it_is_met_and_none_where_there_is_none(secret):
    client = first_step()
    second_step(client, code_of(secret))
    client.get("/konto/")

    with CaptureQueriesContext(connection) as before:
        client.get("/konto/")
    demand(Role.SAFETY_HOST)
    client.get("/konto/")  # what is demanded is asked anew once, with the memberships
    with CaptureQueriesContext(connection) as after:
        client.get("/konto/")

    asked = [query["sql"] for query in (*before, *after)]
    assert not [sql for sql in asked if "partners_twostepdemand" in sql]
    assert len(after) == len(before)


def test_what_is_decided_is_added_and_nothing_is_changed():
    demand(Role.SAFETY_HOST, Role.COORDINATOR)
    demand(Role.SAFETY_HOST)

    assert selectors.demanded_roles(on=timezone.localdate()) == {Role.SAFETY_HOST}
    assert TwoStepDemand.objects.count() == 3
    actions = list(Entry.objects.order_by("number").values_list("action", flat=True))
    assert actions == ["two_steps.demanded"] * 2 + ["two_steps.no_longer_demanded"]


def test_it_operations_choose_the_roles_on_a_page():
    drift = by_password("drift")

    answer = drift.post("/administration/tva-steg/", {"roles": ["safety_host", "coordinator"]})

    assert answer.status_code == 302
    page = drift.get("/administration/tva-steg/").content.decode()
    assert page.count("checked") == 2
    assert "Trygghetsvärd" in page


def test_others_choose_no_roles():
    from lykta.domain.partners.selectors import reach_of

    amina = reach_of(people.account("amina").pk, on=timezone.localdate())

    with pytest.raises(Refused):
        services.demand_two_steps(amina, [], now=timezone.now())
    assert not selectors.demands(amina).exists()
