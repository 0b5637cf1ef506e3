"""A series against what was expected and the bound, as a small Vega-Lite specification."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from lykta.analysis.results import VEGA_LITE

COLUMNS = ("week", "count", "expected", "upper_bound", "is_alarm")


def alarm_chart(columns: dict[str, NDArray[Any]]) -> dict[str, Any]:
    """Return the chart of one series: its counts, the bound, and alarms as dots.

    columns : at least week, count, expected, upper_bound and is_alarm; nan is a gap.
    """
    rows = [
        {name: _plain(value) for name, value in zip(COLUMNS, row, strict=True)}
        for row in zip(*(columns[name].tolist() for name in COLUMNS), strict=True)
    ]
    x = {"field": "week", "type": "quantitative", "title": "Week"}
    return {
        "$schema": VEGA_LITE,
        "data": {"values": rows},
        "encoding": {"x": x},
        "layer": [
            _line("expected", {"type": "line", "color": "#888888"}),
            _line("upper_bound", {"type": "line", "strokeDash": [4, 3], "color": "#888888"}),
            _line("count", {"type": "line", "point": True, "color": "#1f4e79"}),
            _line("count", {"type": "point", "filled": True, "size": 90, "color": "#b3261e"})
            | {"transform": [{"filter": "datum.is_alarm"}]},
        ],
    }


def _line(name: str, mark: dict[str, Any]) -> dict[str, Any]:
    y = {"field": name, "type": "quantitative", "title": "Events a week"}
    return {"mark": mark, "encoding": {"y": y}}


def _plain(value: Any) -> Any:
    return None if isinstance(value, float) and not np.isfinite(value) else value
