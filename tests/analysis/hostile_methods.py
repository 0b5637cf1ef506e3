"""The rows of `hostile.py` for alarms, effects, surveys and tables, and all rows by group."""

from collections.abc import Callable
from typing import Any

import numpy as np
import shapely
from tests.analysis import hostile
from tests.analysis.hostile import INF, NAN, Row, is_nan, refused

from lykta import analysis
from lykta.analysis.cells import People

WEEKS = np.tile([3.0, 5, 4, 7, 6, 2, 8, 5], 40)
UNIT, PERIOD = np.repeat(np.arange(12), 8), np.tile(np.arange(8), 12)
TREATED = ((UNIT < 6) & (PERIOD >= 4)).astype(float)
PANEL = 4.0 + (UNIT * 7 + PERIOD * 5) % 11
STATES = np.array([[(3 * place + 5 * year) % 7 + 2 for year in range(10)] for place in range(6)])
ANSWERS = np.array([1.0, 0, 1, 1, 0, 0, 1, 0])
ALIKE = np.ones(8)
BLOCKS = np.array(
    [
        shapely.box(650_000 + east, 6_560_000 + north, 651_000 + east, 6_561_000 + north)
        for east in range(0, 6_000, 1_000)
        for north in range(0, 6_000, 1_000)
    ]
)
MIDDLE_X, MIDDLE_Y = np.full(200, 650_500.0), np.full(200, 6_560_500.0)
TABLE = np.array([[3.0, 9, 9], [9, 9, 9], [9, 9, 9]])


def odd(values: np.ndarray, value: float, at: int = 3) -> np.ndarray:
    """Return the values with an odd one among them."""
    changed = np.array(values, float)
    changed.flat[at] = value
    return changed


def each_refused(
    function: str, words: str, act: Callable[[float], Any], *, values: tuple[float, ...]
) -> tuple[Row, ...]:
    """Return a row for each odd number that is refused in the same words."""
    said = {-1: "a negative number", 0.5: "half an event", 0: "nought"}
    return tuple(
        refused(
            function,
            said.get(value, "infinity" if value == INF else "an unknown number"),
            words,
            lambda value=value: act(value),
        )
        for value in values
    )


ALARMS = (
    *(
        row
        for name, act in (("farrington", analysis.farrington), ("ears", analysis.ears))
        for row in (
            refused(name, "no weeks", "n_now=1 of 0 weeks", lambda act=act: act([])),
            *each_refused(name, "counts must be whole numbers",
                          lambda value, act=act: act(odd(WEEKS, value)),
                          values=(NAN, INF, -1, 0.5)),
            Row(name, "too few weeks", "not judged: nan, no alarm, and a warning",
                lambda act=act: act([1, 2, 3]),
                holds=lambda r: is_nan(r.p_upper) and not r.is_alarm.any() and r.warnings),
            Row(name, "weeks all alike", "no alarm",
                lambda act=act: act(np.full(320, 5)), holds=lambda r: not r.is_alarm.any()),
        )
    ),
    Row("farrington", "one event in six years", "not judged: nan, no alarm, and a warning",
        lambda: analysis.farrington(odd(np.zeros(320), 1, 319)),
        holds=lambda r: is_nan(r.p_upper) and not r.is_alarm.any() and r.warnings),
    Row("ears", "one event after weeks without any", "an alarm without a p: the past does not sway",
        lambda: analysis.ears(odd(np.zeros(320), 1, 319)),
        holds=lambda r: r.is_alarm.all() and is_nan(r.p_upper)),
    *each_refused("temporal_scan_p", "must be a whole number",
                  lambda value: analysis.temporal_scan_p(value, 7, 365, 0.1),
                  values=(NAN, INF, -1, 0.5)),
    *each_refused("temporal_scan_p", "rate_per_day=.* must be above 0",
                  lambda value: analysis.temporal_scan_p(5, 7, 365, value), values=(0, NAN, INF)),
    refused("temporal_scan_p", "a window as long as the time", "at most half",
            lambda: analysis.temporal_scan_p(5, 365, 365, 0.1)),
    Row("temporal_scan_p", "no events", "p = 1",
        lambda: analysis.temporal_scan_p(0, 7, 365, 0.1), holds=lambda p: p == 1),
)  # fmt: skip

