"""Rows with the same id: one event, counted once."""

from collections import defaultdict

import numpy as np
from numpy.typing import NDArray

from lykta.sources.events.query import Query, numbered
from lykta.sources.files.table import Table


def repeats(
    table: Table,
    query: Query,
    *,
    places: NDArray[np.int64],
    is_accepted: NDArray[np.bool_],
) -> dict[int, int]:
    """Return, for each accepted row that says the same event again, the row that is kept.

    Both are places among the accepted and rejected rows that were asked for, from 0. The first
    row is kept, or the last where the layout keeps revisions; a rejected row is never the one.
    """
    rows = table.ask(
        f"SELECT place, id FROM ({numbered(query)}) WHERE id IS NOT NULL AND {query.where} "
        "QUALIFY count(*) OVER (PARTITION BY id) > 1 ORDER BY place"
    )
    groups: dict[str, list[int]] = defaultdict(list)
    for place, id_ in rows:
        row = int(np.searchsorted(places, place))
        if is_accepted[row]:
            groups[id_].append(row)
    kept_at = -1 if query.plan.layout.keeps_last_revision else 0
    return {
        row: group[kept_at] for group in groups.values() for row in group if row != group[kept_at]
    }
