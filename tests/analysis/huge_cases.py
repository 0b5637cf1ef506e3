"""Each public function with ten million rows, or as large as its input gets, and a known answer.

Run by `huge.py`, one in a process of its own.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from lykta import analysis

N = 10_000_000
UNITS, PERIODS = 100_000, 100  # a panel of so many rows
SERIES, WEEKS = 20_000, 500
TABLE = (2_500, 4_000)
WEST_M, SOUTH_M = 650_000, 6_560_000


@dataclass(frozen=True, slots=True)
class Case:
    """What a function is given, what it does, and whether the answer is the known one."""

    function: str
    size: str
    known: str  # what the answer is held against, in words
    given: Callable[[], Any]
    act: Callable[[Any], Any]
    holds: Callable[[Any], Any]


def alike(values: Any, known: float, within: float = 1e-9) -> bool:
    """Return whether all values are the known one, to a share of it."""
    return bool(np.allclose(values, known, rtol=within, atol=within))


def poisson(mean: float, *shape: int) -> np.ndarray:
    """Return counts with one mean, the same each time."""
    return np.random.default_rng(1).poisson(mean, shape)


def repeated(n: int, *shape: int) -> np.ndarray:
    """Return the same counts n times over."""
    return np.tile(poisson(20, *shape), (n, *([1] * len(shape))))


def blocks(n: int) -> np.ndarray:
    """Return n by n square kilometres side by side."""
    east, north = (each.ravel() * 1_000 for each in np.meshgrid(np.arange(n), np.arange(n)))
    return shapely.box(
        WEST_M + east, SOUTH_M + north, WEST_M + east + 1_000, SOUTH_M + north + 1_000
    )


def points() -> np.ndarray:
    """Return points spread evenly over ten by ten kilometres; (2, n)."""
    spread = np.random.default_rng(1).uniform(0, 10_000, (2, N))
    return spread + np.array([[WEST_M], [SOUTH_M]])


def block_of(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return which of ten by ten blocks holds each point."""
    return ((y - SOUTH_M) // 1_000 * 10 + (x - WEST_M) // 1_000).astype(np.int32)


def ring_pairs() -> np.ndarray:
    """Return a ring of places, each beside the next."""
    place = np.arange(N)
    return np.column_stack((place, np.roll(place, -1)))


def ring() -> analysis.Neighbours:
    """Return the neighbours in that ring."""
    place = np.arange(N, dtype=np.int32)
    ids = np.sort(np.column_stack((np.roll(place, 1), np.roll(place, -1))), axis=1)
    return analysis.Neighbours(np.arange(0, 2 * N + 1, 2, dtype=np.int32), ids.ravel())


def ring_of(*values: float) -> tuple[np.ndarray, analysis.Neighbours]:
    """Return values that come again and again along a ring, and the ring."""
    return np.tile(np.array(values, float), N // len(values)), ring()


def panel() -> tuple[np.ndarray, ...]:
    """Return counts, unit, period and treatment of a panel: half of it falls to 0.7 half way."""
    unit, time = np.repeat(np.arange(UNITS), PERIODS), np.tile(np.arange(PERIODS), UNITS)
    treated = (unit < UNITS // 2) & (time >= PERIODS // 2)
    counts = np.random.default_rng(1).poisson(5 * np.where(treated, 0.7, 1.0))
    return counts, unit, time, treated


def mixed(n: int, periods: int) -> tuple[np.ndarray, np.ndarray]:
    """Return donors, and a target that is the mean of the first two."""
    donors = np.random.default_rng(1).uniform(0, 100, (n, periods))
    return donors, donors[:2].mean(axis=0)


def with_one_small(shape: tuple[int, ...]) -> np.ndarray:
    """Return counts of 40, but 3 and 9 to begin with."""
    counts = np.full(shape, 40)
    counts.flat[:2] = 3, 9
    return counts


def published() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return a table that shows all but four corners of a square, and its totals."""
    whole = with_one_small(TABLE).astype(float)
    shown = whole.copy()
    shown[:2, :2] = np.nan
    return shown, whole.sum(axis=1), whole.sum(axis=0)


def small_one_in(hidden: analysis.Suppressed) -> tuple[float, float]:
    """Return what a reader who reckons can say of the small count, by `attack`."""
    whole = with_one_small(TABLE)
    found = analysis.attack(
        hidden.counts, whole.sum(axis=1), whole.sum(axis=0), smallest_shown=5,
        is_small=hidden.is_small,
    )  # fmt: skip
    return found.low[0, 0], found.high[0, 0]


def answers() -> tuple[np.ndarray, list[np.ndarray]]:
    """Return answers of yes and no, half of each, and two margins that say nothing of them."""
    place = np.arange(N)
    return (place % 2).astype(float), [place // 2 % 5, place // 10 % 2]


TARGETS = [[10.0, 20, 30, 25, 15], [60.0, 40]]
YEAR = np.arange(104) % 52 / 52

CASES = (
    Case("tally", "rows", "each code as often as the others", lambda: np.arange(N) % 100,
         lambda code: analysis.tally(code, 100), lambda found: alike(found, N / 100)),
    Case("weekday", "days", "the days of the week in turn", lambda: np.arange(N),
         analysis.weekday, lambda found: np.array_equal(found, (np.arange(N) + 3) % 7)),
    Case("whole_periods", "weeks", "their number", lambda: 7 * N + 10,
         lambda last: analysis.whole_periods(0, last, "week"),
         lambda found: len(found.starts) == N + 2),
    Case("assign_areas", "points, 100 areas", "the square that each coordinate says",
         lambda: (*points(), blocks(10)), lambda given: (given, analysis.assign_areas(*given)),
         lambda told: np.array_equal(told[1].area, block_of(*told[0][:2]))),
    Case("Lattice.count", "points", "their number", points,
         lambda xy: analysis.Lattice("hex", 250).count(*xy), lambda found: found[1].sum() == N),
    Case("area_index", "1,000,000 areas", "their number", lambda: blocks(1_000),
         analysis.area_index, lambda found: found.n_areas == 1_000_000),
    Case("contiguity", "1,000,000 areas", "the pairs of a grid", lambda: blocks(1_000),
         analysis.contiguity,
         lambda found: found.counts.sum() == 4 * 1_000 * 999 + 4 * 999**2),
    Case("hot_cells", "points", "their number in the cells", lambda: (points(), blocks(10)),
         lambda given: analysis.hot_cells(
             *given[0], block_of(*given[0]), np.ones(N, np.int64), polygons=given[1], rng=1),
         lambda found: np.nansum(found.count) == N),
    Case("hot_areas", "events in 1,000,000 areas", "nothing hot in what is even",
         lambda: (blocks(1_000), poisson(10, 1_000_000)),
         lambda given: analysis.hot_areas(*given, rng=1),
         lambda found: np.mean(found.kind != 0) < 0.001),
    Case("neighbours_from_pairs", "pairs", "two neighbours each", ring_pairs,
         lambda pairs: analysis.neighbours_from_pairs(pairs, N),
         lambda found: alike(found.counts, 2)),
    Case("neighbours_from_lists", "lists", "two neighbours each",
         lambda: [[(k - 1) % N, (k + 1) % N] for k in range(N)], analysis.neighbours_from_lists,
         lambda found: alike(found.counts, 2)),
    Case("moran", "places", "-1 where neighbours are opposite", lambda: ring_of(0, 1),
         lambda given: analysis.moran(*given), lambda found: alike(found.statistic, -1)),
    Case("geary", "places", "2 (n - 1) / n where neighbours are opposite", lambda: ring_of(0, 1),
         lambda given: analysis.geary(*given),
         lambda found: alike(found.statistic, 2 * (N - 1) / N)),
    Case("general_g", "places", "1 / (n/2 - 1), two and two", lambda: ring_of(1, 1, 0, 0),
         lambda given: analysis.general_g(*given),
         lambda found: np.isclose(found.statistic * (N / 2 - 1), 1)),
    Case("getis_ord_gi", "places", "z of √2, up or down", lambda: ring_of(0, 1),
         lambda given: analysis.getis_ord_gi(*given, rng=1),
         lambda found: alike(np.abs(found.z_analytic), np.sqrt(2), 1e-6)),
    Case("getis_ord_gi_star", "places", "z of 1/√3, up or down", lambda: ring_of(0, 1),
         lambda given: analysis.getis_ord_gi_star(*given, rng=1),
         lambda found: alike(np.abs(found.z_analytic), 1 / np.sqrt(3), 1e-6)),
    Case("local_moran", "places", "-1 where neighbours are opposite", lambda: ring_of(0, 1),
         lambda given: analysis.local_moran(*given, rng=1),
         lambda found: alike(found.i, -1, 1e-6)),
    Case("poisson_rates", "counts", "Garwood's interval of 3", lambda: np.full(N, 3),
         lambda counts: analysis.poisson_rates(counts, 1.0),
         lambda r: alike(r.low, 0.618672, 1e-6) and alike(r.high, 8.767273, 1e-6)),
    Case("compare_counts", "pairs of counts", "18 after 30",
         lambda: (np.full(N, 18), np.full(N, 30)),
         lambda given: analysis.compare_counts(*given),
         lambda r: alike(r.ratio, 0.6) and alike(r.p_two_sided, 0.1114, 1e-3)),
    Case("compare_ratios", "pairs of ratios", "no difference from itself",
         lambda: analysis.compare_counts(np.full(N, 18), np.full(N, 30)),
         lambda one: analysis.compare_ratios(one, one),
         lambda r: alike(r.ratio, 1) and alike(r.p_two_sided, 1)),
    Case("relative_risks", "areas", "as many expected as counted",
         lambda: (poisson(3, N), np.full(N, 10)), lambda given: analysis.relative_risks(*given),
         lambda r: alike(r.expected.sum() / poisson(3, N).sum(), 1)),
    Case("wilson_interval", "shares", "50 of 100", lambda: np.full(N, 50),
         lambda part: analysis.wilson_interval(part, 100),
         lambda r: alike(r[1], 0.403832, 1e-5) and alike(r[2], 0.596168, 1e-5)),
    Case("conditional_test", "events in two counts", "the normal tail",
         lambda: (N // 2, N // 2 + 3_000), lambda given: analysis.conditional_test(*given),
         lambda p: np.isclose(p, 0.3428, atol=1e-3)),
    Case("e_test", "events in two counts", "refused above 5,000", lambda: (N // 2, N // 2),
         lambda given: analysis.e_test(*given), lambda r: False),
    Case("q_values", "p-values", "1 where they lie evenly", lambda: np.arange(1, N + 1) / N,
         analysis.q_values, lambda q: alike(q, 1)),
    Case("eb_smooth", "areas", "as many events as counted", lambda: poisson(10, N),
         lambda events: analysis.eb_smooth(events, np.full(N, 1_000.0)),
         lambda r: np.isclose(r.rate.sum() * 1_000, poisson(10, N).sum())),
    Case("eb_deviates", "areas", "a mean of 0", lambda: poisson(10, N),
         lambda events: analysis.eb_deviates(events, np.full(N, 1_000.0)),
         lambda z: abs(z.mean()) < 1e-9),
    Case("rank_intervals", "areas", "refused above 25 draws",
         lambda: analysis.eb_smooth(poisson(10, N), np.full(N, 1_000.0)),
         lambda smoothed: analysis.rank_intervals(smoothed, rng=1), lambda r: False),
    Case("changes", "rows", "18 after 30", lambda: (np.full(N, 18), np.full(N, 30)),
         lambda given: analysis.changes(*given),
         lambda r: alike(r.ratio, 0.6) and not r.verdict.any()),
    Case("against_the_rest", "rows", "no difference where all are alike",
         lambda: (np.full(N, 18), np.full(N, 30)),
         lambda given: analysis.against_the_rest(
             *given, dispersion=np.ones(N), alpha=0.05, hidden=np.zeros(N, bool)),
         lambda r: alike(r[0].ratio, 1)),
    Case("row_dispersion", "counts: 96,154 rows of 104 weeks", "that of one row",
         lambda: repeated(96_154, 104),
         lambda counts: analysis.row_dispersion(counts, np.arange(104) >= 52, year_share=YEAR),
         lambda phi: alike(phi, analysis.row_dispersion(
             repeated(2, 104), np.arange(104) >= 52, year_share=YEAR)[0])),
    Case("ears", "counts: 20,000 series of 500 weeks", "the mean of the seven before",
         lambda: np.tile([4, 6], (SERIES, WEEKS // 2)),
         lambda counts: analysis.ears(counts, n_now=WEEKS - 7),
         lambda r: np.allclose(np.unique(r.expected.round(9)), [34 / 7, 36 / 7])),
    Case("farrington", "counts: 20,000 series of 500 weeks", "that of one series",
         lambda: repeated(SERIES, WEEKS), analysis.farrington,
         lambda r: alike(r.upper_bound, analysis.farrington(
             repeated(2, WEEKS)).upper_bound[0])),
    Case("control_limits", "weeks", "the mean they were drawn from", lambda: poisson(20, N),
         lambda counts: analysis.control_limits(counts, n_baseline=N - 1_000),
         lambda r: alike(r.expected, 20, 1e-3) and alike(r.dispersion, 1, 1e-2)),
    Case("dispersion", "weeks", "1 of Poisson counts", lambda: poisson(20, N),
         analysis.dispersion, lambda phi: alike(phi, 1, 1e-2)),
    Case("temporal_scan_p", "events in a window", "next to 0, six standard errors up", lambda: N,
         lambda n: analysis.temporal_scan_p(n, 7, 700, 0.998 * n / 7),
         lambda p: 0 <= p < 1e-6),
    Case("protect", "rows", "one small and one more hidden", lambda: with_one_small((N,)),
         lambda counts: analysis.protect(counts, smallest_shown=5),
         lambda r: r.is_hidden.sum() == 2),
    Case("protect_parts", "rows in 1,000,000 parts", "two hidden in each",
         lambda: np.tile(with_one_small((10,)), N // 10),
         lambda counts: analysis.protect_parts(counts, np.arange(N) // 10, smallest_shown=5),
         lambda r: r.is_hidden.sum() == 2 * N // 10),
    Case("possible_values", "rows", "1 to 4 for the small one",
         lambda: analysis.protect(with_one_small((N,)), smallest_shown=5),
         lambda shown: analysis.possible_values(shown, total=40 * N - 68, smallest_shown=5),
         lambda ends: (ends[0][0], ends[1][0]) == (1, 4)),
    Case("round_counts", "cells: 2,500 by 4,000", "the mean of what is rounded",
         lambda: np.full(TABLE, 4), lambda counts: analysis.round_counts(counts, rng=1),
         lambda r: alike(r.counts.mean(), 4, 1e-3)),
    Case("suppress", "cells: 2,500 by 4,000", "1 to 4 for the small one; says that the time was up",
         lambda: with_one_small(TABLE),
         lambda table: analysis.suppress(table, smallest_shown=5),
         lambda r: small_one_in(r) == (1, 4) and r.warnings[0].startswith("The time was up")),
    Case("attack", "cells: 2,500 by 4,000", "1 to 11 for the small one", published,
         lambda given: analysis.attack(*given, smallest_shown=5),
         lambda r: (r.low[0, 0], r.high[0, 0]) == (1, 11)),
    Case("wdd", "tests", "a difference of -12",
         lambda: (np.tile([30, 18], (N, 1)), np.tile([20, 20], (N, 1))),
         lambda given: analysis.wdd(*given, dispersion=1),
         lambda r: alike(r.estimate, -12) and alike(r.standard_error, np.sqrt(88))),
    Case("baseline_dispersion", "counts: 100,000 of 10 by 10", "that of one",
         lambda: repeated(100_000, 10, 10), analysis.baseline_dispersion,
         lambda r: alike(r.dispersion, analysis.baseline_dispersion(
             repeated(2, 10, 10)).dispersion[0])),
    Case("interrupted_series", "periods", "refused above 2,000", lambda: np.full(N, 5),
         lambda counts: analysis.interrupted_series(counts, N // 2, season_length=12),
         lambda r: False),
    Case("poisson_did", "rows: 100,000 units, 100 periods", "the ratio they were drawn with",
         panel, lambda given: analysis.poisson_did(*given),
         lambda r: alike(r.ratio, 0.7, 1e-2)),
    Case("event_study", "rows: 100,000 units, 100 periods", "the ratio they were drawn with",
         panel, lambda given: analysis.event_study(*given),
         lambda r: alike(np.median(r.ratio[r.relative >= 0]), 0.7, 1e-2)),
    Case("synthetic_control", "outcomes: 1,000 units, 10,000 periods", "a perfect mean of two",
         lambda: np.vstack(mixed(999, 10_000)[::-1]),
         lambda outcomes: analysis.synthetic_control(outcomes, 0, 5_000),
         lambda r: np.abs(r.gap).max() < 1e-6),
    Case("synthetic_control, without placebos", "outcomes: 1,000 units, 10,000 periods",
         "a perfect mean of two", lambda: np.vstack(mixed(999, 10_000)[::-1]),
         lambda outcomes: analysis.synthetic_control(outcomes, 0, 5_000, placebo=None),
         lambda r: np.abs(r.gap).max() < 1e-6),
    Case("simplex_weights", "outcomes: 1,000 donors, 10,000 periods", "a half of each of two",
         lambda: mixed(1_000, 10_000), lambda given: analysis.simplex_weights(*given),
         lambda r: np.allclose(r[0][:2], 0.5) and np.allclose(r[0][2:], 0)),
    Case("chance_to_find", "periods", "refused above 2,000", lambda: N // 2,
         lambda half: analysis.chance_to_find(analysis.SeriesDesign(10, half, half), 0.9),
         lambda r: False),
    Case("minimum_detectable_effect", "periods", "refused above 2,000", lambda: N // 2,
         lambda half: analysis.minimum_detectable_effect(analysis.SeriesDesign(10, half, half)),
         lambda r: False),
    Case("pai_curve", "cells", "PEI of 1 where all is foreseen", lambda: poisson(1, N),
         lambda seen: analysis.pai_curve(seen, seen, np.ones(N), rng=1),
         lambda r: alike(r.pei, 1)),
    Case("pai_curve, without intervals", "cells", "PEI of 1 where all is foreseen",
         lambda: poisson(1, N),
         lambda seen: analysis.pai_curve(seen, seen, np.ones(N), n_bootstrap=0),
         lambda r: alike(r.pei, 1)),
    Case("backtest", "counts: 20,000 series of 500 weeks", "no gain where nothing changes",
         lambda: np.full((SERIES, WEEKS), 5.0),
         lambda counts: analysis.backtest(
             counts, lambda past: past[:, -1], n_test=52, rng=1),
         lambda r: r.gain == 0),
    Case("moving_mean", "counts: 20,000 series of 500 weeks", "their mean",
         lambda: np.full((SERIES, WEEKS), 5.0), analysis.moving_mean,
         lambda found: alike(found, 5)),
    Case("same_week_last_year", "counts: 20,000 series of 500 weeks", "the week a year before",
         lambda: np.tile(np.arange(WEEKS, dtype=float), (SERIES, 1)),
         analysis.same_week_last_year, lambda found: alike(found, WEEKS - 52)),
    Case("rake", "respondents", "the known totals", lambda: answers()[1],
         lambda margins: analysis.rake(margins, TARGETS), lambda r: r.largest_gap < 1e-9),
    Case("weighted_mean", "respondents", "a half", answers,
         lambda given: analysis.weighted_mean(given[0], analysis.rake(given[1], TARGETS)),
         lambda r: np.isclose(r.estimate, 0.5)),
    Case("weighted_mean, replicate", "respondents", "a half", answers,
         lambda given: analysis.weighted_mean(
             given[0], analysis.rake(given[1], TARGETS), method="replicate"),
         lambda r: np.isclose(r.estimate, 0.5)),
    Case("differences", "respondents in two groups", "none", lambda: [
            analysis.weighted_mean(answers()[0], np.ones(N), domain=np.arange(N) // 2 % 2 == half)
            for half in (0, 1)
         ],
         lambda halves: analysis.differences(halves, is_one_sample=True),
         lambda r: np.allclose(r.difference, 0)),
)  # fmt: skip
