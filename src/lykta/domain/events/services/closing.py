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
    """Tell those who reported what was decided, and end their reports; return how many.

    answer : put together from words that have been checked, and the names of organisations.
    """
    require(reach, TRIAGE)
    rows = locked(reports)
    for row in rows:
        move(reach, row, State.CLOSED, now=now, answer=answer[:LONGEST_ANSWER])
    return len(rows)


@transaction.atomic
def tell(reach: Reach, reports: Iterable[Report], *, answer: str, now: datetime) -> int:
    """Tell those who reported what has been done since; erased reports are told nothing."""
    require(reach, TRIAGE)
    check_words(answer)
    rows = [row for row in locked(reports) if row.state != State.ERASED]
    for row in rows:
        step = add(reach, row, Act.TOLD, now=now, answer=answer)
        audit.record("report.told", actor=reach.user, subject=row)
        tell_of_decision(row, step)
    return len(rows)
