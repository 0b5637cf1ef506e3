"""The row errors of a file of events, in order of row."""

import numpy as np
from numpy.typing import NDArray

from lykta.sources.choosing import Plan
from lykta.sources.events.columns import Columns
from lykta.sources.events.faults import ORIGIN, TOLD, Fault
from lykta.sources.events.query import Query, numbered
from lykta.sources.files.table import Table
from lykta.sources.records import RowError
from lykta.sources.rejecting import HIDDEN, row_error

# More are counted but not listed: a list of this length says that the whole column is wrong.
MOST_LISTED = 100_000
_TEXTS = ("started", "finished", "x", "y", "count", "category", "area", "id")
_PERSONAL = (Fault.PERSONAL_CATEGORY, Fault.PERSONAL_AREA)


def errors_of(
    table: Table, query: Query, columns: Columns, repeated: dict[int, int]
) -> tuple[RowError, ...]:
    """Return why each faulty row is rejected, and the broken records of the file."""
    rows = np.flatnonzero(columns.fault)[:MOST_LISTED]
    if not len(rows):
        return table.content.broken[:MOST_LISTED]
    places = columns.places
    texts = _texts(table, query, places[rows])
    numbers = table.record_numbers(places)
    errors = [
        _error(query.plan, Fault(int(columns.fault[row])), text, _Numbers(numbers, row, repeated))
        for row, text in zip(rows.tolist(), texts, strict=True)
    ]
    listed = sorted([*table.content.broken, *errors], key=lambda error: error.row)
    return tuple(listed[:MOST_LISTED])


class _Numbers:
    """The number of one row in the file, and of the row that it repeats."""

    def __init__(self, numbers: NDArray[np.int64], row: int, repeated: dict[int, int]) -> None:
        self.own = int(numbers[row])
        self.kept = int(numbers[repeated[row]]) if row in repeated else 0


def _texts(table: Table, query: Query, places: NDArray[np.int64]) -> list[dict[str, str]]:
    if not len(places):
        return []
    wanted = ", ".join(f"coalesce(\"{name}\", '')" for name in _TEXTS)
    rows = table.ask(
        f"SELECT {wanted} FROM ({numbered(query)}) "
        "WHERE place IN (SELECT unnest(?)) ORDER BY place",
        [places.tolist()],
    )
    return [dict(zip(_TEXTS, row, strict=True)) for row in rows]


def _error(plan: Plan, fault: Fault, text: dict[str, str], numbers: _Numbers) -> RowError:
    if fault is Fault.SET_APART:
        reason = plan.layout.set_apart[1] if plan.layout.set_apart else ""
        return row_error(numbers.own, _column(plan, "category"), text["category"], reason)
    if fault is Fault.REPEATED:
        return row_error(
            numbers.own, _column(plan, "id"), text["id"], _why_repeated(plan, numbers.kept)
        )
    name, reason = TOLD[fault]
    value = HIDDEN if fault in _PERSONAL else _value(fault, name, text)
    return row_error(numbers.own, _column(plan, name), value, reason)


def _why_repeated(plan: Plan, kept: int) -> str:
    if plan.layout.keeps_last_revision:
        return f"En senare version av samma post står på rad {kept}; bara den räknas."
    return f"Samma id står redan på rad {kept}; händelsen räknas en gång."


def _value(fault: Fault, name: str, text: dict[str, str]) -> str:
    is_pair = fault in (Fault.DEGREES, Fault.SWAPPED, Fault.OUTSIDE, Fault.HALF_POINT)
    return f"{text['x']}; {text['y']}" if is_pair else text[name]


def _column(plan: Plan, name: str) -> str:
    return next((plan.mapping[field] for field in ORIGIN[name] if field in plan.mapping), "")
