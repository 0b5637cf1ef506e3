"""Taking in reports: each once, placed, and without anything about persons."""

from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from typing import Any
from uuid import UUID

import numpy as np
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from lykta.domain.events import rules
from lykta.domain.events.models import (
    REPORT,
    Category,
    Photo,
    QuietWeek,
    Report,
    Step,
)
from lykta.domain.events.rules import Channel, LocationPrecision, Reliability, State, When
from lykta.domain.events.services.claims import claim
from lykta.domain.events.services.notices import tell_of_waiting
from lykta.domain.events.services.routing import route
from lykta.domain.events.services.screening import OtherChannel, check_place, check_words
from lykta.domain.places import selectors as places
from lykta.domain.places.selectors import NOWHERE, borders
from lykta.infrastructure import storage
from lykta.infrastructure.access import Reach, Refused
from lykta.infrastructure.audit import services as audit
from lykta.infrastructure.errors import LyktaError
from lykta.infrastructure.photos.cleaning import Clean
from lykta.sources.coordinates import DEGREES, SWEREF_99_TM, transform

MOST_PHOTOS = 4


class RingFirst(LyktaError):
    """What is acute belongs to 112 first."""

    code = "call-first"


class WrongClock(LyktaError):
    """The report says that it was written at a time that cannot be."""

    code = "wrong-clock"


class Outside(LyktaError):
    """The point lies outside the municipality."""

    code = "outside"


@dataclass(frozen=True, slots=True)
class Where:
    """Where something happened: a place of the register, a point, or words."""

    place: places.PlaceRow | None = None
    text: str = ""
    lon: float | None = None
    lat: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What someone tells of; four things, and what more is known."""

    key: UUID
    written_at: datetime
    category: Category
    where: Where
    when: When
    description: str
    channel: Channel = Channel.WEB
    basis: Reliability = Reliability.OBSERVED
    severity: int | None = None
    has_called_112: bool = False
    group_size: str = ""
    group_age: str = ""
    is_indoor: bool | None = None
    is_police_reported: bool | None = None
    answers: dict[str, str] = field(default_factory=dict)
    same_as: Report | None = None
    photos: tuple[Clean, ...] = ()


def report(reach: Reach, told: Told, *, organisation: int, now: datetime) -> tuple[Report, bool]:
    """Take in what someone of an organisation tells of; return the report, and if it is new.

    The same key is the same report, however often it is sent.
    """
    if organisation not in reach.organisations(REPORT):
        raise Refused
    before = Report.objects.filter(key=told.key).first()
    if before is not None:
        return _theirs(reach, before), False
    check(told, now=now)
    try:
        return _taken_in(told, organisation=organisation, reporter=reach.user, now=now), True
    except IntegrityError:  # sent twice at once
        return _theirs(reach, Report.objects.get(key=told.key)), False


def report_openly(told: Told, *, now: datetime) -> tuple[Report, str]:
    """Take in what a resident tells of; return the report, and the code to follow it by.

    The code of a report that is sent again is made anew: only its digest was kept.
    """
    rows = Report.objects.filter(key=told.key, channel=Channel.PUBLIC_FORM)
    row = rows.first()
    if row is None:
        check(told, now=now)
        try:
            row = _taken_in(told, organisation=None, reporter=None, now=now)
        except IntegrityError:  # sent twice at once
            row = rows.get()
    return row, claim(row, now=now)


def check(told: Told, *, now: datetime) -> None:
    """Raise where what is told cannot be taken in; nothing of it is kept or logged."""
    if told.category.is_stopped:
        raise OtherChannel(told.category.advice)
    check_words(told.description)
    check_place(told.where.text)
    if told.severity == rules.ACUTE and not told.has_called_112:
        raise RingFirst(
            _("Akut: ring 112 först. Bocka sedan för att du har ringt, och skicka rapporten.")
        )
    if not rules.is_acceptable_clock(told.written_at, now):
        raise WrongClock(
            _("Telefonens klocka går fel, eller så är rapporten äldre än 30 dagar. Ange tiden.")
        )


def say_nothing_to_report(reach: Reach, *, organisation: int, now: datetime) -> QuietWeek:
    """Record that an organisation has nothing to tell of this week, so that silence is known."""
    if organisation not in reach.organisations(REPORT) or reach.user is None:
        raise Refused
    monday = rules.monday_of(now.date())
    with transaction.atomic():
        row, is_new = QuietWeek.objects.get_or_create(
            organisation_id=organisation,
            monday=monday,
            defaults={"said_by_id": reach.user, "said_at": now},
        )
        if is_new:
            audit.record("week.quiet", actor=reach.user, subject=row)
    return row


def _theirs(reach: Reach, row: Report) -> Report:
    """Return a report that has come before, if it is theirs who send it again."""
    if row.reporter_id != reach.user:
        raise Refused
    return row


@transaction.atomic
def _taken_in(
    told: Told, *, organisation: int | None, reporter: int | None, now: datetime
) -> Report:
    row = Report.objects.create(
        key=told.key,
        channel=told.channel,
        written_at=told.written_at,
        received_at=now,
        reporter_id=reporter,
        organisation_id=organisation,
        category=told.category,
        first_day=told.when.first_day,
        last_day=told.when.last_day,
        first_minute=told.when.first_minute,
        last_minute=told.when.last_minute,
        time_precision=told.when.precision,
        description=told.description.strip(),
        basis=told.basis,
        severity=told.severity,
        group_size=told.group_size,
        group_age=told.group_age,
        is_indoor=told.is_indoor,
        is_police_reported=told.is_police_reported,
        answers=told.answers,
        same_as=told.same_as,
        **placed(told.where, now=now),
    )
    Step.objects.create(report=row, state=State.SUBMITTED, at=now, by_id=reporter)
    Photo.objects.bulk_create(
        Photo(
            report=row,
            sha256=storage.put(BytesIO(each.content)),
            width=each.width,
            height=each.height,
            recorded_at=now,
        )
        for each in told.photos[:MOST_PHOTOS]
    )
    audit.record("report.received", actor=reporter, subject=row)
    route(row, now=now)
    tell_of_waiting(row, now=now)
    return row


def placed(where: Where, *, now: datetime) -> dict[str, Any]:
    """Return the fields that say where, as exactly as it is known."""
    place = where.place
    if place is not None:
        return {
            "place_id": place.id,
            "place_text": "",
            "location_precision": LocationPrecision.PLACE,
            **places.whereabouts(place.id),
        }
    if where.lon is None or where.lat is None:
        return {
            "place_text": where.text.strip(),
            "location_precision": LocationPrecision.MUNICIPALITY,
        }
    x, y = transform(np.array([where.lon]), np.array([where.lat]), DEGREES, SWEREF_99_TM)
    known = borders(now.date())
    if known.is_outside(x, y)[0]:
        raise Outside(_("Punkten ligger utanför kommunen. Välj en annan, eller skriv platsen."))
    part, listed, local = (int(ids[0]) for ids in known.place(x, y))
    return {
        "place_text": where.text.strip(),
        "location_precision": LocationPrecision.POINT,
        "x_m": round(float(x[0]), 2),
        "y_m": round(float(y[0]), 2),
        "lon": round(where.lon, 7),
        "lat": round(where.lat, 7),
        **{
            name: None if found == NOWHERE else found
            for name, found in (
                ("area_id", part),
                ("listed_area_id", listed),
                ("local_area_id", local),
            )
        },
    }