EFFECTS = (
    refused("wdd", "nothing", "treated has the shape", lambda: analysis.wdd([], [])),
    *each_refused("wdd", "treated must hold counts",
                  lambda value: analysis.wdd([value, 1], [1, 1]), values=(NAN, INF, -1)),
    refused("wdd", "a period of no length", "time_weights",
            lambda: analysis.wdd([5, 3], [5, 4], time_weights=(0, 1))),
    Row("wdd", "no events at all", "a difference of 0, p and interval nan",
        lambda: analysis.wdd([0, 0], [0, 0]),
        holds=lambda r: r.estimate == 0 and is_nan([r.p, r.low, r.high])),
    Row("wdd", "one event", "its interval holds 0; the ratio is nan",
        lambda: analysis.wdd([1, 0], [0, 0]),
        holds=lambda r: r.low[0] < 0 < r.high[0] and is_nan(r.ratio)),
    refused("baseline_dispersion", "one area", "at least 2 areas and 3 periods",
            lambda: analysis.baseline_dispersion([[1, 2, 3]])),
    *each_refused("baseline_dispersion", "baseline must hold counts",
                  lambda value: analysis.baseline_dispersion([[value, 2, 3], [1, 2, 3]]),
                  values=(NAN, INF, -1)),
    Row("baseline_dispersion", "no events", "nan",
        lambda: analysis.baseline_dispersion(np.zeros((2, 3))),
        holds=lambda r: is_nan(r.dispersion)),
    *(
        row
        for name in ("poisson_did", "event_study")
        for act in (getattr(analysis, name),)
        for row in (
            refused(name, "no rows", "not empty", lambda act=act: act([], [], [], [])),
            *each_refused(
                name, "y must hold counts",
                lambda value, act=act: act(odd(PANEL, value), UNIT, PERIOD, TREATED),
                values=(NAN, INF, -1),
            ),
            refused(name, "no inhabitants", "exposure must be above 0",
                    lambda act=act: act(PANEL, UNIT, PERIOD, TREATED, exposure=0 * PANEL)),
            refused(name, "no events", "at least 2 of each are",
                    lambda act=act: act(0 * PANEL, UNIT, PERIOD, TREATED)),
            refused(name, "one event", "at least 2 of each are",
                    lambda act=act: act(odd(0 * PANEL, 1), UNIT, PERIOD, TREATED)),
            refused(name, "no place with the measure", "treated must hold both",
                    lambda act=act: act(PANEL, UNIT, PERIOD, 0 * TREATED)),
            refused(name, "no place without it", "treated must hold both",
                    lambda act=act: act(PANEL, UNIT, PERIOD, 0 * TREATED + 1)),
            Row(name, "counts all alike", "a ratio of 1, p and interval nan",
                lambda act=act: act(0 * PANEL + 5, UNIT, PERIOD, TREATED),
                holds=lambda r: np.allclose(r.ratio, 1) and is_nan([r.p, r.low, r.high])),
        )
    ),
    refused("interrupted_series", "nothing", "n_before=24 of 0 periods",
            lambda: analysis.interrupted_series([], 24, season_length=None)),
    *each_refused(
        "interrupted_series", "counts must be a column of counts",
        lambda value: analysis.interrupted_series(odd(WEEKS, value), 48, season_length=None),
        values=(NAN, INF, -1),
    ),
    refused("interrupted_series", "no events, or few", "at least 10 of each are",
            lambda: analysis.interrupted_series(odd(np.zeros(80), 1), 48, season_length=None)),
    refused("interrupted_series", "ten thousand periods", "at most 2000 are allowed",
            lambda: analysis.interrupted_series(np.full(10_000, 5), 48, season_length=None)),
    Row("interrupted_series", "counts all alike", "a ratio of 1, p and interval nan",
        lambda: analysis.interrupted_series(np.full(80, 5), 48, season_length=None),
        holds=lambda r: np.isclose(r.effect.ratio, 1) and is_nan([r.effect.p, r.effect.low])),
    *each_refused("synthetic_control", "outcomes must be finite",
                  lambda value: analysis.synthetic_control(odd(STATES, value), 0, 6),
                  values=(NAN, INF)),
    refused("synthetic_control", "two places", "at least 3 units",
            lambda: analysis.synthetic_control(STATES[:2], 0, 6)),
    refused("synthetic_control", "nothing before", "at least 2 before",
            lambda: analysis.synthetic_control(STATES, 0, 0)),
    Row("synthetic_control", "no events", "a gap of 0, p = 1, and a warning",
        lambda: analysis.synthetic_control(0 * STATES, 0, 6),
        holds=lambda r: r.att == 0 and r.p == 1 and r.warnings),
    *each_refused("simplex_weights", "must be finite",
                  lambda value: analysis.simplex_weights([[1, value]], [1, 2]), values=(NAN, INF)),
    refused("simplex_weights", "nothing", "must be finite, at least one",
            lambda: analysis.simplex_weights([], [])),
    Row("simplex_weights", "donors all alike", "weights of sum 1",
        lambda: analysis.simplex_weights([[1, 1], [1, 1]], [5, 5]),
        holds=lambda found: found[0].sum() == 1),
    *(
        row
        for name, act in (
            ("minimum_detectable_effect", analysis.minimum_detectable_effect),
            ("chance_to_find", lambda design: analysis.chance_to_find(design, 0.8)),
        )
        for row in each_refused(
            name, "before=.* must be above 0",
            lambda value, act=act: act(analysis.TwoCountsDesign(value)),
            values=(0, -1, NAN, INF),
        )
    ),
    *each_refused("chance_to_find", "ratio=.* must be known, finite and not negative",
                  lambda value: analysis.chance_to_find(analysis.TwoCountsDesign(100), value),
                  values=(-1, NAN, INF)),
    *(
        refused(name, "a series of ten thousand periods", "at most 2000 are allowed",
                lambda act=act: act(analysis.SeriesDesign(10, 5_000, 5_000)))
        for name, act in (
            ("minimum_detectable_effect", analysis.minimum_detectable_effect),
            ("chance_to_find", lambda design: analysis.chance_to_find(design, 0.8)),
        )
    ),
    Row("minimum_detectable_effect", "one event before", "a fall is nan, and a warning",
        lambda: analysis.minimum_detectable_effect(analysis.TwoCountsDesign(1)),
        holds=lambda r: np.isnan(r.decrease) and r.warnings),
)  # fmt: skip

