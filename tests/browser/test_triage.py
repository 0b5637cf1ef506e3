"""The inbox by the keyboard alone, every page of triage by axe, and a link that ends."""

import sqlite3
from typing import Any

import pytest
from tests.browser.looking import SIZES, faults_in_light_and_dark, tab_to

INBOX = "/rapportera/inkommet/"
AT = "() => document.activeElement.closest('.incoming > li')?.querySelector('h3').textContent"
RULES = ("/rapportera/fordelning/", "/rapportera/fordelning/ny/", "/rapportera/fordelning/1/")
PAGES = (
    *RULES,
    "/rapportera/fordelning/prova/?category=16&day=2026-11-24&clock=22:30",
    *("/rapportera/ersattare/", "/rapportera/svarsmallar/", "/rapportera/svarsmallar/1/"),
    "/oppet/overlamning/aldrig/",
)


def first_report(page: Any) -> str:
    """Return the address of the report that is first in the inbox."""
    page.goto(INBOX)
    return str(page.locator(".incoming h3 a").first.get_attribute("href")).split("?")[0]


def handed_off(page: Any) -> str:
    """Hand the first report off, and return the link."""
    page.goto(f"{first_report(page)}lamna-over/")
    page.get_by_label("Till vem?").fill("Vägverket i Exempel")
    page.get_by_label("Vad behöver de veta?").fill("Räcket vid tunneln är löst.")
    page.get_by_role("button", name="Gör länken").click()
    return str(page.locator("#lank").input_value())


def test_the_inbox_is_worked_through_with_the_keyboard_alone(enter):
    page = enter("amina")
    page.goto(INBOX)
    page.wait_for_load_state("networkidle")
    n = page.locator(".incoming > li").count()
    press = page.keyboard.press

    press("?")
    assert page.get_by_text("slå ihop med en annan").is_visible()
    press("?")
    assert not page.get_by_text("slå ihop med en annan").is_visible()
    press("j")
    first = page.evaluate(AT)
    press("j")
    second = page.evaluate(AT)
    press("k")
    assert page.evaluate(AT) == first != second

    press("a")
    page.get_by_text("En rapport är godtagen.").wait_for()
    page.wait_for_load_state("networkidle")
    assert page.locator(".incoming > li").count() == n - 1
    assert page.evaluate(AT) == second  # the next one is at hand

    press("r")
    page.get_by_role("heading", name="Besluta").wait_for()
    assert page.evaluate("document.activeElement.id") == "id_reason"
    page.keyboard.type("Hör inte hit")
    tab_to(page, "Avvisa")
    press("Enter")
    page.get_by_text("Beslutet är sparat.").wait_for()
    page.wait_for_load_state("networkidle")
    assert page.url.endswith(INBOX)

    press("t")
    page.get_by_role("heading", name="Vem som har den").wait_for()
    assert page.evaluate("document.activeElement.id") == "id_organisation"
    page.keyboard.type("Demos")
    tab_to(page, "Tilldela")
    press("Enter")
    page.get_by_text("Tilldelningen är sparad.").wait_for()
    page.wait_for_load_state("networkidle")

    press("m")
    page.get_by_role("heading", name="Slå ihop").wait_for()


def test_two_reports_are_merged_with_the_keyboard_alone(enter):
    page = enter("amina")
    page.goto(INBOX)
    near = page.locator(".incoming h3 a", has_text="Demotorget")
    for href in near.evaluate_all("links => links.map((link) => link.getAttribute('href'))"):
        page.goto(href.replace("?", "sla-ihop/?"))
        if page.locator("[name=into]").count():
            break
    else:
        pytest.skip("no two that wait are near each other")
    page.locator("[name=into]").first.focus()
    page.keyboard.press("Space")
    tab_to(page, "Slå ihop")
    page.keyboard.press("Enter")

    page.get_by_text("Rapporterna hör nu ihop och räknas en gång.").wait_for()


