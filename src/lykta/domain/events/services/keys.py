"""What an event is known by, so that the same row is the same event each time it is read in."""

from dataclasses import dataclass
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from lykta.sources.records import EventRecords

Texts = NDArray[np.object_]
_DECIMETRES = 10


@dataclass(frozen=True, slots=True)
class Keys:
    """Key and digest of each event of a file."""

    key: Texts
    digest: Texts
    has_ids: bool  # False: a corrected row cannot be told from a new one


def keys_of(records: EventRecords, *, reliability: str) -> Keys:
    """Return what each event is known by: its id, else what does not change when it is corrected.

    A row that counts many is known by when, where and of what kind; any other row without an id
    by all that it says. Of rows that would be known by the same, each gets its number.
    """
    with duckdb.connect() as connection:
        connection.register("events", _columns(records))
        is_counted = bool((records.count != 1).any())
        plain = "starts, ends, area, category" + ("" if is_counted else ", x, y")
        found = connection.execute(
            f"""
            SELECT key || CASE WHEN n > 1 THEN '#' || n ELSE '' END AS key, digest FROM (
                SELECT place, key, digest, row_number() OVER (PARTITION BY key ORDER BY place) AS n
                FROM (
                    SELECT place,
                        coalesce('id:' || id, md5(concat_ws('|', {plain}))) AS key,
                        md5(concat_ws('|', starts, ends, area, category, x, y, count, withheld, ?))
                            AS digest
                    FROM events
                )
            ) ORDER BY place
            """,
            [reliability],
        ).fetchnumpy()
    has_ids = records.ids is not None and bool(len(records.ids)) and all(records.ids != None)  # noqa: E711 - element by element
    return Keys(found["key"], found["digest"], has_ids or is_counted)


def _columns(records: EventRecords) -> dict[str, Any]:
    n = len(records.starts_at)
    areas = np.array([*records.area_codes, ""], dtype=object)
    categories = np.array([*records.categories, ""], dtype=object)
    ids = records.ids if records.ids is not None else np.full(n, None, dtype=object)
    return {
        "place": np.arange(n),
        "id": ids,
        "starts": records.starts_at.astype("datetime64[s]").astype(np.int64),
        "ends": records.ends_at.astype("datetime64[s]").astype(np.int64),
        "area": areas[records.area],
        "category": categories[records.category],
        "x": _steps(records.x_m),
        "y": _steps(records.y_m),
        "count": records.count,
        "withheld": records.withheld,
    }


def _steps(metres: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return metres in steps of a decimetre, which survive a way through a text; -1 for none."""
    return np.rint(np.nan_to_num(metres * _DECIMETRES, nan=-1)).astype(np.int64)
