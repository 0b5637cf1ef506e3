"""How well does a map of forecasts find the places where it happened?"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from lykta.analysis.forecasts.resampling import FEWEST_UNITS, LEVEL, ratio_interval
from lykta.analysis.results import VEGA_LITE, Result

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]

SHARES = (0.01, 0.02, 0.05, 0.10, 0.20)
TIES = ("worst", "best", "mean")
# A share asked for as a sum of cells must find room for them in spite of rounding.
SLACK = 1 + 1e-9


@dataclass(frozen=True, slots=True)
class PaiCurve(Result):
    """What the cells forecast highest hold, at shares of the area; nan where it cannot be told."""

    COLUMNS: ClassVar[tuple[str, ...]] = (
        "share", "n_cells", "area_share",
        "hit_rate", "hit_rate_low", "hit_rate_high", "pai", "pai_low", "pai_high",
        "pei", "pei_low", "pei_high", "rri",
    )  # fmt: skip

    share: Floats  # of the area, as asked for
    n_cells: Floats  # that have room in it; the mean over weeks
    area_share: Floats  # of those cells
    hit_rate: Floats  # share of the events that fell in them
    hit_rate_low: Floats
    hit_rate_high: Floats
    pai: Floats  # hit rate over area share; 1 is no better than chance
    pai_low: Floats
    pai_high: Floats
    pei: Floats  # PAI over that of as many cells chosen with hindsight
    pei_low: Floats
    pei_high: Floats
    rri: Floats  # events forecast over events observed in them
    params: dict[str, Any] = field(hash=False)
    warnings: tuple[str, ...] = ()

    def chart(self) -> dict[str, Any]:
        """Return a Vega-Lite picture of the hit rate over the area, with chance beneath."""
        columns = (self.area_share, self.hit_rate, self.hit_rate_low, self.hit_rate_high)
        rows = [
            {
                name: round(value, 6) if math.isfinite(value) else None
                for name, value in zip(("area", "hits", "low", "high"), row, strict=True)
            }
            for row in np.column_stack(columns).tolist()
        ]
        y = {"type": "quantitative", "title": "Share of the events"}
        range_of = {"y": y | {"field": "low"}, "y2": {"field": "high"}}
        line = {"type": "line", "point": True}
        chance = {"type": "line", "strokeDash": [4, 4]}
        return {
            "$schema": VEGA_LITE,
            "data": {"values": rows},
            "encoding": {
                "x": {"field": "area", "type": "quantitative", "title": "Share of the area"}
            },
            "layer": [
                {"mark": "rule", "encoding": range_of},
                {"mark": line, "encoding": {"y": y | {"field": "hits"}}},
                {"mark": chance, "encoding": {"y": y | {"field": "area"}}},
            ],
        }


class Ranked(NamedTuple):
    """The cells of a map from the highest forecast down, and as hindsight would rank them."""

    by_forecast: Floats  # (3, n) area, events, events foretold
    by_hindsight: Floats  # (2, n) area, events
    hindsight: Ints  # (n,) where each of those stands in the forecast's ranking


def pai_curve(
    observed: ArrayLike,
    predicted: ArrayLike,
    area_m2: ArrayLike,
    *,
    shares: Sequence[float] | None = SHARES,
    ties: str = "worst",
    n_bootstrap: int = 999,
    rng: np.random.Generator | int | None = None,
) -> PaiCurve:
    """Return hit rate, PAI, PEI and RRI of the cells forecast highest, at shares of the area.

    observed : (n,) events ≥ 0 of one period; or (n, weeks), where each week is ranked by itself
        and the weeks are pooled: all hits over all events.
    predicted : events foretold, ≥ 0, of the same shape, or (n,) for every week; cells are ranked
        by their density over the area.
    area_m2 : (n,) > 0; any unit will do, and so will the length of streets.
    shares : of the area; as many whole cells are taken as have room, nan where not one has.
        None gives the whole curve of one period, cell by cell and without intervals.
    ties : cells forecast alike come in the "worst" order (fewest events first), in the "best", or
        as the "mean" of all orders, then without intervals.
    n_bootstrap : draws behind the 95 % intervals, 0 for none: of weeks, as if they were
        independent; or of the cells of one period (normal on the scale of the square
        root), for what other areas of the same kind would have shown.
    PEI compares equal numbers of cells, and may exceed 1 where they are of unequal size.
    Raises ValueError for negative or unknown numbers, and for areas that are not above 0.
    Source: Chainey, Tompson & Uhlig (2008), Security Journal 21, for PAI; Hunt (2016), Prediction-
    Based Policing, for PEI; Wheeler & Steenbeek (2021), J. Quantitative Criminology 37(2), RRI.

    >>> found = pai_curve([6, 7, 3, 2, 1, 0], [8, 4, 4, 2, 1, 0], [1] * 6, shares=[0.5], rng=1)
    >>> round(float(found.pai[0]), 3), round(float(found.pei[0]), 3)
    (1.684, 1.0)
    """
    y, forecast, area = _maps(observed, predicted, area_m2)
    if ties not in TIES:
        raise ValueError(f"ties={ties!r} is not available; choose one of {', '.join(TIES)}")
    maps = [ranked(*week, area, ties) for week in zip(y.T, forecast.T, strict=True)]
    limits = _limits(shares, maps)
    sums = np.array([sums_within(each, whole_cells(each, limits)) for each in maps])
    whole = (float(area.sum()), y.sum(axis=0))
    # Averages of ties do not sway as the cells behind them do: drawing among them tells too little.
    n_draws = 0 if shares is None or not y.any() or ties == "mean" else n_bootstrap
    generator = np.random.default_rng(rng)
    if len(maps) > 1:
        low, high = _over_weeks(sums, *whole, n_draws, generator)
    else:
        low, high = _over_cells(maps[0], sums, n_draws, generator)
    hit_rate, pai, pei = _measures(sums, *whole)
    cells, held, hits, foretold = sums[:, :4].mean(axis=0)
    params = {
        "shares": None if shares is None else tuple(float(share) for share in shares),
        "ties": ties,
        "n_bootstrap": n_draws,
        "level": LEVEL,
        "drawn_anew": "weeks" if len(maps) > 1 else "cells",
        "rng": rng if isinstance(rng, int) else None,
    }
    return PaiCurve(
        limits / whole[0], cells, held / whole[0],
        hit_rate, low[0], high[0], pai, low[1], high[1], pei, low[2], high[2],
        _over(foretold, hits), params, _doubts(y, sums, n_draws),
    )  # fmt: skip


def ranked(observed: Floats, predicted: Floats, area: Floats, ties: str) -> Ranked:
    """Return one map's cells in both orders; cells forecast alike as `ties` says."""
    turn = -1.0 if ties == "best" else 1.0
    table = np.stack((area, observed, predicted))
    density = predicted / area
    order = _descending(density, turn * observed, -turn * area)
    table, density = table[:, order], density[order]
    seen = table[1] / table[0]
    hindsight = np.argsort(-seen, kind="stable")
    best = table[:2, hindsight]
    if ties == "mean":
        table, best = _averaged(table, density), _averaged(best, seen[hindsight])
    return Ranked(table, best, hindsight)


