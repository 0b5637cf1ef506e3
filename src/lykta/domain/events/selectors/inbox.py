"""What has come in: what waits, when it should be answered, and who has it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from django.db.models import Prefetch, Q
from django.utils import timezone

from lykta.domain.events.models import READ_INBOX, REPORT, TRIAGE, Photo, Report, ReportQuerySet
from lykta.domain.events.rules import WAITING, monday_of
from lykta.domain.events.selectors.reports import RELATED, is_quiet
from lykta.domain.events.selectors.routing import stood_in_for
from lykta.infrastructure.access import Reach
from lykta.infrastructure.calendars import add_working_days, midnight

LATE, TODAY, LATER = "late", "today", "later"
ONE_DAY = timedelta(days=1)
NOBODY_HAS = Q(unit=None) & (Q(handler=None) | Q(handler__is_active=False))


@dataclass(frozen=True, slots=True)
class Waiting:
    """One report that waits, so much of it as the reader may know."""

    row: Report
    due: date
    group: str
    is_told: bool  # whether the reader may read its text and see its photos

    @property
    def place(self) -> str:
        """Return where; of others' reports only what the register knows."""
        if self.row.place:
            return self.row.place.name
        return self.row.place_text if self.is_told else ""


@dataclass(frozen=True, slots=True)
class Reporting:
    """What someone who reports, or deals with what is reported, wants to know first."""

    may_triage: bool
    has_inbox: bool
    n_waiting: int
    oldest: datetime | None
    n_late: int
    n_unassigned: int
    n_mine: int
    n_week: int  # reports of this week, within reach
    is_quiet: bool


def reporting(reach: Reach, *, today: date) -> Reporting:
    """Return how reporting stands today."""
    held = reach.organisations(REPORT)
    left = waiting(reach)
    since = midnight(monday_of(today))
    return Reporting(
        may_triage=reach.may(TRIAGE),
        has_inbox=reach.may(READ_INBOX),
        n_waiting=left.count(),
        oldest=left.values_list("received_at", flat=True).first(),
        n_late=n_late(reach, today=today),
        n_unassigned=n_unassigned(reach),
        n_mine=n_mine(reach, today=today),
        n_week=Report.objects.visible_to(reach).filter(received_at__gte=since).count(),
        is_quiet=bool(held) and is_quiet(min(held), today=today),
    )


def due_on(report: Report) -> date | None:
    """Return the day by which a report that waits is to be answered; None for one that does not."""
    if report.state not in WAITING:
        return None
    return _due(timezone.localdate(report.received_at), report.category.answer_days)


def inbox(
    reach: Reach, *, today: date, unit: int | None = None, is_mine: bool = False,
    is_nobodys: bool = False,
) -> list[tuple[int, date]]:  # fmt: skip
    """Return what waits within reach and when each is due, what is due first at the top.

    unit : an organisation that has it.
    """
    rows = waiting(reach)
    if unit is not None:
        rows = rows.filter(unit=unit)
    if is_mine:
        rows = rows.filter(handler__in=_hands(reach, today))
    if is_nobodys:
        rows = rows.filter(NOBODY_HAS)
    found = rows.values_list("pk", "received_at", "category__answer_days")
    dues = [(pk, _due(timezone.localdate(at), days)) for pk, at, days in found]
    return sorted(dues, key=lambda pair: pair[1])


def shown(reach: Reach, page: Iterable[tuple[int, date]], *, today: date) -> list[Waiting]:
    """Return a page of the inbox, in its order."""
    dues = dict(page)
    rows = waiting(reach).select_related(*RELATED, "unit", "handler")
    rows = rows.prefetch_related(Prefetch("photos", Photo.objects.order_by("pk")))
    known = rows.in_bulk(list(dues))
    own = Report.objects.visible_to(reach).filter(pk__in=list(dues)).values_list("pk", flat=True)
    told = set(own)
    return [
        Waiting(known[pk], due, group_of(due, today=today), pk in told)
        for pk, due in dues.items()
        if pk in known
    ]


def group_of(due: date, *, today: date) -> str:
    """Return whether something is late, due today, or later."""
    return LATE if due < today else TODAY if due == today else LATER


def n_late(reach: Reach, *, today: date) -> int:
    """Return how many reports within reach should have been answered by now."""
    rows = waiting(reach)
    late = Q(pk__in=())
    for days in rows.order_by().values_list("category__answer_days", flat=True).distinct():
        first = today  # the first day on which one that comes in is not late yet
        while _due(first - ONE_DAY, days) >= today:
            first -= ONE_DAY
        late |= Q(category__answer_days=days, received_at__lt=midnight(first))
    return rows.filter(late).count()


def n_unassigned(reach: Reach) -> int:
    """Return how many reports wait that nobody has."""
    return waiting(reach).filter(NOBODY_HAS).count() if reach.may(TRIAGE) else 0


def n_mine(reach: Reach, *, today: date) -> int:
    """Return how many reports wait for the reader, or for someone she stands in for."""
    return waiting(reach).filter(handler__in=_hands(reach, today)).count()


def waiting(reach: Reach) -> ReportQuerySet:
    """Return what waits, the oldest first: all to those who decide, else what is of one's unit."""
    rows = Report.objects.filter(state__in=WAITING).order_by("received_at", "pk")
    if reach.may(TRIAGE):
        return rows
    held = reach.organisations(READ_INBOX)
    mine = Q(handler=reach.user) if held else Q(pk__in=())
    return rows.filter(Q(organisation__in=held) | Q(unit__in=held) | mine)


def _hands(reach: Reach, today: date) -> list[int]:
    if reach.user is None:
        return []
    return [reach.user, *stood_in_for(reach.user, on=today)]


@lru_cache(maxsize=10_000)
def _due(received_on: date, answer_days: int) -> date:
    return add_working_days(received_on, answer_days)
