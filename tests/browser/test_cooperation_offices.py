"""The offices of the law in the browser: each form with the keyboard alone, on a phone."""

from random import choices
from string import ascii_lowercase
from typing import Any

import pytest
from tests.browser.looking import SIZES, faults_in_light_and_dark, tab_to

PAGES = (
    *("/samverkan/", "/samverkan/rad/", "/samverkan/rad/ny/", "/samverkan/rad/ledamoter/ny/"),
    *("/samverkan/rad/moten/nytt/", "/samverkan/rad/moten/1/", "/samverkan/rad/moten/4/andra/"),
    *("/samverkan/rad/moten/4/sa-gick-det/", "/samverkan/rad/ledamoter/1/ratta/"),
    *("/samverkan/funktion/", "/samverkan/funktion/ny/", "/samverkan/namnd/"),
    *("/samverkan/namnd/ny/", "/samverkan/insatser/", "/samverkan/insatser/ny/"),
    *("/samverkan/insatser/1/ta-tillbaka/", "/samverkan/uppdrag/", "/samverkan/uppdrag/ny/"),
    *("/samverkan/uppdrag/2/lamna-vidare/", "/oppet/personuppgifter/"),
)


def word() -> str:
    """Return a word that no other test uses, and that is nobody's name."""
    return "".join(choices(ascii_lowercase, k=8))


def fill(page: Any, path: str, said: dict[str, str]) -> None:
    """Fill a form in with the keyboard alone, field by field, and save it."""
    page.goto(path)
    for label, value in said.items():
        tab_to(page, label)
        if value == " ":
            page.keyboard.press("Space")
        elif page.evaluate("document.activeElement.type") == "date":
            # In which order its parts are typed is the machine's own business.
            page.locator(":focus").fill(value)
        else:
            page.keyboard.press("Control+A")
            page.keyboard.type(value)
    tab_to(page, "Spara")
    page.keyboard.press("Enter")
    page.get_by_text("Sparat.").wait_for()


@pytest.fixture
def phone(enter):
    """Return a page of the co-ordinator's on a phone."""
    return enter("amina", size="phone")


def test_the_council_is_named_and_its_seat_and_meeting_noted_with_the_keyboard(phone):
    name, post, hall = f"Demorådet {word()}", f"Chef för {word()}", f"Salen {word()}"

    fill(phone, "/samverkan/rad/ny/", {"Vad rådet heter": name, "Leds av": "Kommunstyrelsen"})
    assert phone.get_by_role("heading", level=1, name=name).is_visible()
    fill(
        phone,
        "/samverkan/rad/ledamoter/ny/",
        {"Organisation": "Högskolan", "Befattning": post, "Ledande ställning": " "},
    )
    assert phone.get_by_text(post).first.is_visible()
    fill(
        phone,
        "/samverkan/rad/moten/nytt/",
        {"Dag": "2026-12-17", "Börjar": "1300", "Slutar": "1500", "Lokal": hall},
    )
    assert phone.get_by_text(hall).first.is_visible()


def test_what_became_of_a_meeting_is_told_with_the_keyboard(phone):
    agreed = f"Ronder varje {word()}"

    fill(
        phone,
        "/samverkan/rad/moten/3/sa-gick-det/",
        {"Protokollets diarienummer": "DEMO-2026-077", "Vad ni kom": agreed},
    )

    assert phone.get_by_text(agreed).is_visible()
    assert phone.get_by_text("Demosamverkan").first.is_visible()  # told before, and kept


def test_the_function_is_noted_and_what_is_a_persons_is_refused(phone):
    post = f"Samordnare av {word()}"
    said = {"Befattning": post, "Heltidstjänster": "1,5", "Kontaktväg": "kim@demo.example"}
    phone.goto("/samverkan/funktion/ny/")
    for label, value in said.items():
        phone.get_by_label(label).fill(value)
    phone.get_by_role("button", name="Spara").click()
    phone.get_by_text("inte till en person").wait_for()

    fill(phone, "/samverkan/funktion/ny/", said | {"Kontaktväg": "trygghet@demo.example"})

    assert phone.get_by_text(post).first.is_visible()
    assert phone.get_by_text("1,5").first.is_visible()
    phone.goto("/oppet/personuppgifter/")
    assert phone.get_by_text("trygghet@demo.example").is_visible()


def test_a_committee_is_noted_only_with_the_decision_that_chose_it(phone):
    name = f"Nämnden för {word()}"
    phone.goto("/samverkan/namnd/ny/")
    phone.get_by_label("Leds av").select_option(label="en annan nämnd")
    phone.get_by_label("Nämndens namn").fill(name)
    phone.get_by_role("button", name="Spara").click()
    phone.get_by_text("Ange diarienumret").wait_for()

    fill(
        phone,
        "/samverkan/namnd/ny/",
        {"Leds av": "en", "Nämndens namn": name, "Fullmäktiges": "DEMO-2026-999"},
    )

    assert phone.get_by_text(name).first.is_visible()


def test_an_effort_is_noted_put_right_and_taken_back_and_all_of_it_stays(phone):
    text, right = f"Möte om {word()}", f"Brev om {word()}"

    fill(
        phone,
        "/samverkan/insatser/ny/",
        {"Organisation": "Regionen", "Vad gjordes": text},
    )
    row = phone.get_by_role("row").filter(has_text=text)
    fill(phone, row.get_by_role("link", name="Rätta").get_attribute("href"), {"Vad gjordes": right})
    assert row.get_by_text("rättad").is_visible()
    row = phone.get_by_role("row").filter(has_text=right)
    row.get_by_role("link", name="Ta tillbaka").click()
    phone.get_by_role("button", name="Ta tillbaka").click()

    assert row.get_by_text("tillbakatagen").is_visible()


def test_an_assignment_is_given_and_passed_on_with_the_keyboard(phone):
    title = f"Samordning av {word()}"

    fill(
        phone,
        "/samverkan/uppdrag/ny/",
        {"Uppdrag": title, "Ges av": "Kommunstyrelsen", "Hos": "Samordningsf", "Beslutat": "Nämnd"},
    )
    link = phone.get_by_role("link", name=f"Lämna vidare {title}").get_attribute("href")
    fill(phone, link, {"Hos": "Demosamverkan", "Beslutat av": "Kommunstyrelsen"})

    table = phone.get_by_role("region", name=title)
    assert table.get_by_role("rowheader").all_text_contents() == [
        "Demosamverkan",
        "Samordningsfunktionen",
    ]


@pytest.mark.parametrize(
    ("day", "holder"),
    [("2019-12-01", "Kommunstyrelsens förvaltning i demon"), ("2026-11-24", "Demosamverkan")],
)
def test_the_operative_co_ordinator_is_where_it_was_on_the_day_that_is_asked_about(
    enter, day, holder
):
    """R10."""
    page = enter("otto")

    page.goto(f"/samverkan/uppdrag/?datum={day}")

    held = page.locator(".terms > div").filter(has_text="Operativ samordnare")
    assert held.locator("dd").inner_text() == holder


@pytest.mark.parametrize("size", SIZES)
def test_every_page_of_the_offices_is_accessible(enter, size):
    page = enter("amina", size=size)
    wrong = []
    for path in PAGES:
        assert page.goto(path).status == 200, path
        wrong += [(path, fault) for fault in faults_in_light_and_dark(page)]

    assert wrong == []
