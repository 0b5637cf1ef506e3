"""A day of reporting on phones: five organisations, a resident, and a server that dies."""

import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from tests.browser import served
from tests.browser.looking import SIZES, faults_in_light_and_dark, tab_to
from tests.browser.test_offline import LETTERS, log_in, send, walk_to_form
from tests.ports import free_port

# The model of how long a report takes (docs/explanation/reporting.md), seconds.
TAP, LETTER, DECISION = 1.2, 0.5, 1.35
MOST_TAPS, MOST_LETTERS, MOST_SECONDS = 8, 60, 60
WHO = ("vera", "harriet", "farid", "otto", "nils")
EACH = 6
COMMON = "Klotter på gaveln, två meter."


class Town:
    """The demo, served by processes that can be killed, all at one address."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.environment = served.clean()
        served.copy_demo(folder)
        self.start()

    def start(self) -> None:
        """Serve: web and worker."""
        self.served = served.serve(self.folder, self.port, self.environment)

    def kill(self) -> None:
        """End web and worker at once, whatever they are doing."""
        for pid in family(self.served.pid):
            os.kill(pid, signal.SIGKILL)
        self.served.wait(20)


def family(pid: int) -> list[int]:
    """Return a process and all that it has started."""
    parents = {}
    for each in Path("/proc").iterdir():
        if each.name.isdecimal():
            with suppress(OSError):
                parents[int(each.name)] = int(
                    (each / "stat").read_text().rsplit(")")[-1].split()[1]
                )
    found = [pid]
    for one in found:
        found += [child for child, parent in parents.items() if parent == one]
    return found


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    made = Town(tmp_path / "demo")
    yield made
    made.kill()


@pytest.fixture
def phones(browser: Any, town: Town) -> Iterator[Any]:
    """Return what opens the form for someone on a phone."""
    contexts: list[Any] = []

    def opened(who: str) -> Any:
        width, height = SIZES["phone"]
        context = browser.new_context(
            viewport={"width": width, "height": height},
            locale="sv-SE",
            base_url=town.address,
            permissions=["background-sync"],
        )
        contexts.append(context)
        page = context.new_page()
        page.on("dialog", lambda dialog: dialog.accept())
        if who:
            log_in(page, who)
            walk_to_form(page)
        return page

    yield opened
    for context in contexts:
        context.close()


def words() -> str:
    """Return a text that no other report has."""
    return f"Skräp och glas vid muren {uuid4().hex.translate(LETTERS)[:10]}"


def fill(page: Any, text: str, *, place: str = "") -> None:
    """Answer the four questions."""
    page.locator("#id_category .chip").first.click()
    page.fill("#id_place", place or f"Boden {uuid4().hex.translate(LETTERS)[:6]}")
    if place:
        page.locator("#forslag button").first.click()
    page.locator("#id_moment .chip").first.click()
    page.fill("#id_description", text)


def received(page: Any) -> list[dict[str, Any]]:
    """Return every report of today that the reader may read."""
    found, number = [], 1
    while True:
        page_of = page.context.request.get(f"/api/rapporter/?sida={number}").json()
        found += page_of["reports"]
        if number >= min(page_of["pages"], 3):
            return found
        number += 1


@pytest.mark.slow
def test_a_day_of_reporting_loses_nothing_and_doubles_nothing(town, phones):
    told: list[str] = []
    pages = {who: phones(who) for who in WHO}

    def tell(who: str, text: str) -> None:
        fill(pages[who], text)
        assert "mottagen" in send(pages[who])
        told.append(text)

    # The morning: usual reports, one with a name in it, one that is acute, one told twice.
    for who in WHO:
        for _ in range(3):
            tell(who, words())
    named = pages["vera"]
    text = words()
    fill(named, f"{text}, Kalle var där")
    named.locator("#skicka").click()
    named.locator(".sent-back, #funnet:not([hidden])").first.wait_for()
    named.fill("#id_description", text)
    assert "mottagen" in send(named)
    told.append(text)
    acute = pages["harriet"]
    text = words()
    fill(acute, text)
    acute.locator("#rapport > details.more").evaluate("(details) => (details.open = true)")
    acute.select_option("#id_severity", "4")
    acute.locator("#ring:not([hidden])").get_by_text("Ring 112 först").wait_for()
    acute.check("#id_has_called_112")
    assert "mottagen" in send(acute)
    told.append(text)
    twice = pages["farid"]
    first, again = words(), words()
    fill(twice, first, place="Demotorget")
    assert "mottagen" in send(twice)
    fill(twice, again, place="Demotorget")
    twice.get_by_role("button", name="Ja, samma").first.click()
    assert "mottagen" in send(twice)
    told += [first, again]

    # At noon the server dies, in the middle of it; what is told then waits in the phones.
    waiting = {who: words() for who in ("otto", "nils", "vera")}
    town.kill()
    for who, text in waiting.items():
        fill(pages[who], text)
        assert "sparad i telefonen" in send(pages[who])
    town.start()
    for who in waiting:
        pages[who].get_by_role("button", name="Skicka nu").click()
        pages[who].locator("#utkorg").wait_for(state="hidden")
    told += waiting.values()

    # The afternoon: two written where there is no network.
    for who in ("otto", "nils"):
        text = words()
        pages[who].context.set_offline(True)
        fill(pages[who], text)
        assert "sparad i telefonen" in send(pages[who])
        pages[who].context.set_offline(False)
        pages[who].locator("#utkorg").wait_for(state="hidden")
        told.append(text)
    while len(told) < len(WHO) * EACH:
        tell(WHO[len(told) % len(WHO)], words())
    town.kill()
    town.start()

    # A resident tells, by no account, and follows what becomes of it.
    rut = phones("")
    code, seen = _tell_openly(rut)
    amina = phones("amina")
    amina.goto("/rapportera/inkommet/")
    amina.get_by_role("link", name="Mörk plats, Boden vid dammen").click()
    amina.get_by_label("Svar till den som rapporterade").fill("Lampan lagas på torsdag.")
    amina.get_by_role("button", name="Godta").click()
    amina.get_by_text("Beslutet är sparat.").wait_for()
    rut.goto("/oppet/folj/")
    rut.get_by_label("Följekod").fill(code)
    rut.get_by_role("button", name="Visa").click()
    rut.get_by_text("Rapporten är godtagen").wait_for()
    assert rut.get_by_text("Lampan lagas på torsdag.").is_visible()

    rows = [row["description"] for row in received(amina)]
    assert [rows.count(text) for text in [*told, seen]] == [1] * (len(WHO) * EACH + 1)


def _tell_openly(page: Any) -> tuple[str, str]:
    text = words()
    page.goto("/oppet/rapportera/")
    page.locator("#rapport[data-state=ready]").wait_for()
    page.locator("#id_category .chip", has_text="Annat").click()
    page.select_option("#id_other_category", label="Mörk plats")
    page.fill("#id_place", "Boden vid dammen")
    page.locator("#id_moment .chip").first.click()
    page.fill("#id_description", text)
    page.wait_for_timeout(3200)  # nobody answers in less
    page.locator("#skicka").click()
    if page.get_by_label("Ingen av dem, behåll min text").count():
        page.get_by_label("Ingen av dem, behåll min text").check()
        page.locator("#skicka").click()
    page.locator(".code output").wait_for()
    return page.locator(".code output").inner_text(), text


def test_the_commonest_report_takes_few_taps_and_letters(enter):
    page = enter("vera", size="phone")
    page.goto("/rapportera/")
    page.locator("#rapport[data-state=ready]").wait_for()
    taps = letters = 0

    def tap(where: Any) -> None:
        nonlocal taps
        where.click()
        taps += 1

    def type_in(where: Any, text: str) -> None:
        nonlocal letters
        tap(where)
        where.type(text)
        letters += len(text)

    tap(page.locator("#id_category .chip", has_text="Skadegörelse"))
    type_in(page.locator("#id_place"), "demot")
    tap(page.locator("#forslag button", has_text="Demotorget").first)
    tap(page.locator("#id_moment .chip", has_text="Nu").first)
    type_in(page.locator("#id_description"), COMMON)
    page.wait_for_timeout(1500)
    if page.locator("#liknande button").count():
        tap(page.get_by_role("button", name="Nej, en ny händelse"))
    tap(page.locator("#skicka"))
    page.locator("#sagt:not([hidden])").wait_for()

    seconds = taps * TAP + letters * LETTER + 4 * DECISION
    assert (taps <= MOST_TAPS, letters <= MOST_LETTERS) == (True, True), (taps, letters)
    assert seconds <= MOST_SECONDS, seconds


PAGES = (
    *("/rapportera/", "/rapportera/alla/", "/rapportera/inkommet/", "/rapportera/kategorier/"),
    *("/rapportera/kategorier/16/", "/oppet/rapportera/", "/oppet/folj/", "/omraden/platser/"),
    *("/oppet/personuppgifter/", "/oppet/tillganglighet/", "/administration/gallring/"),
)


@pytest.mark.parametrize("size", SIZES)
def test_every_page_of_reporting_is_accessible(enter, size):
    page = enter("amina", size=size)
    wrong = []
    for path in PAGES:
        page.goto(path)
        wrong += [(path, fault) for fault in faults_in_light_and_dark(page)]
    page.goto("/rapportera/inkommet/")
    page.locator(".incoming a").first.click()
    wrong += [("one", fault) for fault in faults_in_light_and_dark(page)]

    assert wrong == []


def test_a_report_is_written_with_the_keyboard_alone(enter):
    page = enter("farid")
    page.goto("/rapportera/")
    page.locator("#rapport[data-state=ready]").wait_for()
    text = words()

    page.locator('[name="category"]').first.focus()
    page.keyboard.press("Space")
    tab_to(page, "Var?")
    page.keyboard.type("demotorg")
    page.locator("#forslag button").first.wait_for()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator('[name="moment"]').first.focus()
    page.keyboard.press("Space")
    tab_to(page, "Vad har hänt?")
    page.keyboard.type(text)
    page.wait_for_timeout(1500)
    if page.locator("#liknande button").count():
        tab_to(page, "Nej, en ny händelse")
        page.keyboard.press("Enter")
    tab_to(page, "Skicka rapport")
    page.keyboard.press("Enter")
    page.locator("#sagt:not([hidden])").wait_for()

    rows = page.context.request.get("/api/rapporter/").json()["reports"]
    assert [row["description"] for row in rows].count(text) == 1
    assert next(row for row in rows if row["description"] == text)["place"] == "Demotorget"


def test_what_a_screen_reader_meets_is_the_whole_form_without_a_map(enter):
    page = enter("vera", size="phone")
    page.goto("/rapportera/")
    page.locator("#rapport[data-state=ready]").wait_for()

    tree = page.locator("#rapport").aria_snapshot()

    for name in ("Vad gäller det?", "Var?", "När?", "Vad har hänt?", "Skicka rapport"):
        assert name in tree, name
    assert "Där jag är nu" in tree


def test_it_can_be_reported_without_javascript(browser, site):
    context = browser.new_context(java_script_enabled=False, locale="sv-SE", base_url=site)
    page = context.new_page()
    log_in(page, "harriet")
    page.goto("/rapportera/")
    text = words()

    page.select_option("#id_other_category", label="Klotter")
    page.fill("#id_place", "Demotorget")
    page.locator("#id_moment .chip").first.click()
    page.fill("#id_description", text)
    page.locator("#skicka").click()
    if page.get_by_role("button", name="Nej, en ny händelse").count():
        page.get_by_role("button", name="Nej, en ny händelse").click()

    page.get_by_text("Tack. Rapporten är mottagen.").wait_for()
    context.close()
