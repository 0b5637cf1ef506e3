"""Vega-Lite pictures of effects: what was seen beside what was to be expected, and intervals."""

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from lykta.analysis.results import VEGA_LITE


def two_lines(seen: ArrayLike, expected: ArrayLike, *, start: int, y_title: str) -> dict[str, Any]:
    """Return a chart of what was seen and, dashed, what was expected; a rule where it starts."""
    rows = _rows({"seen": seen, "expected": expected})
    y = {"type": "quantitative", "title": y_title}
    dashed = {"type": "line", "strokeDash": [4, 4]}
    return {
        "$schema": VEGA_LITE,
        "data": {"values": rows},
        "encoding": {"x": {"field": "place", "type": "quantitative", "title": "period"}},
        "layer": [
            {"mark": "line", "encoding": {"y": y | {"field": "seen"}}},
            {"mark": dashed, "encoding": {"y": y | {"field": "expected"}}},
            {"mark": "rule", "encoding": {"x": {"datum": start}}},
        ],
    }


def ratios(
    place: ArrayLike, ratio: ArrayLike, low: ArrayLike, high: ArrayLike, *, x_title: str
) -> dict[str, Any]:
    """Return a chart of ratios with their intervals on a logarithmic scale, and a rule at 1."""
    rows = _rows({"ratio": ratio, "low": low, "high": high})
    for row, at in zip(rows, np.asarray(place).tolist(), strict=True):
        row["place"] = at
    ends = [row[end] for row in rows for end in ("low", "high") if row[end]]
    scale = {"type": "log", "domain": [min([*ends, 0.9]), max([*ends, 1.1])]}
    y = {"type": "quantitative", "title": "ratio", "scale": scale}
    return {
        "$schema": VEGA_LITE,
        "data": {"values": rows},
        "encoding": {"x": {"field": "place", "type": "quantitative", "title": x_title}},
        "layer": [
            {"mark": "rule", "encoding": {"y": y | {"field": "low"}, "y2": {"field": "high"}}},
            {"mark": "point", "encoding": {"y": y | {"field": "ratio"}}},
            {
                "mark": {"type": "rule", "strokeDash": [4, 4]},
                "encoding": {"x": None, "y": {"datum": 1}},
            },
        ],
    }


def _rows(columns: Mapping[str, ArrayLike]) -> list[dict[str, Any]]:
    """Return one row a place; what is not known becomes null, as JSON has it."""
    lists = {name: np.asarray(values, float).tolist() for name, values in columns.items()}
    return [
        {"place": place}
        | {
            name: round(value, 6) if math.isfinite(value) else None
            for name, value in zip(lists, values, strict=True)
        }
        for place, values in enumerate(zip(*lists.values(), strict=True))
    ]
