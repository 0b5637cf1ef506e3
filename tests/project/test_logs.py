"""A secret address does not reach the log."""

import logging

import pytest
from django.utils.log import CallbackFilter


@pytest.fixture
def console() -> logging.Handler:
    """Return what writes the log."""
    return next(
        each
        for each in logging.getLogger().handlers
        if any(isinstance(one, CallbackFilter) for one in each.filters)
    )


def test_a_secret_address_is_left_out_and_the_line_stays(console):
    said = {"msg": "%s: %s", "args": ("Too Many Requests", "/kalender/hemlig-sak.ics")}
    record = logging.makeLogRecord(said)

    assert console.filter(record)

    assert record.getMessage() == "Too Many Requests: /kalender/…"


def test_another_line_is_as_it_was(console):
    record = logging.makeLogRecord({"msg": "%s: %s", "args": ("Not Found", "/omraden/100%/")})
    console.filter(record)

    assert record.getMessage() == "Not Found: /omraden/100%/"
