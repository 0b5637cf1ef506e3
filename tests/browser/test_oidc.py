"""Logging in by the municipality's own provider, as one does it, against one that runs here."""

import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from tests.browser.looking import faults
from tests.provider import NAME

LOOKS = [("desk", "light"), ("desk", "dark"), ("phone", "light"), ("phone", "dark")]
GROUPS = "/administration/grupper/"


def sign_on(page: Any, sub: str, start: str = "/logga-in/") -> None:
    """Go from lykta's login to the provider, log in there, and come back."""
    # The provider's page wants a style from afar, and tests use no network.
    page.context.route(
        re.compile("^https:"), lambda route: route.fulfill(body="", content_type="text/css")
    )
    page.goto(start)
    page.get_by_role("link", name=f"Logga in med {NAME}").click()
    page.get_by_placeholder("sub").fill(sub)
    page.get_by_role("button", name="Authorize").click()
    page.wait_for_url(lambda url: "oauth2" not in url)


def log_out(page: Any) -> None:
    """Log out of lykta, and at the provider that one is sent to."""
    page.goto("/logga-ut/")
    page.locator("main").get_by_role("button", name="Logga ut").click()
    page.get_by_role("button", name="End session").click()
    page.wait_for_url("**/logga-in/")


def who(page: Any) -> str:
    return page.locator(".strip .who").inner_text()


@pytest.fixture
def given(enter):
    """Let the co-ordinator say what two groups give, as long as the test lasts."""
    page = enter("Amina")
    roles = (("larm", "Trygghetsvärd"), ("siffror", "Analytiker"))
    for group, role in roles:
        page.goto(f"{GROUPS}ny/")
        page.get_by_label("Grupp").fill(group)
        page.get_by_label("Organisation", exact=True).select_option("Samordningsfunktionen")
        page.get_by_label("Roll").select_option(role)
        page.get_by_role("button", name="Spara").click()
        page.wait_for_url(f"**{GROUPS}")
    yield page
    for group, _role in roles:
        page.goto(GROUPS)
        page.get_by_role("button", name=f"Ta bort {group}").click()
        page.get_by_text("Gruppen ger inte längre rollen.").wait_for()


def test_one_logs_in_has_the_role_of_ones_groups_and_logs_out(enter, there, given):
    page, told = enter(), {"email": "siv@kommun.example", "email_verified": True, "name": "Siv"}

    there.knows("siv", **told, groups=["larm"])
    sign_on(page, "siv")
    assert "trygghetsvärd" in who(page)
    assert page.get_by_role("link", name="Läs in filer").count() == 0
    log_out(page)
    page.goto("/rapportera/")
    assert urlsplit(page.url).path == "/logga-in/"

    there.knows("siv", **told, groups=["siffror"])
    sign_on(page, "siv")
    assert "analytiker" in who(page)
    assert "trygghetsvärd" not in who(page)
    assert page.get_by_role("link", name="Läs in filer").is_visible()
    log_out(page)

    there.knows("siv", **told, groups=[])
    sign_on(page, "siv")
    page.get_by_role("heading", name="Du har inget medlemskap här").wait_for()


def test_one_who_has_an_account_is_known_again_and_sent_where_she_was_going(enter, there, site):
    there.knows("sub-of-ekon", email="ekon@demo.example", email_verified=True)
    page = enter()

    sign_on(page, "sub-of-ekon", start="/omraden/")

    page.wait_for_url(f"{site}/omraden/")
    assert "controller" in who(page)


def test_a_stranger_and_one_who_changes_her_mind_are_told_so(enter, there):
    page = enter()
    there.knows("stranger", email="okand@kommun.example", email_verified=True)

    sign_on(page, "stranger")
    page.get_by_text("men har inget konto här").wait_for()
    assert urlsplit(page.url).path == "/logga-in/"

    page.get_by_role("link", name=f"Logga in med {NAME}").click()
    page.get_by_role("button", name="Deny").click()
    page.get_by_text(f"Inloggningen hos {NAME} avbröts.").wait_for()


@pytest.mark.parametrize(("size", "scheme"), LOOKS)
def test_the_pages_are_good_to_look_at(enter, there, given, size, scheme):
    page, found = enter(size=size, scheme=scheme), {}
    sign_on(page, "stranger")
    found["login"] = faults(page)
    page = enter("Amina", size=size, scheme=scheme)
    for path in ("/administration/", GROUPS, f"{GROUPS}ny/"):
        page.goto(path)
        found[path] = faults(page)

    assert {path: what for path, what in found.items() if what} == {}
