"""The server's log lets nobody open a link."""

import logging
import secrets

import pytest
from django.core import signing
from django.urls import reverse

from lykta.domain.partners.selectors.invitations import SALT
from lykta.infrastructure.logs import WithoutSecrets


def written(line: str, *args: object) -> str:
    """Return a line as the server writes it."""
    (handler,) = (
        each
        for each in logging.getLogger().handlers
        if any(isinstance(one, WithoutSecrets) for one in each.filters)
    )
    record = logging.makeLogRecord({"msg": line, "args": args})
    handler.filter(record)
    return record.getMessage()


@pytest.mark.parametrize(
    "path", ["/oppet/overlamning/{}/", "/oppet/overlamning/{}/foto/2.jpg", "/kalender/{}.ics"]
)
@pytest.mark.parametrize("line", ["Not Found: %s", "Forbidden (%s): 100 %% fel"])
def test_the_secret_of_a_link_is_not_written(path, line):
    token = secrets.token_urlsafe(32)

    said = written(line, path.format(token))

    assert token not in said
    assert path.format("…") in said


def test_nor_is_that_of_an_invitation():
    path = reverse("invitation", args=[signing.dumps(7, salt=SALT)])

    assert written("Not Found: %s", path) == "Not Found: /inbjudan/…/"


def test_other_lines_are_written_as_they_are():
    line = "Not Found: /rapportera/00000000-0000-4000-8000-000000000001/"

    assert written("%s", line) == line
