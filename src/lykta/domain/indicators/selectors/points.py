"""From rows to what is shown of them: a figure with its origin, or the reason why there is none."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _

from lykta.domain.indicators import rules
from lykta.domain.indicators.models import STATUSES, Observation
from lykta.domain.indicators.rules import Basis, Status
from lykta.domain.places import selectors as places
from lykta.infrastructure.access import Reach
from lykta.infrastructure.figures import Figure, none


@dataclass(frozen=True, slots=True)
class Point:
    """One value of a series as it may be shown."""

    figure: Figure
    sex: str
    geo_code: str
    geo_version: str
    n: int | None
    warning: str  # what must be borne in mind, "" for nothing
    row: Observation = field(repr=False)
    per_capita: Figure | None = None  # None where it is not a count of events in a whole year

    @property
    def line(self) -> tuple[str, str, str]:
        """Return what it may be compared with: the same area, division and sex."""
        return self.geo_code, self.geo_version, self.sex

    @property
    def is_hidden(self) -> bool:
        """Return whether there is a value that is too small to be shown."""
        return self.row.value is not None and self.figure.value is None


def rows_of(reach: Reach, asked: Q, *, as_of: date) -> list[Observation]:
    """Return the latest rows within reach of periods that had ended on a day, the oldest first."""
    found = Observation.objects.visible_to(reach).latest().filter(asked)
    ended = [
        (last, row)
        for row in found.select_related("indicator", "run")
        if (last := rules.last_day(row.period)) and last <= as_of
    ]
    return [row for _last, row in sorted(ended, key=lambda pair: (pair[0], pair[1].period))]


def points(reach: Reach, rows: Sequence[Observation]) -> list[Point]:
    """Return what may be shown of rows; of series that count people all rows must be given."""
    names = names_of(reach)
    hidden = _hidden(rows)
    return [_point(row, names, is_hidden=row.pk in hidden) for row in rows]


def names_of(reach: Reach) -> dict[str, str]:
    """Return what the areas of statistics are called, by code."""
    county = settings.INSTALLATION.code[:2]
    outside = {rules.COUNTRY: _("Sverige"), county: _("Länet"), f"00{county}": _("Länet")}
    return outside | {code: area.name for code, area in places.codes(reach).items()}


def _point(row: Observation, names: Mapping[str, str], *, is_hidden: bool) -> Point:
    return Point(
        figure=_figure(row, names.get(row.geo_code, row.geo_code), is_hidden=is_hidden),
        sex="" if row.sex in ("-", "T") else row.sex,
        geo_code=row.geo_code,
        geo_version=row.geo_version,
        n=None if is_hidden else row.n,
        warning="" if is_hidden else _warning(row),
        row=row,
    )


def _figure(row: Observation, name: str, *, is_hidden: bool) -> Figure:
    series = row.indicator
    if is_hidden or row.value is None:
        why = (
            _why_hidden(row) if is_hidden else str(STATUSES[Status(row.status)]).capitalize() + "."
        )
        return none(why, unit=series.unit, geography=name, definition=series.definition)
    return Figure(
        value=row.value,
        unit=series.unit,
        source=row.source,
        period=row.period,
        geography=name,
        definition=series.definition,
        retrieved=row.retrieved,
        is_preliminary=row.is_preliminary,
        interval=_interval(row),
        rows=(row.pk,),
    )


def _interval(row: Observation) -> tuple[float, float] | None:
    """Return the interval that the source gives, else the exact one of a count of rare events."""
    if row.low is not None and row.high is not None:
        return row.low, row.high
    if not row.indicator.is_rare or row.value is None:
        return None
    from lykta.analysis.rates import poisson_rates

    found = poisson_rates([row.value], [1.0])
    return float(found.low[0]), float(found.high[0])


def _warning(row: Observation) -> str:
    if row.value is None:
        return ""
    if row.indicator.is_rare and row.value < rules.FEW_EVENTS:
        words = _("Färre än {n} händelser: en mer eller mindre ändrar bilden.")
        return words.format(n=rules.FEW_EVENTS)
    if row.indicator.basis == Basis.ANSWERS and row.low is None:
        return _("Osäkerheten är inte känd: källan ger inget intervall.")
    return ""


def _why_hidden(row: Observation) -> str:
    if row.indicator.basis == Basis.ANSWERS:
        return _("För få svar för att visas (färre än {n}).").format(n=rules.FEWEST_ANSWERS)
    return _("För få för att visas, eller så skulle andra små tal kunna räknas ut.")


def _hidden(rows: Iterable[Observation]) -> set[int]:
    """Return the ids of rows that are too small, and of those that would give them away."""
    hidden: set[int] = set()
    groups: dict[tuple[object, ...], list[Observation]] = {}
    for row in rows:
        basis = Basis(row.indicator.basis)
        if rules.is_hidden(
            basis,
            value=row.value,
            n=row.n,
            smallest_shown=rules.SMALLEST_SHOWN,
            fewest_answers=rules.FEWEST_ANSWERS,
        ):
            hidden.add(row.pk)
        if basis is Basis.PEOPLE and row.value is not None and row.value.is_integer():
            across = (row.indicator_id, row.period, "area", row.geo_version, row.sex)
            groups.setdefault(across, []).append(row)
            if row.sex in ("K", "M"):
                within = (row.indicator_id, row.period, "sex", row.geo_version, row.geo_code)
                groups.setdefault(within, []).append(row)
    for group in groups.values():
        hidden |= _complements(group)
    return hidden


def _complements(group: Sequence[Observation]) -> set[int]:
    from lykta.analysis.disclosure.rows import protect

    counts = [row.value or 0.0 for row in group]
    found = protect(counts, smallest_shown=rules.SMALLEST_SHOWN)
    return {row.pk for row, is_hidden in zip(group, found.is_hidden, strict=True) if is_hidden}


def per_capita(point: Point, population: Figure) -> Figure:
    """Return a count set against the people who lived there the same year, by the same method."""
    unit = _("per 100 000 invånare")
    said = {"unit": unit, "geography": point.figure.geography}
    definition = _("antalet delat med folkmängden {year}").format(year=point.figure.period)
    if point.figure.value is None:
        return none(point.figure.missing, definition=definition, **said)
    if not population.value:
        why = population.missing or _("Ingen bodde där.")
        return none(why, definition=definition, **said)
    scale = rules.PER / population.value
    low, high = point.figure.interval or (None, None)
    return Figure(
        value=point.figure.value * scale,
        source=f"{point.figure.source}; {population.source}",
        period=point.figure.period,
        definition=f"{definition}, {population.definition}",
        retrieved=point.figure.retrieved,
        is_preliminary=point.figure.is_preliminary or population.is_preliminary,
        interval=None if low is None or high is None else (low * scale, high * scale),
        rows=point.figure.rows,
        **said,
    )