SURVEYS = (
    refused("rake", "no margins", "0 margins", lambda: analysis.rake([], [])),
    *each_refused("rake", r"targets\[0\] must be a column of totals above 0",
                  lambda value: analysis.rake([[0, 1]], [[value, 5]]), values=(0, NAN, INF, -1)),
    refused("rake", "a kind that no one is of", "no respondent is in that category",
            lambda: analysis.rake([[0, 0]], [[1, 5]])),
    refused("rake", "totals of two populations", "one population has one sum",
            lambda: analysis.rake([[0, 1], [0, 1]], [[1, 5], [2, 5]])),
    Row("rake", "margins that contradict each other", "weights, and a warning that they do not fit",
        lambda: analysis.rake([[0, 1], [0, 1]], [[1, 5], [2, 4]]),
        holds=lambda r: not r.is_converged and r.warnings),
    refused("weighted_mean", "no answers, or one", "at least 2 are needed",
            lambda: analysis.weighted_mean([NAN, 1], [1, 1])),
    refused("weighted_mean", "infinity", "values must be a column of finite numbers",
            lambda: analysis.weighted_mean(odd(ANSWERS, INF), ALIKE)),
    *each_refused("weighted_mean", "weights must be 8 numbers above 0",
                  lambda value: analysis.weighted_mean(ANSWERS, odd(ALIKE, value)),
                  values=(0, -1, NAN, INF)),
    Row("weighted_mean", "one who did not answer", "the others, and a warning",
        lambda: analysis.weighted_mean(odd(ANSWERS, NAN), ALIKE),
        holds=lambda r: r.n == 7 and "1 of 8 gave no answer" in r.warnings[0]),
    Row("weighted_mean", "all answer yes", "a share of 1 with a lower limit, and a warning",
        lambda: analysis.weighted_mean(ALIKE, ALIKE),
        holds=lambda r: r.estimate == 1 and r.low < 0.7 and r.warnings),
    refused("differences", "one estimate", "at least 2 are needed",
            lambda: analysis.differences([_share()], is_one_sample=False)),
    refused("differences", "an unknown level", "level=nan must lie between",
            lambda: analysis.differences([_share()] * 2, is_one_sample=False, level=NAN)),
    Row("differences", "groups in which all answer yes", "p nan, and a warning",
        lambda: analysis.differences(
            [analysis.weighted_mean(ALIKE, ALIKE)] * 2, is_one_sample=False),
        holds=lambda r: is_nan(r.p_two_sided) and r.warnings),
)  # fmt: skip

