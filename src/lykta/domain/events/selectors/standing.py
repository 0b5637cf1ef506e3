"""Which reports belong to the picture of a week, and which wait for an answer from its meeting."""

from collections.abc import Collection
from datetime import date, timedelta

from django.db.models import Q

from lykta.domain.events.models import Report
from lykta.domain.events.models.reports import ReportQuerySet
from lykta.domain.events.rules import State, monday_of
from lykta.domain.places import selectors as places


def counted_in(mondays: Collection[date]) -> list[Report]:
    """Return the accepted reports of some weeks that stand in no picture yet."""
    if not mondays:
        return []
    rows = Report.objects.filter(
        state=State.ACCEPTED,
        first_day__gte=min(mondays) - timedelta(weeks=1),
        first_day__lte=max(mondays) + timedelta(weeks=1),
    )
    rows = rows.select_related("category", "category__parent", "area").order_by("pk")
    return [row for row in rows if week_of(row) in mondays]


def week_of(report: Report) -> date:
    """Return the Monday of the week that a report is counted in: that of its middle day."""
    return monday_of(report.first_day + (report.last_day - report.first_day) // 2)


def standing() -> ReportQuerySet:
    """Return the reports that stand in a picture and have not been answered by its meeting.

    One that is merged with another is answered with that.
    """
    return Report.objects.filter(state=State.IN_PICTURE)


def answered_by(area: int | None, category: int | None, *, as_of: date) -> ReportQuerySet:
    """Return those of them that something decided about an area and a category is an answer to.

    What is decided about nothing in particular is an answer to none.
    """
    if area is None and category is None:
        return standing().none()
    rows = standing()
    if area is not None:
        inside = Q(area__in=places.within(area, as_of=as_of))
        rows = rows.filter(inside | Q(listed_area=area) | Q(local_area=area))
    if category is not None:
        rows = rows.filter(Q(category=category) | Q(category__parent=category))
    return rows
