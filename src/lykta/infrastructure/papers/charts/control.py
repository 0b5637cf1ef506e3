"""A control chart: values over time against what was expected and its limits."""

import math
from collections.abc import Iterable, Mapping, Sequence

from lykta.infrastructure.papers.charts import marks
from lykta.infrastructure.papers.charts.marks import (
    WIDE,
    Layer,
    Numbers,
    Spec,
    haloed,
    known,
    layer,
    quantity,
    text,
)
from lykta.infrastructure.papers.swedish import number
from lykta.infrastructure.papers.tokens import LIGHT

SERIES = {"type": "line", "stroke": LIGHT["accent"], "strokeWidth": 2, "strokeJoin": "round"}
LIMIT_NAMES = ("övre gräns", "väntat", "nedre gräns")


def _along(value: float | Numbers | None, length: int) -> list[float | None]:
    """Return the value as one for each point: a single one holds for all of them."""
    if isinstance(value, Iterable):
        return [known(item) for item in value]
    return [known(value)] * length


def _last(values: Sequence[float | None]) -> int | None:
    """Return the index of the last value that is not missing."""
    return max((index for index, value in enumerate(values) if value is not None), default=None)


def control_chart(
    labels: Sequence[str],
    values: Numbers,
    *,
    expected: float | Numbers,
    lower: float | Numbers | None,
    upper: float | Numbers | None,
    is_outside: Sequence[bool] | None = None,
    notes: Mapping[int, str] | None = None,
    last_note: str = "",
    limit_names: tuple[str, str, str] = LIMIT_NAMES,
    label_every: int = 4,
    decimals: int = 0,
    width: float = WIDE,
) -> Spec:
    """Return a control chart from 0: the values, what was expected and its limits.

    `notes` holds one note per point outside, by index; `last_note` stands at the last value.
    """
    count = len(values)
    if not count or len(labels) != count:
        raise ValueError(f"labels: {len(labels)} for {count} values; give one label per value")
    values = _along(values, count)
    limits = [_along(limit, count) for limit in (upper, expected, lower)]
    outside = [bool(flag) for flag in (is_outside or [False] * count)]
    numbers = [value for value in [*values, *limits[0], *limits[1]] if value is not None]
    is_narrow = marks.is_narrow(width)
    size = (width - 136, 200 if is_narrow else 230)
    # On a phone the notes break into lines, which need room over the highest point.
    head = 1.35 if is_narrow and notes else 1.08
    top, ticks = marks.nice_top(max(numbers, default=1) * head)
    scale = {"scale": {"domain": [0, max(count - 1, 1)], "nice": False, "zero": False}}
    x = quantity("i", 1) | scale
    y = quantity("v", top, axis={"values": ticks, "format": f",.{_decimals(ticks)}f"})
    rows = [
        {"i": i, "v": value, "upper": limits[0][i], "lower": limits[2][i] or 0.0}
        for i, value in enumerate(values)
    ]
    layers = [
        *_band(rows, x, y, is_drawn=upper is not None),
        *_limit_lines(limits, x, y),
        layer(rows, SERIES, x=x, y=y),
        *_dots(values, outside, x, y),
        _limit_words(limits, limit_names, decimals, top, size),
        _axis_words(labels, label_every, size),
        *_notes(values, dict(notes or {}), last_note, top, size),
    ]
    return marks.spec(*size, layers)


def _decimals(ticks: Sequence[float]) -> int:
    """Return how many decimals the ticks need."""
    return next(d for d in range(7) if all(abs(t - round(t, d)) < 1e-9 for t in ticks))


def _band(rows: marks.Rows, x: Spec, y: Spec, *, is_drawn: bool) -> list[Spec]:
    """Return the band between the limits."""
    mark = {"type": "area", "color": LIGHT["tint2"]}
    bounds = {"y": y | {"field": "lower"}, "y2": {"field": "upper"}}
    return [layer(rows, mark, x=x, **bounds)] if is_drawn else []


