"""What the pictures of the gallery share: a key above, a size, and a few kinds of drawing."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from lykta.analysis.results import VEGA_LITE
from lykta.infrastructure.papers.tokens import LIGHT

Spec = dict[str, Any]
Page = tuple[Spec, dict[str, str]]  # a picture, and the figures as they stand in the text
Row = Mapping[str, Any]

WIDTH, HEIGHT = 600, 250
SEEN, QUIET, ALARM, DEEP = "#1f4e79", "#888888", "#b3261e", LIGHT["r5"]
DASH, LONG = [4, 3], [9, 3]
SOLID = {"opacity": 1, "filled": True}
WEEKS = {
    "type": "temporal",
    "title": "Week that begins",
    "axis": {"format": "%Y-%m", "tickCount": {"interval": "month", "step": 2}},
}
# Numbers are written by the locale of the papers; these pages are in English.
PLAIN = {"labelExpr": "'' + datum.value", "labelFlush": False}


def value(field: str, title: str | None, **more: Any) -> Spec:
    """Return the encoding of a number."""
    return {"field": field, "type": "quantitative", "title": title, **more}


def layer(mark: str, colour: str, *, style: Spec | None = None, **encoding: Any) -> Spec:
    """Return one layer: a mark in a colour, and what decides its place."""
    solid = SOLID if mark == "point" else {"strokeJoin": "round"}
    return {"mark": {"type": mark, "color": colour, **solid, **(style or {})}, "encoding": encoding}


def dated(chart: Spec, days: Sequence[str]) -> Spec:
    """Return a chart of weeks with the day each begins, instead of its place in the series."""
    rows = [row | {"week": days[row["week"]]} for row in chart["data"]["values"]]
    solid = {"opacity": 1, "strokeJoin": "round"}
    layers = [part | {"mark": part["mark"] | solid} for part in chart["layer"]]
    x = {"x": WEEKS | {"field": "week"}}
    return chart | {"data": {"values": rows}, "encoding": x, "layer": layers}


def framed(
    chart: Spec, *, key: Iterable[tuple[str, str, Any]] = (), width: int = WIDTH,
    height: int = HEIGHT,
) -> Spec:  # fmt: skip
    """Return a chart in its size on paper's white, below a key.

    key : words, colour, and "dot", "box" or the dashes of a line, in order from the left.
    """
    inner = {name: part for name, part in chart.items() if name != "$schema"}
    sized = {"width": width, "height": height, **inner}
    parts = [_key(list(key), width), sized] if key else [sized]
    return {
        "$schema": VEGA_LITE,
        "background": LIGHT["bg"],
        "padding": 14,
        "spacing": 10,
        "vconcat": parts,
    }


def _key(items: list[tuple[str, str, Any]], width: int) -> Spec:
    layers, left = [], 0.0
    for words, colour, shape in items:
        layers.append(_sample(colour, shape, left))
        text = {"type": "text", "style": "small", "align": "left", "text": words}
        layers.append({"mark": text, "encoding": _at(left + 26)})
        left += 26 + 6.2 * len(words) + 20
    return {"width": width, "height": 14, "data": {"values": [{}]}, "layer": layers}


def _sample(colour: str, shape: Any, left: float) -> Spec:
    if shape in ("dot", "box"):
        mark = {"type": "point", "filled": True, "opacity": 1, "color": colour}
        mark |= (
            {"size": 80, "shape": "circle"} if shape == "dot" else {"size": 150, "shape": "square"}
        )
        return {"mark": mark, "encoding": _at(left + 12)}
    mark = {"type": "rule", "color": colour, "strokeWidth": 2, "strokeDash": shape}
    return {"mark": mark, "encoding": _at(left) | {"x2": {"value": left + 20}}}


def _at(x: float) -> Spec:
    return {"x": {"value": x}, "y": {"value": 7}}


def lighter(svg: str) -> str:
    """Return the drawing with places to a tenth of a pixel, and any font where Inter is not."""
    short = re.sub(r"(?<=[MLHVZhvlm, (-])(\d+\.\d)\d+|(\d+\.\d)\d{2,}", r"\1\2", svg)
    return short.replace('font-family="Inter"', 'font-family="Inter, sans-serif"')
