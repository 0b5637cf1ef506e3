"""The events as columns: the only border between the rows and the numbers."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from lykta.analysis.lattices import Lattice
from lykta.domain.events.models import Event
from lykta.infrastructure.columns.mirrors import Columns, Mirrored

# Sides of the hexagons that are laid over the map, metres; none finer may be shown to partners.
CELLS_M = (250, 500, 1000, 2000)
NONE = -1
_MONDAY = 4  # 1970-01-01 was a Thursday
_CHUNK = 20_000
_FIELDS = {
    "pk": np.int64,
    "first_day": None,
    "last_day": None,
    "first_minute": np.int16,
    "last_minute": np.int16,
    "area_id": np.int32,
    "listed_area_id": np.int32,
    "local_area_id": np.int32,
    "category_id": np.int32,
    "source_id": np.int32,
    "organisation_id": np.int32,
    "count": np.int32,
    "withheld": np.int32,
    "x_m": np.float64,
    "y_m": np.float64,
    "reliability": object,
    "confidentiality": object,
}


def columns(part: str) -> Columns:
    """Return the events of one year as columns, in order of day; of none for ""."""
    rows = Event.objects.current()
    rows = rows.filter(first_day__year=int(part)) if part else rows.none()
    found = _arrays(rows.order_by("first_day", "pk"))
    day, last = found["first_day"], found["last_day"]
    # The week of the middle day, as in the pictures; none where it is not known to the week.
    week = ((day + last) // 2 - _MONDAY) // 7
    found["week"] = np.where(last - day < 7, week, NONE).astype(np.int32)
    withheld = found.pop("withheld")
    # A count that the source withholds is at least one.
    found["count"] = np.where(withheld > 0, 1, found["count"]).astype(np.int32)
    found["unseen"] = np.maximum(withheld - 1, 0).astype(np.int32)
    has_point = ~np.isnan(found["x_m"])
    for size in CELLS_M:
        cells = np.full(len(day), NONE, np.int64)
        cells[has_point] = Lattice("hex", float(size)).cells(
            found["x_m"][has_point], found["y_m"][has_point]
        )
        found[f"cell_{size}"] = cells
    return found


def parts() -> list[str]:
    """Return every year that holds an event."""
    years = Event.objects.current().order_by().values_list("first_day__year", flat=True).distinct()
    return sorted(str(year) for year in years)


# What may be asked without single rows: a tenth of them, or fewer.
WEEKS = """
    SELECT week, area_id, listed_area_id, local_area_id, category_id, source_id, organisation_id,
        reliability, confidentiality, sum(count)::BIGINT AS count, sum(unseen)::BIGINT AS unseen,
        min(first_day) AS first_day, max(first_day) AS latest_day,
        CASE WHEN week < 0 THEN first_day END AS undated_from,
        CASE WHEN week < 0 THEN last_day END AS undated_to
    FROM part GROUP BY ALL ORDER BY week, area_id
"""
MIRROR = Mirrored(parts=parts, columns=columns, summaries={"weeks": WEEKS})


def _arrays(rows: Any) -> dict[str, NDArray[Any]]:
    """Return the fields as arrays: days since 1970-01-01, `NONE` or nan for what is missing."""
    chunks: dict[str, list[NDArray[Any]]] = {name: [] for name in _FIELDS}
    block: list[tuple[Any, ...]] = []
    for row in rows.values_list(*_FIELDS).iterator(chunk_size=_CHUNK):
        block.append(row)
        if len(block) == _CHUNK:
            _add(chunks, block)
            block = []
    _add(chunks, block)
    return {name: np.concatenate(parts) for name, parts in chunks.items()}


def _add(chunks: dict[str, list[NDArray[Any]]], block: list[tuple[Any, ...]]) -> None:
    values = list(zip(*block, strict=True)) if block else [()] * len(_FIELDS)
    for (name, kind), column in zip(_FIELDS.items(), values, strict=True):
        chunks[name].append(_array(kind, column))


def _array(kind: Any, column: tuple[Any, ...]) -> NDArray[Any]:
    if kind is None:  # a day
        return np.array(column, "datetime64[D]").astype(np.int32)
    if kind is object:
        return np.array(column, dtype=object)
    missing = np.nan if kind is np.float64 else NONE
    return np.array([missing if value is None else value for value in column], kind)
