"""lykta itself in a real browser: the demo, as `make demo` serves it, from login to a read file."""

import re
from pathlib import Path

import pytest
from tests.browser.looking import OVERFLOW, SCHEMES, SIZES, axe, tab_to

from lykta.demo.filling import PASSWORD

PAGES = {
    "amina": (
        *("/", "/omraden/", "/omraden/?slag=deso&datum=2019-01-01", "/omraden/0126-FLE/"),
        *("/omraden/0126-L-GRANTORP/", "/omraden/0126-FLE/historik/", "/omraden/listor/"),
        *("/laget/", "/laget/?tid=52&visa=sexhorningar", "/laget/?visa=smaomraden&mot=fjol"),
        *("/laget/?tid=12&kategori=DAMAGE&omrade=0126-SKO", "/laget/?fran=2026-v99"),
        *("/inlasning/", "/inlasning/1/", "/inlasning/1/ratta/"),
        *("/lagesbilder/", "/lagesbilder/1/", "/lagesbilder/jamfor/?a=2&b=3"),
        *("/lagesbilder/ny/?fran=2026-v40&till=2026-v43", "/lagar/", "/lagar/?datum=2021-12-01"),
        *("/nyckeltal/", "/nyckeltal/demo:skjutningar/", "/nyckeltal/utsagor/ny/"),
        *("/sok/?q=v%C3%A5r", "/sok/?q=finnsinte", "/administration/", "/administration/roller/"),
        *("/administration/organisationer/", "/administration/organisationer/1/"),
        *("/administration/organisationer/ny/", "/administration/medlemskap/"),
        *("/administration/medlemskap/nytt/", "/administration/medlemskap/1/avsluta/"),
        *("/administration/gallring/", "/administration/gallring/regel/"),
        "/finns-inte/",
    ),
    "drift": (
        *("/", "/administration/konton/", "/administration/konton/1/"),
        *("/administration/konton/nytt/", "/administration/drift/", "/administration/gallring/"),
    ),
    "vera": ("/", "/laget/"),
    "kerstin": ("/", "/laget/", "/lagesbilder/"),
    "harriet": ("/", "/administration/medlemskap/"),
    "cleo": ("/",),
}
BAD = """kod;namn;slag;ingår_i
0126-NY;Nyby;kommundel;
0126-FEL;Felby;grannskap;
0126-VILSE;Vilse;DeSO;FINNS-INTE
"""


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("who", PAGES)
def test_no_page_has_an_axe_violation_or_scrolls_sideways(enter, who, size):
    page = enter(who, size=size)
    for path in PAGES[who]:
        page.goto(path)

        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            assert axe(page) == "", (path, scheme)
            assert page.evaluate(OVERFLOW) == 0, (path, scheme)


@pytest.mark.parametrize("size", SIZES)
def test_the_login_page_has_no_axe_violation_and_lists_the_demo_accounts(enter, size):
    page = enter(size=size)
    page.goto("/logga-in/")

    assert axe(page) == ""
    assert page.get_by_role("button", name=re.compile("Logga in som")).count() == 14


def test_a_wrong_password_is_refused_in_a_sentence(enter):
    page = enter()
    page.goto("/logga-in/")
    page.get_by_label("E-postadress").fill("amina@demo.example")
    page.get_by_label("Lösenord").fill("fel")
    page.get_by_role("button", name="Logga in", exact=True).first.click()

    assert page.get_by_role("alert").is_visible()
    assert page.url.endswith("/logga-in/")
    assert axe(page) == ""


def test_every_page_says_that_the_data_are_made_up(enter):
    page = enter("amina")
    for path in PAGES["amina"]:
        page.goto(path)

        assert page.get_by_text("Exempeldata – syntetiska").is_visible(), path


def test_the_map_is_drawn_and_lights_up_with_its_table(enter):
    page = enter("amina")
    page.locator(".area-map[data-state=drawn]").wait_for()
    row = page.locator("tr[data-area='0126-SKO']")

    row.hover()

    assert "is-lit" in (row.get_attribute("class") or "")
    assert page.locator(".area-name", has_text="Skogås").is_visible()


def test_the_map_leads_to_the_page_of_an_area(enter):
    page = enter("amina")
    page.locator(".area-map").scroll_into_view_if_needed()
    page.locator(".area-map[data-state=drawn]").wait_for()
    name = page.locator(".area-name", has_text="Flemingsberg").bounding_box()

    page.mouse.click(name["x"] + name["width"] / 2, name["y"] + name["height"] / 2)

    page.wait_for_url("**/omraden/0126-FLE/")


def test_without_scripts_everything_can_be_read(enter):
    page = enter("amina", java_script_enabled=False)
    page.goto("/omraden/0126-L-GRANTORP/")

    assert page.get_by_role("navigation", name="Huvudmeny").is_visible()
    assert page.locator(".list-years li").count() == 6
    assert page.get_by_role("table").first.is_visible()


def test_the_three_areas_stand_side_by_side_and_the_past_is_another(enter):
    page = enter("amina")
    page.goto("/omraden/listor/?datum=2021-12-01")
    then = page.locator(".lede").inner_text()
    page.goto("/omraden/listor/?datum=2020-06-01")

    assert "tre områden" in then
    assert "två områden" in page.locator(".lede").inner_text()
    assert page.get_by_role("link", name="Visa dagens läge").is_visible()


def test_a_search_finds_places_by_swedish_letters(enter):
    page = enter("leo")
    page.get_by_role("searchbox", name=re.compile("Sök")).first.fill("VÅRBY")
    page.keyboard.press("Enter")

    page.get_by_role("link", name="Vårby gård", exact=True).click()

    assert page.get_by_role("heading", level=1).inner_text() == "Vårby gård"


