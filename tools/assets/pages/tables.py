"""Pages of tables: small counts hidden, and counts rounded."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from tools.assets.pages.drawing import Page, Row, Spec, framed
from tools.assets.pages.reading import data

from lykta import analysis
from lykta.infrastructure.papers.tokens import LIGHT

Ints = NDArray[np.int64]

NOTTINGHAM = "nottingham_burglary"
CELL = (62, 22)  # px
TWO_MONTHS = ("Jan–Feb", "Mar–Apr", "May–Jun", "Jul–Aug", "Sep–Oct", "Nov–Dec")
QUARTERS = ("Jan–Mar", "Apr–Jun", "Jul–Sep", "Oct–Dec")
# What becomes of a count: its fill, and the colour of its figure.
SHOWN, SMALL, MORE = "shown", "hidden: small", "hidden: would give a small one away"
DOWN, SAME, UP = "rounded down", "as it was", "rounded up"
FILLS = {
    SHOWN: LIGHT["tint"], SMALL: LIGHT["r5"], MORE: LIGHT["r3"],
    DOWN: LIGHT["r2"], SAME: LIGHT["tint"], UP: "#eab3ac",
}  # fmt: skip


def suppression() -> Page:
    """Burglaries by ward and two months in Nottingham: small ones hidden, and what that takes."""
    wards, table = by_ward("burglary", 2)
    totals = table.sum(axis=1), table.sum(axis=0)
    is_small = (table > 0) & (table < 5)
    found = analysis.suppress(table, smallest_shown=5)
    bare, safe = (
        analysis.attack(counts, *totals, smallest_shown=5, is_small=is_small)
        for counts in (np.where(is_small, np.nan, table), found.counts)
    )
    kinds = np.select([found.is_small, found.is_complement], [SMALL, MORE], SHOWN)
    texts = np.where(found.is_hidden, "", table.astype(str))
    row, column = np.argwhere(is_small)[0]
    spec = _picture(
        (wards, TWO_MONTHS, "All"), texts, kinds, tuple(total.astype(str) for total in totals)
    )
    return spec, {
        "n_counts": str(table.size),
        "n_events": f"{table.sum():,}",
        "n_small": str(int(is_small.sum())),
        "n_told": f"{bare.is_recovered.sum()} of {is_small.sum()}",
        "n_more": str(int(found.is_complement.sum())),
        "n_told_after": f"{(safe.is_recovered & is_small).sum()} of {is_small.sum()}",
        "cost": f"{found.cost:.0f}",
        "ward": f"{wards[row]} in {TWO_MONTHS[column]}",
        "ward_total": str(totals[0][row]),
        "ward_rest": str(totals[0][row] - table[row, column]),
        "ward_count": str(table[row, column]),
    }


def rounding() -> Page:
    """Robberies by ward and quarter in Nottingham, rounded to multiples of three."""
    wards, table = by_ward("robbery", 3)
    found = analysis.round_counts(table, base=3, rng=1)
    nearest = analysis.round_counts(table, base=3, method="nearest")
    kinds = np.select([found.counts < table, found.counts > table], [DOWN, UP], SAME)
    totals = found.row_totals, found.column_totals
    off = found.counts.sum(axis=1) != found.row_totals
    first = int(np.flatnonzero(off)[0])
    spec = _picture(
        (wards, QUARTERS, "All"), _whole(found.counts), kinds, tuple(_whole(t) for t in totals)
    )
    return spec, {
        "n_counts": str(table.size),
        "n_events": str(table.sum()),
        "n_up": str(int((kinds == UP).sum())),
        "n_down": str(int((kinds == DOWN).sum())),
        "total": f"{found.total:.0f}",
        "sum": f"{found.counts.sum():.0f}",
        "sum_nearest": f"{nearest.counts.sum():.0f}",
        "n_rows_off": f"{off.sum()} of {len(off)}",
        "ward": wards[first],
        "ward_shown": ", ".join(_whole(found.counts[first])),
        "ward_sum": f"{found.counts[first].sum():.0f}",
        "ward_total": f"{found.row_totals[first]:.0f}",
        "n_nought": f"{((found.counts == 0) & (table > 0)).sum()} counts",
    }


def by_ward(offence: str, months: int) -> tuple[Sequence[str], Ints]:
    """Return the wards of Nottingham, and their counts in each so many months of 2022."""
    from lykta.sources.reading import read_areas, read_events

    areas = read_areas(data(f"{NOTTINGHAM}/nottingham_wards.gpkg"))
    path = data(f"{NOTTINGHAM}/nottingham_{offence}.csv.gz")
    events = read_events([path], metric_crs=areas.metric_crs)
    ward = analysis.assign_areas(events.x_m, events.y_m, areas.polygons).area
    part = events.starts_at.astype("M8[M]").astype(int) % 12 // months
    counts = np.zeros((len(areas.names), 12 // months), np.int64)
    np.add.at(counts, (ward, part), 1)
    order = np.argsort(areas.names)
    return [str(areas.names[n]) for n in order], counts[order]


def _whole(counts: NDArray[np.float64]) -> NDArray[np.str_]:
    return counts.astype(int).astype(str)


def _picture(
    heads: tuple[Sequence[str], Sequence[str], str], texts: NDArray[np.str_],
    kinds: NDArray[np.str_], totals: tuple[NDArray[np.str_], ...],
) -> Spec:  # fmt: skip
    """Return a table as a picture: figures on fills, the totals last."""
    rows, columns, whole = heads
    cells: list[Row] = [
        {"row": row, "column": column, "text": str(texts[r, c]), "kind": str(kinds[r, c])}
        for r, row in enumerate(rows)
        for c, column in enumerate(columns)
    ]
    sums: list[Row] = [
        *({"row": row, "column": whole, "text": str(n)}
          for row, n in zip(rows, totals[0], strict=True)),
        *({"row": whole, "column": column, "text": str(n)}
          for column, n in zip(columns, totals[1], strict=True)),
    ]  # fmt: skip
    known = [kind for kind in FILLS if kind in kinds]
    axis = {"domain": False, "ticks": False, "grid": False, "labelLimit": 0}
    across = axis | {"orient": "top", "labelAngle": 0, "labelFontSize": 12}
    x = {"field": "column", "type": "nominal", "title": None, "axis": across}
    y = {"field": "row", "type": "nominal", "title": None, "axis": axis}
    fill = {"field": "kind", "type": "nominal", "legend": None}
    fill["scale"] = {"domain": known, "range": [FILLS[kind] for kind in known]}
    text = {"text": {"field": "text"}}
    box = {"type": "rect", "stroke": LIGHT["bg"], "strokeWidth": 1.5}
    chart = {
        "encoding": {
            "x": x | {"sort": None, "scale": {"domain": [*columns, whole]}},
            "y": y | {"sort": None, "scale": {"domain": [*rows, whole]}},
        },
        "layer": [
            {"data": {"values": cells}, "mark": box, "encoding": {"color": fill}},
            {"data": {"values": cells}, "mark": {"type": "text", "style": "small",
             "color": LIGHT["ink"]}, "encoding": text},
            {"data": {"values": sums}, "mark": {"type": "text", "style": "strong"},
             "encoding": text},
        ],
    }  # fmt: skip
    return framed(
        chart,
        key=[(kind, FILLS[kind] if kind not in (SHOWN, SAME) else LIGHT["band"], "box")
             for kind in known],
        width=CELL[0] * (len(columns) + 1),
        height=CELL[1] * (len(rows) + 1),
    )  # fmt: skip
