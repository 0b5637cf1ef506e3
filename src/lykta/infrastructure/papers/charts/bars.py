"""Lying bars: the share of each category, with its interval drawn and in figures."""

from collections.abc import Sequence

from lykta.infrastructure.papers.charts import marks
from lykta.infrastructure.papers.charts.marks import (
    WIDE,
    Numbers,
    Spec,
    haloed,
    known,
    layer,
    px,
    quantity,
    text,
)
from lykta.infrastructure.papers.tokens import LIGHT


def bar_with_interval(
    labels: Sequence[str],
    shares: Numbers,
    low: Numbers,
    high: Numbers,
    *,
    texts: Sequence[str],
    is_emphasised: Sequence[bool] | None = None,
    reference: float | None = None,
    reference_text: str = "",
    top: float | None = None,
    width: float = WIDE,
) -> Spec:
    """Return lying bars of shares with their intervals; `texts` are the figures beside them."""
    emphasis = [bool(flag) for flag in (is_emphasised or [False] * len(labels))]
    shares, low, high = ([known(value) for value in values] for values in (shares, low, high))
    is_narrow = marks.is_narrow(width)
    margin = 0.0 if is_narrow else min(220.0, max(map(marks.text_width, labels), default=0) + 16)
    right = max(map(marks.text_width, texts), default=0) + 14
    plot, step = width - margin - right, 44 if is_narrow else 32
    largest = max((value for value in [*shares, *high] if value is not None), default=1)
    x = quantity("v", top or largest * 1.02)
    centres = [index * step + (30 if is_narrow else step / 2) for index in range(len(labels))]
    rows = [
        {
            "y": centre,
            "above": centre - 5,
            "below": centre + 5,
            "zero": 0,
            "v": shares[index],
            "low": low[index],
            "high": high[index],
            "x": plot + 14,
            "text": texts[index],
            "is_main": emphasis[index],
        }
        for index, centre in enumerate(centres)
    ]
    height = step * len(labels)
    layers = [
        *_reference(reference, reference_text, x, height, width=plot),
        *_bars(rows, x),
        text(rows, style="note"),
        *_bar_words(labels, emphasis, margin, step, is_narrow=is_narrow),
    ]
    return marks.spec(plot, height, layers)


def _bars(rows: marks.Rows, x: Spec) -> list[Spec]:
    """Return bars, whiskers and dots; the emphasised ones in accent."""
    drawn = [row for row in rows if row["v"] is not None]
    base = {"y": px("y")}
    bar = {
        "x": x | {"field": "zero"},
        "x2": {"field": "v"},
        "y": px("above"),
        "y2": {"field": "below"},
    }
    layers = [
        layer(drawn, {"type": "rect", "color": LIGHT["band"]}, **bar),
    ]
    for is_main, colour in ((False, LIGHT["ink2"]), (True, LIGHT["accent"])):
        some = [row for row in drawn if row["is_main"] is is_main]
        spans = [row for row in some if row["low"] is not None and row["high"] is not None]
        whisker = {"type": "rule", "stroke": colour, "strokeWidth": 2}
        span = {"x": x | {"field": "low"}, "x2": {"field": "high"}}
        dot = {"type": "point", "filled": True, "size": 70, "color": colour}
        layers += [layer(spans, whisker, **span, **base), layer(some, dot, x=x, **base)]
    return layers


def _bar_words(
    labels: Sequence[str],
    emphasis: Sequence[bool],
    margin: float,
    step: float,
    *,
    is_narrow: bool,
) -> list[Spec]:
    """Return the names of the bars: at their left, or over them on a phone."""
    rows = [
        {
            "x": -margin,
            "y": index * step + (10 if is_narrow else step / 2),
            "text": label if is_narrow else marks.wrapped(label, margin - 8),
        }
        for index, label in enumerate(labels)
    ]
    plain = [row for row, is_main in zip(rows, emphasis, strict=True) if not is_main]
    strong = [row for row, is_main in zip(rows, emphasis, strict=True) if is_main]
    bg = LIGHT["bg"]
    return [haloed(plain, halo=bg), haloed(strong, halo=bg, style="strong")]


def _reference(
    value: float | None, words: str, x: Spec, height: float, *, width: float
) -> list[Spec]:
    """Return the line of reference, named above the bars."""
    if value is None:
        return []
    rule = layer(
        [{"v": value, "y": -6, "end": height}],
        {"type": "rule", "stroke": LIGHT["ink2"], "strokeWidth": 1},
        x=x,
        y=px("y"),
        y2={"field": "end"},
    )
    share = value / x["scale"]["domain"][1]
    align = "left" if share * width + marks.text_width(words) < width + 60 else "right"
    word = [{"v": value, "y": -16, "text": words}]
    return [rule, text(word, mark={"align": align}, x=x)]
