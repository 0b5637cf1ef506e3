"""Cooperation on the pages: the door closes with the agreement, and an invitation opens it."""

import re
from datetime import date, timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from tests import people

from lykta.domain.partners import services
from lykta.domain.partners.models import Agreement, Membership, Organisation
from lykta.domain.partners.rules import Role
from lykta.domain.partners.selectors import reach_of
from lykta.domain.partners.services import Asked
from lykta.infrastructure.notifications import sending, subscriptions
from lykta.infrastructure.notifications.kinds import Channel
from lykta.infrastructure.notifications.models import Choice, Mail
from lykta.infrastructure.notifications.services import notify

pytestmark = pytest.mark.django_db
PASSWORD = "en-lykta-i-natten-26"
DRAFT = {
    "title": "Tryggare centrum", "kind": "general", "purposes": "Färre bränder",
    "is_everywhere": "on", "gives_access": "on", "starts_on": "2026-11-01",
}  # fmt: skip


def reach(name: str):
    return reach_of(people.account(name).pk, on=timezone.localdate())


def end_all_agreements(client: Client) -> None:
    """End every agreement as Amina does: on its page."""
    for row in Agreement.objects.exclude(signed_on=None):
        answer = client.post(
            f"/samverkan/overenskommelser/{row.pk}/avsluta/", {"reason": "Ny form"}
        )
        assert answer.status_code == 302


def test_an_agreement_goes_from_draft_to_the_door_it_opens(enter):
    police = Organisation.objects.create(name="Polisen", kind="police")
    amina = enter("amina")
    made = amina.post("/samverkan/overenskommelser/ny/", DRAFT | {"parties": [police.pk]})
    row = Agreement.objects.get(title="Tryggare centrum")

    answer = amina.post(f"{made.headers['Location']}undertecknad/", {"signed_on": "2026-11-02"})

    row.refresh_from_db()
    assert (answer.status_code, row.signed_on) == (302, date(2026, 11, 2))
    assert "Tryggare centrum" in enter("vera").get("/samverkan/").content.decode()


def test_what_lacks_before_it_is_signed_is_said(enter):
    amina = enter("amina")
    made = amina.post("/samverkan/overenskommelser/ny/", {"title": "A", "kind": "police",
                                                         "starts_on": "2026-11-01"})  # fmt: skip

    page = amina.get(made.headers["Location"]).content.decode()
    refused = amina.post(f"{made.headers['Location']}undertecknad/", {"signed_on": "2026-11-02"})

    for sentence in ("Ange minst ett syfte.", "Ange var den gäller.", "Polisen ska vara part."):
        assert sentence in page
        assert sentence in refused.content.decode()
    assert refused.status_code == 400


def test_an_ended_agreement_closes_the_open_session_at_the_next_click(enter):
    harriet = enter("harriet")
    before = harriet.get("/rapportera/").status_code

    end_all_agreements(enter("amina"))

    after = harriet.get("/rapportera/")
    assert (before, after.status_code) == (200, 403)
    assert "Bostadsbolaget" not in after.content.decode()
    assert harriet.get("/api/omraden/").status_code == 404
    assert harriet.post("/rapportera/", {"key": "x"}).status_code == 403


def test_an_ended_agreement_closes_the_calendar(enter):
    enter("harriet")
    token = subscriptions.make(reach("harriet"), now=timezone.now())
    before = Client().get(f"/kalender/{token}.ics").status_code

    end_all_agreements(enter("amina"))

    assert (before, Client().get(f"/kalender/{token}.ics").status_code) == (200, 404)


def test_an_ended_agreement_withholds_the_mail_that_waits(enter, settings):
    settings.EMAIL_HOST = "localhost"
    harriet = people.account("harriet")
    Choice.objects.create(account=harriet, kind="meetings.silent", channel=Channel.AT_ONCE)
    with_mail = Mail.objects.filter(account=harriet)
    notify("meetings.silent", subject="2026-47", to=[harriet.pk], key="k", now=timezone.now())
    waiting = with_mail.get()

    end_all_agreements(enter("amina"))
    sending.send(waiting.pk, now=timezone.now() + timedelta(seconds=1))

    assert mail.outbox == []
    assert with_mail.get().state == "withheld"


