"""The pages of reports: what is filled in is taken in, and what is wrong is said where it is."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from tests.domain.events.told import TEXT

from lykta.domain.events import services
from lykta.domain.events.models import Category, Event, Question, QuietWeek, Report
from lykta.domain.events.rules import Channel, LocationPrecision, State
from lykta.domain.places.models import Place

URL = "/rapportera/"
JSON = {"HTTP_ACCEPT": "application/json"}
OPEN = "/oppet/rapportera/"


@pytest.fixture
def square(filled):
    """Return the park of the register."""
    return Place.objects.get(code="P1")


def said(**values: str) -> dict[str, str]:
    """Return what is filled in, or what is said instead."""
    kind = str(Category.objects.get(code="GRAFFITI").pk)
    usual = {
        "other_category": kind,
        "place": "Lyktparken",
        "moment": "now",
        "description": TEXT,
        "same_as": "new",
    }
    return usual | values


def newest() -> Report:
    """Return the report that was received last."""
    return Report.objects.latest("pk")


def test_a_report_is_taken_in_without_any_script(square, enter):
    answer = enter("vera").post(URL, said(), follow=True)

    row = newest()
    assert (row.place, row.area.name, row.location_precision) == (
        square, "Åsa 10", LocationPrecision.PLACE,
    )  # fmt: skip
    assert "Tack. Rapporten är mottagen." in answer.content.decode()


def test_a_queue_is_told_that_it_has_been_received_and_that_again(square, enter):
    key = str(uuid4())
    vera = enter("vera")

    answers = [vera.post(URL, said(key=key), **JSON) for _ in range(2)]

    assert [(each.status_code, each.json()["is_new"]) for each in answers] == [
        (201, True),
        (200, False),
    ]


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"other_category": ""}, "category", "Välj vad det gäller."),
        ({"place": ""}, "place", "Skriv var det hände"),
        ({"moment": ""}, "moment", "Detta fält måste"),
        ({"moment": "other"}, "day", "Ange vilken dag"),
        ({"moment": "other", "day": "2126-01-01"}, "day", "har inte varit än"),
        (
            {"moment": "other", "day": "2026-11-02", "last_day": "2026-11-01"},
            "last_day",
            "slutar innan den börjar",
        ),
        ({"description": ""}, "description", "Detta fält måste"),
        ({"description": "Ring 070-174 06 05 om det"}, "__all__", "Ta bort telefonnumret."),
        ({"description": "Jag tror att ett barn far illa där"}, "__all__", "orosanmälan"),
        ({"severity": "4"}, "__all__", "ring 112"),
        ({"place": "Lyktpar"}, "place", "Välj platsen i listan"),
        ({"organisation": "0"}, None, ""),
    ],
)
def test_what_is_wrong_is_said_where_it_is_and_nothing_is_kept(
    square, enter, values, field, sentence
):
    before = Report.objects.count()

    answer = enter("vera").post(URL, said(**values), **JSON)

    assert Report.objects.count() == before
    if field is None:
        assert answer.status_code == 404
    else:
        assert answer.status_code == 400
        assert sentence in " ".join(answer.json()["errors"][field])


def test_a_place_that_is_not_in_the_register_is_kept_as_it_was_said(square, enter):
    enter("vera").post(URL, said(place="Bakom gamla boden", place_code="new"))

    row = newest()
    assert (row.place, row.place_text) == (None, "Bakom gamla boden")
    assert row.location_precision == LocationPrecision.MUNICIPALITY


def test_a_point_is_placed_and_one_outside_is_refused(square, enter):
    vera, lon, lat = enter("vera"), str(square.lon), str(square.lat)

    inside = vera.post(URL, said(place="Där jag är nu", lon=lon, lat=lat), **JSON)
    outside = vera.post(URL, said(place="Där jag är nu", lon="11.5", lat="58.0"), **JSON)

    assert (inside.status_code, newest().area.name) == (201, "Åsa 10")
    assert "utanför kommunen" in str(outside.json()["errors"])


def test_what_has_been_reported_before_is_asked_about(square, enter):
    harriet = enter("harriet")
    harriet.post(URL, said())
    first = newest()

    asked = harriet.post(URL, said(same_as=""), **JSON)
    shown = harriet.get(f"{URL}liknande/", said())
    harriet.post(URL, said(same_as=str(first.key)))

    assert "redan rapporterat" in str(asked.json()["errors"])
    assert TEXT in shown.content.decode()
    assert newest().same_as == first


def test_others_are_not_told_of_what_nobody_has_accepted(square, enter):
    enter("harriet").post(URL, said())

    shown = enter("vera").get(f"{URL}liknande/", said()).content.decode()
    enter("amina").post(f"{URL}{newest().key}/godta/")
    then = enter("vera").get(f"{URL}liknande/", said()).content.decode()

    assert "Redan rapporterat?" not in shown
    assert "Redan rapporterat?" in then
    assert TEXT not in then


def test_what_was_written_without_network_says_when(square, enter):
    written = timezone.now() - timedelta(hours=5)

    enter("vera").post(URL, said(written_at=written.isoformat()), **JSON)

    row = newest()
    assert row.channel == Channel.OFFLINE
    assert row.written_at == written
    assert row.first_minute == (local := timezone.localtime(written)).hour * 60 + local.minute


def test_questions_are_asked_and_answered_as_they_read_then(square, enter):
    question = Question.objects.current().first()
    vera, amina = enter("vera"), enter("amina")
    vera.post(URL, said(**{f"question_{question.pk}": "1"}))
    key = newest().key
    words = {"text": "Är färgen våt?", "choices": "ja\nnej\nvet ej", "order": "1"}
    amina.post(f"{URL}fragor/{question.pk}/", words)

    page = vera.get(f"{URL}{key}/").content.decode()

    assert question.text in page
    assert "Är färgen våt?" not in page
    assert "Är färgen våt?" in vera.get(URL).content.decode()


def test_a_text_is_looked_through_while_it_is_written(square, enter):
    text = "😀 Vi såg Kalle vid Lyktparken"

    found = enter("vera").post(f"{URL}granska/", {"text": text}).json()["findings"]

    # A browser counts the face as two.
    assert [text[each["start"] - 1 : each["end"] - 1] for each in found] == ["Kalle"]


def test_the_coordinator_accepts_several_at_once(square, enter):
    for _ in range(3):
        enter("vera").post(URL, said())
    keys = list(Report.objects.filter(state=State.SUBMITTED).values_list("pk", flat=True))

    page = enter("amina").post(f"{URL}inkommet/", {"rapport": keys}, follow=True)

    assert "4 rapporter är godtagna." in page.content.decode()
    assert Event.objects.filter(source__name=services.PARTNERS_SOURCE).count() == 4


def test_a_week_without_anything_is_said_with_one_press(square, enter):
    answer = enter("civil").post(f"{URL}inget/", follow=True)

    assert "Nu vet vi att ni inte har något att rapportera" in answer.content.decode()
    assert QuietWeek.objects.get().organisation.name == "Nattvandrarna"