TABLES = (
    refused("suppress", "an empty table", "table has shape",
            lambda: analysis.suppress([], smallest_shown=5)),
    *each_refused("suppress", "table must hold whole numbers",
                  lambda value: analysis.suppress(odd(TABLE, value), smallest_shown=5),
                  values=(NAN, INF, -1, 0.5)),
    refused("suppress", "an unknown limit", "smallest_shown=nan",
            lambda: analysis.suppress(TABLE, smallest_shown=NAN)),
    Row("suppress", "no events", "nothing hidden",
        lambda: analysis.suppress(0 * TABLE, smallest_shown=5),
        holds=lambda r: not r.is_hidden.any()),
    Row("suppress", "one event", "hidden, and a warning that the sums tell it",
        lambda: analysis.suppress([[0, 0], [0, 1]], smallest_shown=5),
        holds=lambda r: r.is_exposed.sum() == 1 and r.warnings),
    Row("suppress", "counts all alike but one", "a choice among equals that costs least",
        lambda: analysis.suppress(TABLE, smallest_shown=5),
        holds=lambda r: r.cost == r.bound == 27),
    refused("attack", "an empty table", "published must be a row or table",
            lambda: analysis.attack([], smallest_shown=5)),
    *each_refused(
        "attack", "published must be a row or table",
        lambda value: analysis.attack([[value, 9], [9, 9]], [10, 18], [10, 18], smallest_shown=5),
        values=(INF, -1),
    ),
    refused("attack", "sums that no table has", "no table fits",
            lambda: analysis.attack([[NAN, 9], [9, 9]], [3, 18], [3, 18], smallest_shown=5)),
    refused("round_counts", "nothing", "counts have shape", lambda: analysis.round_counts([])),
    *each_refused("round_counts", "counts must be whole numbers",
                  lambda value: analysis.round_counts([value, 9]), values=(NAN, INF, -1, 0.5)),
    Row("round_counts", "no events", "0 everywhere",
        lambda: analysis.round_counts([0, 0], rng=1),
        holds=lambda r: not r.counts.any() and r.total == 0),
    refused("possible_values", "a sum that is less than what is shown", "total=3 is less",
            lambda: analysis.possible_values(_protected(), total=3, smallest_shown=5)),
    refused("possible_values", "an unknown sum", "total=nan",
            lambda: analysis.possible_values(_protected(), total=NAN, smallest_shown=5)),
    refused("possible_values", "a sum that no count can make up", "not that of the counts",
            lambda: analysis.possible_values(_protected(), total=99, smallest_shown=5)),
)  # fmt: skip

