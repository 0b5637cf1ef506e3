"""The common picture: from columns of events to everything that may be said of them.

One pure function, `picture`. It decides nothing about words: a paper, a page or a file says in
its own way what the `Picture` holds.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lykta.analysis import change
from lykta.analysis.aggregation import tally
from lykta.analysis.cells import HotPlaces, People, hot_areas, hot_cells
from lykta.analysis.disclosure.rows import Protected, protect
from lykta.analysis.findings import Findings, findings
from lykta.analysis.geometry import assign_areas
from lykta.analysis.rates import RateRatios, Rates, poisson_rates, wilson_interval
from lykta.analysis.smoothing import RankIntervals, SmoothedRates, eb_smooth, rank_intervals
from lykta.analysis.spans import DAYS_A_YEAR, Events, Question, Span, has_day, span_of
from lykta.analysis.timeline import Recent, Series, hours, recent, series, weekdays
from lykta.analysis.veils import veiled

Floats = NDArray[np.float64]
Days = NDArray[np.int64]
Codes = NDArray[np.int32]
Counts = NDArray[np.int64]

# With so many areas the areas themselves are fine enough to look for hot spots among.
MANY_AREAS = 200
# An order of more areas than this says nothing to a reader.
MOST_RANKED = 500
# A prior cannot be learnt from fewer areas.
FEWEST_SMOOTHED = 3


@dataclass(frozen=True, slots=True)
class Areas:
    """Areas, some with borders and inhabitants."""

    n: int
    polygons: NDArray[np.object_] | None = None  # metres, same reference system as the events
    population: Floats | None = None  # nan where not known
    people: People | None = None  # where they live, if known more finely than per area


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many events were counted, and how many could not be, and why."""

    n_events: int  # in all
    n_period: int
    n_before: int | None  # None where there is no year before, or its count is hidden
    n_outside_areas: int  # of the period: a place, but in none of the areas
    n_without_place: int
    n_without_category: int
    n_withheld: int  # rows whose count the source withholds; each stands for at least one
    n_interval: int  # day known only as from–to; counted in the middle
    first_day: int
    last_day: int


@dataclass(frozen=True, slots=True)
class AreaTable:
    """Every area by the same measures."""

    changes: change.Changes
    against_rest: RateRatios | None
    rest_q: Floats | None
    rest_verdict: NDArray[np.int8] | None
    rates: Rates | None  # per 1,000 inhabitants and year
    smoothed: SmoothedRates | None  # per inhabitant and year
    ranks: RankIntervals | None
    populations: Floats | None


@dataclass(frozen=True, slots=True)
class Picture:
    """A common picture of a period; nothing in it can be traced to a hidden count."""

    question: Question
    coverage: Coverage
    before_first_day: int | None  # None: nothing to compare with
    unit: str
    total: change.Changes  # one row
    categories: change.Changes
    category_share: tuple[Floats, Floats, Floats]  # share of the period's events, low, high
    areas: AreaTable
    findings: Findings
    series: Series
    hours: Protected | None  # (7 * 8,) weekday and part of the day, where the hour is known
    weekdays: Protected
    recent: Recent | None
    hot: HotPlaces | None


def picture(
    events: Events,
    areas: Areas,
    question: Question,
    *,
    rng: np.random.Generator | int | None = None,
) -> Picture:
    """Return the common picture of a period.

    Same input and seed, same picture. Raises ValueError where the period holds no events.
    """
    generator = np.random.default_rng(rng)
    area, n_outside = _placed(events, areas, question)
    span = span_of(events, question)
    whole = np.zeros(len(area), np.int32)
    total_phi, area_phi = span.dispersion(whole, 1), span.dispersion(area, areas.n)
    table = _area_table(span, area, areas, area_phi, generator)
    # What sways in a hidden row is as hidden as the row.
    known_phi = np.append(total_phi, np.nan_to_num(table.changes.dispersion, nan=1.0))
    per_weekday = weekdays(events, span)
    return Picture(
        question=question,
        coverage=_coverage(events, span, area, n_outside),
        before_first_day=span.before[0] if span.before else None,
        unit=span.unit,
        total=span.changes(whole, 1, total_phi),
        categories=_categories(events, span, question),
        category_share=_shares(events, span, question),
        areas=table,
        findings=findings(span, area, areas.n, events.category, question.n_categories),
        series=series(span, question),
        hours=hours(events, span, per_weekday),
        weekdays=per_weekday,
        recent=recent(span, area, areas.n, known_phi) if span.unit == "week" else None,
        hot=None if span.is_partial else _hot(events, span, area, areas, generator),
    )


def _placed(events: Events, areas: Areas, question: Question) -> tuple[Codes, NDArray[np.bool_]]:
    """Return the area of each event, and which have a place outside all areas."""
    has_point = ~np.isnan(events.x_m)
    if areas.polygons is None or not question.has_points or not has_point.any():
        return events.area, np.zeros(len(events.area), bool)
    found = assign_areas(events.x_m, events.y_m, areas.polygons).area
    # A point says more than a code: the code may be of another year's division.
    return np.where(has_point, found, events.area), has_point & (found < 0)


