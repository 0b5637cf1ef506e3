"""Pages of forecasts: whether one pays, and how well a map of them hits."""

from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tools.assets.pages.drawing import (
    DASH,
    DEEP,
    QUIET,
    SEEN,
    Page,
    Spec,
    framed,
    layer,
    value,
)
from tools.assets.pages.reading import data, read, weekly

from lykta import analysis
from lykta.infrastructure.papers.tokens import LIGHT

Floats = NDArray[np.float64]

N_WEEKS = 261
CALM, ODD = "2019", "2020"
NAMES = {
    "forecast": "forecast",
    "moving mean": "mean of the last 8 weeks",
    "same week last year": "same week last year",
}
CELL_M = 500
SHARES = (0.01, 0.02, 0.05, 0.10, 0.20)


def backtest() -> Page:
    """Weekly shootings in the precincts of New York, forecast by the same time of other years."""
    from lykta.cli.analysing.forecasts import FORECASTS

    found = read(
        "select PRECINCT as precinct, min(OCCUR_DATE)::date as day "
        "from read_csv($file, all_varchar = true) group by INCIDENT_KEY, PRECINCT",
        "nyc_shootings_venues/nyc_shootings.csv.gz",
    )
    where = found["precinct"].astype(int)
    first = {CALM: date(2015, 1, 5), ODD: date(2016, 1, 4)}
    counts = {
        year: np.array([weekly(found["day"][where == p], day, N_WEEKS) for p in np.unique(where)])
        for year, day in first.items()
    }
    tried = {
        year: analysis.backtest(each, FORECASTS["yearly"], n_test=52, rng=1)
        for year, each in counts.items()
    }
    calm, odd = tried[CALM], tried[ODD]
    loss = dict(zip(calm.method.tolist(), calm.deviance.tolist(), strict=True))
    error = dict(zip(calm.method.tolist(), calm.absolute_error.tolist(), strict=True))
    return _losses(tried), {
        "n_precincts": str(len(counts[CALM])),
        "per_week": f"{counts[CALM][:, -52:].mean():.2f}",
        "verdict": calm.verdict,
        "loss": f"{loss['forecast']:.3f}",
        "loss_mean": f"{loss['moving mean']:.3f}",
        "loss_last_year": f"{loss['same week last year']:.2f}",
        "gain": f"{calm.gain:.3f}",
        "low": f"{calm.gain_low:.3f}",
        "high": f"{calm.gain_high:.3f}",
        "saved": f"{calm.gain / loss['moving mean']:.0%}".replace("%", " %"),
        "error": f"{error['forecast']:.3f}",
        "error_mean": f"{error['moving mean']:.3f}",
        "verdict_odd": odd.verdict,
        "gain_odd": f"{odd.gain:.3f}",
        "low_odd": f"{odd.gain_low:.3f}",
        "high_odd": f"{odd.gain_high:.3f}",
    }


def _losses(tried: dict[str, Any]) -> Spec:
    """Return the loss of each method in each year."""
    rows = [
        {"year": year, "method": NAMES[str(method)], "loss": float(loss)}
        for year, found in tried.items()
        for method, loss in zip(found.method, found.deviance, strict=True)
    ]
    names = list(NAMES.values())
    y = {"field": "method", "type": "nominal", "title": None, "sort": names}
    y["axis"] = {"labelLimit": 0}
    title = "Loss (Poisson deviance, mean of precincts and weeks); less is better"
    x = value("loss", title, axis={"values": [0, 1, 2, 3], "labelFlush": False})
    colour = {"field": "method", "type": "nominal", "legend": None}
    colour["scale"] = {"domain": names, "range": [DEEP, LIGHT["r2"], LIGHT["r2"]]}
    text = {"field": "said", "type": "nominal"}
    panels = [
        {
            "title": {"text": f"Weeks of {year}", "anchor": "start", "fontSize": 13,
                      "color": LIGHT["ink"]},
            "width": 420, "height": 78,
            "data": {"values": [row | {"said": f"{row['loss']:.2f} "}
                                for row in rows if row["year"] == year]},
            "encoding": {"y": y, "x": x | {"title": title if year == ODD else None,
                                           "scale": {"domain": [0, 3.5], "nice": False}}},
            "layer": [
                {"mark": {"type": "bar", "height": 16}, "encoding": {"color": colour}},
                {"mark": {"type": "text", "align": "left", "dx": 5, "style": "small"},
                 "encoding": {"text": text}},
            ],
        }
        for year in tried
    ]  # fmt: skip
    return framed({"vconcat": panels, "spacing": 14})