def test_an_ended_agreement_closes_the_links_that_ask_in(enter):
    people.account("harriet")
    company = Organisation.objects.get(name="Bostadsbolaget")
    _row, path = services.invite_member(
        reach("amina"), Asked(company, Role.SAFETY_HOST), email="ny@example.org", name="Ny",
        now=timezone.now(),
    )  # fmt: skip
    before = Client().get(path).status_code

    end_all_agreements(enter("amina"))

    after, never = Client().get(path), Client().get("/inbjudan/finns-inte/")
    assert (before, after.status_code, never.status_code) == (200, 404, 404)


def test_an_invitation_is_mailed_with_the_address_of_its_page(enter, settings):
    settings.EMAIL_HOST = "localhost"
    people.account("harriet")
    company = Organisation.objects.get(name="Bostadsbolaget")
    enter("amina").post(
        "/administration/inbjudningar/ny/",
        {"email": "ny@example.org", "name": "Ny", "organisation": company.pk,
         "role": "housing_company"},
    )  # fmt: skip

    sending.send(Mail.objects.get().pk, now=timezone.now() + timedelta(seconds=1))

    (letter,) = mail.outbox
    assert letter.to == ["ny@example.org"]
    assert letter.subject == "lykta: Du är inbjuden till lykta"


def test_without_a_mail_server_the_link_is_shown_once_and_leads_in(enter):
    people.account("harriet")
    company = Organisation.objects.get(name="Bostadsbolaget")
    shown = enter("amina").post(
        "/administration/inbjudningar/ny/",
        {"email": "ny@example.org", "name": "Ny", "organisation": company.pk,
         "role": "housing_company"},
    )  # fmt: skip
    path = re.search(r"/inbjudan/[^\"]+", shown.content.decode()).group()
    guest = Client()
    page = guest.get(path).content.decode()

    accepted = guest.post(path, {"password": PASSWORD, "again": PASSWORD})

    assert "Du kan rapportera och läsa din egen organisations rapporter." in page
    assert accepted.status_code == 302
    assert guest.post("/logga-in/", {"login": "ny@example.org", "password": PASSWORD}).url == "/"
    assert guest.get("/rapportera/").status_code == 200
    assert Client().get(path).status_code == 404


def test_two_passwords_that_differ_are_asked_for_again(enter):
    people.account("harriet")
    company = Organisation.objects.get(name="Bostadsbolaget")
    _row, path = services.invite_member(
        reach("amina"), Asked(company, Role.SAFETY_HOST), email="ny@example.org", name="Ny",
        now=timezone.now(),
    )  # fmt: skip

    answer = Client().post(path, {"password": PASSWORD, "again": "annat"})

    assert answer.status_code == 400
    assert not Membership.objects.filter(account__email="ny@example.org").exists()


def test_a_membership_is_ended_at_once(enter):
    vera, amina = enter("vera"), enter("amina")
    row = Membership.objects.get(account__name="Vera")

    amina.post(f"/administration/medlemskap/{row.pk}/ta-tillbaka/")

    assert vera.get("/").status_code == 403


def test_who_will_read_is_told_before_it_is_sent_by_the_rules_that_show_it(filled, enter):
    people.account("pelle")
    bad = people.account("otto")
    people_areas = Membership.objects.get(account=bad).areas
    page = enter("harriet").get("/rapportera/").content.decode()

    told = re.search(r'id="lasare">(.*?)</p>', page, re.S).group(1)

    assert not people_areas.exists()
    assert "Lokalpolisområdet" in told
    assert "Texten och fotona läses bara av Bostadsbolaget, Samordningsfunktionen." in told


def test_the_table_of_agreements_says_what_the_page_says(enter):
    people.account("harriet")

    text = enter("vera").get("/samverkan/overenskommelser/tabell.csv").content.decode("utf-8-sig")

    head, row = text.splitlines()
    assert head.startswith("rubrik;slag;läge")
    assert "Samverkan med Bostadsbolaget" in row


@pytest.mark.parametrize("path", ["overenskommelser/", "natverk/"])
def test_the_api_answers_as_the_pages_do(enter, path):
    people.account("harriet")

    assert enter("vera").get(f"/api/samverkan/{path}").status_code == 200
    assert enter("cleo").get(f"/api/samverkan/{path}").status_code == 404
