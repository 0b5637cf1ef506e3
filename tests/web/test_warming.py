"""The pages that the day begins with are made before the door opens."""

import logging

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lykta.domain.places import selectors as places
from lykta.web import warming


@pytest.fixture
def made(monkeypatch):
    """Return the addresses that are made, as they are."""
    paths, make = [], warming._make
    monkeypatch.setattr(
        warming, "_make", lambda path, reach: (paths.append(path), make(path, reach))
    )
    return paths


def test_the_first_pages_are_made_and_nothing_is_written(filled, made, caplog):
    with CaptureQueriesContext(connection) as asked:
        warming.warm()

    assert {"/", "/laget/", "/omraden/", "/omraden/9999-ASA/", "/rapportera/"} <= set(made)
    assert [record.message for record in caplog.records if record.levelno >= logging.ERROR] == []
    assert [each["sql"] for each in asked if not each["sql"].startswith("SELECT")] == []


def test_a_page_that_cannot_be_made_is_logged_and_leaves_the_others(
    filled, made, caplog, monkeypatch
):
    def broken(*_args, **_more):
        raise RuntimeError

    monkeypatch.setattr(places, "listed", broken)

    warming.warm()

    assert "/ could not be made" in caplog.text
    assert "/rapportera/" in made


def test_a_town_of_which_nothing_is_known_opens_too(db, made, caplog):
    warming.warm()

    assert made == []
    assert caplog.text == ""