def pai() -> Page:
    """Robberies in Memphis: half a year's map as a forecast of the other half."""
    observed, predicted, area = _memphis()
    found = analysis.pai_curve(observed, predicted, area, shares=SHARES, rng=1)
    at = SHARES.index(0.10)
    by_ties = {
        ties: analysis.pai_curve(
            observed, predicted, area, shares=[0.10], ties=ties, n_bootstrap=0
        ).hit_rate[0]
        for ties in ("best", "mean")
    }
    known = predicted > 0
    narrow = analysis.pai_curve(
        observed[known], predicted[known], area[known], shares=[0.10], n_bootstrap=0
    )
    tenth = {name: float(getattr(found, name)[at]) for name in found.COLUMNS}
    return _curve(observed, predicted, area, found), {
        "n_before": f"{predicted.sum():,.0f}",
        "n_after": f"{observed.sum():,.0f}",
        "n_cells": f"{len(area):,}",
        "n_empty": f"{int((~known).sum()):,}",
        "n_chosen": f"{tenth['n_cells']:.0f}",
        "hits": _percent(tenth["hit_rate"]),
        "hits_interval": f"{tenth['hit_rate_low'] * 100:.0f} to {_percent(tenth['hit_rate_high'])}",
        "pai": f"{tenth['pai']:.2f}",
        "pai_low": f"{tenth['pai_low']:.2f}",
        "pai_high": f"{tenth['pai_high']:.2f}",
        "pei": f"{tenth['pei']:.2f}",
        "rri": f"{tenth['rri']:.2f}",
        "first": f"{found.pai[0]:.1f}",
        "last": f"{found.pai[-1]:.1f}",
        "hits_mean": _percent(by_ties["mean"]),
        "hits_best": _percent(by_ties["best"]),
        "n_narrow": str(int(known.sum())),
        "pai_narrow": f"{narrow.pai[0]:.2f}",
    }


def _percent(share: float) -> str:
    return f"{share:.0%}".replace("%", " %")


def _memphis() -> tuple[Floats, Floats, Floats]:
    """Return robberies July–December and January–June 2019 in each hexagon, and its area."""
    import shapely

    from lykta.sources.reading import read_areas, read_events

    precincts = read_areas(data("memphis_robberies/memphis_precincts_4326.geojson.gz"))
    path = data("memphis_robberies/memphis_robberies.csv")
    events = read_events([path], metric_crs=precincts.metric_crs)
    lattice = analysis.Lattice("hex", CELL_M)
    cells = lattice.cover(shapely.union_all(precincts.polygons))
    is_early = events.starts_at < np.datetime64("2019-07-01")
    halves = (lattice.cells(events.x_m[half], events.y_m[half]) for half in (~is_early, is_early))
    after, before = (
        np.bincount(np.searchsorted(cells, half[np.isin(half, cells)]), minlength=len(cells))
        for half in halves
    )
    return after.astype(float), before.astype(float), np.full(len(cells), lattice.area_km2)


def _curve(observed: Floats, predicted: Floats, area: Floats, found: Any) -> Spec:
    """Return the share of the robberies by share of the area: forecast, hindsight and chance."""
    shares = np.linspace(0.005, 0.4, 80)
    best = analysis.pai_curve(observed, observed, area, shares=shares, n_bootstrap=0)
    whole = analysis.pai_curve(observed, predicted, area, shares=shares, n_bootstrap=0)
    rows = [
        {"area": round(float(a), 4), "hits": round(float(h), 4), "best": round(float(b), 4)}
        for a, h, b in zip(whole.area_share, whole.hit_rate, best.hit_rate, strict=True)
    ]
    rows = [{"area": 0.0, "hits": 0.0, "best": 0.0}, *rows]
    marks = found.chart()["data"]["values"]
    axis = {"labelExpr": "round(datum.value * 100) + ' %'", "labelFlush": False}
    steps = {"values": [0, 0.1, 0.2, 0.3, 0.4]}
    x = value("area", "Share of the area, the highest forecast first", axis=axis | steps,
              scale={"domain": [0, 0.4]})  # fmt: skip
    title = "Share of the robberies"
    steps = {"values": [0, 0.25, 0.5, 0.75, 1]}
    y = value("hits", title, axis=axis | steps, scale={"domain": [0, 1]})
    lines = {"values": rows}
    return framed(
        {
            "encoding": {"x": x},
            "layer": [
                {"data": lines} | layer("line", QUIET, style={"strokeDash": DASH},
                                        y=y | {"field": "area"}),
                {"data": lines} | layer("line", LIGHT["r3"], y=y | {"field": "best"}),
                {"data": lines} | layer("line", DEEP, y=y),
                {"data": {"values": marks}} | layer("rule", SEEN, style={"strokeWidth": 2},
                                                    y=y | {"field": "low"}, y2={"field": "high"}),
                {"data": {"values": marks}} | layer("point", SEEN, style={"size": 50}, y=y),
            ],
        },
        key=[
            ("forecast, with intervals", DEEP, "dot"), ("hindsight", LIGHT["r3"], [1, 0]),
            ("chance", QUIET, DASH),
        ],
        height=300,
    )  # fmt: skip
