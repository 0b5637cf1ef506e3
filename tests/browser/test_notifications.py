"""Notiser in a browser, and a mail that goes all the way, by the worker and a real server."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
from tests.browser.looking import OVERFLOW, SIZES, axe, tab_to
from tests.browser.test_reporting import Town
from tests.browser.test_residents import tell
from tests.infrastructure.notifications.servers import Box, serving

PAGE = "/notiser/"
WAITS = "En rapport väntar på att behandlas"


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_are_accessible_and_fit(enter, size, scheme):
    page = enter("amina", size=size, scheme=scheme)
    page.goto(PAGE)
    assert page.get_by_text(WAITS).first.is_visible()
    found = {"list": (axe(page), page.evaluate(OVERFLOW))}

    page.get_by_role("button", name="Gör en").click()
    page.get_by_role("heading", name="Din kalenderadress").wait_for()
    found["address"] = (axe(page), page.evaluate(OVERFLOW))

    assert found == {"list": ("", 0), "address": ("", 0)}


def test_with_the_keyboard_alone_one_chooses_reads_and_makes_an_address(enter):
    page = enter("amina")
    tab_to(page, page.locator(".who a").inner_text())
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Notiser", exact=True).wait_for()

    page.get_by_label(WAITS).focus()
    page.keyboard.press("ArrowDown")
    tab_to(page, "Spara")
    page.keyboard.press("Enter")
    page.get_by_text("Dina val är sparade.").wait_for()
    kept = page.get_by_label(WAITS).input_value()

    page.locator(".notices a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/rapportera/**")

    page.goto(PAGE)
    tab_to(page, "Markera alla som lästa")
    page.keyboard.press("Enter")
    page.get_by_role("status").filter(has_text="som läst").wait_for()
    assert page.locator(".who a").inner_text() == "Notiser"

    page.get_by_role("button", name="Gör en").focus()
    page.keyboard.press("Enter")
    address = page.get_by_label("Kalenderadress").input_value()

    assert kept == "only_here"
    answer = page.request.get(address)
    assert answer.status == 200
    assert answer.text().startswith("BEGIN:VCALENDAR")


def test_without_scripts_all_of_it_works(enter):
    page = enter("leo", java_script_enabled=False)
    page.goto(PAGE)
    page.get_by_label("En rapport från mig är behandlad").select_option("at_once")
    page.get_by_role("button", name="Spara").click()

    assert page.get_by_text("Dina val är sparade.").is_visible()
    assert page.get_by_label("En rapport från mig är behandlad").input_value() == "at_once"


class Mailing(Town):
    """The demo, with a mail server."""

    smtp = ""

    def start(self) -> None:
        """Serve: web and worker, and send mail."""
        self.environment |= {"LYKTA_SMTP_URL": self.smtp, "LYKTA_MAIL_FROM": "lykta@demo.example"}
        super().start()


@pytest.fixture
def box() -> Iterator[Box]:
    box = Box("451 later")
    with serving(box) as port:
        Mailing.smtp = f"smtp://127.0.0.1:{port}"
        yield box


@pytest.fixture
def town(box: Box, tmp_path: Any) -> Iterator[Mailing]:
    made = Mailing(tmp_path / "demo")
    yield made
    made.kill()


def wait_for(is_so: Any, *, seconds: int) -> None:
    until = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < until, "it did not happen"
        time.sleep(0.5)


@pytest.mark.slow
def test_a_mail_that_was_put_off_comes_once_though_all_is_killed_meanwhile(browser, box, town):
    context = browser.new_context(base_url=town.address, locale="sv-SE")
    amina = context.new_page()
    amina.goto("/logga-in/")
    amina.get_by_role("button", name="Logga in som Amina").click()
    amina.goto(PAGE)
    amina.get_by_label(WAITS).select_option("at_once")
    amina.get_by_role("button", name="Spara").click()
    amina.get_by_text("Dina val är sparade.").wait_for()

    rut = browser.new_context(base_url=town.address, java_script_enabled=False).new_page()
    tell(rut)
    wait_for(lambda: not box.answers, seconds=120)  # the server has said "later"
    town.kill()
    town.start()
    wait_for(lambda: box.mails, seconds=600)
    time.sleep(5)

    (found,) = box.mails
    assert found["Subject"] == f"lykta: {WAITS}"
    assert "Mörk plats" in found.get_content()
    assert "dammen" not in found.get_content()
    assert box.recipients == ["amina@demo.example"]