def _coverage(events: Events, span: Span, area: Codes, is_outside: NDArray[np.bool_]) -> Coverage:
    """Return what was counted and what was not."""

    def n(mask: NDArray[np.bool_]) -> int:
        return int(span.count[mask].sum())

    now, n_before = span.is_now, n(span.is_before)
    return Coverage(
        n_events=int(span.count.sum()),
        n_period=n(now),
        n_before=n_before if span.before and n_before >= span.question.smallest_shown else None,
        n_outside_areas=n(now & is_outside),
        n_without_place=n(now & (area < 0) & ~is_outside),
        n_without_category=n(now & (events.category < 0)),
        n_withheld=0 if span.unseen is None else int(np.count_nonzero(span.unseen[now])),
        n_interval=n(now & ~has_day(events)),
        first_day=int(events.first_day.min()),
        last_day=int(events.last_day.max()),
    )


def _categories(events: Events, span: Span, question: Question) -> change.Changes:
    """Return how each category has changed."""
    phi = span.dispersion(events.category, question.n_categories)
    return span.changes(events.category, question.n_categories, phi)


def _shares(events: Events, span: Span, question: Question) -> tuple[Floats, Floats, Floats]:
    """Return each category's share of the period's events, hidden where its count is."""
    counts = protect(
        span.tally(events.category, question.n_categories), smallest_shown=question.smallest_shown
    ).counts
    whole = np.nan if span.is_partial else float(span.count[span.is_now].sum())
    return wilson_interval(counts, np.full(len(counts), whole))


def _area_table(
    span: Span, area: Codes, areas: Areas, phi: Floats, rng: np.random.Generator
) -> AreaTable:
    """Return every area by the same measures."""
    question = span.question
    changes = span.changes(area, areas.n, phi)
    now = span.tally(area, areas.n)
    against_rest, rest_q, rest_verdict = _against_rest(span, area, now, phi, changes)
    rates = smoothed = ranks = None
    if areas.population is not None and question.has_rates and not span.is_partial:
        exposure = areas.population * (question.last_day - question.first_day + 1) / DAYS_A_YEAR
        hidden = changes.is_count_hidden
        shown = np.where(hidden, np.nan, exposure)
        rates = poisson_rates(
            now, shown, per=1000, dispersion=np.nan_to_num(changes.dispersion, nan=1.0)
        )
        seen = ~np.isnan(changes.dispersion) & (now > 0)
        sway = np.average(changes.dispersion[seen], weights=now[seen]) if seen.any() else 1.0
        smoothed, ranks = _smoothed(now, exposure, hidden, float(sway), rng)
    return AreaTable(
        changes, against_rest, rest_q, rest_verdict, rates, smoothed, ranks, areas.population
    )


def _against_rest(
    span: Span, area: Codes, now: Counts, phi: Floats, changes: change.Changes
) -> tuple[RateRatios | None, Floats | None, NDArray[np.int8] | None]:
    """Return how each area's change differs from that of all the others."""
    if span.before is None or len(now) == 1 or span.is_partial:
        return None, None, None
    before = tally(np.where(span.is_before, area, -1), len(now), weights=span.count)
    return change.against_the_rest(
        now, before,
        dispersion=phi, alpha=span.question.alpha,
        hidden=changes.is_count_hidden | changes.is_before_hidden,
    )  # fmt: skip


def _smoothed(
    now: Counts,
    exposure: Floats,
    hidden: NDArray[np.bool_],
    sway: float,
    rng: np.random.Generator,
) -> tuple[SmoothedRates | None, RankIntervals | None]:
    """Return steadier rates, and where each area may stand among all; nan where not shown.

    Hidden areas enter as one, so that the prior tells no more of them than their known sum.
    """
    shown, apart = (exposure > 0) & ~hidden, (exposure > 0) & hidden
    if shown.sum() < FEWEST_SMOOTHED:
        return None, None
    count, people = now[shown], exposure[shown]
    if apart.any() and apart.sum() == hidden.sum():
        count, people = np.append(count, now[apart].sum()), np.append(people, exposure[apart].sum())
    fitted = eb_smooth(count, people, dispersion=sway)

    def whole(part: Floats) -> Floats:
        column = np.full(len(now), np.nan)
        column[shown] = part[: len(now[shown])]
        return column

    smoothed = SmoothedRates(
        whole(fitted.rate), whole(fitted.sd), whole(fitted.low), whole(fitted.high),
        whole(fitted.prior_mean), whole(fitted.prior_variance), fitted.params,
    )  # fmt: skip
    if shown.sum() > MOST_RANKED:
        return smoothed, None
    ranks = rank_intervals(fitted, rng=rng)
    return smoothed, RankIntervals(
        whole(ranks.median), whole(ranks.low), whole(ranks.high), ranks.params
    )


def _hot(
    events: Events, span: Span, area: Codes, areas: Areas, rng: np.random.Generator
) -> HotPlaces | None:
    """Return the hot places: among the areas if they are many, else among hexagons."""
    question, now = span.question, span.is_now
    if areas.polygons is None:
        return None
    population = areas.population if question.has_rates else None
    people = areas.people if question.has_rates else None
    if people is None and population is not None:
        people = People(population, areas.polygons)
    if areas.n >= MANY_AREAS:
        counts = span.tally(area, areas.n)
        found = hot_areas(
            areas.polygons, counts, population=population, alpha=question.alpha, rng=rng
        )
    elif question.has_points:
        found = hot_cells(
            events.x_m[now],
            events.y_m[now],
            area[now],
            span.count[now],
            polygons=areas.polygons,
            people=people,
            size_m=question.cell_m,
            alpha=question.alpha,
            rng=rng,
        )
    else:
        found = None
    return found and veiled(found, smallest_shown=question.smallest_shown)
