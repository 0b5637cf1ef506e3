"""A whole week on phones and a desk: reports, triage, the picture, its meeting, and the answers."""

import io
import json
import time
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import icalendar
import pypdfium2
import pytest
from docx import Document
from tests.browser.looking import SIZES, axe, faults_in_light_and_dark, tab_to
from tests.browser.test_offline import LETTERS, walk_to_form

from lykta.domain.meetings.rules import Week, week_of

WHO = ("vera", "harriet", "farid", "otto", "nils")
ORGANISATIONS = (
    *("Trygghetsvärdarna", "Bostadsbolaget Exempel", "Demofältarna"),
    *("Demosamverkan", "Demovandrarna"),
)
N_REPORTS = 30
KINDS = ("Klotter", "Mörk plats")
GRAFFITI = KINDS[0]


def letters(n: int) -> str:
    return uuid4().hex.translate(LETTERS)[:n]


def write(page: Any, text: str, *, kind: str, day: date, place: str = "") -> None:
    """Fill in what happened at noon of a day."""
    page.locator("#id_category .chip", has_text="Annat").click()
    page.select_option("#id_other_category", label=kind)
    page.fill("#id_place", place or f"Boden {letters(6)}")
    if place:
        page.locator("#forslag button").first.click()
    page.locator("#id_moment .chip", has_text="Annan tid").click()
    page.fill("#id_day", str(day))
    page.fill("#id_clock", "12:00")
    page.fill("#id_description", text)


def sent(page: Any) -> str:
    """Press the button, say of what is much like it that this is another, and return the answer."""
    page.locator("#sagt").evaluate("(told) => (told.hidden = true)")
    page.locator("#skicka").click()
    ended = page.locator("#sagt:not([hidden])")
    another = page.get_by_role("button", name="Nej, en ny händelse")
    ended.or_(another).or_(page.locator("#funnet:not([hidden])")).first.wait_for()
    if another.count():
        another.click()
        page.locator("#skicka").click()
    assert not page.locator("#funnet:not([hidden])").count(), page.locator("#rapport").inner_text()
    ended.wait_for()
    return str(ended.inner_text())


def n_told(page: Any, path: str) -> int:
    """Return how many events a page says that the week brought."""
    page.goto(path)
    said = page.locator(".sentences .sentence").first.inner_text()
    return int(said.split(" kom ")[1].split(" ")[0])


def accept_all(page: Any, mark: str) -> int:
    """Accept every report whose words hold a mark, page by page; return how many."""
    n, number = 0, 1
    while number < 10:
        page.goto(f"/rapportera/inkommet/?sida={number}")
        ours = page.locator(".incoming > li", has_text=mark)
        found = ours.count()
        for k in range(found):
            ours.nth(k).get_by_role("checkbox").check()
        if found:
            page.get_by_role("button", name="Godta de valda").click()
            page.get_by_text("godtag", exact=False).first.wait_for()
        n, number = n + found, number + (not found)
    return n


def downloaded(page: Any, path: str) -> bytes:
    """Return a file that the page leads to."""
    answer = page.context.request.get(path)
    assert answer.ok, path
    return bytes(answer.body())


def decide(page: Any, text: str, *, category: str, organisation: str) -> None:
    page.get_by_label("Nytt beslut").fill(text)
    page.get_by_label("Ansvarig", exact=True).select_option(label=organisation)
    page.get_by_label("Gäller kategori").select_option(label=category)
    page.get_by_role("button", name="Gör till åtgärd").click()
    page.get_by_text("är skapad.").wait_for()


