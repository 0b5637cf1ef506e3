"""What the tests of the offices have in common: organisations, days, and what may be said."""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from tests import people

from lykta.domain.partners import selectors
from lykta.domain.partners.models import Organisation
from lykta.domain.partners.rules import CouncilMeetingState, EffortOutcome
from lykta.domain.partners.services import (
    Attempt,
    CouncilTerms,
    FunctionTerms,
    LeadTerms,
    Mandate,
    Seat,
)

TODAY = date(2026, 11, 24)
THEN = date(2019, 12, 1)
SWEDEN = ZoneInfo("Europe/Stockholm")
CANCELLED = CouncilMeetingState.CANCELLED
NOW = datetime(2026, 11, 24, 9, tzinfo=SWEDEN)


def reach(name: str, on: date = TODAY):
    return selectors.reach_of(people.account(name).pk, on=on)


def ours() -> Organisation:
    return Organisation.objects.get_or_create(name="Kommunstyrelsen", kind="municipality")[0]


def police() -> Organisation:
    return Organisation.objects.get_or_create(name="Lokalpolisområdet", kind="police")[0]


def owners() -> Organisation:
    return Organisation.objects.get_or_create(name="Samverkan Demo", kind="owner_association")[0]


def council_terms(**said) -> CouncilTerms:
    usual = {"local_name": "Lyktans brottsförebyggande råd", "starts_on": date(2019, 1, 1)}
    return CouncilTerms(**usual | {"chair_id": ours().pk} | said)


def seat(**said) -> Seat:
    usual = {"title": "Lokalpolisområdeschef", "is_leading": True, "starts_on": date(2019, 1, 1)}
    return Seat(**usual | {"organisation_id": police().pk} | said)


def function_terms(**said) -> FunctionTerms:
    usual = {
        "title": "Trygghetssamordnare",
        "full_time_equivalents": Decimal("1.5"),
        "contact": "trygghet@lykta.example",
        "starts_on": date(2019, 1, 1),
    }
    return FunctionTerms(**usual | said)


def lead_terms(**said) -> LeadTerms:
    return LeadTerms(**{"is_executive_board": True, "starts_on": date(2019, 1, 1)} | said)


def attempt(**said) -> Attempt:
    usual = {"day": TODAY, "text": "Möte om en ny överenskommelse"}
    usual |= {"organisation_id": police().pk, "outcome": EffortOutcome.ONGOING}
    return Attempt(**usual | said)


def mandate(**said) -> Mandate:
    usual = {"title": "Operativ samordnare", "decided_by": "Kommunstyrelsen"}
    usual |= {"given_by_id": ours().pk, "held_by_id": ours().pk, "starts_on": date(2019, 3, 1)}
    return Mandate(**usual | {"registry_number": "TEST-2019-1", "paragraph": "§ 7"} | said)
