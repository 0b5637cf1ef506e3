"""Parquet, with its geometry column where it has one."""

import json
from pathlib import Path
from typing import Any

import numpy as np

from lykta.infrastructure import scratch
from lykta.sources.cleaning import UNREADABLE_SIGN
from lykta.sources.files.separated import column_names
from lykta.sources.files.table import Content, literal, quoted
from lykta.sources.files.unpacking import PlainFile, unreadable


def read_parquet(plain: PlainFile, _folder: Path) -> Content:
    """Return the content of a Parquet file as text columns, its polygons apart."""
    import duckdb

    source = f"read_parquet({literal(str(plain.path))})"
    with scratch.connect() as connection:
        try:
            types = connection.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()
            polygons, crs = _polygons(connection, source, plain.path, types)
        except duckdb.Error as error:
            raise unreadable(
                plain.name, "Parquet-filen är skadad.", "Hämta den på nytt från källan."
            ) from error
    own = [name for name, kind, *_ in types if _is_plain_type(kind)]
    columns = column_names(own)
    texts = ", ".join(
        f"replace(CAST({quoted(name)} AS VARCHAR), chr(0), '{UNREADABLE_SIGN}') AS {quoted(column)}"
        for name, column in zip(own, columns, strict=True)
    )
    if not columns:
        raise unreadable(plain.name, "den har inga kolumner.", "Hämta den på nytt från källan.")
    return Content(f"(SELECT {texts} FROM {source})", columns, crs=crs, polygons=polygons)


def _is_plain_type(kind: str) -> bool:
    return not kind.startswith(("BLOB", "GEOMETRY", "STRUCT", "MAP", "LIST")) and "[" not in kind


def _polygons(connection: Any, source: str, path: Path, types: list[Any]) -> tuple[Any, str]:
    """Return the geometries of a GeoParquet file and their reference system."""
    kinds = {name: kind for name, kind, *_ in types}
    text = connection.execute(
        f"SELECT value FROM parquet_kv_metadata({literal(str(path))}) WHERE key = 'geo'"
    ).fetchone()
    if text is None:
        return None, ""
    import shapely

    geo = json.loads(bytes(text[0]))
    column = geo["primary_column"]
    as_bytes = quoted(column) if kinds[column] == "BLOB" else f"ST_AsWKB({quoted(column)})"
    rows = connection.execute(f"SELECT {as_bytes} FROM {source}").fetchall()
    wkb = np.array([None if row[0] is None else bytes(row[0]) for row in rows], dtype=object)
    return shapely.from_wkb(wkb, on_invalid="ignore"), _crs(geo["columns"][column])


def _crs(column: dict[str, Any]) -> str:
    # The standard says that a missing reference system means WGS 84.
    identity = (column.get("crs") or {}).get("id") or {"authority": "EPSG", "code": 4326}
    name = f"{identity['authority']}:{identity['code']}"
    return "EPSG:4326" if name == "OGC:CRS84" else name
