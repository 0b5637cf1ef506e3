"""The numbers of one file's events, as they come out of the query."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lykta.sources import times
from lykta.sources.events.faults import Fault
from lykta.sources.events.query import Query, numbers_sql
from lykta.sources.files.table import Table
from lykta.sources.records import Codes, Floats, Instants

_MONTH_COLUMNS = ("month", "månad", "manad")


@dataclass(slots=True)
class Columns:
    """Columns of length n; `fault` says which rows are not to be used."""

    starts_at: Instants
    ends_at: Instants
    levels: NDArray[np.uint8]
    fault: NDArray[np.uint8]
    row_places: NDArray[np.int64] | None  # where only some rows are asked for
    x: Floats | None  # as in the file, nan where not given
    y: Floats | None
    category: Codes
    area: Codes
    count: NDArray[np.int64]
    withheld: NDArray[np.int64]  # the most that a withheld count may be; 0 for the others

    @property
    def places(self) -> NDArray[np.int64]:
        """The place of each row in the file's table, from 0."""
        if self.row_places is None:
            return np.arange(len(self.fault), dtype=np.int64)
        return self.row_places


def columns_of(table: Table, query: Query) -> Columns:
    """Return the rows that are asked for, as numbers."""
    found = table.connection.execute(numbers_sql(query)).fetchnumpy()
    n = len(found["fault"])
    # Taken out one by one, so that the database's own form of a column is gone when ours is made.
    starts_at = _instants(found.pop("started_at"))
    fault = _plain(found["fault"])
    levels = _levels(query, starts_at, _plain(found["started_level"]))
    ends_at = _ends(found, starts_at, levels, fault)
    count = _plain(found["count_value"]) if "count_value" in found else np.ones(n, dtype=np.int64)
    withheld = np.where((count < 0) & (fault == Fault.NONE), -count, 0)
    return Columns(
        starts_at=starts_at,
        ends_at=ends_at,
        levels=levels,
        fault=fault,
        row_places=_plain(found["place"]) if "place" in found else None,
        x=_plain(found["x_value"]) if "x_value" in found else None,
        y=_plain(found["y_value"]) if "y_value" in found else None,
        category=_codes(found, "category_code", n),
        area=_codes(found, "area_code", n),
        count=np.maximum(count, 0) if withheld.any() else count,
        withheld=withheld,
    )


def _levels(query: Query, starts_at: Instants, levels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return how exact the times are; a column of months may write them as their first days."""
    column = query.plan.mapping.get("time", "").casefold()
    if column not in _MONTH_COLUMNS or np.any(levels != times.DAY):
        return levels
    is_first_day = starts_at == starts_at.astype("datetime64[M]")
    return np.full_like(levels, times.MONTH) if is_first_day.all() else levels


def _ends(
    found: dict[str, Any], starts_at: Instants, levels: NDArray[np.uint8], fault: NDArray[Any]
) -> Instants:
    """Return the last moments: those given, else the last that the start may mean."""
    ends_at: Instants = times.last_moments(starts_at, levels)
    if "finished_at" not in found:
        return ends_at
    finished = _instants(found.pop("finished_at"))
    last = times.last_moments(finished, _plain(found["finished_level"]))
    ends_at = np.where(np.isnat(finished), ends_at, last)
    is_backwards = (ends_at < starts_at) & (fault == Fault.NONE)
    fault[is_backwards] = Fault.ENDS_BEFORE_START
    return ends_at


def _instants(found: Any) -> Instants:
    whole: Instants = np.ma.filled(found, np.datetime64("NaT")).astype("datetime64[s]")
    return whole


def _plain(found: Any) -> NDArray[Any]:
    return np.ma.getdata(found)


def _codes(found: Mapping[str, Any], name: str, n: int) -> Codes:
    if name in found:
        return _plain(found[name]).astype(np.int32, copy=False)
    return np.full(n, -1, dtype=np.int32)
