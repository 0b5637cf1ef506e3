"""The picture of a week: frozen, as it was; or as it would be today, for those who prepare it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from lykta.domain.documents import selectors as documents
from lykta.domain.documents.rules import Kind
from lykta.domain.events import selectors as events
from lykta.domain.events.selectors import WeekRows
from lykta.domain.meetings import arrays, rules, words
from lykta.domain.meetings.models import HOLD, READ, PlannedEvent, WeeklyPicture
from lykta.domain.meetings.rules import Week
from lykta.domain.partners import selectors as partners
from lykta.domain.places import selectors as places
from lykta.domain.places.rules import Kind as AreaKind
from lykta.infrastructure import snapshots
from lykta.infrastructure.access import SYSTEM, Reach, require

# What is planned is told of the week and of the two that come.
WEEKS_AHEAD = 2
_DENSE_WEEKS = 4


@dataclass(frozen=True, slots=True)
class Picture:
    """The picture of a week: its figures, and the row of it if it is frozen."""

    week: Week
    figures: dict[str, Any]
    frozen: WeeklyPicture | None


def pictures(reach: Reach) -> Any:
    """Return the frozen pictures within reach, the latest first."""
    if not (reach.is_system or reach.may(READ)):
        return WeeklyPicture.objects.none()
    held = documents.documents(reach, kind=Kind.WEEK)
    return WeeklyPicture.objects.filter(document__in=held).select_related("document__made_by")


def frozen(reach: Reach, week: Week) -> Picture | None:
    """Return the frozen picture of a week; None where there is none within reach."""
    row = pictures(reach).filter(monday=week.monday).first()
    return Picture(week, figures_of(row), row) if row else None


def draft(reach: Reach, week: Week, *, today: date) -> Picture:
    """Return the picture of a week as it would be frozen today."""
    require(reach, HOLD)
    return Picture(week, compose(week, late=late(week), today=today)[0], None)


def figures_of(row: WeeklyPicture) -> dict[str, Any]:
    """Return the figures of a picture as they were found, or raise where they have changed."""
    return snapshots.figures(row.figures_sha256)


def silent(reach: Reach) -> list[dict[str, Any]] | None:
    """Return who usually reports and has not, by the latest picture; None where there is none."""
    latest = pictures(reach).first()
    return words.missing(figures_of(latest)) if latest else None


def compose(week: Week, *, late: Iterable[Any], today: date) -> tuple[dict[str, Any], WeekRows]:
    """Return the figures of a week that is over, and the rows that they are counted from.

    late : the reports of earlier weeks that it tells of.
    They are what every partner may see, whoever asks for them.
    """
    rows = places.areas(SYSTEM, as_of=today)
    counted = events.week_rows(week.monday, as_of=today, rows=rows)
    known = events.known(events.FOR_PARTNERS, as_of=today)
    one, dense = (
        events.situation(
            events.FOR_PARTNERS,
            events.Asked(week.monday - timedelta(weeks=n - 1), week.monday),
            as_of=today,
            rows=rows,
            there=known,
            hexes="dense" if n > 1 else None,
        )
        for n in (1, _DENSE_WEEKS)
    )
    names = partners.reporting(on=week.sunday)
    regular = events.regularity(names, week.monday, rows=rows)
    found = arrays.with_missing(arrays.figures(counted), regular) | {
        "week": week.key,
        "monday": str(week.monday),
        "series": arrays.series(one),
        "dense": list(_dense(dense, rows)),
        "regularity": [
            {
                "name": each.name,
                "weeks": list(each.weeks),
                "n": each.n_reports,
                "is_usual": each.is_usual,
                "is_missing": each.is_missing,
                "last_heard": each.last_heard,
            }
            for each in regular
        ],
        "planned": list(_planned(week, rows)),
        "late": [_told(row) for row in late],
        "narrative": "",
        "n_undated": one.n_undated,
        "n_without_area": one.n_without_area,
    }
    return found, counted


def late(week: Week) -> list[Any]:
    """Return the reports of weeks that are frozen already, accepted since, and told in none."""
    frozen = WeeklyPicture.objects.filter(monday__lt=week.monday)
    return events.counted_in(list(frozen.values_list("monday", flat=True)))


def _told(report: Any) -> dict[str, str]:
    """Return what is said of a late report: its week and category, and nothing more."""
    top = report.category.parent or report.category
    return {"week": Week(events.week_of(report)).key, "category": top.name}


def planned_events(reach: Reach) -> list[PlannedEvent]:
    """Return all that is planned, in the order of the year."""
    if not (reach.is_system or reach.may(READ)):
        return []
    rows = PlannedEvent.objects.select_related("area")
    return sorted(rows, key=lambda row: (row.first_day.month, row.first_day.day, row.name))


def _planned(week: Week, rows: Sequence[Any]) -> Iterator[dict[str, Any]]:
    """Yield what is planned for a week and those that come, in order of day."""
    names = {row.id: row.name for row in rows}
    weeks = [Week(week.monday + timedelta(weeks=n)) for n in range(WEEKS_AHEAD + 1)]
    found = {}
    for row in PlannedEvent.objects.all():
        for each in weeks:
            days = rules.occurs(row.first_day, row.last_day, is_yearly=row.is_yearly, week=each)
            if days:
                found[row.pk, days] = (row, days)
    for row, (first, last) in sorted(found.values(), key=lambda pair: (pair[1], pair[0].name)):
        yield {
            "name": row.name,
            "first_day": str(first),
            "last_day": str(last),
            "area": names.get(row.area_id, ""),
        }


def _dense(found: Any, rows: Sequence[Any]) -> Iterator[dict[str, Any]]:
    """Yield the places where what happened in the last four weeks lies closer than elsewhere."""
    districts = [row.name for row in rows if row.kind == AreaKind.DISTRICT]
    for one in found.hot.clusters if found.hot else ():
        yield {
            "areas": [districts[n] for n in one.areas if n < len(districts)],
            "count": int(one.count),
            "expected": float(one.expected),
            "ratio": float(one.ratio.ratio[0]),
            "low": float(one.ratio.low[0]),
            "high": float(one.ratio.high[0]),
            "cell_m": found.cell_m,
        }
