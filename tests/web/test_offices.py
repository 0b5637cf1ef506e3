"""The offices on the pages: what is missing is said, each day has its answer, and files hold it."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from icalendar import Calendar
from tests.domain.partners import offices
from tests.domain.partners.offices import mandate, owners, seat

from lykta.domain.partners import services
from lykta.domain.partners.models import CouncilMeeting, LeadBody
from lykta.domain.partners.services import Invited

pytestmark = pytest.mark.django_db
MISSING = (
    "Strategiskt råd saknas (10 §).",
    "Samordningsfunktion saknas (11 §).",
    "Det står inte vilken nämnd som leder arbetet (13 §).",
)


def note(said):
    return services.note(offices.reach("amina"), said, now=timezone.now())


def planned(**said) -> CouncilMeeting:
    begins = timezone.now() + timedelta(days=9)
    usual = {"begins_at": begins, "ends_at": begins + timedelta(hours=1), "agenda": "Lägesbilden"}
    return services.plan_council_meeting(
        offices.reach("amina"), Invited(**usual | said), now=timezone.now()
    )


def test_start_says_in_words_what_is_missing_until_it_is_noted(places, enter):
    amina = enter("amina")
    before = amina.get("/").content.decode()
    for said in (offices.council_terms(), offices.function_terms(), offices.lead_terms()):
        note(said)
    meeting = planned()

    after = amina.get("/").content.decode()

    assert [sentence in before for sentence in MISSING] == [True] * 3
    assert [sentence in after for sentence in MISSING] == [False] * 3
    assert f"/samverkan/rad/moten/{meeting.pk}/" in after


def test_a_page_answers_for_the_day_that_is_asked_about(enter):
    """R10."""
    first = note(mandate())
    note(mandate(held_by_id=owners().pk, starts_on=date(2022, 1, 1), root_id=first.chain))
    otto = enter("otto")

    held = [
        otto.get(f"/api/samverkan/uppdrag/?datum={day}").json()[0]["held_by"]
        for day in ("2019-12-01", "2026-11-24")
    ]

    assert held == ["Kommunstyrelsen", "Samverkan Demo"]


def test_a_committee_without_a_decision_is_asked_for_again_and_not_kept(enter):
    said = {"is_executive_board": "nej", "name": "Trygghetsnämnden", "starts_on": "2026-01-01"}

    answer = enter("amina").post("/samverkan/namnd/ny/", said)

    assert answer.status_code == 400
    assert "Ange diarienumret" in answer.content.decode()
    assert not LeadBody.objects.exists()


def test_the_council_in_the_api_is_that_of_the_day_with_who_sits_there(enter):
    note(offices.council_terms())
    note(seat(title="Gruppchef", ends_on=date(2020, 1, 31)))
    note(seat(starts_on=date(2020, 2, 1)))
    leo = enter("leo")

    titles = [
        [each["title"] for each in leo.get(f"/api/samverkan/rad/?datum={day}").json()["members"]]
        for day in ("2019-12-01", "2026-11-24")
    ]
    before = leo.get("/api/samverkan/rad/?datum=2018-01-01").json()

    assert titles == [["Gruppchef"], ["Lokalpolisområdeschef"]]
    assert (before["local_name"], before["is_led_by_the_municipality"]) == (None, False)


def test_what_is_missing_is_in_the_api_too(enter):
    lacks = enter("leo").get("/api/samverkan/ansvar/").json()

    assert (lacks["function"], lacks["lead_body"]) == (None, None)
    assert {"function", "lead_body", "council"} <= set(lacks["lacks"])


def test_members_and_meetings_are_saved_as_tables_that_run_no_formula(enter):
    note(seat(title="=chef"))
    planned(place="Salen")
    vera = enter("vera")

    members = vera.get("/samverkan/rad/ledamoter.csv").content.decode("utf-8-sig")
    meetings = vera.get("/samverkan/rad/moten.csv").content.decode("utf-8-sig")

    assert members.splitlines()[1].startswith("Lokalpolisområdet;'=chef;ja;2019-01-01;")
    assert "Salen;planerat;Lägesbilden" in meetings


def test_a_meeting_is_one_entry_for_a_calendar_and_a_cancelled_one_says_so(enter):
    meeting = planned(place="Salen")
    outcome = services.Outcome(offices.CANCELLED)
    services.tell_of_council_meeting(offices.reach("amina"), meeting, outcome, now=timezone.now())

    answer = enter("vera").get(f"/samverkan/rad/moten/{meeting.pk}/mote.ics")

    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert (str(event["location"]), str(event["status"])) == ("Salen", "CANCELLED")


def test_a_meeting_that_is_told_of_is_no_longer_changed(enter):
    meeting = planned()
    services.tell_of_council_meeting(
        offices.reach("amina"), meeting, services.Outcome(offices.CANCELLED), now=timezone.now()
    )

    answer = enter("amina").get(f"/samverkan/rad/moten/{meeting.pk}/andra/")

    assert answer.status_code == 404


def test_the_council_and_the_assignments_are_found_by_their_names(enter):
    note(offices.council_terms())
    note(mandate())
    leo = enter("leo")

    assert "Lyktans brottsförebyggande råd" in leo.get("/sok/?q=brottsförebygg").content.decode()
    assert "Operativ samordnare" in leo.get("/sok/?q=operativ").content.decode()


def test_residents_read_how_the_function_is_reached_and_nothing_where_there_is_none(client):
    before = client.get("/oppet/personuppgifter/").content.decode()
    note(offices.function_terms())

    after = client.get("/oppet/personuppgifter/").content.decode()

    assert "Kontakta oss" not in before
    assert "trygghet@lykta.example" in after


def test_a_row_that_is_put_right_is_no_longer_to_be_put_right(enter):
    row = note(offices.function_terms())
    services.withdraw(offices.reach("amina"), row, now=timezone.now())

    assert enter("amina").get(f"/samverkan/funktion/{row.pk}/ratta/").status_code == 404
