"""The API answers as its own description says, whatever it is asked within it."""

import pytest
import schemathesis
from django.db import connection
from django.test import Client
from hypothesis import HealthCheck, given, settings
from tests import people
from tests.web.conftest import filled, indicators, places, read_in, write  # noqa: F401 - fixtures

from lykta.project.wsgi import application

PATHS = (
    *("/api/lagesbilder/", "/api/lagesbilder/{pk}", "/api/laget/"),
    *("/api/nyckeltal/", "/api/nyckeltal/{indicator}"),
    *("/api/omraden/", "/api/omraden/karta.geojson", "/api/omraden/platser", "/api/omraden/{code}"),
    *("/api/rapporter/", "/api/rapporter/{key}"),
    *("/api/samverkan/ansvar/", "/api/samverkan/insatser/", "/api/samverkan/natverk/"),
    *("/api/samverkan/overenskommelser/", "/api/samverkan/rad/", "/api/samverkan/uppdrag/"),
    *("/api/veckan/", "/api/veckan/atgarder/", "/api/veckan/{week}"),
)


@pytest.fixture(autouse=True)
def _connection_of_the_test(monkeypatch):
    """Keep the connection that the test's transaction lives on, whatever a request ends with."""
    monkeypatch.setattr(connection, "close_if_unusable_or_obsolete", lambda: None)


@pytest.fixture
def client(filled):  # noqa: F811 - the fixture of that name
    """Return a client of someone who may read."""
    client = Client()
    client.force_login(people.account("leo"))
    return client


def test_the_description_is_openapi_3_1(client):
    document = client.get("/api/openapi.json").json()

    assert document["openapi"].startswith("3.1")
    assert tuple(sorted(document["paths"])) == PATHS


@pytest.mark.parametrize("path", PATHS)
def test_answers_are_as_described(client, path):
    schema = schemathesis.openapi.from_dict(client.get("/api/openapi.json").json())
    cookies = {name: morsel.value for name, morsel in client.cookies.items()}
    schema.app = application

    @settings(
        max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
    )
    @given(case=schema[path]["GET"].as_strategy())
    def tried(case):
        answer = case.call(base_url="http://localhost", cookies=cookies)
        case.validate_response(answer)

    tried()
