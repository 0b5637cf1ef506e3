"""Cooperation in the browser: an agreement opens the door, an invitation leads in, both close."""

from random import choices
from string import ascii_lowercase
from typing import Any

import pytest
from tests.browser.looking import SIZES, faults, faults_in_light_and_dark, tab_to

PASSWORD = "en-lykta-i-natten-26"
PAGES = (
    *("/samverkan/", "/samverkan/overenskommelser/", "/samverkan/overenskommelser/ny/"),
    *("/samverkan/overenskommelser/1/", "/samverkan/overenskommelser/5/"),
    *("/samverkan/overenskommelser/2/avsluta/", "/samverkan/overenskommelser/5/arbete/"),
    *("/samverkan/natverk/", "/samverkan/natverk/notera/"),
    *("/administration/inbjudningar/", "/administration/inbjudningar/ny/"),
    *("/administration/medlemskap/", "/administration/medlemskap/1/avsluta/"),
)


def letters(n: int) -> str:
    """Return a name that no other test uses."""
    return "".join(choices(ascii_lowercase, k=n))


def new_organisation(page: Any) -> str:
    """Add an organisation as the co-ordinator does, and return its name."""
    name = f"Demoskolan {letters(6)}"
    page.goto("/administration/organisationer/ny/")
    page.get_by_label("Namn").fill(name)
    page.get_by_label("Slag").select_option("education")
    page.get_by_role("button", name="Spara").click()
    page.get_by_role("heading", name=name).wait_for()
    return name


def agree(page: Any, party: str) -> str:
    """Write and sign an agreement with an organisation, and return its page's address."""
    page.goto("/samverkan/overenskommelser/ny/")
    page.get_by_label("Rubrik").fill(f"Läxhjälp {letters(6)}")
    page.get_by_label(party).check()
    page.get_by_label("Syften").fill("Läxhjälp två kvällar i veckan")
    page.get_by_label("Gäller i hela kommunen").check()
    page.get_by_role("button", name="Spara").click()
    page.get_by_role("link", name="Undertecknad").click()
    page.get_by_role("button", name="Spara").click()
    page.get_by_text("Överenskommelsen är undertecknad.").wait_for()
    return str(page.url)


def invitation(page: Any, party: str, email: str) -> str:
    """Ask someone in, and return the link that is shown where no mail is sent."""
    page.goto("/administration/inbjudningar/ny/")
    page.get_by_label("E-postadress").fill(email)
    page.get_by_label("Namn", exact=True).fill("Ny i demon")
    page.get_by_label("Organisation", exact=True).select_option(label=party)
    page.get_by_label("Roll").select_option("civil_society")
    page.get_by_role("button", name="Spara").click()
    return str(page.locator("#adress").input_value())


def test_from_an_agreement_to_a_guest_who_is_in_and_out_again(enter):
    amina, guest = enter("amina"), enter(size="phone")
    party, email = new_organisation(amina), f"{letters(8)}@demo.example"
    agreed = agree(amina, party)
    link = invitation(amina, party, email)

    guest.goto(link)
    assert guest.get_by_text("Du ser aldrig andra organisationers beskrivningar").is_visible()
    guest.get_by_label("Välj lösenord").fill(PASSWORD)
    guest.get_by_label("Samma igen").fill(PASSWORD)
    guest.get_by_role("button", name="Tacka ja").click()
    guest.get_by_label("E-postadress").fill(email)
    guest.get_by_label("Lösenord", exact=True).fill(PASSWORD)
    guest.get_by_role("button", name="Logga in", exact=True).click()
    guest.goto("/rapportera/")
    assert guest.get_by_role("heading", name="Rapportera", exact=True).is_visible()

    amina.goto(f"{agreed}avsluta/")
    amina.get_by_label("Skäl").fill("Läsåret är slut")
    amina.get_by_role("button", name="Spara").click()
    amina.get_by_text("Det den öppnade är stängt.").wait_for()

    assert guest.goto("/rapportera/").status == 403
    assert guest.goto(link).status == 404


@pytest.mark.parametrize("size", SIZES)
def test_every_page_of_cooperation_is_accessible(enter, size):
    page = enter("amina", size=size)
    wrong = []
    for path in PAGES:
        assert page.goto(path).status == 200
        wrong += [(path, fault) for fault in faults_in_light_and_dark(page)]

    assert wrong == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_the_page_that_asks_someone_in_is_accessible(enter, size, scheme):
    amina = enter("amina")
    link = invitation(amina, "Demovandrarna", f"{letters(8)}@demo.example")
    page = enter(size=size, scheme=scheme)
    page.goto(link)

    assert faults(page) == []


def test_who_works_with_whom_is_noted_with_the_keyboard_alone(enter):
    page = enter("amina")
    page.goto("/samverkan/natverk/notera/")
    note = f"Ungdomsmottagning {letters(6)}"

    tab_to(page, "Den ena")
    page.keyboard.type("Regionen")
    tab_to(page, "Den andra")
    page.keyboard.type("Demofält")
    tab_to(page, "Samverkar")
    page.keyboard.type("ibland")
    tab_to(page, "Anteckning")
    page.keyboard.type(note)
    tab_to(page, "Spara")
    page.keyboard.press("Enter")

    page.get_by_text("Sparat.").wait_for()
    assert page.get_by_text(note).first.is_visible()


def test_both_that_are_wished_for_are_named_as_missing_until_they_sign(enter):
    """R26."""
    page = enter("leo")
    page.goto("/samverkan/")

    missing = page.locator("section", has=page.locator("#h-saknas"))

    assert missing.get_by_text("Kriminalvården i demon").is_visible()
    assert missing.get_by_text("Frivården i demon").is_visible()


def test_few_persons_are_hidden_on_the_page_of_the_agreement(enter):
    """R24."""
    page = enter("sonja")
    page.goto("/samverkan/")
    page.get_by_role("link", name="Tidigt stöd till unga (demo)").click()

    row = page.get_by_role("row", name="2026 kv 2")

    assert row.get_by_text("visas inte").is_visible()
    assert page.get_by_role("row", name="2026 kv 1").get_by_text("9").is_visible()
