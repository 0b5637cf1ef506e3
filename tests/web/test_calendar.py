"""A calendar at a secret address: as its owner's rights are at each moment, and no longer."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
import vobject
from django.core.cache import cache
from django.test import Client
from icalendar import Calendar
from tests import people

from lykta.domain.partners.models import Membership
from lykta.domain.partners.rules import READ_PLACES
from lykta.infrastructure.access import Reach
from lykta.infrastructure.audit.models import Entry
from lykta.infrastructure.calendars import Entry as Line
from lykta.infrastructure.notifications.models import CalendarAddress

pytestmark = pytest.mark.django_db
MADE = "/notiser/kalender/"
STOCKHOLM = ZoneInfo("Europe/Stockholm")


def lines(reach: Reach, today: date) -> Iterator[Line]:
    """Yield a meeting and a day, with signs that a calendar must write in its own way."""
    if reach.may(READ_PLACES):
        at = datetime(2026, 12, 1, 9, 0, tzinfo=STOCKHOLM)
        yield Line(
            uid="meeting-1",
            title="Veckomöte; Åsen, Höjden",
            begins=at,
            ends=at.replace(hour=10),
            changed_at=datetime(2026, 11, 24, tzinfo=UTC),
            place="Sal 1, plan 2",
            text="Första raden\nandra raden " + "med många ord å ä ö " * 20,
        )
    yield Line("day-1", f"Klart senast {today}", today, today, datetime(2026, 11, 24, tzinfo=UTC))


@pytest.fixture(autouse=True)
def _lines(settings):
    cache.clear()  # what has been asked for before
    settings.CALENDARS = ("tests.web.test_calendar.lines",)


def made(client: Client) -> str:
    """Return the path of a new calendar address, as the page shows it."""
    page = client.post(MADE)
    assert page["Cache-Control"] == "no-store"
    return re.search(r">http://testserver(/kalender/[\w-]+\.ics)<", page.content.decode())[1]


def titles(answer) -> set[str]:
    return {str(each["summary"]) for each in Calendar.from_ical(answer.content).walk("VEVENT")}


def test_two_programs_read_the_same_from_it(enter):
    answer = Client().get(made(enter("vera")))

    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    first = next(
        each
        for each in Calendar.from_ical(answer.content).walk("VEVENT")
        if each["uid"].startswith("meeting-1@")
    )
    found = vobject.readOne(answer.content.decode()).vevent_list
    second = next(each for each in found if each.uid.value.startswith("meeting-1@"))
    assert str(first["summary"]) == second.summary.value == "Veckomöte; Åsen, Höjden"
    assert str(first["location"]) == second.location.value == "Sal 1, plan 2"
    assert str(first["description"]) == second.description.value
    assert first["dtstart"].dt == second.dtstart.value == datetime(2026, 12, 1, 8, 0, tzinfo=UTC)
    assert first["dtend"].dt == second.dtend.value == datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))


def test_it_is_asked_for_without_logging_in_and_kept_by_nobody(enter):
    path = made(enter("vera"))

    answer = Client().get(path)

    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    assert not answer.cookies
    assert Client().head(path).status_code == 200
    assert Client().post(path).status_code == 405


def test_only_a_digest_of_the_secret_is_kept_and_it_is_never_shown_again(enter):
    vera = enter("vera")
    token = made(vera).removeprefix("/kalender/").removesuffix(".ics")

    kept = str(list(CalendarAddress.objects.values())) + str(list(Entry.objects.values()))

    assert len(token) >= 43
    assert token not in kept
    assert token not in vera.get("/notiser/").content.decode()


def test_a_new_address_ends_the_old_one(enter):
    vera = enter("vera")
    first, second = made(vera), made(vera)

    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200
    assert CalendarAddress.objects.count() == 1


def test_an_address_that_was_taken_away_answers_as_one_that_never_was(enter):
    vera = enter("vera")
    path = made(vera)

    vera.post(MADE, {"ta-bort": "1"})

    gone, never = Client().get(path), Client().get("/kalender/" + "x" * 43 + ".ics")
    assert gone.status_code == never.status_code == 404
    assert plain(gone) == plain(never)
    actions = list(Entry.objects.order_by("number").values_list("action", flat=True))
    assert actions[-2:] == ["calendar.address_made", "calendar.address_taken_away"]


def plain(answer) -> str:
    page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())
    return re.sub(r"/kalender/[\w-]+\.ics", "", page)


def test_rights_are_of_the_moment_when_it_is_asked_for(enter):
    path = made(enter("vera"))
    before = titles(Client().get(path))
    Membership.objects.filter(account=people.account("vera")).update(role="it_operations")

    after = titles(Client().get(path))

    assert len(before) == 2
    assert len(after) == 1


@pytest.mark.parametrize("way", ["ended", "closed"])
def test_who_has_left_has_no_calendar(enter, way):
    path = made(enter("vera"))
    account = people.account("vera")
    if way == "ended":
        Membership.objects.filter(account=account).update(ends_on=people.SINCE)
    else:
        account.is_active = False
        account.save()

    assert Client().get(path).status_code == 404


def test_nobody_and_the_outsider_get_no_address(enter):
    assert Client().post(MADE).status_code == 302
    assert enter("cleo").post(MADE).status_code == 403
    assert not CalendarAddress.objects.exists()


def test_an_address_can_be_asked_for_sixty_times_an_hour_and_another_meanwhile(enter):
    first, second = made(enter("vera")), made(enter("farid"))
    program = Client()

    answers = [program.get(first).status_code for _ in range(61)]

    assert answers == [200] * 60 + [429]
    assert program.get(second).status_code == 200


def test_who_guesses_is_soon_let_down():
    program = Client()

    answers = [program.get(f"/kalender/{n}.ics").status_code for n in range(61)]

    assert answers == [404] * 60 + [429]


def test_a_house_without_anything_to_show_has_an_empty_calendar(enter, settings):
    settings.CALENDARS = ()

    answer = Client().get(made(enter("vera")))

    assert Calendar.from_ical(answer.content).walk("VEVENT") == []
    assert b"BEGIN:VCALENDAR" in answer.content


def test_the_page_says_since_when_there_is_an_address(enter):
    vera = enter("vera")
    assert "Gör en adress" in vera.get("/notiser/").content.decode()

    made(vera)

    page = vera.get("/notiser/").content.decode()
    assert "Du har en adress sedan" in page
    assert "Ta bort adressen" in page


def test_it_is_in_its_owners_language_whoever_asks(enter):
    vera = enter("vera")
    account = people.account("vera")
    account.language = "en"
    account.save()

    assert Client().get(made(vera))["Content-Language"] == "en"
