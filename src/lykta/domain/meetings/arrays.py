"""Counts of a week as figures: the only border between the rows and the numbers."""

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lykta.analysis import change
from lykta.analysis.week import WeekChanges, recurring_hours, week_changes
from lykta.domain.events.selectors import Regularity, Situation, WeekRows

Longs = NDArray[np.int64]
VERDICTS = {
    change.MORE: "more",
    change.FEWER: "fewer",
    change.NOT_SURE: "not_sure",
    change.CANNOT_TELL: "cannot_tell",
}
_MONDAY = 4  # 1970-01-01 was a Thursday
_MEASURES = ("count", "expected", "previous", "mean_4", "year_ago", "ratio", "low", "high", "q")
# Where those who have not reported usually send so large a share, a low count tells nothing.
LARGE_SHARE = 0.25


def figures(rows: WeekRows) -> dict[str, Any]:
    """Return what a week holds and how it has changed: of all, by kommundel, by category, by both.

    Each is a list of lines: keys and names, counts, what they are set against, and the verdict.
    Of both only what is more than expected is told, and so never a count under five.
    """
    whole, areas, kinds, both = _tables(rows)
    share = ((_MONDAY + 7 * _weeks(rows)) / 365.2425) % 1.0
    found = {
        "total": week_changes(whole, year_share=share),
        "areas": week_changes(areas, year_share=share),
        "categories": week_changes(kinds, year_share=share, sway=whole),
    }
    named: dict[str, list[dict[str, Any]]] = {
        "total": [{}],
        "areas": [{"key": key, "name": name} for key, name in rows.areas],
        "categories": [{"key": key, "name": name} for key, name in rows.categories],
    }
    told = {part: _lines(found[part], named[part]) for part in found}
    told["categories"] = [line for line in told["categories"] if line["count"] or line["expected"]]
    crossed = _lines(week_changes(both, year_share=share, sway=whole), list(_crossed(rows)))
    return {
        "total": told["total"][0],
        "areas": told["areas"],
        "categories": told["categories"],
        "risen": [line for line in crossed if line["verdict"] == "more"],
        "hours": _hours(rows),
        "n_weeks_before": min(len(share) - 1, 48),
    }


def with_missing(found: dict[str, Any], regular: Sequence[Regularity]) -> dict[str, Any]:
    """Return figures in which a low count is not called low where those who report have not.

    A line whose missing reporters usually send a quarter or more of its reports, and that is not
    more than expected, is "cannot_tell", with how many they are.
    """
    areas = [_judged(line, line["key"], regular) for line in found["areas"]]
    return found | {"areas": areas, "total": _judged(found["total"], None, regular)}


def series(situation: Situation) -> dict[str, Any]:
    """Return the last year of weeks, with their limits where the past can give them."""
    weeks = situation.weeks
    limits = weeks.limits
    shown = len(weeks.mondays)
    return {
        "mondays": [str(day) for day in weeks.mondays],
        "count": weeks.counts.tolist()[-shown:],
        "lower": _plain(limits.lower[-shown:]) if limits else None,
        "upper": _plain(limits.upper[-shown:]) if limits else None,
        "expected": _plain(limits.expected[-shown:]) if limits else None,
    }


def _tables(rows: WeekRows) -> tuple[Longs, Longs, Longs, Longs]:
    """Return the counts per week: of all, per kommundel, per category, and per both."""
    held = rows.columns
    weeks = _weeks(rows)
    kept = held["week"] >= weeks[0]
    week, n = held["week"][kept] - weeks[0], held["count"][kept]
    area, category = held["area"][kept], held["category"][kept]
    n_areas, n_kinds = len(rows.areas), len(rows.categories)
    # What has no area, or no category, is counted in the whole and nowhere else.
    both = np.where((area < 0) | (category < 0), -1, area * n_kinds + category)

    def table(code: Longs, n_codes: int) -> Longs:
        found = np.zeros((n_codes, len(weeks)), np.int64)
        is_in = code >= 0
        np.add.at(found, (code[is_in], week[is_in]), n[is_in])
        return found

    return (
        table(np.zeros_like(area), 1),
        table(area, n_areas),
        table(category, n_kinds),
        table(both, n_areas * n_kinds),
    )


def _weeks(rows: WeekRows) -> Longs:
    """Return the numbers of the weeks that the events reach back to, up to the one asked about."""
    first = int(rows.columns["week"].min(initial=rows.week))
    return np.arange(min(max(first, rows.first_week), rows.week), rows.week + 1)


def _crossed(rows: WeekRows) -> Iterator[dict[str, Any]]:
    for area, area_name in rows.areas:
        for category, category_name in rows.categories:
            yield {
                "area": area,
                "area_name": area_name,
                "category": category,
                "category_name": category_name,
            }


def _lines(found: WeekChanges, named: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    columns = {
        name: _plain(getattr(found if hasattr(found, name) else found.changes, name))
        for name in _MEASURES
    }
    return [
        {
            **name,
            **{measure: column[n] for measure, column in columns.items()},
            "verdict": VERDICTS[int(found.changes.verdict[n])],
        }
        for n, name in enumerate(named)
    ]


def _hours(rows: WeekRows) -> list[dict[str, Any]]:
    """Return at which hours of the last weeks what happened lay closer than evenly."""
    hour, n = rows.columns["hour"], rows.columns["count"]
    known = hour >= 0
    counts = np.bincount(hour[known], weights=n[known], minlength=168).astype(np.int64)
    return [
        {
            "weekday": each.weekday,
            "first_hour": each.first_hour,
            "count": each.count,
            "n": each.n,
            "expected": each.expected,
            "q": each.q,
        }
        for each in recurring_hours(counts)[:3]
    ]


def _judged(
    line: dict[str, Any], area: int | None, regular: Sequence[Regularity]
) -> dict[str, Any]:
    """Return a line with how many who usually report of it have not, and what that does to it."""

    def sent(each: Regularity) -> int:
        return sum(each.areas.values()) if area is None else each.areas.get(area, 0)

    missing = [each for each in regular if each.is_missing and sent(each)]
    all_sent = sum(map(sent, regular))
    share = sum(map(sent, missing)) / all_sent if all_sent else 0.0
    is_doubtful = share >= LARGE_SHARE and line["verdict"] != "more"
    return line | {
        "missing": len(missing),
        "verdict": "cannot_tell" if is_doubtful else line["verdict"],
    }


def _plain(values: Any) -> list[float | int | None]:
    """Return values as JSON holds them; None for what is not there, or has no end."""
    return [
        None if not math.isfinite(value) else int(value) if value == int(value) else value
        for value in np.asarray(values, float).tolist()
    ]