def test_a_file_with_bad_rows_is_tried_then_read_in_by_the_worker(enter, tmp_path):
    file = tmp_path / "nya.csv"
    file.write_text(BAD, encoding="utf-8")
    page = enter("leo")
    page.goto("/inlasning/")
    page.get_by_label("Vad filen innehåller").select_option(label="Områden med gränser")
    page.get_by_label("Fil", exact=True).set_input_files(file)
    page.get_by_role("button", name="Pröva filen").click()
    page.wait_for_url(re.compile(r"/inlasning/\d+/$"))

    assert page.get_by_text("Ingenting är ändrat än").is_visible()
    assert page.get_by_role("region", name="Avvisade rader").get_by_role("row").count() == 3
    assert axe(page) == ""
    with page.expect_download() as download:
        page.get_by_role("link", name="Hämta alla avvisade rader").click()
    assert "Slaget är okänt" in Path(download.value.path()).read_text(encoding="utf-8-sig")

    page.get_by_role("button", name="Läs in").click()
    page.get_by_text("Filen är inläst.").wait_for(timeout=30_000)
    page.goto("/omraden/0126-NY/")

    assert page.get_by_role("heading", level=1).inner_text() == "Nyby"


def test_a_new_member_gets_in_by_an_invitation_and_out_when_it_ends(enter):
    drift = enter("drift")
    drift.goto("/administration/konton/nytt/")
    drift.get_by_label("E-postadress").fill("ny@demo.example")
    drift.get_by_label("Namn").fill("Nya Nora")
    drift.get_by_role("button", name="Spara").click()
    drift.get_by_role("button", name="Visa en ny inbjudan").click()
    invitation = drift.get_by_label("Adress").input_value()

    amina = enter("amina")
    amina.goto("/administration/medlemskap/nytt/")
    amina.get_by_label("Kontots e-postadress").fill("ny@demo.example")
    amina.get_by_label("Organisation", exact=True).select_option(label="Trygghetsvärdarna")
    amina.get_by_label("Roll", exact=True).select_option(label="trygghetsvärd")
    amina.get_by_label("Skogås").first.check()
    amina.get_by_role("button", name="Spara").click()
    amina.get_by_text("Medlemskapet är tillagt.").wait_for()

    nora = enter()
    nora.goto(invitation)
    for field in nora.locator("input[type=password]").all():
        field.fill("en lång mening om lampor")
    nora.get_by_role("button", name="Spara lösenordet").click()
    nora.get_by_label("E-postadress").fill("ny@demo.example")
    nora.get_by_label("Lösenord").fill("en lång mening om lampor")
    nora.get_by_role("button", name="Logga in", exact=True).first.click()
    assert nora.get_by_text("Trygghetsvärdarna · trygghetsvärd").is_visible()

    drift.goto("/administration/konton/")
    drift.get_by_role("link", name="Nya Nora").click()
    drift.get_by_label("Kontot får användas").uncheck()
    drift.get_by_role("button", name="Spara").click()
    nora.goto("/omraden/")
    assert nora.url.endswith("/logga-in/?next=/omraden/")


def test_the_whole_way_to_an_area_goes_by_keyboard(enter):
    page = enter("amina")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.textContent") == "Hoppa till innehållet"
    page.keyboard.press("Enter")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.textContent") == "Segeltorp":
            break
    page.keyboard.press("Enter")

    page.wait_for_url("**/omraden/0126-SEG/")


def test_logging_in_searching_and_filling_a_form_go_by_keyboard_alone(enter):
    page = enter()
    page.goto("/logga-in/")
    tab_to(page, "E-postadress")
    page.keyboard.type("amina@demo.example")
    tab_to(page, "Lösenord")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"//[^/]+/$"))

    tab_to(page, "Sök")
    page.keyboard.type("skogås")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sok/**")
    tab_to(page, "Skogås östra")
    page.keyboard.press("Enter")
    page.wait_for_url("**/omraden/**")

    page.goto("/administration/organisationer/ny/")
    tab_to(page, "Namn")
    page.keyboard.type("Åby tangentklubb")
    tab_to(page, "Slag")
    page.keyboard.type("civil")
    tab_to(page, "Spara")
    page.keyboard.press("Enter")

    page.get_by_text("Åby tangentklubb är tillagd.").wait_for()
    assert page.get_by_role("heading", level=1).inner_text() == "Åby tangentklubb"


def test_the_menu_of_the_phone_opens_and_closes_by_keyboard(enter):
    page = enter("amina", size="phone")
    menu = page.get_by_role("navigation", name="Huvudmeny")
    assert not menu.is_visible()

    page.locator(".menu > summary").focus()
    page.keyboard.press("Enter")
    assert menu.is_visible()
    page.keyboard.press("Escape")

    assert not menu.is_visible()


def test_language_and_light_are_chosen_and_kept(enter):
    page = enter("ekon")  # whom no other test reads as: the choice stays with the account
    page.get_by_role("button", name="English").click()
    page.get_by_role("button", name="Dark").click()
    page.goto("/omraden/")

    assert page.get_by_role("heading", level=1).inner_text() == "Areas"
    assert page.locator("html").get_attribute("data-color-scheme") == "dark"
    assert page.locator("html").get_attribute("lang") == "en"


def test_the_pages_load_nothing_from_elsewhere_and_break_no_policy(enter, site):
    page = enter("amina")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    answer = page.goto("/")
    page.locator(".area-map[data-state=drawn]").wait_for()

    assert [url for url in asked if not url.startswith((site, "blob:", "data:"))] == []
    policy = answer.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