def test_the_keys_can_be_turned_off_and_stay_off(enter):
    page = enter("amina")
    page.goto(INBOX)
    page.wait_for_load_state("networkidle")
    page.get_by_text("Tangenter", exact=True).click()
    page.get_by_label("Använd tangenterna").uncheck()

    page.reload()
    page.wait_for_load_state("networkidle")
    page.keyboard.press("j")

    assert page.evaluate(AT) is None


def test_letters_that_are_typed_in_a_field_are_letters(enter):
    page = enter("amina")
    page.goto(INBOX)
    page.wait_for_load_state("networkidle")
    page.locator("#sok").focus()
    page.keyboard.type("jakt")

    assert page.locator("#sok").input_value() == "jakt"
    assert page.url.endswith(INBOX)


def test_hints_on_plain_language_come_while_one_writes(enter):
    page = enter("amina")
    page.goto("/rapportera/svarsmallar/ny/")
    page.wait_for_load_state("networkidle")

    page.get_by_label("Svar", exact=True).type("Vi tittar på saken avseende lampan.")

    page.get_by_text("”avseende”: skriv hellre ”om”.").wait_for()


@pytest.mark.parametrize("size", SIZES)
def test_every_page_of_triage_is_accessible(enter, size):
    page = enter("amina", size=size)
    link = handed_off(page)
    one = first_report(page)
    wrong = []
    acts = [f"{one}{act}" for act in ("", "sla-ihop/", "dela/", "lamna-over/")]
    for path in (INBOX, *acts, link, *PAGES):
        page.goto(path)
        page.wait_for_load_state("networkidle")
        for summary in page.locator("main summary").all():
            summary.click()
        wrong += [(path, fault) for fault in faults_in_light_and_dark(page)]

    assert wrong == []


@pytest.mark.parametrize("end", ["expired", "withdrawn"])
def test_a_link_is_answered_until_it_ends_and_is_then_like_none(enter, site, tmp_path_factory, end):
    amina, outside = enter("amina"), enter()
    link = handed_off(amina)
    outside.goto(link)
    outside.get_by_label("Ert svar").fill("Det skruvas fast i morgon.")
    outside.get_by_role("button", name="Skicka svaret").click()
    outside.get_by_text("Det skruvas fast i morgon.").wait_for()

    amina.goto(first_report(amina))
    assert amina.get_by_text("Det skruvas fast i morgon.").count()
    if end == "withdrawn":
        amina.get_by_role("button", name="Ta tillbaka").last.click()
        amina.get_by_text("Länken gäller inte längre.").wait_for()
    else:
        _let_all_end(tmp_path_factory.getbasetemp())

    outside.goto(link)
    ended = outside.locator("main").inner_html()
    outside.goto("/oppet/overlamning/aldrig/")
    assert ended == outside.locator("main").inner_html()
    assert "Länken gäller inte längre" in ended
    assert "Räcket" not in ended


def _let_all_end(folder: Any) -> None:
    """Let the last day of every link lie in the past."""
    (path,) = folder.glob("lykta[0-9]*/demo/lykta.sqlite3")
    with sqlite3.connect(path, timeout=20) as database:
        database.execute("UPDATE events_handoff SET last_day = '2026-11-01'")


def test_the_inbox_and_its_acts_work_without_javascript(browser, site):
    context = browser.new_context(java_script_enabled=False, locale="sv-SE", base_url=site)
    page = context.new_page()
    page.goto("/logga-in/")
    page.get_by_role("button", name="Logga in som Amina").click()
    page.goto(INBOX)

    page.get_by_role("link", name="Tilldela").first.click()
    page.get_by_label("Enhet").select_option(label="Demosamverkan")
    page.get_by_role("button", name="Tilldela").click()
    page.get_by_text("Tilldelningen är sparad.").wait_for()
    page.get_by_role("button", name="Godta", exact=True).first.click()

    page.get_by_text("En rapport är godtagen.").wait_for()
    context.close()
