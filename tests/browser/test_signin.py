"""Logging in in two steps, with an app, a security key and a recovery code, as one does it."""

from typing import Any
from urllib.parse import urlsplit

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from tests.browser.looking import faults, tab_to

from lykta.demo.filling import PASSWORD

APP, KEY, CODES = "/konto/tva-steg/app/", "/konto/tva-steg/nyckel/", "/konto/tva-steg/koder/nya/"
LOOKS = [("desk", "light"), ("desk", "dark"), ("phone", "light"), ("phone", "dark")]


def confirm(page: Any, path: str) -> None:
    """Go to a page that first asks for the password again."""
    page.goto(path)
    if "bekrafta" in page.url:
        page.get_by_label("Lösenord").fill(PASSWORD)
        page.get_by_role("button", name="Bekräfta").click()
        page.wait_for_load_state()


def code_of(page: Any, secret: str, later: int = 0) -> str:
    now = page.evaluate("Date.now() / 1000")
    return format_hotp_value(hotp_value(secret, int(now) // 30 + later))


def add_app(page: Any) -> tuple[str, list[str]]:
    """Return the secret of an app that is added, and the codes that come with it."""
    confirm(page, APP)
    secret = page.locator(".secret").inner_text()
    page.get_by_label("Kod").fill(code_of(page, secret))
    page.get_by_role("button", name="Lägg till appen").click()
    page.wait_for_load_state()
    return secret, page.locator(".codes li").all_inner_texts()


def take_away(page: Any, path: str, button: str) -> None:
    confirm(page, path)
    page.get_by_role("button", name=button).click()
    page.wait_for_load_state()


def log_out(page: Any) -> None:
    page.goto("/logga-ut/")
    page.locator("main").get_by_role("button", name="Logga ut").click()
    page.wait_for_url("**/logga-in/")


def log_in(page: Any, who: str) -> None:
    page.goto("/logga-in/")
    page.get_by_role("button", name=f"Logga in som {who}").click()
    page.wait_for_load_state()


@pytest.mark.parametrize(("size", "scheme"), LOOKS)
def test_the_pages_of_ones_own_account_are_good_to_look_at(enter, size, scheme):
    page = enter("Planka", size=size, scheme=scheme)
    found = {}
    pages = ["/konto/", "/konto/losenord/", "/konto/tva-steg/", "/konto/bekrafta/"]
    for path in pages:
        page.goto(path)
        found[path] = faults(page)
    for path in (APP, KEY):
        confirm(page, path)
        found[path] = faults(page)

    assert {path: what for path, what in found.items() if what} == {}


@pytest.mark.parametrize(("size", "scheme"), LOOKS)
def test_an_app_is_added_and_asked_for_and_a_code_stands_in_for_it(enter, size, scheme):
    page = enter("Ekon", size=size, scheme=scheme)
    secret, codes = add_app(page)
    seen = [faults(page)]
    for path in ("/konto/tva-steg/", f"{APP}ta-bort/", CODES):
        page.goto(path)
        seen.append(faults(page))
    log_out(page)
    log_in(page, "Ekon")
    seen.append(faults(page))
    tab_to(page, "Kod")
    page.keyboard.type(code_of(page, secret, later=1))  # the one of now is used already
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: urlsplit(url).path == "/")
    log_out(page)
    log_in(page, "Ekon")
    page.get_by_label("Kod").fill(codes[0])
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: urlsplit(url).path == "/")
    take_away(page, f"{APP}ta-bort/", "Ta bort appen")

    assert [each for each in seen if each] == []
    assert len(codes) == 10


def test_a_security_key_is_added_and_asked_for(enter, site):
    page = enter(base_url=site.replace("127.0.0.1", "localhost"))
    log_in(page, "Leo")
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "usb", "automaticPresenceSimulation": True}
    options |= {"hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True}
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": options})

    confirm(page, KEY)
    page.get_by_label("Vad kallar du nyckeln?").fill("Min nyckel")
    page.get_by_role("button", name="Lägg till nyckeln").click()
    page.wait_for_url("**/koder/")
    log_out(page)
    log_in(page, "Leo")
    assert page.url.endswith("/logga-in/tva-steg/")
    page.get_by_role("button", name="Använd säkerhetsnyckel").click()
    page.wait_for_url(lambda url: urlsplit(url).path == "/")

    page.goto("/konto/tva-steg/")
    page.get_by_role("link", name="Ta bort Min nyckel").click()
    if "bekrafta" in page.url:
        page.get_by_label("Lösenord").fill(PASSWORD)
        page.get_by_role("button", name="Bekräfta").click()
    assert faults(page) == []
    page.get_by_role("button", name="Ta bort nyckeln").click()
    page.get_by_text("Säkerhetsnyckeln är borttagen.").wait_for()


def demand(enter: Any, *roles: str) -> Any:
    """Let IT operations choose the roles that log in in two steps; return its page."""
    page = enter("Drift")
    page.goto("/administration/tva-steg/")
    for box in page.get_by_role("checkbox").all():
        box.set_checked(box.get_attribute("value") in roles)
    page.get_by_role("button", name="Spara").click()
    page.get_by_text("Kravet på två steg är sparat.").wait_for()
    return page


@pytest.mark.parametrize(("size", "scheme"), LOOKS)
def test_a_role_that_demands_two_steps_adds_one_and_goes_on(enter, size, scheme):
    page = enter("Kerstin", size=size, scheme=scheme)
    drift = demand(enter, "chair")
    drift.set_viewport_size(page.viewport_size)
    drift.emulate_media(color_scheme=scheme)
    seen = [faults(drift)]

    page.goto("/omraden/")
    page.get_by_text("Din roll kräver inloggning i två steg").wait_for()
    seen.append(faults(page))
    add_app(page)
    page.goto("/omraden/")

    assert urlsplit(page.url).path == "/omraden/"
    take_away(page, f"{APP}ta-bort/", "Ta bort appen")
    demand(enter)
    assert [each for each in seen if each] == []
