"""Handing a report off to someone outside, by a link that expires, and taking the answer in."""

import secrets
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lykta.domain.events.models import TRIAGE, HandOff, Photo, Report
from lykta.domain.events.rules import Act
from lykta.domain.events.selectors.handing import handed_off
from lykta.domain.events.services.screening import check_words
from lykta.domain.events.services.steps import add, locked, open_one
from lykta.infrastructure.access import NOBODY, Reach, Refused, require
from lykta.infrastructure.audit import services as audit
from lykta.infrastructure.errors import LyktaError

LONGEST = timedelta(days=90)


class BadLastDay(LyktaError):
    """A link that would hold too long, or has ended already."""

    code = "bad-last-day"


@transaction.atomic
def hand_off(
    reach: Reach, report: Report, *, party: str, address: str, text: str, last_day: date,
    now: datetime, photos: Iterable[Photo] = (),
) -> tuple[HandOff, str]:  # fmt: skip
    """Return what someone outside is told, and the secret of its link, which is shown once.

    Category, time and place are told, and a text written for it; of what was reported nothing but
    the photos that are chosen one by one.
    """
    require(reach, TRIAGE)
    for said in (party, text):
        check_words(said)
    today = timezone.localdate(now)
    if not today <= last_day <= today + LONGEST:
        raise BadLastDay(_("Länken kan gälla från i dag och högst 90 dagar. Välj en annan dag."))
    row, token = open_one(report), secrets.token_urlsafe(32)
    made = HandOff.objects.create(
        report=row,
        party=party.strip(),
        address=address.strip(),
        text=text.strip(),
        digest=HandOff.digest_of(token),
        made_at=now,
        made_by_id=reach.user,
        last_day=last_day,
    )
    made.photos.set(Photo.objects.filter(report=row, pk__in=[photo.pk for photo in photos]))
    add(reach, row, Act.HANDED_OFF, now=now, hand_off=made)
    audit.record("report.handed_off", actor=reach.user, subject=row, photos=made.photos.count())
    return made, token


@transaction.atomic
def withdraw(reach: Reach, row: HandOff, *, now: datetime) -> None:
    """End a link at once."""
    require(reach, TRIAGE)
    (report,) = locked([row.report])
    n = HandOff.objects.filter(pk=row.pk, withdrawn_at=None).update(withdrawn_at=now)
    if n:
        add(reach, report, Act.WITHDRAWN, now=now, hand_off=row)
        audit.record("report.withdrawn", actor=reach.user, subject=report)


@transaction.atomic
def reply(token: str, *, text: str, now: datetime) -> HandOff:
    """Take in the answer of the one who holds a link, as a step of the report."""
    found = handed_off(token, now=now)
    if found is None:
        raise Refused
    check_words(text)
    (report,) = locked([found.report])
    # Asked again: it may have been erased or withdrawn just before.
    row = handed_off(token, now=now)
    if row is None:
        raise Refused
    add(NOBODY, report, Act.REPLIED, now=now, reason=text.strip(), hand_off=row)
    audit.record("report.replied", actor=None, subject=report)
    return row
