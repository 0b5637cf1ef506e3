"""What an event is known by, so that the same row is the same event each time it is read in."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lykta.domain.events.rules import OWN_ID
from lykta.infrastructure import scratch
from lykta.sources.records import EventRecords

Texts = NDArray[np.object_]
Ids = NDArray[np.int64]
_DECIMETRES = 10
_MINUTE = 60
# Letters of a key, its number not counted; of a longer one there is a digest.
_LONGEST = 70


@dataclass(frozen=True, slots=True)
class Keys:
    """Key and digest of each event of a file."""

    key: Texts
    digest: Texts  # of what is kept of the event, whatever words the file has for it
    is_lasting: bool  # False: a corrected row cannot be told from a new one


def keys_of(records: EventRecords, *, categories: Texts, said_areas: Ids) -> Keys:
    """Return what each event is known by: its id, else what does not change when it is corrected.

    categories : (n,) code of each event's category, "" for none.  said_areas : (n,) the area that
    the row names, -1 where it has a point or names none that is known.
    A row that counts many is known by when, where and of what kind; any other row without an id
    by all that it says. Of rows that would be known by the same, each gets its number.
    """
    is_counted = bool((records.count != 1).any())
    plain = "starts, ends, area, word" + ("" if is_counted else ", x, y")
    own = f"starts_with(id, '{OWN_ID}')"
    with scratch.connect() as connection:
        connection.register("events", _columns(records, categories, said_areas))
        found = connection.execute(
            f"""
            WITH named AS (
                SELECT place,
                    CASE WHEN {own} THEN substr(id, {len(OWN_ID) + 1})
                        WHEN id IS NOT NULL THEN 'id:' || id
                        ELSE md5(concat_ws('|', {plain})) END AS name,
                    md5(concat_ws('|', starts, ends, said, category, x, y, count, withheld))
                        AS digest
                FROM events
            ), keyed AS (
                SELECT place, digest,
                    CASE WHEN length(name) > {_LONGEST} THEN md5(name) ELSE name END AS key
                FROM named
            ), numbered AS (
                SELECT *, row_number() OVER (PARTITION BY key ORDER BY place) AS n FROM keyed
            )
            SELECT key || CASE WHEN n > 1 THEN '#' || n ELSE '' END AS key, digest
            FROM numbered ORDER BY place
            """
        ).fetchnumpy()
    is_named = records.ids is not None and all(each is not None for each in records.ids.tolist())
    return Keys(found["key"], found["digest"], is_named or is_counted)


def _columns(records: EventRecords, categories: Texts, said_areas: Ids) -> dict[str, Any]:
    n = len(records.starts_at)
    areas = np.array([*records.area_codes, ""], dtype=object)
    words = np.array([*records.categories, ""], dtype=object)
    return {
        "place": np.arange(n),
        "id": records.ids if records.ids is not None else np.full(n, None, dtype=object),
        "starts": _minutes(records.starts_at),
        "ends": _minutes(records.ends_at),
        "area": areas[records.area],
        "word": words[records.category],
        "said": said_areas,
        "category": categories,
        "x": _steps(records.x_m),
        "y": _steps(records.y_m),
        "count": records.count,
        "withheld": records.withheld,
    }


def _minutes(moments: NDArray[np.datetime64]) -> Ids:
    """Return moments as they are kept: to the minute."""
    return moments.astype("datetime64[s]").astype(np.int64) // _MINUTE


def _steps(metres: NDArray[np.float64]) -> Ids:
    """Return metres, rounded as they are kept, in steps of a decimetre; -1 for none."""
    return np.rint(np.nan_to_num(np.round(metres, 2) * _DECIMETRES, nan=-1)).astype(np.int64)
