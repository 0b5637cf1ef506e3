"""The picture in daily use, in a real browser: from a messy file to a frozen picture."""

import re
from pathlib import Path

import pytest
from tests.browser.looking import OVERFLOW, SIZES, axe, tab_to

# Weeks that the demo tells of, whatever has been reported since.
PERIOD = "fran=2026-v40&till=2026-v43"
SOURCE = "Rapporter från parken"
HEADER = "id;tidpunkt;tidpunkt_till;kategori;x;y;område;källa"
# Skogås, in SWEREF 99 TM; the second and the fourth row have something wrong.
MESSY = f"""{HEADER}
P-1;2026-10-20 21:30;;Klotter;679454;6568329;;{SOURCE}
P-2;2026-02-30 21:30;;Klotter;679500;6568300;;{SOURCE}
P-3;2026-10-21;;Mörkt;679512;6566625;;{SOURCE}
P-4;2026-10-22 20:00;;Klotter;okänt;6568597;;{SOURCE}
"""


def read_in(page, file: Path) -> None:
    page.goto("/inlasning/?slag=events")
    page.get_by_label("Vad filen innehåller").select_option(label="Händelser")
    page.get_by_label("Fil", exact=True).set_input_files(file)
    page.get_by_role("button", name="Pröva filen").click()
    page.wait_for_url(re.compile(r"/inlasning/\d+/$"))


def carry_out(page) -> None:
    page.get_by_role("button", name="Läs in").click()
    page.get_by_text("Filen är inläst.").wait_for(timeout=60_000)


def fact(page, name: str) -> str:
    """Return a figure of a run by its name."""
    return page.locator(".facts > div", has_text=name).locator("dd").inner_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_a_messy_file_is_mended_seen_filtered_frozen_and_comes_back_unchanged(
    enter, tmp_path, size, scheme
):
    page = enter("amina", size=size, scheme=scheme)
    name = f"{SOURCE} {size} {scheme}"
    file = tmp_path / "parken.csv"
    file.write_text(MESSY.replace(SOURCE, name), encoding="utf-8")

    read_in(page, file)
    assert (fact(page, "Blir nya"), fact(page, "Avvisade")) == ("2", "2")
    assert axe(page) == ""
    carry_out(page)

    page.get_by_role("link", name="Rätta raderna här").click()
    assert axe(page) == ""
    assert page.evaluate(OVERFLOW) <= 0
    page.get_by_role("group", name="Rad 2").get_by_label("tidpunkt", exact=True).fill(
        "2026-10-21 21:30"
    )
    page.get_by_role("group", name="Rad 4").get_by_label("x", exact=True).fill("678805")
    page.get_by_role("button", name="Pröva raderna").click()
    assert (fact(page, "Blir nya"), fact(page, "Avvisade")) == ("2", "0")
    carry_out(page)

    page.get_by_role("link", name="Se vad som finns nu").click()
    page.goto(f"/laget/?{PERIOD}")
    page.get_by_label("Källa", exact=True).select_option(label=name)
    page.get_by_role("button", name="Visa").click()
    assert page.locator(".lede").inner_text().startswith("4 händelser på fyra veckor")
    assert axe(page) == ""
    page.get_by_label("Kategori", exact=True).select_option("GRAFFITI")
    page.get_by_role("button", name="Visa").click()
    assert page.locator(".lede").inner_text().startswith("3 händelser")
    assert "kategori=GRAFFITI" in page.url

    page.get_by_role("link", name="Skogås", exact=True).first.click()
    assert page.get_by_role("heading", level=1).inner_text() == "Skogås"
    page.go_back()

    page.get_by_role("link", name="Frys bilden").click()
    page.get_by_label("Titel").fill(f"Parken {size} {scheme}")
    page.get_by_role("button", name="Frys").click()
    page.get_by_text("Bilden är fryst.").wait_for()
    assert axe(page) == ""
    page.get_by_role("button", name="Räkna om").click()
    page.get_by_text("Samma siffror.").wait_for(timeout=60_000)
    for form, start in (("PDF", b"%PDF"), ("Word", b"PK"), ("JSON", b"{"), ("Parquet", b"PAR1")):
        with page.expect_download(timeout=60_000) as download:
            page.get_by_role("link", name=form, exact=True).click()
        assert Path(download.value.path()).read_bytes().startswith(start), form

    page.goto(f"/laget/?{PERIOD}")
    with page.expect_download() as download:
        page.get_by_role("link", name=name, exact=True).click()
    exported = tmp_path / "ut.csv"
    exported.write_bytes(Path(download.value.path()).read_bytes())
    read_in(page, exported)
    assert (fact(page, "Blir nya"), fact(page, "Ändras")) == ("0", "0")
    assert fact(page, "Oförändrade") == "4"


def test_the_filters_of_laget_go_by_keyboard_alone(enter):
    page = enter("amina")
    page.goto("/laget/")

    tab_to(page, "Kategori")
    page.keyboard.type("Skadeg")
    tab_to(page, "Visa")
    page.keyboard.press("Enter")
    page.wait_for_url("**kategori=DAMAGE**")
    tab_to(page, "Sexhörningar")
    page.keyboard.press("Enter")

    page.wait_for_url("**visa=sexhorningar**")
    assert "Skadegörelse" in page.locator(".eyebrow").inner_text()


def test_a_row_and_its_hexagon_light_up_together(enter):
    page = enter("amina")
    page.goto("/laget/?tid=52&visa=sexhorningar")
    page.locator(".area-map[data-state=drawn]").wait_for()
    row = page.locator("tr[data-area^=h]").first

    row.hover()

    assert "is-lit" in (row.get_attribute("class") or "")
    assert page.locator(".area-map .letter").first.inner_text() == "A"


def test_the_planted_hot_spot_and_week_are_found_again(enter):
    page = enter("leo")
    page.goto("/laget/?tid=52&visa=sexhorningar")

    assert "Stuvsta" in page.locator("#tatt").inner_text()
    assert "v.\u00a018" in page.locator("#utveckling").inner_text()
    assert page.locator("tr", has_text="Sjödalen").count() > 0


def test_laget_says_the_same_without_scripts(enter):
    page = enter("vera", java_script_enabled=False)
    page.goto(f"/laget/?{PERIOD}")

    assert page.get_by_role("heading", level=1).inner_text().startswith("Ingen säkerställd")
    assert page.locator("#var table tbody tr").count() >= 7  # another test adds a kommundel
    assert page.get_by_role("link", name="Frys bilden").count() == 0