class Told:
    """What five organisations tell of a week on their phones, each report with a mark."""

    def __init__(self, enter: Any, week: Week) -> None:
        self.week, self.mark = week, letters(8)
        self.texts: list[str] = []
        self.pages = {who: enter(who, size="phone", permissions=["background-sync"]) for who in WHO}
        for page in self.pages.values():
            walk_to_form(page)

    def write(self, who: str, *, kind: str = "", place: str = "") -> Any:
        """Fill in one more report, and return its page."""
        n, page = len(self.texts), self.pages[who]
        text = f"Rutan vid muren är trasig {self.mark} {letters(6)}"
        day = self.week.monday + timedelta(days=0 if place else n % 7)
        write(page, text, kind=kind or KINDS[n % 2], day=day, place=place)
        self.texts.append(text)
        return page

    def tell(self, who: str) -> None:
        """Write a report and send it."""
        assert "mottagen" in sent(self.write(who))

    def name_someone(self, who: str) -> None:
        """Write a name, be stopped, and send without it."""
        page = self.write(who)
        page.fill("#id_description", f"{self.texts[-1]}, Kalle var där")
        page.locator("#skicka").click()
        page.locator(".sent-back, #funnet:not([hidden])").first.wait_for()
        page.fill("#id_description", self.texts[-1])
        assert "mottagen" in sent(page)

    def tell_of_what_is_acute(self, who: str) -> None:
        """Send what belongs to 112 first, once it has been called."""
        page = self.write(who)
        page.locator("#rapport > details.more").evaluate("(details) => (details.open = true)")
        page.select_option("#id_severity", "4")
        page.check("#id_has_called_112")
        assert "mottagen" in sent(page)

    def tell_twice(self, who: str) -> None:
        """Send the same thing twice, and say that it is the same."""
        with self.pages[who].expect_response(lambda each: "clock=12" in each.url):
            page = self.write(who, kind=GRAFFITI, place="Demotorget")
        assert "mottagen" in sent(page)
        self.write(who, kind=GRAFFITI, place="Demotorget")
        page.get_by_role("button", name="Ja, samma").first.click()
        assert "mottagen" in sent(page)

    def tell_without_network(self, who: str) -> None:
        """Write where there is no network, and send when there is."""
        context = self.pages[who].context
        context.set_offline(True)
        page = self.write(who)
        assert "sparad i telefonen" in sent(page)
        context.set_offline(False)
        page.locator("#utkorg").wait_for(state="hidden", timeout=20_000)


def reject(page: Any, text: str) -> None:
    """Reject the report that says a text, with a reason."""
    number = 1
    page.goto("/rapportera/inkommet/")
    while not page.locator(".incoming > li", has_text=text).count():
        number += 1
        page.goto(f"/rapportera/inkommet/?sida={number}")
    page.locator(".incoming > li", has_text=text).get_by_role("link", name="Avvisa").click()
    page.get_by_label("Skäl", exact=False).first.fill("Redan lagat.")
    page.get_by_role("button", name="Avvisa").click()
    page.get_by_text("Beslutet är sparat.").wait_for()


def hold(page: Any, mark: str) -> None:
    """Hold the meeting: who is here, two decisions, and its end."""
    for name in ORGANISATIONS:
        page.get_by_label(name, exact=True).check()
    page.locator(".attendance").get_by_role("button", name="Spara").click()
    page.get_by_text("Närvaron är sparad.").wait_for()
    decide(page, f"Sanera gaveln {mark}", category="Skadegörelse", organisation=ORGANISATIONS[1])
    decide(page, f"Byt lamporna {mark}", category="Otrygg plats", organisation=ORGANISATIONS[3])
    assert axe(page) == ""
    page.get_by_role("button", name="Avsluta mötet").click()
    page.get_by_text("Mötet är avslutat och protokollet skrivet.").wait_for()
    assert axe(page) == ""


def papers_that_differ(page: Any, root: str, said: str) -> list[str]:
    """Return the forms of picture and minutes that do not say what they should."""
    found = {}
    for name in ("bild", "mote/protokoll"):
        pdf = pypdfium2.PdfDocument(downloaded(page, f"{root}{name}/pdf"))
        text = " ".join(each.get_textpage().get_text_range() for each in pdf)
        found[f"{name}/pdf"] = " ".join(text.split())
        word = Document(io.BytesIO(downloaded(page, f"{root}{name}/docx")))
        found[f"{name}/docx"] = "\n".join(each.text for each in word.paragraphs)
    calendar = icalendar.Calendar.from_ical(downloaded(page, f"{root}mote/mote.ics"))
    found["ics"] = str(calendar.walk("VEVENT")[0]["DESCRIPTION"])
    return [name for name, text in found.items() if said not in text]


def carry_out(phone: Any, desk: Any, mark: str) -> None:
    """Do what was decided, by phone, and tell those who reported."""
    phone.goto("/")
    phone.get_by_role("link", name=f"Sanera gaveln {mark}").click()
    phone.get_by_label("Läge", exact=True).select_option(label="klar")
    phone.get_by_label("Vad som har gjorts").fill("Gaveln är sanerad.")
    phone.get_by_role("button", name="Spara").click()
    phone.get_by_text("Åtgärden är ändrad.").wait_for()
    desk.goto("/veckan/atgarder/?lage=done")
    desk.get_by_role("link", name=f"Sanera gaveln {mark}").click()
    desk.get_by_label("Det här hände").fill("Gaveln är sanerad, tack för hjälpen.")
    desk.get_by_role("button", name="Svara på").click()
    desk.get_by_text("fått svar.").wait_for()


