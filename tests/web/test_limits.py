"""How often one account may do what costs much, or what changes something."""

import pytest
from limits import parse

from lykta.web import limits

FILE = "/omraden/export/omraden.csv"


@pytest.fixture
def few(monkeypatch):
    """Let three of each be enough."""
    for what in limits.LIMITS:
        monkeypatch.setitem(limits.LIMITS, what, parse("3/hour"))


@pytest.mark.parametrize("path", ["/api/omraden/", FILE])
def test_an_account_that_asks_without_end_is_told_when_to_come_back(few, filled, enter, path):
    amina = enter("amina")
    told = [amina.get(path) for _ in range(4)]

    assert [answer.status_code for answer in told] == [200, 200, 200, 429]
    assert 0 < int(told[-1].headers["Retry-After"]) <= 3600
    assert "Försök igen om 60 min" in str(told[-1].content.decode()) or told[-1].json()["code"]


def test_another_account_and_other_kinds_are_not_held_up(few, filled, enter):
    amina = enter("amina")
    for _ in range(4):
        amina.get(FILE)

    assert amina.get("/api/omraden/").status_code == 200
    assert enter("leo").get(FILE).status_code == 200


def test_reading_pages_is_not_counted(few, filled, enter):
    amina = enter("amina")

    assert {amina.get("/omraden/").status_code for _ in range(8)} == {200}


def test_writing_is_counted_whatever_is_written(few, filled, enter):
    amina = enter("amina")
    told = [amina.post("/installningar/", {"scheme": "dark"}).status_code for _ in range(4)]

    assert told == [302, 302, 302, 429]
