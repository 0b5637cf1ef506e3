"""The pages for residents: they report, follow and erase by a code, and see nothing of others."""

import json
import re
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone
from tests.domain.events.told import TEXT
from tests.web.test_reports import newest, said

from lykta.domain.events.forms import residents
from lykta.domain.events.models import Category, Claim, Event, Report
from lykta.domain.events.rules import Channel, State
from lykta.domain.places.models import Place
from lykta.infrastructure.access import Confidentiality
from lykta.infrastructure.retention import services as retention

URL, OPEN, FOLLOW = "/rapportera/", "/oppet/rapportera/", "/oppet/folj/"


def opened(client: Client) -> str:
    """Return what the open page says of when it was opened, as if some seconds ago."""
    with time_machine.travel(timezone.now() - timedelta(seconds=30), tick=False):
        return residents.opened_now()


def openly(client: Client, **values: str):
    """Report as a resident."""
    return client.post(OPEN, said(opened=opened(client), **values))


@pytest.fixture
def rut(filled):
    cache.clear()
    return Client(REMOTE_ADDR="127.0.0.9")


def code_of(page: str) -> str:
    """Return the code that a page shows."""
    return page.split("<output>")[1].split("</output>")[0]


def test_a_resident_reports_follows_reads_the_answer_and_erases(rut, enter):
    code = code_of(openly(rut).content.decode())
    key = newest().key
    waiting = rut.post(FOLLOW, {"code": code}).content.decode()
    enter("amina").post(f"{URL}{key}/godta/", {"answer": "Saneras på torsdag."})

    read = rut.post(FOLLOW, {"code": code.lower()}).content.decode()
    erased = rut.post(FOLLOW, {"code": code, "radera": "ja"}).content.decode()

    assert "väntar på att läsas" in waiting
    assert "Saneras på torsdag." in read
    assert TEXT not in read
    assert "Din text är borttagen" in erased
    assert (newest().description, newest().state) == ("", State.ERASED)
    assert Event.objects.filter(key=str(key)).exists()
    assert not Claim.objects.exists()


def test_a_code_that_never_was_looks_like_one_that_is_wrong(rut):
    code = code_of(openly(rut).content.decode())
    wrong = code[:-1] + ("2" if code[-1] != "2" else "3")

    tried = [wrong, "AAAA-AAAA-AAAA", "x-y-z"]
    answers = [rut.post(FOLLOW, {"code": each}) for each in tried]

    assert {each.status_code for each in answers} == {400}
    pages = {
        re.sub(r'name="csrf[^>]+>', "", each.content.decode()).replace(typed, "")
        for each, typed in zip(answers, tried, strict=True)
    }
    assert len(pages) == 1
    assert "Ingen rapport har den koden" in pages.pop()


def test_codes_are_not_tried_for_ever(rut):
    code = code_of(openly(rut).content.decode())
    for number in range(20):
        rut.post(FOLLOW, {"code": f"wrong-{number}"})

    assert rut.post(FOLLOW, {"code": code}).status_code == 400


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"website": "https://köp.example"}, "Lämna det fältet tomt."),
        ({"description": "Köp på https://example.com nu"}, "Skriv utan länkar."),
        ({"opened": "påhittat"}, "Något blev fel."),
        ({"opened": ""}, "Något blev fel."),
    ],
)
def test_programs_that_fill_in_forms_are_stopped(rut, values, sentence):
    before = Report.objects.count()

    answer = rut.post(OPEN, {**said(opened=opened(rut)), **values})

    assert answer.status_code == 400
    assert sentence in answer.content.decode()
    assert Report.objects.count() == before


def test_what_is_filled_in_faster_than_anyone_can_is_stopped(rut):
    answer = rut.post(OPEN, said(opened=residents.opened_now()))

    assert "Det gick väldigt fort." in answer.content.decode()


def test_the_same_text_is_not_sent_twice_and_one_address_not_without_end(rut):
    assert openly(rut).status_code == 200
    again = openly(rut, description=TEXT.upper())

    answers = [openly(rut, description=f"Klotter nummer {n} på väggen") for n in range(12)]

    assert again.status_code == 429
    assert "Den texten har redan kommit in." in again.content.decode()
    assert [each.status_code for each in answers] == [200] * 9 + [429] * 3
    assert "Det har kommit många rapporter härifrån" in answers[-1].content.decode()


def test_no_address_of_a_resident_is_kept(rut):
    openly(rut)

    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM lykta_cache")
        kept = json.dumps([list(map(str, row)) for row in cursor.fetchall()])
    assert "127.0.0.9" not in kept
    assert "open-report" in kept


@pytest.mark.parametrize("code", ["VIN", "CONCERN"])
def test_what_belongs_to_another_channel_is_shown_the_way_and_not_kept(rut, code):
    before = Report.objects.count()

    page = openly(rut, other_category=str(Category.objects.get(code=code).pk))

    assert page.status_code == 400
    assert "inget sparas" in page.content.decode()
    assert Report.objects.count() == before


def test_residents_see_how_long_what_they_tell_is_kept(rut):
    retention.load(today=timezone.localdate())

    page = rut.get("/oppet/personuppgifter/").content.decode()

    assert "Vem som rapporterade" in page


