"""The days of the week against the hours, or parts, of the day."""

from collections.abc import Sequence

from lykta.infrastructure.papers.charts import marks
from lykta.infrastructure.papers.charts.marks import WIDE, Layer, Spec, layer, px, text
from lykta.infrastructure.papers.tokens import LIGHT, RAMP

WEEKDAYS = ("mån", "tis", "ons", "tor", "fre", "lör", "sön")
HOURS = tuple(f"{hour:02d}" for hour in range(24))
LEFT = 40


def day_hour_grid(
    counts: Sequence[Sequence[float | None]],
    *,
    breaks: Sequence[int] = (1, 5, 10, 15, 20),
    column_labels: Sequence[str] = HOURS,
    cell_texts: Sequence[Sequence[str]] | None = None,
    legend_lead: str = "Antal:",
    width: float = WIDE,
) -> Spec:
    """Return seven rows of counts in five classes of one hue; `breaks` begin the classes.

    `cell_texts` stand in the cells where there is room for them: the caller hides small counts.
    """
    columns = len(column_labels)
    if any(len(row) != columns for row in counts) or len(counts) != len(WEEKDAYS):
        raise ValueError(f"counts: expected {len(WEEKDAYS)} rows of {columns}")
    if len(breaks) != 5:
        raise ValueError(f"breaks: {breaks}; give the first count of each of the five classes")
    step = (width - LEFT) / columns
    row_height = 30 if columns > 12 else 36
    cells = [
        {
            "x": column * step,
            "x2": (column + 1) * step - 2,
            "y": day * row_height,
            "y2": (day + 1) * row_height - 2,
            "class": marks.class_of(count, breaks),
            "is_missing": marks.known(count) is None,
        }
        for day, row in enumerate(counts)
        for column, count in enumerate(row)
    ]
    height = row_height * len(WEEKDAYS)
    legend, _ = marks.swatches(
        _legend(breaks, has_missing=any(cell["is_missing"] for cell in cells)),
        width=width - LEFT,
        y=height + 44,
        lead=legend_lead,
    )
    layers = [
        *_cells(cells),
        *_numbers(cells, cell_texts, step),
        _day_words(row_height),
        _column_words(column_labels, step, height),
        *legend,
    ]
    return marks.spec(width - LEFT, height, layers)


def _legend(breaks: Sequence[int], *, has_missing: bool) -> list[tuple[str, Layer]]:
    """Return words and look of each class, of none, and of missing where there is any."""
    none = ("inga" if breaks[0] == 1 else f"färre än {breaks[0]}", {"color": LIGHT["tint2"]})
    missing = {"fill": LIGHT["bg"], "stroke": LIGHT["line2"], "strokeDash": [3, 2]}
    classes = [
        (words, {"color": colour})
        for words, colour in zip(marks.class_words(breaks), RAMP, strict=True)
    ]
    return [none, *classes, *([("uppgift saknas", missing)] if has_missing else [])]


def _cells(cells: marks.Rows) -> list[Layer]:
    """Return the cells: in a class, in none, and missing."""
    corners = {"x": px("x"), "x2": {"field": "x2"}, "y": px("y"), "y2": {"field": "y2"}}
    colour = {"field": "class", "type": "ordinal", "scale": marks.ramp_scale(), "legend": None}
    missing = {"fill": LIGHT["bg"], "stroke": LIGHT["line2"], "strokeDash": [3, 2]}
    some = [cell for cell in cells if cell["class"] is not None]
    none = [cell for cell in cells if cell["class"] is None and not cell["is_missing"]]
    gone = [cell for cell in cells if cell["is_missing"]]
    return [
        layer(none, {"type": "rect", "color": LIGHT["tint2"]}, **corners),
        layer(some, {"type": "rect"}, **corners, color=colour),
        layer(gone, {"type": "rect", "strokeWidth": 1, **missing}, **corners),
    ]


def _numbers(cells: marks.Rows, texts: Sequence[Sequence[str]] | None, step: float) -> list[Layer]:
    """Return the words in the cells, where there is room for all of them."""
    words = [word for row in texts or () for word in row]
    if not words or max(map(marks.text_width, words)) + 6 > step:
        return []
    rows = [
        {
            "x": (cell["x"] + cell["x2"]) / 2,
            "y": (cell["y"] + cell["y2"]) / 2,
            "text": word,
            "is_dark": (cell["class"] or 0) >= 3,
        }
        for cell, word in zip(cells, words, strict=True)
    ]
    return [
        text(
            [row for row in rows if row["is_dark"] is is_dark],
            style="small",
            mark={"align": "center", "color": LIGHT[name]},
        )
        for is_dark, name in ((True, "on-dark"), (False, "on-light"))
    ]


def _day_words(row_height: float) -> Layer:
    """Return the days of the week, at the left."""
    rows = [
        {"x": -LEFT, "y": (day + 0.5) * row_height - 1, "text": name}
        for day, name in enumerate(WEEKDAYS)
    ]
    return text(rows)


def _column_words(labels: Sequence[str], step: float, height: float) -> Layer:
    """Return as many names of the columns as there is room for, under them."""
    room = max(map(marks.text_width, labels)) + 6
    every = next((n for n in (1, 2, 3, 4, 6, 12) if n * step >= room), len(labels))
    rows = [
        {
            "x": index * step + ((step - 2) / 2 if every == 1 else 0),
            "y": height + 14,
            "text": label,
        }
        for index, label in enumerate(labels)
        if index % every == 0
    ]
    return text(rows, mark={"align": "center" if every == 1 else "left"})
