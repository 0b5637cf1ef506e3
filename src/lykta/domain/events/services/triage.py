"""What becomes of a report: accepted and counted, rejected, held together with another, erased."""

import hashlib
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from lykta.domain.events.models import TRIAGE, Event, Report, Source
from lykta.domain.events.rules import Channel, State
from lykta.domain.events.services.erasing import blank
from lykta.domain.events.services.merging import held_together, leading
from lykta.domain.events.services.screening import check_words
from lykta.domain.events.services.steps import locked, move
from lykta.infrastructure.access import NOBODY, Reach, require
from lykta.infrastructure.columns import services as columns
from lykta.infrastructure.retention import services as retention

REPORTS_KEY = "events.reports"  # in settings.RETENTION
PARTNERS_SOURCE, RESIDENTS_SOURCE = "Rapporter från samverkansparter", "Rapporter från boende"


def accept(reach: Reach, reports: Iterable[Report], *, now: datetime, answer: str = "") -> int:
    """Accept reports, so that each is counted; return how many were new to be so.

    One that is said to tell of the same as another that counts is merged into that.
    """
    require(reach, TRIAGE)
    check_words(answer)
    n, years = 0, set()
    with transaction.atomic():
        for report in locked(reports):
            if same := _counted_same(report):
                held_together(reach, report, same, now=now, answer=answer)
                continue
            report.event = _event(report, now=now)
            move(reach, report, State.ACCEPTED, now=now, answer=answer)
            n += 1
            years.add(str(report.first_day.year))
        if years:
            columns.touch("events", years)
    return n


@transaction.atomic
def reject(reach: Reach, report: Report, *, reason: str, now: datetime, answer: str = "") -> None:
    """Reject a report, with a reason for those who work with it and an answer to who sent it."""
    require(reach, TRIAGE)
    check_words(f"{reason} {answer}")
    for row in locked([report]):
        move(reach, row, State.REJECTED, now=now, reason=reason, answer=answer)


@transaction.atomic
def erase(reach: Reach, report: Report, *, now: datetime) -> None:
    """Take away text, photos and who sent it, of its parts too; what it counted for stands."""
    require(reach, TRIAGE)
    _erase(reach, report, now=now)


@transaction.atomic
def erase_own(report: Report, *, now: datetime) -> None:
    """Take away what a resident told, by the one who holds its code; what it counted for stands."""
    _erase(NOBODY, report, now=now)


def _erase(reach: Reach, report: Report, *, now: datetime) -> None:
    parts = report.parts.exclude(state=State.ERASED)
    for row in locked([report, *parts]):
        blank(row)
        move(reach, row, State.ERASED, now=now)
        retention.remember_erased(REPORTS_KEY, row.key)


def _counted_same(report: Report) -> Report | None:
    """Return what leads where a report is said to tell of the same, if that counts."""
    # Asked anew for each: the first may have been accepted just before.
    same = Report.objects.filter(repeats=report).first()
    if same is None or same.state == State.REJECTED:
        return None
    lead = leading(same)
    return lead if lead.event_id is not None and lead.pk != report.pk else None


def _event(report: Report, *, now: datetime) -> Event:
    """Return the event that a report tells of, as it is counted."""
    is_open = report.channel == Channel.PUBLIC_FORM
    source, _is_new = Source.objects.get_or_create(
        name=RESIDENTS_SOURCE if is_open else PARTNERS_SOURCE, defaults={"noun": "rapporter"}
    )
    copied = (
        "category_id", "first_day", "last_day", "first_minute", "last_minute", "x_m", "y_m",
        "lon", "lat", "area_id", "listed_area_id", "local_area_id", "organisation_id",
    )  # fmt: skip
    values = {name: getattr(report, name) for name in copied}
    digest = hashlib.md5(repr(values).encode(), usedforsecurity=False).hexdigest()
    return Event.objects.create(
        source=source,
        key=str(report.key),
        digest=digest,
        reliability=report.basis,
        recorded_at=now,
        **values,
    )
