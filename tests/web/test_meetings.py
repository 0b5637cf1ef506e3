"""The pages of the week: who sees what, and that every form of it says the same."""

import io
import json
from datetime import timedelta

import icalendar
import pypdfium2
import pytest
from docx import Document as Word
from tests.domain.events import told
from tests.domain.meetings.conftest import (  # noqa: F401 - fixtures
    NOW,
    WEEK,
    accept,
    even_weeks,
    report,
    town,
)
from tests.domain.places.conftest import TODAY, places, read_in, write  # noqa: F401 - fixtures

from lykta.domain.meetings import selectors, services
from lykta.domain.meetings.models import Action, WeeklyPicture
from lykta.domain.meetings.rules import ActionKind, month_of
from lykta.domain.partners.models import Organisation
from lykta.infrastructure.access import SYSTEM

PAGE = f"/veckan/{WEEK.key}/"


@pytest.fixture
def held(town, enter):  # noqa: F811 - the fixture of that name
    """Return Amina, logged in, after a week with three reports, a meeting and a decision."""
    accept(report(), report("vera", place="P2"), report("vera", code="LITTER"))
    amina = enter("amina")
    amina.post(f"{PAGE}frys/", {"narrative": "Lugnt för årstiden."})
    said = {
        "text": "=1 lampa ska bytas",
        "kind": "clean_repair",
        "organisation": Organisation.objects.get(name="Bostadsbolaget").pk,
        "due": str(TODAY + timedelta(days=400)),
        "priority": "normal",
        "area": "",
        "category": "",
    }
    answer = amina.post(f"{PAGE}mote/beslut/", said)
    assert answer.status_code == 302, answer.context["decision_form"].errors
    assert amina.post(f"{PAGE}mote/avsluta/", {"no_action": ""}).status_code == 302
    return amina


def test_a_draft_is_for_those_who_hold_the_meeting(town, enter):  # noqa: F811
    assert enter("amina").get(PAGE).status_code == 200
    assert enter("leo").get(PAGE).status_code == 404
    assert enter("vera").get(PAGE).status_code == 404


def test_what_is_frozen_is_for_all_partners(held, enter):
    page = enter("kerstin").get(PAGE).content.decode()

    assert "Lugnt för årstiden." in page
    assert "Frys bilden" not in page


def test_a_week_that_is_not_over_has_no_page(town, enter):  # noqa: F811
    from lykta.domain.meetings.rules import week_of

    now = week_of(TODAY + timedelta(weeks=5200))
    assert enter("amina").get(f"/veckan/{now.key}/").status_code == 404


def test_every_form_says_how_many(held):
    figures = selectors.figures_of(WeeklyPicture.objects.get())
    said = f"V. {WEEK.number} {WEEK.year} kom {figures['total']['count']} händelser"

    def form(name: str) -> bytes:
        return b"".join(held.get(f"{PAGE}bild/{name}").streaming_content)

    pdf = " ".join(
        page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(form("pdf"))
    )
    word = "\n".join(each.text for each in Word(io.BytesIO(form("docx"))).paragraphs)
    calendar = icalendar.Calendar.from_ical(held.get(f"{PAGE}mote/mote.ics").content)
    told_there = str(calendar.walk("VEVENT")[0]["DESCRIPTION"])
    forms = {
        "page": held.get(PAGE).content.decode(),
        "meeting": held.get(f"{PAGE}mote/").content.decode(),
        "html": form("html").decode(),
        "pdf": pdf,
        "docx": word,
        "ics": told_there,
    }

    def plain(text: str) -> str:
        return " ".join(text.replace("\N{NO-BREAK SPACE}", " ").replace("&nbsp;", " ").split())

    assert [name for name, text in forms.items() if said not in plain(text)] == []
    assert json.loads(form("json"))["data"]["total"] == figures["total"]
    assert held.get(f"/api/veckan/{WEEK.key}").json() == json.loads(json.dumps(figures))
    assert f"alla;alla;{figures['total']['count']};" in form("csv").decode("utf-8-sig")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_the_api_changes_nothing(held, method):
    before = held.get(f"/api/veckan/{WEEK.key}").content

    answer = getattr(held, method)(f"/api/veckan/{WEEK.key}", {}, content_type="application/json")

    assert answer.status_code == 405
    assert held.get(f"/api/veckan/{WEEK.key}").content == before


