"""Places as files; each can be read in again and changes nothing."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from lykta.domain.places import rules
from lykta.domain.places.models import READ, AreaVersion, Population
from lykta.domain.places.rules import Kind, Level, Listed, PlaceKind
from lykta.domain.places.selectors import lists
from lykta.domain.places.selectors.areas import areas
from lykta.domain.places.selectors.register import places
from lykta.infrastructure.access import Reach, require

_ORIGINS = {"official": "officiell", "approximation": "lokal uppskattning", "none": ""}
_LISTED = {Listed.YES: "ja", Listed.NO: "nej", Listed.UNKNOWN: "okänd"}
_LEVELS = {
    Level.VULNERABLE: "utsatt område",
    Level.RISK_AREA: "riskområde",
    Level.SPECIALLY_VULNERABLE: "särskilt utsatt område",
    Level.UNKNOWN: "okänd",
}
_AREA_HEADER = ("kod", "namn", "slag", "ingår_i", "gäller_från")
_BORDER_HEADER = ("gränsens_ursprung", "gränsens_anmärkning")


@dataclass(frozen=True, slots=True)
class Export:
    """One file that can be taken out."""

    content_type: str
    write: Callable[..., bytes]


def area_table(reach: Reach, *, as_of: date) -> bytes:
    """Return the areas without their borders as CSV."""
    rows = areas(reach, as_of=as_of)
    codes = {row.id: row.code for row in rows}
    lines = [
        (
            *(
                row.code,
                row.name,
                rules.SWEDISH_KINDS[Kind(row.kind)],
                codes.get(row.parent or 0, ""),
            ),
            *(row.valid_from, _ORIGINS[row.border_origin], row.border_note),
        )
        for row in rows
    ]
    return _csv((*_AREA_HEADER, *_BORDER_HEADER), lines)


def area_borders(reach: Reach, *, as_of: date) -> bytes:
    """Return the areas that have a border as GeoJSON, WGS 84."""
    rows = {row.id: row for row in areas(reach, as_of=as_of)}
    held = AreaVersion.objects.held(as_of).filter(area__in=rows).exclude(border="")
    borders = dict(held.values_list("area", "border"))
    features = [
        {
            "type": "Feature",
            "geometry": json.loads(borders[key]),
            "properties": {
                "kod": row.code,
                "namn": row.name,
                "slag": rules.SWEDISH_KINDS[Kind(row.kind)],
                "ingår_i": rows[row.parent].code if row.parent in rows else "",
                "gäller_från": str(row.valid_from),
                "gränsens_ursprung": _ORIGINS[row.border_origin],
                "gränsens_anmärkning": row.border_note,
            },
        }
        for key, row in rows.items()
        if key in borders
    ]
    collection = {"type": "FeatureCollection", "features": features}
    return json.dumps(collection, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def population_table(reach: Reach, *, as_of: date) -> bytes:
    """Return every figure of population known on a day as CSV, areas without one left out."""
    rows = {row.id: row for row in areas(reach, as_of=as_of)}
    figures = Population.objects.latest().filter(area__in=rows, year__lt=as_of.year)
    lines = [
        (
            *(rows[figure.area_id].code, rows[figure.area_id].name, figure.year),
            *(figure.inhabitants, figure.source, figure.retrieved),
        )
        for figure in figures.order_by("area__code", "year")
    ]
    return _csv(("område", "namn", "år", "folkmängd", "källa", "hämtad"), lines)


def listing_table(reach: Reach, *, as_of: date) -> bytes:
    """Return what the lists of the police say of our areas as CSV."""
    require(reach, READ)
    held = [row for row in lists.classifications(reach) if row.holds_from <= as_of]
    lines = [
        (
            *(row.list_year, row.published, row.area.code, row.label),
            *(_LISTED[Listed(row.listed)], _level(row.listed, row.level)),
            *(", ".join(row.split_from), row.certainty, row.source, row.note),
        )
        for row in held
    ]
    header = ("lista_år", "publicerad", "områdeskod", "område", "på_listan", "nivå")
    return _csv((*header, "delat_från", "säkerhet", "belägg", "anmärkning"), lines)


def edition_table(reach: Reach, *, as_of: date) -> bytes:
    """Return how many areas of the country stand on each list as CSV."""
    require(reach, READ)
    lines = [
        (
            *(row.list_year, row.published, row.total, row.specially_vulnerable),
            *(row.risk_areas, row.vulnerable, row.n_split),
            *(row.certainty, row.source, row.note),
        )
        for row in sorted(lists.editions().values(), key=lambda row: row.list_year)
        if row.holds_from <= as_of
    ]
    header = ("lista_år", "publicerad", "antal_områden", "särskilt_utsatta", "riskområden")
    return _csv((*header, "utsatta", "delade", "säkerhet", "belägg", "anmärkning"), lines)


def place_table(reach: Reach, *, as_of: date) -> bytes:
    """Return the register of places as CSV, without the points that the reader may not see."""
    lines = [
        (
            *(row.code, row.name, rules.SWEDISH_PLACE_KINDS[PlaceKind(row.kind)]),
            *(", ".join(row.aliases), "ja" if row.is_dwelling else "nej"),
            *(row.point or ("", "")),
            row.area_names,
        )
        for row in places(reach, as_of=as_of)
    ]
    return _csv(("kod", "namn", "slag", "andra_namn", "bostad", "lon", "lat", "områden"), lines)


EXPORTS = {
    "omraden.csv": Export("text/csv; charset=utf-8", area_table),
    "omraden.geojson": Export("application/geo+json", area_borders),
    "folkmangd.csv": Export("text/csv; charset=utf-8", population_table),
    "platser.csv": Export("text/csv; charset=utf-8", place_table),
    "polisens-listor.csv": Export("text/csv; charset=utf-8", listing_table),
    "polisens-listor-riket.csv": Export("text/csv; charset=utf-8", edition_table),
}


def _level(listed: str, level: str) -> str:
    return "" if listed == Listed.NO else _LEVELS[rules.Level(level)]


def _csv(header: Sequence[str], lines: Iterable[Sequence[object]]) -> bytes:
    """Return a table as Swedish Excel opens it, and lykta reads it."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";")
    writer.writerow(header)
    writer.writerows(["" if value is None else value for value in line] for line in lines)
    return text.getvalue().encode("utf-8-sig")
