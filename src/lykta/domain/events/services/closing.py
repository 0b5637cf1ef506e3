"""What a meeting does with reports: they stand in its picture, and are told what came of them."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from lykta.domain.events.models import TRIAGE, Report
from lykta.domain.events.rules import Act, State
from lykta.domain.events.services.notices import tell_of_decision
from lykta.domain.events.services.screening import check_words
from lykta.domain.events.services.steps import add, locked, move
from lykta.infrastructure.access import Reach, require
from lykta.infrastructure.audit import services as audit

LONGEST_ANSWER = 600


@transaction.atomic
def into_picture(reach: Reach, reports: Iterable[Report], *, now: datetime) -> int:
    """Let reports stand in the picture of a week; return how many."""
    require(reach, TRIAGE)
    rows = locked(reports)
    for row in rows:
        move(reach, row, State.IN_PICTURE, now=now)
    return len(rows)


@transaction.atomic
def close(reach: Reach, reports: Iterable[Report], *, answer: str, now: datetime) -> int:
    """Tell those who reported what was decided, and end their reports; return how many were told.

    answer : put together from words that have been checked, and the names of organisations.
    """
    require(reach, TRIAGE)
    rows = locked(reports)
    for row in rows:
        move(reach, row, State.CLOSED, now=now, answer=answer[:LONGEST_ANSWER])
    return len(rows) + _tell(reach, _merged_into(rows), answer=answer[:LONGEST_ANSWER], now=now)


@transaction.atomic
def tell(reach: Reach, reports: Iterable[Report], *, answer: str, now: datetime) -> int:
    """Tell those who reported what has been done since; return how many were told."""
    require(reach, TRIAGE)
    check_words(answer)
    rows = locked(reports)
    return _tell(reach, [*rows, *_merged_into(rows)], answer=answer, now=now)


def _tell(reach: Reach, rows: Iterable[Report], *, answer: str, now: datetime) -> int:
    """Write an answer of which nothing else comes; erased reports are told nothing."""
    n = 0
    for row in rows:
        if row.state != State.ERASED:
            tell_of_decision(row, add(reach, row, Act.TOLD, now=now, answer=answer))
            audit.record("report.told", actor=reach.user, subject=row)
            n += 1
    return n


def _merged_into(rows: list[Report]) -> list[Report]:
    """Return what is merged into some reports, and into those: it is answered with them."""
    found: list[Report] = []
    while rows:
        rows = locked(Report.objects.filter(merged_into__in=rows, state=State.MERGED))
        found += rows
    return found
