"""The numbers behind the paper, for those who read them by machine: nothing that is hidden."""

from typing import Any

import numpy as np

from lykta.analysis.picture import Picture
from lykta.domain.events.papers import words
from lykta.domain.events.papers.subject import Subject

VERDICTS = {-1: "fewer", 0: "not_sure", 1: "more", 2: "cannot_tell", 3: "hidden"}


def figures_data(picture: Picture, subject: Subject) -> dict[str, Any]:
    """Return the picture as plain lists and numbers, missing as None."""
    question = picture.question
    table = picture.areas
    rates = {} if table.rates is None else _columns(table.rates.columns(), "per_1000_and_year_")
    smoothed = {} if table.smoothed is None else _columns(table.smoothed.columns(), "smoothed_")
    return {
        "period": [_iso(question.first_day), _iso(question.last_day)],
        "before": None if picture.before_first_day is None else _iso(picture.before_first_day),
        "audience": subject.audience.value,
        "synthetic": subject.marking or None,
        "unit": picture.unit,
        "seed": subject.seed,
        "version": subject.version,
        "coverage": {name: getattr(picture.coverage, name) for name in picture.coverage.__slots__},
        "total": _changes(picture.total.columns()),
        "categories": {"name": list(subject.category_names)}
        | _changes(picture.categories.columns()),
        "areas": {"name": list(subject.area_names)}
        | _changes(table.changes.columns())
        | rates
        | smoothed,
        "series": _series(picture),
        "findings": _findings(picture, subject),
        "clusters": _clusters(picture, subject),
    }


def _series(picture: Picture) -> dict[str, Any]:
    series, n = picture.series, picture.series.n_baseline
    columns = {
        "starts": [_iso(d) for d in series.periods.starts[n:-1]],
        "count": _plain(series.count.counts[n:]),
    }
    if series.limits is None:
        return columns
    return columns | _columns(series.limits.columns(), "")


def _findings(picture: Picture, subject: Subject) -> list[dict[str, Any]]:
    found = picture.findings
    return [
        {
            "area": subject.area_names[found.area[i]],
            "category": subject.category_names[found.category[i]],
            "count": int(found.count[i]),
            "before": int(found.before[i]),
            "ratio": float(found.ratio[i]),
            "low": float(found.low[i]),
            "high": float(found.high[i]),
        }
        for i in range(len(found.area))
    ]


def _clusters(picture: Picture, subject: Subject) -> list[dict[str, Any]]:
    if picture.hot is None:
        return []
    return [
        {
            "letter": letter,
            "areas": [subject.area_names[a] for a in one.areas],
            "count": one.count,
            "expected": one.expected,
            "ratio": float(one.ratio.ratio[0]),
            "low": float(one.ratio.low[0]),
            "high": float(one.ratio.high[0]),
        }
        for letter, one in zip(words.LETTERS, picture.hot.clusters, strict=False)
    ]


def _changes(columns: dict[str, Any]) -> dict[str, Any]:
    shown = {k: _plain(v) for k, v in columns.items() if not k.startswith("is_")}
    shown["verdict"] = [VERDICTS[int(v)] for v in columns["verdict"]]
    return shown


def _columns(columns: dict[str, Any], prefix: str) -> dict[str, Any]:
    return {prefix + name: _plain(column) for name, column in columns.items()}


def _plain(column: Any) -> list[Any]:
    """Return an array as a list, not-a-number and infinity as None."""
    values = np.asarray(column)
    if values.dtype.kind != "f":
        return values.tolist()
    return [v if np.isfinite(v) else None for v in values.tolist()]


def _iso(day_number: int) -> str:
    return words.as_date(day_number).isoformat()
