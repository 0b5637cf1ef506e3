"""The made-up municipality, and the cast logged in."""

import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests import people
from tests.domain.events import reports, told
from tests.domain.indicators.conftest import RARE, SURVEY, indicators  # noqa: F401 - fixtures
from tests.domain.meetings.conftest import NOW as FROZEN_AT
from tests.domain.meetings.conftest import WEEK
from tests.domain.partners.offices import (
    attempt,
    council_terms,
    function_terms,
    lead_terms,
    mandate,
    seat,
)
from tests.domain.places.conftest import TODAY, places, read_in, write  # noqa: F401 - fixtures
from tests.domain.places.test_selectors import LISTS
from tests.domain.plans.conftest import YEAR

from lykta.domain.events import selectors as events
from lykta.domain.events import services
from lykta.domain.events.models import Category, Photo, Report
from lykta.domain.events.services import ask, load_categories
from lykta.domain.meetings import selectors as chosen
from lykta.domain.meetings import services as meetings
from lykta.domain.meetings.rules import ActionKind
from lykta.domain.partners import services as partners
from lykta.domain.partners.models import Organisation
from lykta.domain.partners.rules import Role
from lykta.domain.plans import services as plans
from lykta.infrastructure import storage
from lykta.infrastructure.access import SYSTEM
from lykta.infrastructure.notifications.services import notify

PLACES = """kod;namn;slag;bostad;x;y
P1;Lyktparken;park;nej;600500;6600500
P2;Lyktvägen 4;adress;ja;600510;6600500
"""
Enter = Callable[[str], Client]


@pytest.fixture
def enter(db: None) -> Enter:
    """Return what logs one of the cast in."""

    def entered(name: str) -> Client:
        client = Client()
        client.force_login(people.account(name))
        return client

    return entered


@pytest.fixture
def filled(places, indicators):  # noqa: F811 - the fixtures of those names
    """Read in the municipality with all that it has, and freeze a picture."""
    places("population", "f.csv", "område;år;folkmängd\n9999A0010;2023;110\n9999A0020;2023;90\n")
    places("listings", "listor.csv", LISTS)
    places("editions", "riket.csv", "lista_år;publicerad;antal_områden\n2021;2021-10;61\n")
    places("places", "platser.csv", PLACES, crs="EPSG:3006")
    indicators(SURVEY)
    indicators(RARE)
    load_categories()
    lines = reports.weekly(156, {"9999-ASA": 2, "9999-OST": 1})
    places("events", "handelser.csv", reports.as_file(lines))
    plans.freeze(SYSTEM, period=YEAR, today=TODAY)
    _report_and_ask()
    _hold_a_week()
    _draft_and_invite()
    _note_offices()
    return places


def _hold_a_week() -> None:
    """Freeze a week as Amina, decide one thing at its meeting, and close it; plan a market."""
    amina = told.reach("amina")
    meetings.freeze(amina, WEEK, now=FROZEN_AT)
    meeting = chosen.meeting(amina, WEEK)
    (own,) = amina.organisations(chosen.HOLD)
    meetings.decide(
        amina,
        meeting,
        text="Byt lampan",
        kind=ActionKind.LIGHTING,
        organisation=own,
        due=TODAY + timedelta(days=7),
        now=FROZEN_AT,
    )
    meetings.close(amina, meeting, no_action="", now=FROZEN_AT)
    for name in ("Lyktmarknad", "Lyktfest"):
        meetings.add_planned(amina, name, first_day=TODAY, last_day=TODAY, now=FROZEN_AT)


def _draft_and_invite() -> None:
    """Draft an agreement as Amina, and ask someone in for her organisation."""
    amina = told.reach("amina")
    terms = partners.Terms(title="Utkast", starts_on=TODAY)
    partners.draft_agreement(amina, terms, now=FROZEN_AT)
    own = Organisation.objects.get(name="Samordningsfunktionen")
    asked = partners.Asked(own, Role.ANALYST)
    row, _path = partners.invite_member(
        amina, asked, email="ny@example.org", name="Ny", now=timezone.now()
    )
    partners.add_membership(
        amina, account=row.account, organisation=own, role=Role.SAFETY_HOST, starts_on=TODAY
    )


def _note_offices() -> None:
    """Note each of the offices as Amina, and plan a meeting of the council."""
    amina = told.reach("amina")
    said = (council_terms, seat, function_terms, lead_terms, attempt, mandate)
    for each in said:
        partners.note(amina, each(), now=FROZEN_AT)
    begins = FROZEN_AT + timedelta(days=30)
    planned = partners.Invited(begins, begins + timedelta(hours=2), agenda="Lägesbilden")
    partners.plan_council_meeting(amina, planned, now=FROZEN_AT)


@pytest.fixture
def triaged(filled):
    """Add what triage is about: a merged report, rules, stand-ins, answers; return a link."""
    amina, now, today = told.reach("amina"), told.NOW, TODAY
    row = Report.objects.get()
    same = told.reported("harriet", same_as=row)
    services.merge(amina, same, row, now=now)
    unit = min(told.reach("harriet").organisations(events.READ_INBOX))
    for kind in ("LITTER", "NOISE"):
        services.add_rule(amina, organisation_id=unit, category=Category.objects.get(code=kind))
    otto, harriet = people.account("otto").pk, people.account("harriet").pk
    for away, there in ((otto, harriet), (harriet, otto)):
        services.add_stand_in(amina, account=away, stand_in=there, first_day=today, last_day=today)
    for name in ("Tack", "Lagas"):
        services.save_template(
            amina, name=name, text="Tack. Vi känner till {plats}.", text_en="", order=1
        )
    made, token = services.hand_off(
        amina, row, party="Vägverket", address="", text="Klottret sitter kvar.",
        photos=row.photos.all(), last_day=today, now=now,
    )  # fmt: skip
    return made, token


def _report_and_ask() -> None:
    """Report one thing as Harriet, with a photo, and ask two questions about its kind."""
    row = told.reported("harriet")
    Photo.objects.create(
        report=row,
        sha256=storage.put(io.BytesIO(b"a photo")),
        width=1,
        height=1,
        recorded_at=told.NOW,
    )
    notify("events.decided", subject=str(row.key), to=[row.reporter_id], key="told")
    for text, text_en in (("Är det färskt?", "Is it fresh?"), ("Syns det?", "Can it be seen?")):
        ask(
            SYSTEM,
            row.category,
            text=text,
            text_en=text_en,
            choices=[("ja", "yes"), ("nej", "no")],
            now=told.NOW,
        )
