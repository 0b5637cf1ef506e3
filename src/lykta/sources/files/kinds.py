"""What a file is, told by its content and never by its suffix."""

import re
from enum import StrEnum


class Kind(StrEnum):
    """The formats that lykta tells apart; GZIP and ZIP are only wrappings."""

    GZIP = "gzip"
    ZIP = "zip"
    XLSX = "xlsx"
    SHAPEFILE = "shapefile"
    PARQUET = "parquet"
    SHAPES = "shapes"  # GeoJSON, GeoPackage, KML: all read the same way
    JSON = "json"
    TEXT = "text"
    FOREIGN = "foreign"  # known, and not a table


_SIGNATURES = (
    (b"\x1f\x8b", Kind.GZIP),
    (b"PK\x03\x04", Kind.ZIP),
    (b"PK\x05\x06", Kind.ZIP),
    (b"PAR1", Kind.PARQUET),
    (b"SQLite format 3\x00", Kind.SHAPES),
    (b"\xd0\xcf\x11\xe0", Kind.XLSX),  # the older XLS, read by the same reader
    (b"%PDF", Kind.FOREIGN),
    (b"\x89PNG", Kind.FOREIGN),
    (b"\xff\xd8\xff", Kind.FOREIGN),
)
_GEOJSON = re.compile(rb'"type"\s*:\s*"(FeatureCollection|Feature|(Multi)?(Point|Polygon))"')
_WEB_PAGE = re.compile(rb"<(!doctype html|html)", re.IGNORECASE)


def kind_of(head: bytes) -> Kind:
    """Return the kind of a file from its first kilobytes."""
    for signature, kind in _SIGNATURES:
        if head.startswith(signature):
            return kind
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if start == b"<":
        return _kind_of_markup(head)
    if start in (b"{", b"["):
        return Kind.SHAPES if _GEOJSON.search(head) else Kind.JSON
    return Kind.TEXT


def _kind_of_markup(head: bytes) -> Kind:
    if b"<kml" in head:
        return Kind.SHAPES
    return Kind.FOREIGN if _WEB_PAGE.search(head) else Kind.TEXT


def kind_of_archive(names: list[str]) -> Kind:
    """Return what a zip archive holds, from the names in it."""
    if "xl/workbook.xml" in names:
        return Kind.XLSX
    if any(name.lower().endswith(".shp") for name in names):
        return Kind.SHAPEFILE
    return Kind.ZIP
