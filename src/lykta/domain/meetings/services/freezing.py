"""Freezing the picture of a week: from then on it says what it said."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lykta import __version__
from lykta.domain.documents import services as documents
from lykta.domain.documents.rules import Kind
from lykta.domain.events import selectors as events
from lykta.domain.events import services as reports
from lykta.domain.meetings import papers, rules, selectors
from lykta.domain.meetings.models import HOLD, Meeting, WeeklyPicture
from lykta.domain.meetings.rules import Week
from lykta.domain.meetings.services.keeping import keep, stamp
from lykta.infrastructure import snapshots
from lykta.infrastructure.access import Confidentiality, Reach, require
from lykta.infrastructure.audit import services as audit
from lykta.infrastructure.errors import BadPeriod, LyktaError
from lykta.infrastructure.jobs import enqueue
from lykta.infrastructure.snapshots import Snapshot

LONGEST_NARRATIVE = 2000
WRITE = "lykta.domain.meetings.tasks.write_forms"


class AlreadyFrozen(LyktaError):
    """The picture of the week is frozen, and stays as it is."""

    code = "already-frozen"


class BadNarrative(LyktaError):
    """What is said beside the figures is too long."""

    code = "bad-narrative"


def freeze(reach: Reach, week: Week, *, now: datetime, narrative: str = "") -> WeeklyPicture:
    """Return the frozen picture of a week that is over; a meeting is planned if none is.

    Reports of the week that come later are told in the next picture, as late. Raises BadPeriod
    where the week is not over, AlreadyFrozen where it has been frozen, PersonalData where the
    narrative tells of persons.
    """
    require(reach, HOLD)
    today = timezone.localdate(now)
    _check(week, narrative, today=today)
    # Before the counting: what is accepted meanwhile is told as late, and never left out.
    late = selectors.late(week)
    stand = [*events.counted_in([week.monday]), *late]
    figures, counted = selectors.compose(week, late=late, today=today)
    figures |= {"narrative": narrative.strip()} | stamp(now)
    snapshot = Snapshot(
        counted.columns,
        {
            "week": week.key,
            "areas": [list(pair) for pair in counted.areas],
            "categories": [list(pair) for pair in counted.categories],
            "first_week": counted.first_week,
        },
        __version__,
    )
    sums = {
        "snapshot": snapshots.keep(snapshots.pack(snapshot)),
        "figures": keep(figures),
    }
    try:
        return _locked(reach, week, sums, stand, now=now)
    except IntegrityError:
        raise AlreadyFrozen(_("Bilden för veckan är redan fryst.")) from None


@transaction.atomic
def _locked(
    reach: Reach, week: Week, sums: dict[str, str], stand: Iterable[Any], *, now: datetime
) -> WeeklyPicture:
    """Return the row of what is kept; the reports that it counts stand in it from now on."""
    document = documents.register(
        reach,
        kind=Kind.WEEK,
        title=papers.title_of(week),
        confidentiality=Confidentiality.PARTNERS,
        sha256=sums["snapshot"],
        parameters={"week": week.key},
        made_at=now,
    )
    row = WeeklyPicture.objects.create(
        monday=week.monday, document=document, figures_sha256=sums["figures"]
    )
    n = reports.into_picture(reach, stand, now=now)
    begins, ends = (timezone.make_aware(each) for each in rules.usual_time(week))
    Meeting.objects.get_or_create(
        monday=week.monday, defaults={"begins_at": begins, "ends_at": ends, "changed_at": now}
    )
    enqueue(WRITE, pk=document.pk)
    audit.record(
        "week.frozen",
        actor=reach.user,
        subject=row,
        reports=n,
        sha256=sums["snapshot"],
        figures=sums["figures"],
    )
    return row


def _check(week: Week, narrative: str, *, today: date) -> None:
    if not week.is_over(today):
        raise BadPeriod(_("Veckan är inte slut. Frys bilden när söndagen är över."))
    if WeeklyPicture.objects.filter(monday=week.monday).exists():
        raise AlreadyFrozen(_("Bilden för veckan är redan fryst."))
    if len(narrative) > LONGEST_NARRATIVE:
        raise BadNarrative(
            _("Texten är längre än %(n)d tecken. Korta den.") % {"n": LONGEST_NARRATIVE}
        )
    reports.check_words(narrative)
