"""The made-up municipality with all that it has, filled by the rooms' own services."""

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone
from tests import people
from tests.domain.events import reports, told
from tests.domain.indicators.conftest import RARE, SURVEY
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
from tests.domain.places.conftest import TODAY
from tests.domain.places.test_selectors import LISTS
from tests.domain.plans.conftest import YEAR

from lykta.domain.documents.models import Document
from lykta.domain.documents.rules import Kind
from lykta.domain.events import selectors as events
from lykta.domain.events import services
from lykta.domain.events.models import Category, HandOff, Photo, Report
from lykta.domain.events.rules import Channel
from lykta.domain.events.services import Where
from lykta.domain.meetings import selectors as chosen
from lykta.domain.meetings import services as meetings
from lykta.domain.meetings.rules import ActionKind
from lykta.domain.partners import services as partners
from lykta.domain.partners.models import Membership, Organisation
from lykta.domain.partners.rules import Role
from lykta.domain.places.models import Place
from lykta.domain.plans import services as plans
from lykta.domain.plans.models import FrozenPicture
from lykta.infrastructure import storage
from lykta.infrastructure.access import SYSTEM, Confidentiality
from lykta.infrastructure.accounts.models import Account
from lykta.infrastructure.notifications.services import notify

PLACES = """kod;namn;slag;bostad;x;y
P1;Lyktparken;park;nej;600500;6600500
P2;Lyktvägen 4;adress;ja;600510;6600500
"""
HIDDEN_SERIES = """nyckeltal;titel;period;område;värde;n;enhet;källa;tema;räknar;sällsynt;status
egen:dold;Kopparlind;2023;9999;70,5;812;procent;Kopparlind;trygghet;svar;;
"""
HIDDEN_PLACE = "kod;namn;slag;bostad;x;y\nH1;Bleklindsparken;park;nej;600500;6600500\n"
_CLEARED = frozenset({"amina", "leo", "kerstin"})
# The words that stand in rows that only some may see, and who may: written by hand.
PLANTED = {
    "Silverlind": frozenset({"vera", "amina"}),  # what Vera told
    "Kromlind": frozenset({"pelle", "amina"}),  # what Pelle told
    "Guldlind": frozenset({"amina"}),  # what a resident told
    "Kopparlind": _CLEARED,  # a series for the municipality alone
    "Bleklind": _CLEARED,  # a place for it alone
    "Nickellind": frozenset({"amina", "leo"}),  # the name of a file that was read in
    "Zinklind": frozenset({"amina", "drift"}),  # an account in another organisation
    "Blylind": frozenset({"amina"}),  # an agreement that is a draft
    "Bronslind": frozenset({"amina"}),  # a template of answers
    "Platinalind": frozenset({"amina"}),  # whom a report has been handed off to
}


def fill(read_in: Callable[..., Any]) -> None:
    """Fill what has its areas with all the rest, and freeze a picture."""
    read_in("population", "f.csv", "område;år;folkmängd\n9999A0010;2023;110\n9999A0020;2023;90\n")
    read_in("listings", "listor.csv", LISTS)
    read_in("editions", "riket.csv", "lista_år;publicerad;antal_områden\n2021;2021-10;61\n")
    read_in("places", "platser.csv", PLACES, crs="EPSG:3006")
    read_in("observations", "nyckeltal.csv", SURVEY)
    read_in("observations", "nyckeltal.csv", RARE)
    services.load_categories()
    lines = reports.weekly(156, {"9999-ASA": 2, "9999-OST": 1})
    read_in("events", "handelser.csv", reports.as_file(lines))
    plans.freeze(SYSTEM, period=YEAR, today=TODAY)
    _report_and_ask()
    _hold_a_week()
    _draft_and_invite()
    _note_offices()


def write() -> None:
    """Write the papers of what is frozen and of the meeting, as the worker does."""
    for picture in FrozenPicture.objects.all():
        plans.write_forms(picture.pk)
    for document in Document.objects.filter(kind__in=[Kind.WEEK, Kind.MINUTES]):
        meetings.write_forms(document.pk)


def triage() -> tuple[HandOff, str]:
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
    return services.hand_off(
        amina, row, party="Vägverket", address="", text="Klottret sitter kvar.",
        photos=row.photos.all(), last_day=today, now=now,
    )  # fmt: skip


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
    partners.let_group_give(
        SYSTEM, group="värdar", organisation=own, role=Role.SAFETY_HOST, now=timezone.now()
    )
    partners.add_membership(
        amina, account=row.account, organisation=own, role=Role.SAFETY_HOST, starts_on=TODAY
    )


def _note_offices() -> None:
    """Note each of the offices as Amina, and plan a meeting of the council."""
    amina = told.reach("amina")
    for each in (council_terms, seat, function_terms, lead_terms, attempt, mandate):
        partners.note(amina, each(), now=FROZEN_AT)
    begins = FROZEN_AT + timedelta(days=30)
    planned = partners.Invited(begins, begins + timedelta(hours=2), agenda="Lägesbilden")
    partners.plan_council_meeting(amina, planned, now=FROZEN_AT)


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
        services.ask(
            SYSTEM,
            row.category,
            text=text,
            text_en=text_en,
            choices=[("ja", "yes"), ("nej", "no")],
            now=told.NOW,
        )


def plant(read_in: Callable[..., Any]) -> None:
    """Add a row of each kind that only some may see, with a word of its own in it."""
    amina, now = told.reach("amina"), told.NOW
    row = _told_by("vera", "Silverlind")
    _told_by("pelle", "Kromlind")
    hidden = told.told(channel=Channel.PUBLIC_FORM, description="Guldlind", code="BIKE_THEFT")
    services.report_openly(hidden, now=now)
    read_in(
        "observations",
        "Nickellind.csv",
        HIDDEN_SERIES,
        confidentiality=Confidentiality.MUNICIPALITY,
    )
    read_in("places", "dolda.csv", HIDDEN_PLACE, crs="EPSG:3006")
    Place.objects.filter(code="H1").update(confidentiality=Confidentiality.MUNICIPALITY)
    partners.draft_agreement(amina, partners.Terms(title="Blylind", starts_on=TODAY), now=now)
    services.save_template(amina, name="Bronslind", text="Bronslind.", text_en="", order=1)
    services.hand_off(
        amina, row, party="Platinalind", address="", text="Platinalind", last_day=TODAY, now=now
    )
    office = Organisation.objects.create(name="Kansliet", kind="municipality")
    Membership.objects.create(
        account=Account.objects.create_user("dold@example.org", name="Zinklind"),
        organisation=office, role=Role.PLANNER, clearance="partners", starts_on=people.SINCE,
    )  # fmt: skip


def _told_by(name: str, word: str) -> Report:
    """Return what one of the cast has told, of a kind that no rule sends to another."""
    return told.reported(name, code="BIKE_THEFT", description=word, where=Where(text=word))
