"""The made-up municipality, and the cast logged in."""

from collections.abc import Callable

import pytest
from django.test import Client
from tests import people
from tests.domain.indicators.conftest import indicators  # noqa: F401 - a fixture
from tests.domain.places.conftest import places, read_in, write  # noqa: F401 - fixtures
from tests.web import town

Enter = Callable[[str], Client]


@pytest.fixture
def enter(db: None) -> Enter:
    """Return what logs one of the cast in."""

    def entered(name: str) -> Client:
        client = Client()
        client.force_login(people.account(name))
        return client

    return entered


@pytest.fixture
def filled(places):  # noqa: F811 - the fixtures of those names
    """Begin with the municipality and all that it has, a frozen picture too."""
    return places


@pytest.fixture
def on_paper(filled):
    """Begin with all of it, and its papers in every form, as the worker writes them."""
    return filled


@pytest.fixture
def triaged(filled):
    """Add what triage is about; return the hand-off and the secret of its link."""
    return town.triage()
