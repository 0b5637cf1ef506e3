"""The small parts that charts and maps are put together from, as layers of Vega-Lite.

Text is finished before it comes here, and placed either by a scale or, with `px`, by the pixel.
"""

import math
import textwrap
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

from lykta.infrastructure.papers.tokens import RAMP

Spec = dict[str, Any]
Layer = dict[str, Any]
Numbers = Sequence[float | None]
Rows = list[dict[str, Any]]

WIDE, NARROW = 640, 340  # px: a desk or a page, and a phone
LETTER = 6.9  # px: the mean width of a letter at 13 px, enough to share out room by


def at_two_widths(chart: Callable[..., Spec], *arguments: Any, **named: Any) -> dict[str, Spec]:
    """Return the chart drawn for a desk and for a phone, as arguments of a `Figure`."""
    return {
        "spec": chart(*arguments, **named, width=WIDE),
        "narrow_spec": chart(*arguments, **named, width=NARROW),
    }


def known(value: float | None) -> float | None:
    """Return the value, None where it is missing."""
    return None if value is None or math.isnan(value) else float(value)


def is_narrow(width: float) -> bool:
    """Return whether the width is a phone's."""
    return width < 480


def text_width(text: str) -> float:
    """Return about how wide the longest line of the text is, in px."""
    return max(map(len, text.split("\n"))) * LETTER


def wrapped(text: str, width_px: float) -> str:
    """Return the text broken into lines that fit the width."""
    return "\n".join(textwrap.wrap(text, max(8, int(width_px / LETTER)), break_long_words=False))


def px(field: str) -> dict[str, Any]:
    """Return the channel that reads a pixel from a field."""
    return {"field": field, "type": "quantitative", "scale": None, "axis": None}


def quantity(field: str, top: float, **more: Any) -> dict[str, Any]:
    """Return the channel that reads a quantity on a scale from 0 to `top`."""
    scale = {"domain": [0, top], "nice": False, "zero": True}
    return {"field": field, "type": "quantitative", "scale": scale, "axis": None, **more}


def layer(rows: Rows, mark: dict[str, Any], **encoding: Any) -> Layer:
    """Return one layer with its own rows."""
    return {"data": {"values": rows}, "mark": {"opacity": 1, **mark}, "encoding": encoding}


def text(rows: Rows, *, style: str = "label", mark: Layer | None = None, **encoding: Any) -> Layer:
    """Return a layer of text from the field `text`; by the pixel unless x and y say otherwise."""
    place = {"x": px("x"), "y": px("y"), "text": {"field": "text"}} | encoding
    return layer(
        rows,
        {"type": "text", "style": style, "align": "left", "lineBreak": "\n"} | (mark or {}),
        **place,
    )


def haloed(
    rows: Rows, *, halo: str, style: str = "note", mark: Layer | None = None, **encoding: Any
) -> Layer:
    """Return text with a halo, legible on top of lines and areas; the halo is painted first."""
    edge = (mark or {}) | {"stroke": halo, "strokeWidth": 4}
    return text(rows, style=style, mark=edge, **encoding)


def spec(width: float, height: float, layers: Sequence[Layer], **more: Any) -> dict[str, Any]:
    """Return the whole specification."""
    return {"width": width, "height": height, "layer": list(layers), **more}


def nice_top(largest: float) -> tuple[float, list[float]]:
    """Return a round top of a scale that begins at 0, and its four to six ticks."""
    largest = largest if largest > 0 else 1
    power = 10.0 ** math.floor(math.log10(largest / 4))
    step = next(power * unit for unit in (1, 2, 2.5, 5, 10) if largest / (power * unit) <= 5)
    count = math.ceil(largest / step - 1e-9)
    return count * step, [round(index * step, 10) for index in range(count + 1)]


def spread(places: Sequence[float], gap: float) -> list[float]:
    """Return the places moved apart, in order, so that none is nearer another than `gap`."""
    order = sorted(range(len(places)), key=lambda index: places[index])
    moved = list(places)
    for before, after in pairwise(order):
        moved[after] = max(moved[after], moved[before] + gap)
    return moved


def swatches(
    items: Sequence[tuple[str, dict[str, Any]]], *, width: float, y: float, lead: str = ""
) -> tuple[list[Layer], float]:
    """Return a legend flowing in rows from `y`, and the height it takes.

    Each item is its words and the look of its swatch.
    """
    x, top = (text_width(lead) + 16 if lead else 0), y
    layers = [text([{"x": 0, "y": y, "text": lead}])] if lead else []
    for words, look in items:
        room = 22 + text_width(words)
        if x and x + room > width:
            x, top = 0, top + 24
        mark = {"type": "point", "shape": "square", "filled": True, "size": 169, **look}
        layers.append(layer([{"x": x + 7, "y": top}], mark, x=px("x"), y=px("y")))
        layers.append(text([{"x": x + 22, "y": top, "text": words}]))
        x += room + 20
    return layers, top - y + 24


def class_words(breaks: Sequence[int]) -> list[str]:
    """Return the words of the classes that begin at each break: ``1–4``, … ``20 eller fler``."""
    spans = [
        str(low) if after == low + 1 else f"{low}–{after - 1}" for low, after in pairwise(breaks)
    ]
    return [*spans, f"{breaks[-1]} eller fler"]


def class_of(count: float | None, breaks: Sequence[int]) -> int | None:
    """Return the class of a count, 0 and up; None below the first break or when missing."""
    if count is None or math.isnan(count) or count < breaks[0]:
        return None
    return sum(bool(count >= low) for low in breaks) - 1


def ramp_scale() -> dict[str, Any]:
    """Return the scale from class 0–4 to the one-hue ramp."""
    return {"domain": list(range(5)), "range": list(RAMP)}