def _limit_lines(limits: Sequence[Numbers], x: Spec, y: Spec) -> list[Spec]:
    """Return the lines of the limits, dashed, and of what was expected, whole."""
    looks: Sequence[Layer] = (
        {"stroke": LIGHT["line2"], "strokeDash": [5, 4]},
        {"stroke": LIGHT["ink2"]},
        {"stroke": LIGHT["line2"], "strokeDash": [5, 4]},
    )
    return [
        layer(
            [{"i": i, "v": value} for i, value in enumerate(limit)],
            {"type": "line", "strokeWidth": 1, **look},
            x=x,
            y=y,
        )
        for limit, look in zip(limits, looks, strict=True)
        if any(value is not None for value in limit)
    ]


def _dots(values: Numbers, outside: Sequence[bool], x: Spec, y: Spec) -> list[Spec]:
    """Return small dots for all, rings for those outside, and a large one for the last value."""
    last = _last(values)
    rows: marks.Rows = [{"i": i, "v": v} for i, v in enumerate(values) if v is not None]
    rings = [row for row in rows if outside[row["i"]]]
    ends = [row for row in rows if row["i"] == last and not outside[row["i"]]]
    dot = {"type": "point", "filled": True, "color": LIGHT["accent"]}
    ring = dot | {"size": 64, "fill": LIGHT["bg"], "stroke": LIGHT["accent"], "strokeWidth": 2}
    return [
        layer(rows, dot | {"size": 12}, x=x, y=y),
        layer(rings, ring, x=x, y=y),
        layer(ends, dot | {"size": 75}, x=x, y=y),
    ]


def _limit_words(
    limits: Sequence[Numbers],
    names: Sequence[str],
    decimals: int,
    top: float,
    size: tuple[float, float],
) -> Spec:
    """Return the names and values of the limits, at the right end of their lines."""
    ends = [
        (value, f"{name} {number(value, decimals)}")
        for limit, name in zip(limits, names, strict=True)
        if (value := limit[-1]) is not None
    ]
    places = marks.spread([size[1] * (1 - value / top) for value, _ in ends], 16)
    rows = [
        {"x": size[0] + 12, "y": place, "text": words}
        for place, (_, words) in zip(places, ends, strict=True)
    ]
    return text(rows)


def _axis_words(labels: Sequence[str], every: int, size: tuple[float, float]) -> Spec:
    """Return every so many of the labels, under the axis."""
    step = size[0] / max(len(labels) - 1, 1)
    room = max(map(marks.text_width, labels)) + 8
    times = max(1, math.ceil(room / (every * step)))
    rows = [
        {"x": index * step, "y": size[1] + 18, "text": label}
        for index, label in enumerate(labels)
        if index % (every * times) == 0
    ]
    return text(rows, mark={"align": "center"})


def _notes(
    values: Numbers, notes: Mapping[int, str], last_note: str, top: float, size: tuple[float, float]
) -> list[Layer]:
    """Return the notes beside their points, turned inwards, and the note of the last value."""
    step = size[0] / max(len(values) - 1, 1)
    last = _last(values)
    layers: list[Layer] = []
    for index, words in notes.items():
        x, y = index * step, size[1] * (1 - (values[index] or 0) / top)
        is_left = x < size[0] / 2
        room = (size[0] - x if is_left else x) - 14
        lines = marks.wrapped(words, room)
        # Of several lines the one by the point is the last above the middle, the first below it.
        lift = -15 * lines.count("\n") if y < size[1] / 2 else 0
        row = {"x": x + (12 if is_left else -12), "y": max(y + lift, 6), "text": lines}
        align = {"align": "left" if is_left else "right"}
        layers.append(haloed([row], halo=LIGHT["bg"], mark=align))
    if last_note and last is not None and last not in notes:
        place = {"x": last * step + 6, "y": size[1] * (1 - (values[last] or 0) / top) - 18}
        row = place | {"text": last_note}
        layers.append(haloed([row], halo=LIGHT["bg"], style="strong", mark={"align": "right"}))
    return layers
