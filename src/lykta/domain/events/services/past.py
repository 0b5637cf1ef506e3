"""Reports of the past: what events that are read in already were told in, by whom and how."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction

from lykta.domain.events.models import REPORT, Event, Report, Step
from lykta.domain.events.rules import (
    Channel,
    LocationPrecision,
    Reliability,
    State,
    TimePrecision,
)
from lykta.infrastructure.access import Reach, require
from lykta.infrastructure.audit import services as audit

_AT_ONCE = 2_000
_COPIED = (
    "category_id", "first_day", "last_day", "first_minute", "last_minute", "x_m", "y_m", "lon",
    "lat", "area_id", "listed_area_id", "local_area_id",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Past:
    """How an event was told of."""

    event: str  # what its source knows it by
    received_at: datetime
    organisation: int
    description: str
    basis: Reliability = Reliability.OBSERVED
    severity: int | None = None
    place: int | None = None


@transaction.atomic
def record_past(reach: Reach, told: Iterable[Past], *, source: str) -> int:
    """Keep how events of a source were told of, as accepted reports; return how many are new."""
    require(reach, REPORT)
    current = Event.objects.current().filter(source__name=source, category__isnull=False)
    events = {row.key: row for row in current}
    wanted = [each for each in told if each.event in events]
    known = set(Report.objects.filter(channel=Channel.MEETING).values_list("key", flat=True))
    new = [
        row
        for each in wanted
        for row in [_report(each, events[each.event], source)]
        if row.key not in known
    ]
    made = Report.objects.bulk_create(new, batch_size=_AT_ONCE)
    Step.objects.bulk_create(
        (
            Step(report=row, state=state, at=row.received_at)
            for row in made
            for state in (State.SUBMITTED, State.ACCEPTED)
        ),
        batch_size=_AT_ONCE,
    )
    if made:
        audit.record("reports.past", actor=reach.user, rows=len(made))
    return len(made)


def _report(told: Past, event: Event, source: str) -> Report:
    has_point = event.x_m is not None
    return Report(
        # The same event of the same source is told of once.
        key=uuid5(NAMESPACE_URL, f"{source}/{told.event}"),
        channel=Channel.MEETING,
        written_at=told.received_at,
        received_at=told.received_at,
        state=State.ACCEPTED,
        organisation_id=told.organisation,
        time_precision=_precision(event),
        place_id=told.place,
        location_precision=LocationPrecision.POINT if has_point else LocationPrecision.AREA,
        description=told.description,
        basis=told.basis,
        severity=told.severity,
        event=event,
        **{name: getattr(event, name) for name in _COPIED},
    )


def _precision(event: Event) -> TimePrecision:
    if event.first_minute is None:
        return TimePrecision.DATE
    is_exact = (event.first_day, event.first_minute) == (event.last_day, event.last_minute)
    return TimePrecision.EXACT if is_exact else TimePrecision.INTERVAL
