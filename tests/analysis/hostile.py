"""What the public functions do with input that no one should give them, as a table.

Each row is run by `test_hostile.py`; the documentation shows the same rows in words. Those of
alarms, effects, surveys and tables are in `hostile_methods.py`, with all rows by group.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from lykta import analysis

NAN, INF = np.nan, np.inf
ONES = np.ones(6)
RING = analysis.neighbours_from_lists([[(i - 1) % 6, (i + 1) % 6] for i in range(6)])
ISLANDS = analysis.neighbours_from_lists([[]] * 6)
SQUARE = [shapely.box(650_000, 6_560_000, 651_000, 6_561_000)]
IN_DEGREES = [shapely.box(17, 59, 18, 60)]
X, Y = 650_500.0, 6_560_500.0


@dataclass(frozen=True, slots=True)
class Row:
    """One function, what it is given, and what comes of it.

    `refused` : part of the ValueError's words; "" where there is a result, and then `holds` says
    what must be true of it.
    """

    function: str
    given: str
    outcome: str
    act: Callable[[], Any]
    refused: str = ""
    holds: Callable[[Any], Any] = lambda result: result is not None


def refused(function: str, given: str, words: str, act: Callable[[], Any]) -> Row:
    """Return a row that ends in a ValueError with these words."""
    return Row(function, given, f"refused: {words}", act, refused=words)


def is_nan(values: Any) -> bool:
    """Return whether all is nan."""
    return bool(np.isnan(values).all())


def column(value: float) -> np.ndarray:
    """Return six numbers, one of them odd."""
    return np.array([1, value, 2, 3, 1, 2], float)


def weeks(value: float) -> np.ndarray:
    """Return sixty counts, one of them odd."""
    return np.array([2.0] * 30 + [value] + [3.0] * 29)


RATES = (
    Row("poisson_rates", "nothing", "nothing", lambda: analysis.poisson_rates([], []),
        holds=lambda r: len(r.rate) == 0),
    Row("poisson_rates", "an unknown count", "nan, interval and all",
        lambda: analysis.poisson_rates([NAN], [1]),
        holds=lambda r: is_nan([r.rate, r.low, r.high])),
    Row("poisson_rates", "no inhabitants", "nan",
        lambda: analysis.poisson_rates([3], [0]), holds=lambda r: is_nan([r.rate, r.low, r.high])),
    Row("poisson_rates", "no events", "0, with an upper limit above 0",
        lambda: analysis.poisson_rates([0], [10]), holds=lambda r: r.rate[0] == 0 < r.high[0]),
    refused("poisson_rates", "a negative count", "must not be negative",
            lambda: analysis.poisson_rates([-1], [1])),
    refused("poisson_rates", "a negative exposure", "must not be negative",
            lambda: analysis.poisson_rates([1], [-1])),
    refused("poisson_rates", "infinitely many", "holds infinity",
            lambda: analysis.poisson_rates([INF], [1])),
    refused("poisson_rates", "a level of 150 %", "must lie between 0 and 1",
            lambda: analysis.poisson_rates([1], [1], level=1.5)),
    Row("compare_counts", "an unknown count", "nan, interval and all",
        lambda: analysis.compare_counts([NAN], [1]),
        holds=lambda r: is_nan([r.ratio, r.low, r.high, r.p_two_sided])),
    Row("compare_counts", "none before and none after", "nan",
        lambda: analysis.compare_counts([0], [0]),
        holds=lambda r: is_nan([r.ratio, r.p_two_sided])),
    Row("compare_counts", "none before", "an infinite ratio with a finite lower limit",
        lambda: analysis.compare_counts([5], [0]),
        holds=lambda r: np.isinf(r.ratio[0]) and np.isfinite(r.low[0])),
    refused("compare_counts", "a period of no length", "must be above 0",
            lambda: analysis.compare_counts([1], [1], exposure_after=0)),
    refused("compare_counts", "infinitely many", "holds infinity",
            lambda: analysis.compare_counts([INF], [1])),
    Row("compare_ratios", "a ratio of nothing to nothing", "nan",
        lambda: analysis.compare_ratios(*[analysis.compare_counts([0], [0])] * 2),
        holds=lambda r: is_nan([r.ratio, r.p_two_sided])),
    Row("e_test", "no events at all", "p = 1",
        lambda: analysis.e_test(0, 0), holds=lambda p: p == 1),
    refused("e_test", "half an event", "whole numbers", lambda: analysis.e_test(0.5, 2)),
    refused("e_test", "an unknown count", "whole numbers", lambda: analysis.e_test(NAN, 2)),
    refused("e_test", "a million events", "of more than 5000 use compare_counts instead",
            lambda: analysis.e_test(1_000_000, 2)),
    Row("conditional_test", "no events at all", "p = 1",
        lambda: analysis.conditional_test(0, 0), holds=lambda p: p == 1),
    refused("conditional_test", "a negative count", "none negative",
            lambda: analysis.conditional_test(-1, 2)),
    Row("relative_risks", "an area without inhabitants", "risk nan",
        lambda: analysis.relative_risks([0, 1], [0, 5]), holds=lambda r: np.isnan(r.risk[0])),
    refused("relative_risks", "no inhabitants anywhere", "not all 0",
            lambda: analysis.relative_risks([0, 1], [0, 0])),
    Row("wilson_interval", "a share of nothing", "nan",
        lambda: analysis.wilson_interval(0, 0), holds=is_nan),
    refused("wilson_interval", "more than the whole", "between 0 and whole",
            lambda: analysis.wilson_interval(6, 5)),
    Row("q_values", "an untested p (nan)", "nan, and the others as if it were not there",
        lambda: analysis.q_values([0.01, NAN]), holds=lambda q: q[0] == 0.01 and np.isnan(q[1])),
    Row("q_values", "nothing", "nothing",
        lambda: analysis.q_values([]), holds=lambda q: len(q) == 0),
    refused("q_values", "a p below 0 or above 1", "between 0 and 1",
            lambda: analysis.q_values([-1, 0.5])),
)  # fmt: skip

SMOOTHING = (
    refused("eb_smooth", "no areas", "at least one area", lambda: analysis.eb_smooth([], [])),
    refused("eb_smooth", "an area without inhabitants", "population above 0",
            lambda: analysis.eb_smooth(ONES, column(0))),
    refused("eb_smooth", "an unknown count", "known and finite",
            lambda: analysis.eb_smooth(column(NAN), ONES)),
    refused("eb_smooth", "infinitely many", "known and finite",
            lambda: analysis.eb_smooth(column(INF), ONES)),
    refused("eb_smooth", "a negative count", "none negative",
            lambda: analysis.eb_smooth(column(-1), ONES)),
    Row("eb_smooth", "no events at all", "rates of 0",
        lambda: analysis.eb_smooth(0 * ONES, ONES), holds=lambda r: not r.rate.any()),
    Row("eb_smooth", "one area", "its own rate",
        lambda: analysis.eb_smooth([3], [10]), holds=lambda r: np.isclose(r.rate[0], 0.3)),
    Row("eb_smooth", "areas without neighbours, locally", "their own rates",
        lambda: analysis.eb_smooth(column(4), 10 * ONES, method="local_spdep", neighbours=ISLANDS),
        holds=lambda r: np.allclose(r.rate, column(4) / 10)),
    Row("eb_deviates", "no events at all", "0",
        lambda: analysis.eb_deviates(0 * ONES, ONES), holds=lambda z: not z.any()),
    refused("eb_deviates", "an unknown population", "known and finite",
            lambda: analysis.eb_deviates(ONES, column(NAN))),
    Row("rank_intervals", "areas all alike", "intervals over nearly all places",
        lambda: analysis.rank_intervals(analysis.eb_smooth(9 * ONES, ONES), rng=1),
        holds=lambda r: np.all(r.high - r.low >= 4)),
    refused("rank_intervals", "an unknown rate", "known rates",
            lambda: analysis.rank_intervals(
                analysis.SmoothedRates(*[np.array([1.0, NAN])] * 6, {}), rng=1)),
    refused("rank_intervals", "a hundred million draws of three areas", "take too much memory",
            lambda: analysis.rank_intervals(
                analysis.eb_smooth([0, 10, 20], [100, 1000, 1000]), n_draws=10**8, rng=1)),
)  # fmt: skip

GATHERING = (
    refused("getis_ord_gi_star", "no places", "at least three",
            lambda: analysis.getis_ord_gi_star([], RING, rng=1)),
    Row("getis_ord_gi_star", "an unknown value", "that place is not tested, nor is it a neighbour",
        lambda: analysis.getis_ord_gi_star(column(NAN), RING, rng=1),
        holds=lambda r: np.isnan(r.p_fdr[1]) and not np.isnan(r.p_fdr[0])),
    refused("getis_ord_gi_star", "an infinite value", "holds infinity",
            lambda: analysis.getis_ord_gi_star(column(INF), RING, rng=1)),
    Row("getis_ord_gi_star", "values all alike", "p = 1, nothing hot or cold",
        lambda: analysis.getis_ord_gi_star(ONES, RING, rng=1),
        holds=lambda r: np.all(r.p_two_sided == 1) and not r.kind.any()),
    Row("getis_ord_gi_star", "places without neighbours", "none is tested",
        lambda: analysis.getis_ord_gi_star(column(4), ISLANDS, rng=1),
        holds=lambda r: not r.is_tested.any()),
    Row("getis_ord_gi_star", "no inhabitants anywhere", "none is tested",
        lambda: analysis.getis_ord_gi_star(ONES, RING, exposure=0 * ONES, rng=1),
        holds=lambda r: not r.is_tested.any() and not r.kind.any()),
    refused("getis_ord_gi_star", "negative counts with an exposure", "none negative",
            lambda: analysis.getis_ord_gi_star(column(-1), RING, exposure=ONES, rng=1)),
    refused("getis_ord_gi_star", "a negative exposure", "none negative or infinite",
            lambda: analysis.getis_ord_gi_star(ONES, RING, exposure=column(-1), rng=1)),
    refused("getis_ord_gi", "an infinite value", "holds infinity",
            lambda: analysis.getis_ord_gi(column(INF), RING, rng=1)),
    Row("getis_ord_gi", "values all alike", "p = 1, z nan",
        lambda: analysis.getis_ord_gi(ONES, RING, rng=1),
        holds=lambda r: np.all(r.p_two_sided == 1) and is_nan(r.z_analytic)),
    refused("local_moran", "values all alike", "not all alike",
            lambda: analysis.local_moran(ONES, RING, rng=1)),
    refused("local_moran", "an unknown value", "known and finite",
            lambda: analysis.local_moran(column(NAN), RING, rng=1)),
    Row("local_moran", "places without neighbours", "nan",
        lambda: analysis.local_moran(column(4), ISLANDS, rng=1),
        holds=lambda r: is_nan([r.i, r.p_two_sided])),
    *(
        row
        for name in ("moran", "geary", "general_g")
        for row in (
            refused(name, "values all alike", "not all alike",
                    lambda name=name: getattr(analysis, name)(ONES, RING)),
            refused(name, "an infinite value", "known and finite",
                    lambda name=name: getattr(analysis, name)(column(INF), RING)),
            refused(name, "places without neighbours", "no place has a neighbour",
                    lambda name=name: getattr(analysis, name)(column(4), ISLANDS)),
        )
    ),
    refused("general_g", "a negative value", "must not be negative",
            lambda: analysis.general_g(column(-1), RING)),
    refused("neighbours_from_lists", "a neighbour that is not there", "numbered from 0",
            lambda: analysis.neighbours_from_lists([[5], [0]])),
    refused("neighbours_from_lists", "a place that is its own neighbour", "others are needed",
            lambda: analysis.neighbours_from_lists([[0]])),
    refused("neighbours_from_pairs", "a place that is not there", "0 to 2 are allowed",
            lambda: analysis.neighbours_from_pairs(np.array([[0, 9]]), 3)),
    Row("neighbours_from_pairs", "the same pair twice, and a place with itself", "each pair once",
        lambda: analysis.neighbours_from_pairs(np.array([[0, 1], [1, 0], [2, 2]]), 3),
        holds=lambda near: near.counts.tolist() == [1, 1, 0]),
)  # fmt: skip

PLACES = (
    Row("assign_areas", "no points", "nothing",
        lambda: analysis.assign_areas([], [], SQUARE), holds=lambda r: len(r.area) == 0),
    Row("assign_areas", "unknown and infinite points", "outside",
        lambda: analysis.assign_areas([NAN, INF, X], [Y, Y, Y], SQUARE),
        holds=lambda r: r.area.tolist() == [-1, -1, 0]),
    Row("assign_areas", "all points in one place", "all in its area",
        lambda: analysis.assign_areas([X] * 9, [Y] * 9, SQUARE), holds=lambda r: not r.area.any()),
    refused("assign_areas", "points in degrees", "look like degrees",
            lambda: analysis.assign_areas([17.5], [59.5], SQUARE)),
    refused("area_index", "no areas", "at least one", lambda: analysis.area_index([])),
    refused("area_index", "a point for an area", "polygons or multipolygons",
            lambda: analysis.area_index([shapely.Point(X, Y)])),
    refused("area_index", "areas in degrees", "look like degrees",
            lambda: analysis.area_index(IN_DEGREES)),
    refused("contiguity", "no areas", "at least one", lambda: analysis.contiguity([])),
    refused("contiguity", "areas in degrees", "look like degrees",
            lambda: analysis.contiguity(IN_DEGREES)),
    Row("contiguity", "one area", "no neighbours",
        lambda: analysis.contiguity(SQUARE), holds=lambda near: near.counts.tolist() == [0]),
    refused("Lattice", "an infinite size", "above 0 metres, and finite",
            lambda: analysis.Lattice("hex", INF)),
    Row("Lattice.cells", "unknown and infinite points", "-1",
        lambda: analysis.Lattice("hex", 250).cells([NAN, INF], [Y, Y]),
        holds=lambda cells: cells.tolist() == [-1, -1]),
    Row("Lattice.count", "unknown points among others", "the others counted",
        lambda: analysis.Lattice("hex", 250).count([NAN, X, X], [Y, Y, Y]),
        holds=lambda found: found[1].tolist() == [2]),
    refused("Lattice.count", "points in degrees", "look like degrees",
            lambda: analysis.Lattice("hex", 250).count([17.5], [59.5])),
    Row("tally", "no events", "0 everywhere", lambda: analysis.tally([], 3),
        holds=lambda counts: counts.tolist() == [0, 0, 0]),
    refused("tally", "a code beyond the last", "codes from -1 to 2",
            lambda: analysis.tally([3], 3)),
    refused("tally", "half a code, or an unknown one", "whole numbers",
            lambda: analysis.tally([0.5, NAN], 3)),
    refused("weekday", "an unknown day", "whole days", lambda: analysis.weekday([NAN])),
    Row("whole_periods", "a span that ends before it begins", "no periods",
        lambda: analysis.whole_periods(100, 0, "week"), holds=lambda periods: periods.n == 0),
    refused("whole_periods", "a unit it has not", "choose week or month",
            lambda: analysis.whole_periods(0, 10, "day")),
)  # fmt: skip

TIME = (
    refused("control_limits", "no weeks", "at least 24",
            lambda: analysis.control_limits([], n_baseline=30)),
    *(
        refused("control_limits", given, "whole numbers",
                lambda value=value: analysis.control_limits(weeks(value), n_baseline=40))
        for given, value in (("an unknown count", NAN), ("infinitely many", INF), ("half", 0.5))
    ),
    refused("control_limits", "a past without events", "holds no events",
            lambda: analysis.control_limits(np.zeros(60), n_baseline=30)),
    Row("control_limits", "weeks all alike", "no alarm",
        lambda: analysis.control_limits(np.full(60, 3), n_baseline=30),
        holds=lambda r: not r.kind.any()),
    Row("dispersion", "fewer than eight weeks, or no events", "nan",
        lambda: [analysis.dispersion([1, 2]), analysis.dispersion(np.zeros(60))], holds=is_nan),
    refused("dispersion", "a negative count", "none negative",
            lambda: analysis.dispersion(weeks(-1))),
    refused("changes", "an unknown count", "whole numbers",
            lambda: analysis.changes(column(NAN), ONES)),
    refused("changes", "columns of two lengths", "now has 6 rows, before has 1",
            lambda: analysis.changes(ONES, np.ones(1))),
    Row("changes", "no rows", "nothing", lambda: analysis.changes(np.zeros(0), np.zeros(0)),
        holds=lambda r: len(r.ratio) == 0),
    refused("row_dispersion", "an unknown count", "known and finite",
            lambda: analysis.row_dispersion(
                np.full((1, 20), NAN), np.arange(20) > 9, year_share=np.linspace(0, 1, 20))),
    Row("row_dispersion", "no events", "1",
        lambda: analysis.row_dispersion(
            np.zeros((1, 20)), np.arange(20) > 9, year_share=np.linspace(0, 1, 20)),
        holds=lambda phi: phi.tolist() == [1]),
    refused("pai_curve", "no cells", "at least one", lambda: analysis.pai_curve([], [], [])),
    refused("pai_curve", "an area of nothing", "must be above 0",
            lambda: analysis.pai_curve(ONES, ONES, column(0))),
    refused("pai_curve", "an unknown forecast", "known, finite",
            lambda: analysis.pai_curve(ONES, column(NAN), ONES)),
    Row("pai_curve", "no events", "nan, and a warning",
        lambda: analysis.pai_curve(0 * ONES, ONES, ONES, shares=[0.5]),
        holds=lambda r: is_nan(r.pai) and r.warnings),
    Row("pai_curve", "a forecast alike everywhere", "no better than chance, by the mean of ties",
        lambda: analysis.pai_curve(column(4), ONES, ONES, shares=[0.5], ties="mean", n_bootstrap=0),
        holds=lambda r: np.isclose(r.pai[0], 1)),
    refused("backtest", "an infinite count", "known, finite",
            lambda: analysis.backtest(weeks(INF)[None], analysis.moving_mean, n_test=9)),
    refused("backtest", "a forecast of the wrong length", "forecast gave",
            lambda: analysis.backtest(weeks(1)[None], lambda past: [1, 2], n_test=9)),
    Row("backtest", "no events", "no better than the baseline",
        lambda: analysis.backtest(np.zeros((3, 120)), analysis.moving_mean, n_test=52, rng=1),
        holds=lambda r: r.verdict == "no better than the baseline"),
)  # fmt: skip

DISCLOSURE = (
    refused("protect", "half a person", "whole numbers",
            lambda: analysis.protect([0.5, 9], smallest_shown=5)),
    refused("protect", "an infinite count", "whole numbers",
            lambda: analysis.protect([INF, 9], smallest_shown=5)),
    Row("protect", "all counts small", "all hidden, none marked as small",
        lambda: analysis.protect([1, 1], smallest_shown=5),
        holds=lambda r: r.is_hidden.all()),
    refused("protect_parts", "columns of two lengths", "columns of one length",
            lambda: analysis.protect_parts([1, 2], [0], smallest_shown=5)),
)  # fmt: skip
