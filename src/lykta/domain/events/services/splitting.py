"""Splitting a report that tells of several things: each becomes a report, part of the first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from lykta.domain.events.models import TRIAGE, Category, Report, Step
from lykta.domain.events.rules import Act, State, When
from lykta.domain.events.services import routing
from lykta.domain.events.services.reporting import Where, placed
from lykta.domain.events.services.screening import OtherChannel, check_place, check_words
from lykta.domain.events.services.steps import add, open_one
from lykta.infrastructure.access import Reach, require
from lykta.infrastructure.audit import services as audit

# Who told it, how and when: the same of all parts. The rest is said of each.
_SHARED = (
    "channel", "written_at", "received_at", "reporter_id", "organisation_id", "basis",
    "is_police_reported",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One of the things that a report tells of."""

    key: UUID  # made where it is filled in, so that a part that is sent twice is made once
    category: Category
    where: Where
    when: When
    description: str


@transaction.atomic
def split(reach: Reach, report: Report, parts: Sequence[Part], *, now: datetime) -> list[Report]:
    """Return what a report told of besides, each as a report that waits; it stands as it was.

    Who reported it reads and follows the parts as well.
    """
    require(reach, TRIAGE)
    for part in parts:
        _check(part)
    row = open_one(report)
    known = set(Report.objects.filter(key__in=[p.key for p in parts]).values_list("key", flat=True))
    made = [_part(reach, row, part, now=now) for part in parts if part.key not in known]
    if made:
        add(reach, row, Act.SPLIT, now=now)
        audit.record("report.split", actor=reach.user, subject=row, parts=[p.pk for p in made])
    return made


def _check(part: Part) -> None:
    if part.category.is_stopped:
        raise OtherChannel(part.category.advice)
    check_words(part.description)
    check_place(part.where.text)


def _part(reach: Reach, row: Report, part: Part, *, now: datetime) -> Report:
    made = Report.objects.create(
        key=part.key,
        part_of_id=row.part_of_id or row.pk,
        category=part.category,
        first_day=part.when.first_day,
        last_day=part.when.last_day,
        first_minute=part.when.first_minute,
        last_minute=part.when.last_minute,
        time_precision=part.when.precision,
        description=part.description.strip(),
        **{name: getattr(row, name) for name in _SHARED},
        **placed(part.where, now=now),
    )
    Step.objects.create(report=made, state=State.SUBMITTED, at=now, by_id=reach.user)
    routing.route(made, now=now)
    return made