def whole_cells(cells: Ranked, limits: Floats) -> Floats:
    """Return the area of as many whole cells, from the highest forecast, as each limit holds."""
    held = np.concatenate(([0.0], np.cumsum(cells.by_forecast[0])))
    return held[np.searchsorted(held, limits * SLACK, side="right") - 1]


def sums_within(cells: Ranked, area: Floats, weights: Floats | float = 1.0) -> Floats:
    """Return what the cells forecast highest hold that make up each area; the last may be cut.

    weights : (n,) how often each cell counts, in the order of the forecast.
    Returns (6, areas): cells, area, events, events foretold; area and events of the best cells.
    """
    times = np.broadcast_to(weights, cells.hindsight.shape)
    held, hits, foretold = (_cumulated(row * times) for row in cells.by_forecast)
    count, again = _cumulated(times), times[cells.hindsight]
    n_cells = np.interp(area, held, count)
    by_area = (area, *(np.interp(area, held, each) for each in (hits, foretold)))
    n_best, best = _cumulated(again), (_cumulated(row * again) for row in cells.by_hindsight)
    return np.stack((n_cells, *by_area, *(np.interp(n_cells, n_best, each) for each in best)))


def _cumulated(values: Floats) -> Floats:
    """Return the sums of the first none, one, two …; one longer than the values."""
    return np.concatenate(([0.0], np.cumsum(values)))


def _measures(sums: Floats, area: float, events: Floats) -> Floats:
    """Return hit rate, PAI and PEI of weeks pooled; shape (3, shares), nan where no cell is.

    sums : (weeks, 6, shares).  area : of all cells.  events : (weeks,) in all cells.
    """
    _, held, hits, _, best_area, best_hits = sums.sum(axis=0)
    hit_rate = np.where(held > 0, _over(hits, float(events.sum())), np.nan)
    pai = _over(hit_rate, held / (area * len(sums)))
    return np.stack((hit_rate, pai, _over(_over(hits, held), _over(best_hits, best_area))))


def _over_weeks(
    sums: Floats, area: float, events: Floats, n_draws: int, rng: np.random.Generator
) -> tuple[Floats, Floats]:
    """Return the intervals of the three measures over weeks; each (3, shares)."""
    hits, best_hits = sums[:, 2], sums[:, 5]
    totals = np.broadcast_to(events[:, None], hits.shape)
    ends = ratio_interval(
        np.hstack((hits, hits)), np.hstack((totals, best_hits)), n_draws=n_draws, rng=rng
    )
    _, held, _, _, best_area, _ = sums.sum(axis=0)
    pai_scale, pei_scale = _over(area * len(sums), held), _over(best_area, held)
    low, high = (
        np.stack((rate, rate * pai_scale, ratio * pei_scale))
        for rate, ratio in (np.split(end, 2) for end in ends)
    )
    return low, high


