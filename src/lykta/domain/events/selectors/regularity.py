"""Who has reported and who has not, so that a fall in the reports is not read as calm."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from lykta.domain.events.models import QuietWeek, Report
from lykta.domain.events.rules import Channel, State, monday_of
from lykta.domain.events.selectors.hexagons import ancestor_of
from lykta.domain.places.rules import Kind
from lykta.domain.places.selectors import AreaRow

WEEKS = 8
# Who has reported or said that there was nothing in so many of the weeks before usually does.
USUAL = 4
REPORTED, QUIET, SILENT = "reported", "quiet", "silent"


@dataclass(frozen=True, slots=True)
class Regularity:
    """How regularly an organisation has reported, up to one week."""

    organisation: int
    name: str
    weeks: tuple[str, ...]  # what it did, the oldest first, the week asked about last
    n_reports: int  # in the week asked about
    areas: Mapping[int, int]  # its reports of all the weeks, by kommundel

    @property
    def is_usual(self) -> bool:
        """Return whether it usually says something."""
        return sum(each != SILENT for each in self.weeks[:-1]) >= USUAL

    @property
    def is_missing(self) -> bool:
        """Return whether it has said nothing, which it usually does."""
        return self.is_usual and self.weeks[-1] == SILENT

    @property
    def last_heard(self) -> int | None:
        """Return how many weeks ago it last said something; None if in none of them."""
        heard = [n for n, each in enumerate(reversed(self.weeks)) if each != SILENT]
        return heard[0] if heard else None


def regularity(
    organisations: Mapping[int, str], monday: date, *, rows: Sequence[AreaRow]
) -> list[Regularity]:
    """Return how regularly each organisation has reported in the weeks up to one.

    A report counts for the week that it tells of, and for the week in which it came.
    """
    mondays = [monday - timedelta(weeks=n) for n in range(WEEKS, -1, -1)]
    told, areas, of_week = _told(mondays, rows)
    quiet = set(
        QuietWeek.objects.filter(monday__in=mondays).values_list("organisation_id", "monday")
    )
    return [
        Regularity(
            organisation=key,
            name=name,
            weeks=tuple(
                REPORTED if (key, each) in told else QUIET if (key, each) in quiet else SILENT
                for each in mondays
            ),
            n_reports=of_week[key],
            areas={area: n for (held, area), n in areas.items() if held == key},
        )
        for key, name in organisations.items()
    ]


def _told(
    mondays: Sequence[date], rows: Sequence[AreaRow]
) -> tuple[set[tuple[int, date]], Counter[tuple[int, int]], Counter[int]]:
    """Return who told in which weeks, of which kommundelar, and how much in the last."""
    district = ancestor_of(rows, Kind.DISTRICT)
    found = Report.objects.filter(
        first_day__gte=mondays[0], first_day__lt=mondays[-1] + timedelta(weeks=1)
    ).exclude(organisation=None)
    found = found.exclude(channel=Channel.PUBLIC_FORM).exclude(state=State.REJECTED)
    told: set[tuple[int, date]] = set()
    areas: Counter[tuple[int, int]] = Counter()
    of_week: Counter[int] = Counter()
    for key, day, at, area in found.values_list(
        "organisation_id", "first_day", "received_at", "area_id"
    ):
        weeks = {monday_of(day), monday_of(timezone.localdate(at))}
        told |= {(key, each) for each in weeks}
        of_week[key] += monday_of(day) == mondays[-1]
        if area in district:
            areas[key, district[area]] += 1
    return told, areas, of_week
