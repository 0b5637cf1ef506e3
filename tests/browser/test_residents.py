"""Rut on her phone, by no account: without scripts, by the keyboard alone, until she erases."""

from typing import Any

import pytest
from tests.browser.looking import SIZES, faults_in_light_and_dark, tab_to
from tests.browser.test_reporting import words

QUICKEST = 3200  # milliseconds; nobody answers in less
PHONE = {"width": 390, "height": 844}
LANGUAGES = ("sv", "sv-x-latt", "en")


@pytest.fixture
def rut(browser: Any, site: str) -> Any:
    context = browser.new_context(base_url=site, viewport=PHONE, java_script_enabled=False)
    yield context.new_page()
    context.close()


def tell(page: Any) -> str:
    """Report without scripts; return the code."""
    page.goto("/oppet/rapportera/")
    page.locator("#id_category .chip", has_text="Annat").click()
    page.select_option("#id_other_category", label="Mörk plats")
    page.fill("#id_place", "Boden vid dammen")
    page.locator("#id_moment .chip").first.click()
    page.fill("#id_description", words())
    page.wait_for_timeout(QUICKEST)
    page.locator("#skicka").click()
    kept = page.get_by_label("Ingen av dem, behåll min text")
    if kept.count():
        kept.check()
        page.locator("#skicka").click()
    return page.locator(".code output").inner_text()


def test_without_scripts_one_reports_follows_reads_and_erases(rut, enter):
    code = tell(rut)
    amina = enter("amina")
    amina.goto("/rapportera/inkommet/")
    amina.get_by_role("link", name="Mörk plats, Boden vid dammen").last.click()
    amina.get_by_label("Svar till den som rapporterade").fill("Lampan lagas på torsdag.")
    amina.get_by_role("button", name="Godta").click()
    amina.get_by_text("Beslutet är sparat.").wait_for()

    rut.goto("/oppet/folj/")
    rut.get_by_label("Följekod").fill(code.lower())
    rut.get_by_role("button", name="Visa").click()
    read = rut.locator("main").inner_text()
    rut.get_by_role("button", name="Ta bort min text").click()
    erased = rut.locator("h1").inner_text()
    rut.goto("/oppet/folj/")
    rut.get_by_label("Följekod").fill(code)
    rut.get_by_role("button", name="Visa").click()

    assert "Lampan lagas på torsdag." in read
    assert erased == "Din text är borttagen"
    assert rut.get_by_text("Ingen rapport har den koden").first.is_visible()


def test_a_resident_reports_with_the_keyboard_alone(browser, site):
    context = browser.new_context(base_url=site, viewport=PHONE)
    page = context.new_page()
    page.goto("/oppet/rapportera/")
    page.locator("#rapport[data-state=ready]").wait_for()

    page.locator('[name="category"]').first.focus()
    page.keyboard.press("Space")
    tab_to(page, "Var?")
    page.keyboard.type("Muren bakom boden")
    page.locator('[name="moment"]').first.focus()
    page.keyboard.press("Space")
    tab_to(page, "Vad har hänt?")
    page.keyboard.type(words())
    page.wait_for_timeout(QUICKEST)
    tab_to(page, "Skicka")
    page.keyboard.press("Enter")
    page.wait_for_load_state()
    kept = page.get_by_label("Ingen av dem, behåll min text")
    if kept.count():
        kept.focus()
        page.keyboard.press("Space")
        tab_to(page, "Skicka")
        page.keyboard.press("Enter")

    page.locator(".code output").wait_for()
    context.close()


@pytest.mark.parametrize("size", SIZES)
def test_every_page_for_residents_is_accessible_in_every_language(browser, site, size):
    width, height = SIZES[size]
    context = browser.new_context(base_url=site, viewport={"width": width, "height": height})
    page, wrong = context.new_page(), []
    for language in LANGUAGES:
        page.goto("/oppet/folj/")
        page.locator(f'button[name="language"][value="{language}"]').click()
        for name in ("rapportera", "folj", "personuppgifter", "tillganglighet"):
            page.goto(f"/oppet/{name}/")
            wrong += [(language, name, fault) for fault in faults_in_light_and_dark(page)]
    page.context.clear_cookies()
    tell(page)
    wrong += [("sv", "thanks", fault) for fault in faults_in_light_and_dark(page)]
    context.close()

    assert wrong == []
