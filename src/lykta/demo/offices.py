"""The demo's council, function, leading body, efforts and assignment, by their own services."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from lykta.demo.pictures import TODAY
from lykta.demo.tables import Row, rows_of
from lykta.domain.partners import selectors, services
from lykta.domain.partners.rules import CouncilMeetingState, EffortOutcome, OrganisationKind
from lykta.domain.partners.services import (
    Attempt,
    CouncilTerms,
    FunctionTerms,
    Invited,
    LeadTerms,
    Mandate,
    Outcome,
    Seat,
)
from lykta.infrastructure.access import SYSTEM

LAW = date(2023, 7, 1)  # from when the law holds
MANDATE = "Leder platssamverkan: ronder, rapporter och möten med dem som äger och förvaltar husen."
ADMINISTRATION = "Kommunstyrelsens förvaltning i demon"
CONTACT = "trygghet@demo.example"


@transaction.atomic
def fill() -> int:
    """Note the offices; return how many meetings of the council, none where there is a council."""
    if selectors.council(SYSTEM, on=TODAY):
        return 0
    board = _organisation("Kommunstyrelsen")
    _note(CouncilTerms("Demokommunens brottsförebyggande råd", board, LAW), LAW)
    _note(LeadTerms(is_executive_board=True, starts_on=LAW), LAW)
    _note(FunctionTerms("Säkerhetschef", Decimal("0.5"), CONTACT, date(2019, 1, 1)), LAW)
    _note(FunctionTerms("Trygghetssamordnare", Decimal("1.5"), CONTACT, LAW), LAW)
    for row in rows_of("radet.csv"):
        _seat(row)
    for row in rows_of("insatser.csv"):
        _attempt(row)
    _assign()
    meetings = rows_of("radsmoten.csv")
    for row in meetings:
        _meet(row)
    return len(meetings)


def _seat(row: Row) -> None:
    day = date.fromisoformat(row["från"])
    seat = Seat(_organisation(row["organisation"]), row["befattning"], row["ledande"] == "ja", day)
    _note(seat, day)


def _attempt(row: Row) -> None:
    day, organisation = date.fromisoformat(row["dag"]), _organisation(row["organisation"])
    outcome = EffortOutcome(row["utfall"])
    _note(Attempt(day, organisation, row["vad"], outcome, row["diarienummer"]), day)


def _assign() -> None:
    """Give the operative co-ordinator to the board's administration, and pass it on."""
    office, owners = (_organisation(name) for name in (ADMINISTRATION, "Demosamverkan"))
    first = Mandate(
        "Operativ samordnare", office, office, "Kommunstyrelsen", date(2019, 9, 1), MANDATE,
        "DEMO-2019-118", "§ 12",
    )  # fmt: skip
    row = _note(first, first.starts_on)
    passed_on = Mandate(
        "Operativ samordnare", office, owners, "Kommunstyrelsen", date(2022, 1, 1), MANDATE,
        "DEMO-2021-164", "§ 9", root_id=row.pk,
    )  # fmt: skip
    _note(passed_on, passed_on.starts_on)


def _meet(row: Row) -> None:
    day = date.fromisoformat(row["dag"])
    begins, ends = _at(day, 13), _at(day, 15)
    invited = Invited(begins, ends, row["lokal"], row["dagordning"].replace("|", "\n"))
    before = begins - timedelta(days=21)
    meeting = services.plan_council_meeting(SYSTEM, invited, now=before)
    if row["fanns"]:
        present = [_organisation(name) for name in row["fanns"].split("|")]
        agreed = row["överens"].replace("|", "\n")
        outcome = Outcome(CouncilMeetingState.HELD, present, row["protokoll"], agreed)
        services.tell_of_council_meeting(SYSTEM, meeting, outcome, now=ends)


def _note(said: services.Said, day: date) -> Any:
    return services.note(SYSTEM, said, now=_at(day, 9))


def _organisation(name: str) -> int:
    return services.organisation_named(SYSTEM, name, kind=OrganisationKind.MUNICIPALITY).pk


def _at(day: date, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))
