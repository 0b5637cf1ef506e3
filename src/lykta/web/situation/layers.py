"""What is laid on the map: circles by district, or hexagons, and the outlines of dense places."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from lykta.domain.events.selectors import Situation
from lykta.domain.places.rules import Kind
from lykta.domain.places.selectors import AreaRow
from lykta.sources.coordinates import DEGREES, SWEREF_99_TM, transform
from lykta.web.templatetags.swedish import number

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
N_CLASSES = 5
_SMALLEST_STEP = 5
_DECIMALS = 5


def layers(found: Situation, division: str, by_id: Mapping[int, AreaRow]) -> dict[str, Any]:
    """Return what the map draws over the areas."""
    if division != "sexhorningar":
        shown = found.districts if division == "kommundelar" else found.small_areas
        return {"circles": _circles(shown, by_id), "cells": [], "clusters": []}
    return {"circles": [], "cells": _cells(found), "clusters": _clusters(found)}


def class_labels(found: Situation) -> list[str]:
    """Return what each of the five classes of hexagons stands for."""
    if found.cells is None:
        return []
    starts = breaks(found.cells.changes.count)
    ends = [*(start - 1 for start in starts[1:]), None]
    return [
        f"{number(low)}\N{EN DASH}{number(high)}" if high else f"{number(low)}+"
        for low, high in zip(starts, ends, strict=True)
    ]


def breaks(counts: NDArray[np.float64]) -> list[int]:
    """Return where five classes begin: 1, then even steps up to nearly the largest counts."""
    held = counts[counts > 0]
    # A single peak would put everything else into the first class.
    top = float(np.quantile(held, 0.98)) if len(held) else 0.0
    step = max(_SMALLEST_STEP, int(np.ceil(top / 25)) * 5)
    return [1, *(step * k for k in range(1, N_CLASSES))]


def names_of_cells(
    found: Situation, by_id: Mapping[int, AreaRow], order: Sequence[int]
) -> list[tuple[str, str]]:
    """Return what some hexagons are called, and the district each lies in.

    It is called after the smallest area with a name that holds most of its events; of several
    called the same, by on which side of that area's middle it lies, and then by number.
    """
    if found.hot is None:
        return []
    seen: dict[str, int] = {}
    made = []
    for n in order:
        area = _named(by_id.get(int(found.cell_areas[n])), by_id)
        if area is None:
            made.append((_("Obebyggt"), ""))
            continue
        x, y = found.hot.places.x_m[n], found.hot.places.y_m[n]
        name = f"{area.name}, {_side(area, float(x), float(y), found.cell_m)}"
        seen[name] = seen.get(name, 0) + 1
        district = district_of(area, by_id)
        made.append((f"{name} {seen[name]}" if seen[name] > 1 else name, district))
    return made


def district_of(row: AreaRow, by_id: Mapping[int, AreaRow]) -> str:
    """Return the name of the district that an area lies in, "" where it is or has none."""
    above = by_id.get(row.parent or 0)
    while above is not None and above.kind not in (Kind.DISTRICT, Kind.MUNICIPALITY):
        above = by_id.get(above.parent or 0)
    return above.name if above is not None and above.kind == Kind.DISTRICT else ""


def _named(row: AreaRow | None, by_id: Mapping[int, AreaRow]) -> AreaRow | None:
    """Return the smallest area around that has a name: small areas have only a code."""
    while row is not None and row.kind == Kind.DESO:
        row = by_id.get(row.parent or 0)
    return row


def _side(area: AreaRow, x_m: float, y_m: float, size_m: float) -> str:
    """Return on which side of an area's middle a point lies."""
    if area.point is None:
        return _("mitten")
    x, y = _metres(area.point)
    if np.hypot(x_m - x, y_m - y) < size_m / 2:
        return _("mitten")
    sides = (_("öster"), _("nordost"), _("norr"), _("nordväst"), _("väster"), _("sydväst"),
             _("söder"), _("sydost"))  # fmt: skip
    return sides[round(float(np.arctan2(y_m - y, x_m - x)) / (np.pi / 4)) % 8]


@lru_cache(maxsize=1_000)
def _metres(point: tuple[float, float]) -> tuple[float, float]:
    x, y = transform(np.array([point[0]]), np.array([point[1]]), DEGREES, SWEREF_99_TM)
    return float(x[0]), float(y[0])


def _circles(division: Any, by_id: Mapping[int, AreaRow]) -> list[dict[str, Any]]:
    made = []
    for n, key in enumerate(division.keys):
        row, value = by_id[key], float(division.changes.count[n])
        if row.point and value > 0:
            made.append({"code": row.code, "lon": row.point[0], "lat": row.point[1],
                         "count": value, "label": number(value)})  # fmt: skip
    return made


def _cells(found: Situation) -> list[dict[str, Any]]:
    if found.cells is None or found.hot is None:
        return []
    counts = found.cells.changes.count
    held = np.flatnonzero(counts > 0)
    starts = breaks(counts)
    rings = _rings(found.hot.places.corners[held].tobytes(), len(held))  # type: ignore[index]
    return [
        {
            "code": f"h{found.cells.keys[place]}",
            "ring": ring,
            "class": int(np.searchsorted(starts, counts[place], side="right")),
            "label": number(float(counts[place])),
        }
        for place, ring in zip(held.tolist(), rings, strict=True)
    ]


def _clusters(found: Situation) -> list[dict[str, Any]]:
    if found.hot is None or found.hot.places.corners is None:
        return []
    import shapely

    made = []
    for letter, one in zip(LETTERS, found.hot.clusters, strict=False):
        hexes = shapely.polygons(np.round(found.hot.places.corners[one.members], 2))
        whole = shapely.union_all(hexes, grid_size=0.1)
        parts = shapely.get_parts(shapely.boundary(whole))
        lines = [_degrees(shapely.get_coordinates(part)) for part in parts]
        top = max((point for line in lines for point in line), key=lambda point: point[1])
        made.append({"letter": letter, "lines": lines, "lon": top[0], "lat": top[1]})
    return made


@lru_cache(maxsize=64)
def _rings(corners: bytes, n: int) -> list[list[list[float]]]:
    """Return the rings of hexagons in degrees; many questions ask for the same hexagons."""
    xy = np.frombuffer(corners, float).reshape(n * 6, 2)
    points = np.array(_degrees(xy)).reshape(n, 6, 2)
    return [[*ring, ring[0]] for ring in points.tolist()]


def _degrees(xy: NDArray[np.float64]) -> list[list[float]]:
    lon, lat = transform(xy[:, 0], xy[:, 1], SWEREF_99_TM, DEGREES)
    return np.column_stack((lon, lat)).round(_DECIMALS).tolist()
