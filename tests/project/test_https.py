"""Over HTTPS only: what the switch changes in cookies and headers."""

import json
import os
import subprocess
import sys

import pytest
from django.test import Client
from tests import people
from tests.installation import TOML

pytestmark = pytest.mark.django_db
READ = """
import json
from lykta.project import settings
print(json.dumps({name: getattr(settings, name) for name in dir(settings)
    if name.endswith(("_COOKIE_NAME", "_COOKIE_SECURE")) or name.startswith("SECURE_")
    or name == "IS_HTTPS"}))
"""


@pytest.fixture
def over_https(tmp_path, settings):
    """Return a browser of an installation that is reached over HTTPS only."""
    (tmp_path / "kommun.toml").write_text(TOML, encoding="utf-8")
    (tmp_path / "secret-key").write_text("x", encoding="utf-8")
    env = os.environ | {"LYKTA_DIR": str(tmp_path), "LYKTA_HTTPS": "1"}
    said = subprocess.run([sys.executable, "-c", READ], env=env, capture_output=True, check=True)
    for name, value in json.loads(said.stdout).items():
        setattr(settings, name, tuple(value) if isinstance(value, list) else value)
    return Client(HTTP_X_FORWARDED_PROTO="https")


def test_every_cookie_holds_for_this_host_alone_and_only_over_https(over_https):
    people.account("amina")
    over_https.post("/installningar/", {"language": "sv", "scheme": "dark"})

    over_https.post("/logga-in/", {"login": "amina@example.org", "password": people.PASSWORD})

    names = {"session", "csrf", "language", "scheme"}
    assert set(over_https.cookies) == {f"__Host-lykta_{name}" for name in names}
    for cookie in over_https.cookies.values():
        assert (cookie["secure"], cookie["httponly"], cookie["samesite"]) == (True, True, "Lax")
        assert (cookie["path"], cookie["domain"]) == ("/", "")


def test_browsers_are_told_that_nothing_else_than_https_will_do(over_https):
    header = over_https.get("/logga-in/").headers["Strict-Transport-Security"]

    assert header == "max-age=31536000; includeSubDomains"


def test_what_comes_without_https_is_sent_there(over_https):
    answer = over_https.get("/logga-in/", headers={"X-Forwarded-Proto": "http"})

    assert (answer.status_code, answer.headers["Location"][:8]) == (301, "https://")