def test_what_is_frozen_is_not_frozen_again(held):
    answer = held.post(f"{PAGE}frys/", {"narrative": "Något annat."})

    assert answer.status_code == 400
    assert "redan fryst" in answer.content.decode()
    assert WeeklyPicture.objects.count() == 1


def test_a_decision_is_an_action_that_its_organisation_finishes(held, enter):
    action = Action.objects.get()
    path = f"/veckan/atgarder/{action.pk}/"
    harriet, vera = enter("harriet"), enter("vera")
    done = {"state": "done", "result": "Gaveln är sanerad.", "due": str(action.due)}

    assert "Skriv hur det går" not in vera.get(path).content.decode()
    assert vera.post(path, done).status_code == 404
    assert harriet.post(path, done).status_code == 302

    assert "Gaveln är sanerad." in held.get("/veckan/atgarder/?lage=done").content.decode()
    assert "Gaveln är sanerad." not in held.get("/veckan/atgarder/").content.decode()


def test_no_program_for_tables_takes_a_decision_for_a_formula(held):
    assert ";'=1 lampa ska bytas;" in held.get("/veckan/atgarder/tabell.csv").content.decode()


def test_what_tells_of_a_person_is_not_decided(held, enter):
    picture = selectors.meeting(SYSTEM, WEEK)
    picture.closed_at = None
    picture.save()
    answer = held.post(
        f"{PAGE}mote/beslut/",
        {
            "text": "Ring 070-174 06 05 i morgon",
            "kind": ActionKind.DIALOGUE,
            "organisation": Organisation.objects.get(name="Bostadsbolaget").pk,
            "due": str(TODAY + timedelta(days=400)),
            "priority": "normal",
        },
    )

    assert answer.status_code == 400
    assert Action.objects.count() == 1


def test_the_letter_of_a_month_tells_an_organisation_of_its_own(held, enter):
    month = month_of(TODAY)
    said = selectors.letter(SYSTEM, _pk("Bostadsbolaget"), month, today=month.after.first)

    assert (said["n"], said["n_answered"], said["n_rejected"]) == (1, 1, 0)
    assert (said["weeks_heard"], said["weeks"]) == (2, 4)  # of the week, and in the one after
    told_of = services.letter_in(
        SYSTEM, _pk("Bostadsbolaget"), month, "docx", today=month.after.first
    )
    text = "\n".join(each.text for each in Word(io.BytesIO(told_of[1])).paragraphs)
    assert "Ni skickade en rapport." in text
    assert told_of[0] == "manadsbrev-2026-11-till-bostadsbolaget.docx"


def test_a_letter_is_for_its_own_organisation_and_the_co_ordination(held, enter):
    month = month_of(TODAY).before
    path = f"/veckan/brev/{_pk('Bostadsbolaget')}/{month.key}/"

    assert enter("harriet").get(path).status_code == 200
    assert enter("amina").get(path).status_code == 200
    assert enter("vera").get(path).status_code == 404
    assert enter("kerstin").get(path).status_code == 404


def test_a_month_that_is_not_over_has_no_letter(held):
    assert held.get(f"/veckan/brev/{_pk('Bostadsbolaget')}/2999-01/").status_code == 404


def _pk(name: str) -> int:
    return Organisation.objects.get(name=name).pk


def test_it_is_asked_in_time_what_was_noticed(held, enter):
    action = Action.objects.get()
    Action.objects.update(state="done", result="Bytt.", effect_week=TODAY - timedelta(weeks=1))
    listed = "/veckan/atgarder/?lage=efterat"

    assert "vad som märktes av en åtgärd" in held.get("/").content.decode()
    assert "vad som märktes av en åtgärd" not in enter("harriet").get("/").content.decode()
    assert action.number in held.get(listed).content.decode()
    held.post(f"/veckan/atgarder/{action.pk}/efterat/", {"effect": "Inget nytt klotter."})
    assert action.number not in held.get(listed).content.decode()


def test_start_tells_what_is_due_and_the_area_what_was_decided(held, enter):
    assert "=1 lampa ska bytas" in enter("harriet").get("/").content.decode()
    assert "=1 lampa ska bytas" not in enter("vera").get("/").content.decode()
    assert "=1 lampa ska bytas" in held.get("/sok/?q=lampa").content.decode()
    assert told.TEXT  # the words of reports are not among them
    assert told.TEXT not in held.get(PAGE).content.decode()
