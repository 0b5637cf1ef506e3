"""One series: all its values for one area, and what they have been before."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.conf import settings
from django.db.models import Q

from lykta.domain.indicators import rules
from lykta.domain.indicators.models import READ, Indicator, Observation
from lykta.domain.indicators.rules import Basis
from lykta.domain.indicators.selectors.points import Point, names_of, per_capita, points, rows_of
from lykta.domain.places import selectors as places
from lykta.infrastructure.access import Reach, Refused, require
from lykta.infrastructure.figures import Figure


@dataclass(frozen=True, slots=True)
class Place:
    """An area that the series has values for."""

    code: str
    name: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Line:
    """Values that may be compared: one area by one division, and one sex."""

    geo_version: str
    sex: str
    points: tuple[Point, ...]  # the oldest first


@dataclass(frozen=True, slots=True)
class Revision:
    """One value as it stood from when it was recorded."""

    period: str
    sex: str
    point: Point
    recorded_at: datetime
    recorded_by: str  # "" for lykta itself
    file_name: str


@dataclass(frozen=True, slots=True)
class Series:
    """A series as it is shown for one area."""

    indicator: Indicator
    places: tuple[Place, ...]
    lines: tuple[Line, ...]
    revisions: tuple[Revision, ...]  # of values that have been corrected, the latest first

    @property
    def has_n(self) -> bool:
        """Return whether any value says how many answers or cases it rests on."""
        return any(point.n is not None for line in self.lines for point in line.points)

    @property
    def has_rates(self) -> bool:
        """Return whether any value is set against the people who lived there."""
        return any(point.per_capita for line in self.lines for point in line.points)


def series(reach: Reach, code: str, *, geo_code: str = "", as_of: date) -> Series:
    """Return one series for one area, the municipality where none is asked for, or refuse."""
    require(reach, READ)
    indicator = Indicator.objects.visible_to(reach).filter(code=code).first()
    if indicator is None:
        raise Refused
    rows = rows_of(reach, Q(indicator=indicator), as_of=as_of)
    there = {row.geo_code for row in rows}
    chosen = _chosen(geo_code, there)
    shown = [point for point in points(reach, rows) if point.geo_code == chosen]
    return Series(
        indicator=indicator,
        places=_places(reach, there, chosen),
        lines=_lines(_with_rates(reach, indicator, shown, as_of=as_of)),
        revisions=_revisions(reach, indicator, shown),
    )


def _chosen(geo_code: str, there: set[str]) -> str:
    if geo_code and geo_code not in there:
        raise Refused
    ours = settings.INSTALLATION.code
    return geo_code or (ours if ours in there else min(there, default=""))


def _places(reach: Reach, there: set[str], chosen: str) -> tuple[Place, ...]:
    names = names_of(reach)
    return tuple(Place(code, names.get(code, code), code == chosen) for code in sorted(there))


def _lines(shown: list[Point]) -> tuple[Line, ...]:
    lines: dict[tuple[str, str], list[Point]] = {}
    for point in shown:
        lines.setdefault((point.geo_version, point.sex), []).append(point)
    return tuple(Line(*key, tuple(found)) for key, found in sorted(lines.items()))


def _with_rates(
    reach: Reach, indicator: Indicator, shown: list[Point], *, as_of: date
) -> list[Point]:
    """Return the points, counts of events in a whole year also set against that year's people."""
    years = {
        year
        for point in shown
        if indicator.basis == Basis.EVENTS and point.sex == "" and indicator.unit == "antal"
        for year in [rules.year_of(point.row.period)]
        if year
    }
    if not years or not shown:
        return shown
    people = places.population_of(reach, shown[0].geo_code, years=sorted(years), as_of=as_of)
    return [_with_rate(point, people) for point in shown]


def _with_rate(point: Point, people: dict[int, Figure]) -> Point:
    year = rules.year_of(point.row.period)
    if year not in people:
        return point
    return replace(point, per_capita=per_capita(point, people[year]))


def _revisions(reach: Reach, indicator: Indicator, shown: list[Point]) -> tuple[Revision, ...]:
    """Return every row of the values that have more than one, unless the value is hidden now.

    Of counts of people none: an earlier count could tell of one that is hidden elsewhere.
    """
    if indicator.basis == Basis.PEOPLE:
        return ()
    now = {
        (*point.line[:2], point.row.period, point.row.sex) for point in shown if not point.is_hidden
    }
    rows: dict[tuple[str, ...], list[Observation]] = {}
    codes = {point.geo_code for point in shown}
    every = Observation.objects.visible_to(reach).filter(indicator=indicator, geo_code__in=codes)
    for row in every.select_related("indicator", "run", "recorded_by").order_by("-pk"):
        key = (row.geo_code, row.geo_version, row.period, row.sex)
        if key in now:
            rows.setdefault(key, []).append(row)
    revised = [row for found in rows.values() if len(found) > 1 for row in found]
    return tuple(
        Revision(
            period=point.row.period,
            sex=point.sex,
            point=point,
            recorded_at=point.row.recorded_at,
            recorded_by=point.row.recorded_by.name if point.row.recorded_by else "",
            file_name=point.row.run.file_name if point.row.run else "",
        )
        for row in revised
        for point in points(reach, [row])
    )