HOT = (
    Row("hot_cells", "no events", "None",
        lambda: _hot_cells(n=0), holds=lambda found: found is None),
    Row("hot_cells", "one event", "None: too few",
        lambda: _hot_cells(n=1), holds=lambda found: found is None),
    Row("hot_cells", "unknown and infinite points among others", "the others counted",
        lambda: _hot_cells(odd(odd(MIDDLE_X, NAN), INF, 4)),
        holds=lambda found: found.count.sum() == 198),
    Row("hot_cells", "all in one place",
        "none is dense: one place alone cannot be told from counts that sway so much",
        lambda: _hot_cells(),
        holds=lambda found: found.own.dispersion > 100 and not found.clusters),
    Row("hot_cells", "no inhabitants anywhere", "none is tested",
        lambda: _hot_cells(people=People(np.zeros(36), BLOCKS)),
        holds=lambda found: not found.kind.any() and not found.hot.is_tested.any()),
    refused("hot_cells", "a negative count", "count must not be negative",
            lambda: _hot_cells(count=-1)),
    refused("hot_cells", "points in degrees", "look like degrees",
            lambda: _hot_cells(MIDDLE_X / 1e5, MIDDLE_Y / 1e5)),
    Row("hot_areas", "no areas, or no events", "None",
        lambda: [analysis.hot_areas(BLOCKS[:0], np.zeros(0)), _hot_areas(0)],
        holds=lambda found: found == [None, None]),
    Row("hot_areas", "counts all alike", "none is dense",
        lambda: _hot_areas(9), holds=lambda found: not found.kind.any()),
    Row("hot_areas", "no inhabitants anywhere", "none is tested",
        lambda: _hot_areas(9, population=np.zeros(36)),
        holds=lambda found: not found.hot.is_tested.any() and is_nan(found.own.p_two_sided)),
    refused("hot_areas", "infinitely many", "holds infinity",
            lambda: analysis.hot_areas(BLOCKS, odd(np.full(36, 9), INF), rng=1)),
    refused("hot_areas", "a negative count", "none negative",
            lambda: analysis.hot_areas(BLOCKS, odd(np.full(36, 9), -4), rng=1)),
    refused("hot_areas", "areas in degrees", "look like degrees",
            lambda: analysis.hot_areas(
                shapely.transform(BLOCKS, lambda xy: xy / 1e5), np.full(36, 9), rng=1)),
)  # fmt: skip

MORE = (
    refused("against_the_rest", "no rows", "now holds no rows", lambda: _against([])),
    Row("against_the_rest", "no events, or one row alone", "nan",
        lambda: [_against([0, 0]), _against([5])],
        holds=lambda found: all(is_nan(gap.ratio) for gap, _q, _verdict in found)),
    refused("moving_mean", "no weeks", "past has no weeks",
            lambda: analysis.moving_mean(np.zeros((3, 0)))),
    refused("same_week_last_year", "less than a year", "at least 52 are needed",
            lambda: analysis.same_week_last_year(np.ones((3, 51)))),
)  # fmt: skip


def _share() -> analysis.Estimate:
    return analysis.weighted_mean(ANSWERS, ALIKE)


def _protected() -> Any:
    return analysis.protect([3, 9, 40, 12], smallest_shown=5)


def _hot_cells(
    x: np.ndarray = MIDDLE_X, y: np.ndarray = MIDDLE_Y, *, n: int = 200, count: int = 1, **more: Any
) -> Any:
    return analysis.hot_cells(
        x[:n], y[:n], np.zeros(n, np.int32), np.full(n, count), polygons=BLOCKS, rng=1, **more
    )


def _hot_areas(count: int, **more: Any) -> Any:
    return analysis.hot_areas(BLOCKS, np.full(36, count), rng=1, **more)


def _against(counts: list[int]) -> Any:
    column = np.array(counts, np.int64)
    return analysis.against_the_rest(
        column, column, dispersion=np.ones(len(column)), alpha=0.05, hidden=column < 0
    )


GROUPS: dict[str, tuple[Row, ...]] = {
    "Counts, rates and many tests": hostile.RATES,
    "Rates that lean on the mean, and ranks": hostile.SMOOTHING,
    "High among high": hostile.GATHERING,
    "Points, areas and hexagons": hostile.PLACES,
    "Dense places": HOT,
    "Weeks, changes and forecasts": (*hostile.TIME, *MORE),
    "Early warnings": ALARMS,
    "Effects": EFFECTS,
    "Surveys": SURVEYS,
    "Small counts in tables": (*hostile.DISCLOSURE, *TABLES),
}
ROWS: tuple[Row, ...] = tuple(row for rows in GROUPS.values() for row in rows)