def _over_cells(
    cells: Ranked, sums: Floats, n_draws: int, rng: np.random.Generator
) -> tuple[Floats, Floats]:
    """Return the intervals of the three measures over the cells of one map; each (3, shares)."""
    n = len(cells.hindsight)
    area, events = cells.by_forecast[:2].sum(axis=1)
    found = _measures(sums, area, events[None])
    if n_draws < 2 or n < FEWEST_UNITS:
        return np.full_like(found, np.nan), np.full_like(found, np.nan)
    drawn = np.empty((n_draws, *found.shape))
    for each in drawn:
        weights = np.bincount(rng.integers(0, n, n), minlength=n).astype(float)
        whole = cells.by_forecast[:2] @ weights
        held = sums_within(cells, sums[0, 1] / area * whole[0], weights)
        each[:] = _measures(held[None], whole[0], whole[1:])
    spread = np.sqrt(drawn).std(axis=0)
    reach = special.ndtri((1 + LEVEL) / 2) * np.where(spread > 1e-9, spread, np.nan)
    most = np.array([1.0, np.inf, np.inf])[:, None]
    root = np.sqrt(found)
    return np.maximum(root - reach, 0) ** 2, np.minimum((root + reach) ** 2, most)


def _descending(density: Floats, *ties: Floats) -> Ints:
    """Return the order from the highest density down, ties by their keys, ascending."""
    order = np.argsort(-density)
    if np.any(np.diff(density[order]) == 0):
        return np.lexsort((*reversed(ties), -density))
    return order


def _averaged(table: Floats, key: Floats) -> Floats:
    """Return columns with those of equal, neighbouring keys set to their mean."""
    group = np.cumsum(np.diff(key, prepend=key[:1]) != 0)
    size = np.bincount(group)
    return np.stack([(np.bincount(group, weights=row) / size)[group] for row in table])


def _over(part: Any, whole: Any) -> Floats:
    """Return part / whole, nan where whole is 0."""
    part, whole = np.broadcast_arrays(np.asarray(part, float), np.asarray(whole, float))
    return np.divide(part, whole, out=np.full(whole.shape, np.nan), where=whole != 0)


def _maps(
    observed: ArrayLike, predicted: ArrayLike, area_m2: ArrayLike
) -> tuple[Floats, Floats, Floats]:
    """Return events and forecasts as (n, weeks) and areas as (n,), refusing what is none."""
    y, forecast, area = (np.asarray(v, float) for v in (observed, predicted, area_m2))
    if y.ndim == 1:
        y = y[:, None]
    if forecast.ndim == 1:
        forecast = forecast[:, None]
    if y.ndim != 2 or not y.size or area.shape != y.shape[:1] or len(forecast) != len(y):
        raise ValueError(
            f"observed {y.shape}, predicted {forecast.shape} and area_m2 {area.shape} must hold "
            "the same cells, at least one"
        )
    for name, values in (("observed", y), ("predicted", forecast), ("area_m2", area)):
        if not (np.all(np.isfinite(values)) and np.all(values >= 0)):
            raise ValueError(f"{name} must be known, finite and not negative")
    if not np.all(area > 0):
        raise ValueError("area_m2 must be above 0")
    if forecast.shape[1] not in (1, y.shape[1]):
        raise ValueError(f"predicted has {forecast.shape[1]} weeks, observed {y.shape[1]}")
    return y, np.broadcast_to(forecast, y.shape), area


def _limits(shares: Sequence[float] | None, maps: list[Ranked]) -> Floats:
    """Return the areas asked for: shares of the whole, or after each cell of a single map."""
    held = np.cumsum(maps[0].by_forecast[0])
    if shares is None:
        if len(maps) > 1:
            raise ValueError("shares=None gives the curve of one period; observed holds several")
        return held
    asked = np.asarray(shares, float)
    if asked.ndim != 1 or not len(asked) or not (np.all(asked > 0) and np.all(asked <= SLACK)):
        raise ValueError(f"shares={shares!r} must lie above 0 and not above 1")
    return asked * held[-1]


def _doubts(y: Floats, sums: Floats, n_draws: int) -> tuple[str, ...]:
    """Return what a reader should beware of."""
    n_cells, n_weeks = y.shape
    units, unit = (n_weeks, "weeks") if n_weeks > 1 else (n_cells, "cells")
    found = []
    if not y.any():
        found.append("no events were observed, so nothing can be told of the forecast")
    if not sums[:, 0].all():
        found.append("some shares of the area have no room for a single cell")
    if n_draws and units < FEWEST_UNITS:
        found.append(f"{units} {unit} are too few for intervals; at least {FEWEST_UNITS} needed")
    return tuple(found)
