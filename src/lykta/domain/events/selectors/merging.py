"""What a report may be merged into: reports of the same kind, near in place and time."""

from datetime import timedelta

from django.db.models import Prefetch, Q

from lykta.domain.events.models import TRIAGE, Photo, Report
from lykta.domain.events.rules import NEAR_DAYS, NEAR_M, State, may_merge
from lykta.domain.events.selectors.reports import reports
from lykta.infrastructure.access import Reach, require

MOST = 12


def merge_candidates(reach: Reach, report: Report) -> list[Report]:
    """Return the likely ones, those the reporter named and then the nearest in time first."""
    require(reach, TRIAGE)
    kinds = {report.category_id, report.category.parent_id or report.category_id}
    days = timedelta(days=NEAR_DAYS)
    alike = Q(
        Q(category__in=kinds) | Q(category__parent__in=kinds),
        _near(report),
        last_day__gte=report.first_day - days,
        first_day__lte=report.last_day + days,
    )
    named = Q(pk=report.same_as_id) | Q(same_as=report)
    rows = reports(reach).filter(alike | named).exclude(pk=report.pk)
    rows = rows.exclude(state__in=(State.REJECTED, State.MERGED, State.ERASED))
    rows = rows.prefetch_related(Prefetch("photos", Photo.objects.order_by("pk")))
    found = [
        row
        for row in rows[:200]
        if may_merge(report.state, row.state, is_into_counted=row.event_id is not None)
    ]
    found.sort(key=lambda row: (not _is_named(report, row), _days_apart(report, row), row.pk))
    return found[:MOST]


def _near(report: Report) -> Q:
    if report.x_m is None or report.y_m is None:
        # Where one is known by words alone, the whole municipality is near.
        return Q(place=report.place_id) if report.place_id else Q()
    x, y = report.x_m, report.y_m
    box = Q(x_m__range=(x - NEAR_M, x + NEAR_M), y_m__range=(y - NEAR_M, y + NEAR_M))
    return box | Q(x_m=None)


def _is_named(report: Report, row: Report) -> bool:
    return row.pk == report.same_as_id or row.same_as_id == report.pk


def _days_apart(report: Report, row: Report) -> int:
    return abs((row.first_day - report.first_day).days)