def answers_of(page: Any, mark: str) -> dict[str, str]:
    """Return what each of the reader's reports has come to, by its words."""
    rows = page.context.request.get("/api/rapporter/").json()["reports"]
    found = {}
    for row in rows:
        if mark in row["description"]:
            page.goto(f"/rapportera/{row['key']}/")
            found[row["description"]] = page.locator("main").inner_text()
    return found


@pytest.mark.slow
def test_a_whole_week_from_reports_to_answers(enter):
    week = week_of(datetime.fromtimestamp(time.time(), ZoneInfo("Europe/Stockholm")).date()).before
    root = f"/veckan/{week.key}/"
    desk = enter("amina")
    before = n_told(desk, root)

    told = Told(enter, week)
    for who in WHO * 4:
        told.tell(who)
    told.name_someone("vera")
    told.tell_of_what_is_acute("harriet")
    told.tell_twice("farid")
    told.tell_without_network("otto")
    told.tell_without_network("nils")
    for who in WHO[: N_REPORTS - len(told.texts)]:
        told.tell(who)
    assert len(told.texts) == N_REPORTS

    reject(desk, told.texts[0])
    n_accepted = accept_all(desk, told.mark)
    assert n_accepted == N_REPORTS - 1
    n = n_told(desk, root)
    assert n == before + n_accepted - 1  # what was told twice is one event

    assert axe(desk) == ""
    desk.get_by_label("Samordningens text").fill("Mörka stråk nämns ofta.")
    desk.get_by_role("button", name="Frys bilden").click()
    desk.get_by_text("Bilden är fryst, och mötet är planerat.").wait_for()
    hold(desk, told.mark)

    assert n_told(enter("kerstin", size="phone"), root) == n
    assert papers_that_differ(desk, root, f"kom {n} händelser") == []
    kept = json.loads(downloaded(desk, f"{root}bild/json"))["data"]
    minutes = json.loads(downloaded(desk, f"{root}mote/protokoll/json"))["data"]
    by_machine = json.loads(downloaded(desk, f"/api/veckan/{week.key}"))
    assert [each["total"]["count"] for each in (kept, minutes["picture"], by_machine)] == [n] * 3
    assert set(ORGANISATIONS) <= set(minutes["present"])

    carry_out(told.pages["harriet"], desk, told.mark)
    vera = told.pages["vera"]
    vera.goto("/notiser/")
    assert vera.get_by_text("Din rapport är behandlad").first.is_visible()
    answers = answers_of(vera, told.mark)
    assert "Veckomötet beslutade:" not in answers.pop(told.texts[0])
    assert answers
    assert all("Veckomötet beslutade:" in shown for shown in answers.values())
    assert any("Gaveln är sanerad, tack för hjälpen." in shown for shown in answers.values())


PAGES = (
    *("/veckan/", "/veckan/2026-45/", "/veckan/2026-45/mote/", "/veckan/2026-45/mote/?storbild=1"),
    *("/veckan/atgarder/", "/veckan/atgarder/1/", "/veckan/arshjul/", "/veckan/brev/"),
)


@pytest.mark.parametrize("size", SIZES)
def test_every_page_of_the_week_is_accessible(enter, size):
    page = enter("amina", size=size)
    wrong = []
    page.goto("/veckan/brev/")
    letter = page.locator("table a").first.get_attribute("href")
    for path in (*PAGES, letter):
        page.goto(path)
        wrong += [(path, fault) for fault in faults_in_light_and_dark(page)]

    assert wrong == []


def test_something_is_planned_with_the_keyboard_alone(enter):
    page = enter("amina")
    page.goto("/veckan/arshjul/")
    name = f"Demofest {letters(6)}"

    tab_to(page, "Vad")
    page.keyboard.type(name)
    tab_to(page, "Från och med")
    page.keyboard.type("05062027")
    tab_to(page, "Lägg till")
    page.keyboard.press("Enter")

    page.get_by_text("Sparat.").wait_for()
    assert page.get_by_text(name).first.is_visible()


def test_the_week_says_the_same_without_scripts(enter):
    page = enter("vera", java_script_enabled=False)
    page.goto("/veckan/2026-45/")

    assert page.get_by_role("heading", level=1).inner_text() == "Veckans lägesbild, v. 45 2026"
    assert page.get_by_role("button", name="Frys bilden").count() == 0
    page.get_by_role("link", name="Till mötet").click()
    assert page.get_by_role("heading", name="Beslut").is_visible()
