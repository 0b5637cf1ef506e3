"""What becomes of a report: accepted and counted, rejected, held together with another, erased."""

import hashlib
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from lykta.domain.events import rules
from lykta.domain.events.models import TRIAGE, Event, Report, Source, Step
from lykta.domain.events.rules import Channel, State
from lykta.domain.events.services.erasing import blank
from lykta.domain.events.services.notices import tell_of_decision
from lykta.domain.events.services.screening import check_words
from lykta.infrastructure.access import NOBODY, Reach, require
from lykta.infrastructure.audit import services as audit
from lykta.infrastructure.columns import services as columns
from lykta.infrastructure.errors import LyktaError
from lykta.infrastructure.retention import services as retention

REPORTS_KEY = "events.reports"  # in settings.RETENTION
PARTNERS_SOURCE, RESIDENTS_SOURCE = "Rapporter från samverkansparter", "Rapporter från boende"


class WrongState(LyktaError):
    """The report has come to where this can no longer be done."""

    code = "wrong-state"


def accept(reach: Reach, reports: Iterable[Report], *, now: datetime, answer: str = "") -> int:
    """Accept reports, so that each is counted; return how many were new to be so.

    One that tells of the same as another that is accepted is held together with that.
    """
    require(reach, TRIAGE)
    check_words(answer)
    n, years = 0, set()
    with transaction.atomic():
        for report in _locked(reports):
            # Asked anew for each: the first may have been accepted just before.
            same = Report.objects.filter(repeats=report, event__isnull=False)
            if event := same.values_list("event", flat=True).first():
                report.event_id = event
                _step(reach, report, State.MERGED, now=now, answer=answer)
                continue
            report.event = _event(report, now=now)
            _step(reach, report, State.ACCEPTED, now=now, answer=answer)
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
    for row in _locked([report]):
        _step(reach, row, State.REJECTED, now=now, reason=reason, answer=answer)


@transaction.atomic
def erase(reach: Reach, report: Report, *, now: datetime) -> None:
    """Take away the text, the photos and who sent it; what it counted for stands."""
    require(reach, TRIAGE)
    for row in _locked([report]):
        blank(row)
        _step(reach, row, State.ERASED, now=now)
        retention.remember_erased(REPORTS_KEY, row.key)


@transaction.atomic
def erase_own(report: Report, *, now: datetime) -> None:
    """Take away what a resident told, by the one who holds its code; what it counted for stands."""
    for row in _locked([report]):
        blank(row)
        _step(NOBODY, row, State.ERASED, now=now)
        retention.remember_erased(REPORTS_KEY, row.key)


def _locked(reports: Iterable[Report]) -> list[Report]:
    keys = [report.pk for report in reports]
    rows = Report.objects.select_for_update(of=("self",)).filter(pk__in=keys)
    return list(rows.select_related("category").order_by("pk"))


def _step(
    reach: Reach, report: Report, state: State, *, now: datetime, reason: str = "", answer: str = ""
) -> None:
    """Write what a report has come to, if it may come there."""
    if not rules.may_follow(report.state, state):
        raise WrongState(_("Rapporten är redan behandlad. Läs om sidan."))
    report.state = state
    report.save()
    step = Step.objects.create(
        report=report, state=state, at=now, by_id=reach.user, reason=reason, answer=answer
    )
    audit.record(f"report.{state}", actor=reach.user, subject=report)
    tell_of_decision(report, step)


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
