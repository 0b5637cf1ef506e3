"""How many live in areas: their own figure, else the sum of their parts."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _

from lykta.domain.places.models import READ, AreaVersion, Population
from lykta.domain.places.rules import Kind
from lykta.infrastructure.access import Reach, require
from lykta.infrastructure.figures import Figure, none

# Kinds that cover their parent without gaps and overlaps, so that their people can be summed.
PARTITIONS = (Kind.DISTRICT, Kind.REGSO, Kind.DESO)


def populations(versions: list[AreaVersion], *, as_of: date) -> dict[int, Figure]:
    """Return the population of each area: its own figure, else the sum of the parts it has."""
    own: dict[int, Population] = {}
    # The figure of 31 December is known from the year after.
    for row in Population.objects.latest().filter(year__lt=as_of.year).order_by("year"):
        own[row.area_id] = row
    names = {version.area_id: version.name for version in versions}
    parts: dict[int, dict[str, list[int]]] = {}
    for version in versions:
        if version.parent_id:
            kinds = parts.setdefault(version.parent_id, {})
            kinds.setdefault(version.area.kind, []).append(version.area_id)
    figures: dict[int, Figure] = {}

    def figure(key: int) -> Figure:
        if key not in figures:
            figures[key] = (
                _own_figure(own[key], names[key])
                if key in own
                else _summed([figure(part) for part in _partition(parts.get(key, {}))], names[key])
            )
        return figures[key]

    return {version.area_id: figure(version.area_id) for version in versions}


def population_of(
    reach: Reach, code: str, *, years: Iterable[int], as_of: date
) -> dict[int, Figure]:
    """Return the population of one area at the end of each year, or the reason why it is lacking.

    Never that of another year: a rate is set against those who lived there then.
    """
    require(reach, READ)
    versions = list(AreaVersion.objects.visible_to(reach).held(as_of).select_related("area"))
    version = next((each for each in versions if each.area.code == code), None)
    found: dict[int, Figure] = {}
    for year in years:
        why = _("Folkmängden {year} är inte inläst.").format(year=year)
        figure = none(why, unit=_("invånare"), geography=code, definition="")
        if version is not None:
            held = populations(versions, as_of=date(year + 1, 12, 31))[version.area_id]
            figure = held if held.period == str(year) else figure
        found[year] = figure
    return found


def _partition(kinds: Mapping[str, list[int]]) -> list[int]:
    return next((kinds[kind] for kind in PARTITIONS if kind in kinds), [])


def _own_figure(row: Population, name: str) -> Figure:
    return Figure(
        value=row.inhabitants,
        unit=_("invånare"),
        source=row.source,
        period=str(row.year),
        geography=name,
        definition=_("folkmängd den 31 december"),
        retrieved=row.retrieved,
        is_preliminary=row.is_preliminary,
        rows=(row.pk,),
    )


def _summed(parts: list[Figure], name: str) -> Figure:
    """Return the sum of parts of one and the same year; with one part missing there is none."""
    unit, definition = _("invånare"), _("folkmängd den 31 december")
    values = [part.value for part in parts]
    known = [value for value in values if value is not None]
    if not parts:
        why = _("Ingen folkmängd är inläst, och området har inga delar som kan summeras.")
        return none(why, unit=unit, geography=name, definition=definition)
    if len(known) < len(parts):
        why = _("Folkmängden saknas för {missing} av {parts} delar.").format(
            missing=len(parts) - len(known), parts=len(parts)
        )
        return none(why, unit=unit, geography=name, definition=definition)
    if len({part.period for part in parts}) > 1:
        why = _("Delarna har folkmängd från olika år.")
        return none(why, unit=unit, geography=name, definition=definition)
    first = parts[0]
    return replace(
        first,
        value=sum(known),
        geography=name,
        definition=_("summan av {parts} delområden, 31 december").format(parts=len(parts)),
        is_preliminary=any(part.is_preliminary for part in parts),
        rows=tuple(row for part in parts for row in part.rows),
    )