@pytest.fixture
def told_and_accepted(rut, enter):
    """Return what a resident has told and the co-ordinator has accepted, and its code."""
    code = code_of(openly(rut).content.decode())
    row = newest()
    enter("amina").post(f"{URL}{row.key}/godta/")
    return row, code


def test_who_knows_the_key_of_a_report_cannot_take_it_over(told_and_accepted):
    row, code = told_and_accepted
    other = Client(REMOTE_ADDR="127.0.0.8")

    answer = openly(other, key=str(row.key), description="Glas på gången vid dammen")

    assert code_of(answer.content.decode()) != code
    assert newest() != row
    assert (
        TEXT not in other.post(FOLLOW, {"code": code_of(answer.content.decode())}).content.decode()
    )
    assert other.post(FOLLOW, {"code": code}).status_code == 200


def test_the_key_of_a_report_of_an_organisation_leads_nowhere(rut, enter):
    enter("vera").post(URL, said())
    key = newest().key

    answer = openly(rut, key=str(key), description="Glas på gången vid dammen")

    assert answer.status_code == 200
    assert newest().key != key
    assert newest().channel == Channel.PUBLIC_FORM


def test_what_is_sent_twice_from_a_page_is_one_report_whose_last_code_holds(rut):
    values = said(opened=opened(rut))
    before = Report.objects.count()

    first, last = (code_of(rut.post(OPEN, values).content.decode()) for _ in range(2))
    other = rut.post(OPEN, values | {"description": "Något annat, från samma sida"})

    assert Report.objects.count() == before + 2
    assert rut.post(FOLLOW, {"code": first}).status_code == 400
    assert rut.post(FOLLOW, {"code": last}).status_code == 200
    assert other.status_code == 200


def test_what_was_stopped_may_be_mended_and_sent_with_the_same_words(rut):
    stopped = openly(rut, severity="4")
    taken = openly(rut, severity="4", has_called_112="on")

    assert "ring 112 först" in stopped.content.decode()
    assert taken.status_code == 200
    assert newest().severity == 4


def asked_openly(client: Client, **values: str) -> str:
    """Return the page that asks a resident whether it has been reported before."""
    return openly(client, same_as="", description="Färg på väggen", **values).content.decode()


def test_residents_know_of_others_only_category_place_and_day(told_and_accepted, enter):
    other = Client(REMOTE_ADDR="127.0.0.8")

    page = asked_openly(other)

    assert "Redan rapporterat?" in page
    assert "Lyktparken" in page.split('class="similar"')[1]
    assert TEXT not in page
    assert "<img" not in page.split('class="similar"')[1].split("</section>")[0]
    assert not re.search(r"kl\.\s+\d", page.split('class="similar"')[1].split("</section>")[0])


def test_residents_are_not_told_of_what_nobody_has_accepted(rut):
    openly(rut)

    assert "Redan rapporterat?" not in asked_openly(Client(REMOTE_ADDR="127.0.0.8"))


def test_residents_are_not_told_of_dwellings_nor_of_places_that_are_not_public(
    rut, enter, told_and_accepted
):
    openly(rut, place="Lyktvägen 4", description="Klotter på porten")
    home = newest()
    enter("amina").post(f"{URL}{home.key}/godta/")
    Place.objects.filter(code="P1").update(confidentiality=Confidentiality.PARTNERS)
    other, square = Client(REMOTE_ADDR="127.0.0.8"), Place.objects.get(code="P1")

    pages = [
        asked_openly(other, place="Lyktvägen 4"),
        asked_openly(other, place="Där jag är nu", lon=str(square.lon), lat=str(square.lat)),
    ]

    assert home.place.is_dwelling
    assert [page for page in pages if "Redan rapporterat?" in page] == []


def test_a_household_has_one_address_whatever_it_ends_in(rut):
    def household(start: str) -> list[int]:
        clients = [Client(REMOTE_ADDR=f"{start}:{n:x}") for n in range(1, 13)]
        return [
            openly(client, description=f"Klotter nummer {n} vid {start[-1]}").status_code
            for n, client in enumerate(clients)
        ]

    assert household("2001:db8:0:1:0:0:0").count(200) == 10
    assert household("2001:db8:0:2:0:0:0").count(200) == 10


def test_a_form_that_is_sent_all_the_time_is_not_looked_at(rut):
    answers = [rut.post(OPEN, {}) for _ in range(61)]

    assert "Vad gäller det?" in answers[-2].content.decode()
    assert "Det kommer väldigt mycket härifrån." in answers[-1].content.decode()


def test_an_erased_report_is_followed_no_more(rut, told_and_accepted):
    row, code = told_and_accepted

    rut.post(FOLLOW, {"code": code, "radera": "ja"})

    assert rut.post(FOLLOW, {"code": code}).status_code == 400
    assert Event.objects.filter(key=str(row.key)).exists()


def test_no_button_beside_the_code_loads_the_page_again(rut):
    form, thanks = rut.get(OPEN).content.decode(), openly(rut).content.decode()

    assert form.count('name="language" value="sv-x-latt"') == 1
    assert form.index('name="language"') < form.index('id="rapport"')
    assert "<form" not in thanks
