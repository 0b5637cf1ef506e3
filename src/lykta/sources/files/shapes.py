"""Geographic files: GeoJSON, GeoPackage, KML and zipped Shapefile."""

import math
import shutil
import warnings
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lykta.sources.files.kinds import Kind
from lykta.sources.files.separated import column_names, written
from lykta.sources.files.table import Content
from lykta.sources.files.unpacking import PlainFile, unreadable

# Where the features are points, these columns hold them.
POINT_X, POINT_Y = "geometri x", "geometri y"


def read_shapes(plain: PlainFile, folder: Path) -> Content:
    """Return the fields of the first layer as text, its points as columns, its polygons apart."""
    meta, shapes, fields, notes = _layer(plain, folder)
    names = list(meta["fields"])
    values = [_texts(field) for field in fields]
    polygons = None
    if _are_points(shapes):
        names += [POINT_X, POINT_Y]
        values += _coordinates(shapes)
    elif any(shape is not None for shape in shapes):
        polygons = shapes
    columns = column_names(names)
    if not columns:
        raise unreadable(plain.name, "den har varken fält eller ytor.", "Välj en annan fil.")
    rows = zip(*values, strict=True)
    crs = str(meta["crs"] or "")
    return Content(written(folder, columns, rows), columns, crs=crs, polygons=polygons, notes=notes)


def _layer(plain: PlainFile, folder: Path) -> tuple[Any, NDArray[np.object_], Any, tuple[str, ...]]:
    import pyogrio.raw
    import shapely

    path = str(plain.path)
    if plain.kind is Kind.SHAPEFILE:
        # The reader knows an archive by its suffix, we by its content.
        path = f"/vsizip/{shutil.copy(plain.path, folder / 'shapes.zip')}"
    try:
        with warnings.catch_warnings():
            # The reader warns of a suffix that does not go with the content; we never look at it.
            warnings.simplefilter("ignore", RuntimeWarning)
            layers = [str(name) for name, _ in pyogrio.list_layers(path)]
            meta, _, wkb, fields = pyogrio.raw.read(path, layer=layers[0], datetime_as_string=True)
        shapes = shapely.from_wkb(wkb, on_invalid="ignore") if wkb is not None else None
    except Exception as error:
        # The reader hands on whatever its C library stumbles over, of no one kind of error.
        raise unreadable(
            plain.name, "kartfilen är skadad eller tom.", "Hämta den på nytt från källan."
        ) from error
    if shapes is None:
        shapes = np.full(len(fields[0]) if len(fields) else 0, None, dtype=object)
    others = ", ".join(layers[1:])
    notes = (f"Lagret ”{layers[0]}” lästes; {others} lästes inte.",) if others else ()
    return meta, shapes, fields, notes


def _texts(field: NDArray[Any]) -> list[str]:
    if field.dtype.kind == "M":
        field = np.where(np.isnat(field), "", field.astype(str))
    return [_text(value) for value in field.tolist()]


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        if math.isnan(value):
            return ""
        return str(int(value)) if value.is_integer() else repr(value)
    return value if isinstance(value, str) else str(value)


def _are_points(shapes: NDArray[np.object_]) -> bool:
    import shapely

    kinds = shapely.get_type_id(shapes)
    return bool(np.any(kinds == shapely.GeometryType.POINT)) and not bool(
        np.any((kinds != shapely.GeometryType.POINT) & (kinds != shapely.GeometryType.MISSING))
    )


def _coordinates(shapes: NDArray[np.object_]) -> list[list[str]]:
    import shapely

    return [
        [_text(value) for value in of(shapes).tolist()] for of in (shapely.get_x, shapely.get_y)
    ]
