"""How planted truths change a world: extra reports, fewer reports, and silence."""

from collections.abc import Sequence
from zlib import crc32

import numpy as np
import shapely
from numpy.typing import NDArray

from lykta.demo import patterns
from lykta.demo.events import Events, joined, report
from lykta.demo.places import Places
from lykta.demo.planted import Kind, Planted
from lykta.demo.population import shares

# Monday to Sunday of the Valborg week; the eve of 1 May is a Thursday in 2026.
PEAK_WEEK = (0.03, 0.03, 0.05, 0.44, 0.27, 0.12, 0.06)
Mask = NDArray[np.bool_]


def apply(
    rng: np.random.Generator, places: Places, events: Events, planted: Sequence[Planted]
) -> Events:
    """Return the events with every planted truth in them, in order of time."""
    start = int(rng.integers(2**63))
    kept, extra = np.ones(len(events), dtype=bool), []
    for truth in planted:
        # A stream of chance by name: to leave one truth out does not change the others.
        stream = np.random.default_rng([start, crc32(truth.key.encode())])
        if truth.kind is Kind.CHANGE and truth.size < 1:
            kept &= ~touched(places, events, truth) | (stream.random(len(events)) < truth.size)
        elif truth.kind is not Kind.GAP:
            extra.append(_extra(stream, places, truth))
    together = joined([events.take(kept), *extra])
    silent = np.zeros(len(together), dtype=bool)
    for truth in planted:
        if truth.kind is Kind.GAP:
            silent |= touched(places, together, truth)
    return together.take(~silent)


def touched(places: Places, events: Events, truth: Planted) -> Mask:
    """Return which events lie within the area, categories, days and organisation of a truth."""
    names = np.array([category.name for category in patterns.CATEGORIES])
    reporters = np.array([reporter.name for reporter in patterns.REPORTERS])
    day = events.starts_at.astype("datetime64[D]")
    found = places.in_part(truth.part)[events.area]
    found &= (day >= np.datetime64(truth.starts_on)) & (day <= np.datetime64(truth.ends_on))
    if truth.categories:
        found &= np.isin(names, truth.categories)[events.category]
    if truth.organisation:
        found &= (reporters == truth.organisation)[events.reporter]
    return found


def site(places: Places, truth: Planted) -> tuple[float, float]:
    """Return the middle of a hot spot: the innermost point of its small area, metres."""
    polygon = next(area.polygon for area in places.small_areas if area.code == truth.small_area)
    radius = shapely.maximum_inscribed_circle(polygon, tolerance=1.0)
    x, y = shapely.get_coordinates(radius)[0]
    return round(float(x)), round(float(y))


def _extra(rng: np.random.Generator, places: Places, truth: Planted) -> Events:
    here = places.in_part(truth.part)
    if truth.small_area:
        here = np.array([area.code == truth.small_area for area in places.small_areas])
    chance = np.where(here, shares(), 0.0)
    days, categories = [], []
    for number, category in enumerate(patterns.CATEGORIES):
        if category.name in truth.categories:
            expected = _extra_rate(truth, category, float(chance.sum()))
            count = _counts(rng, truth, expected)
            days.append(np.repeat(patterns.days(), count))
            categories.append(np.full(count.sum(), number))
    day, category_of = np.concatenate(days), np.concatenate(categories)
    area = rng.choice(len(chance), size=len(day), p=chance / chance.sum())
    reports = report(rng, places, day=day, category=category_of, area=area)
    return _gathered(rng, places, reports, truth) if truth.radius_m else reports


def _counts(
    rng: np.random.Generator, truth: Planted, expected: NDArray[np.float64]
) -> NDArray[np.int64]:
    """Return the extra events per day; a hot spot and a peak have their size in every world."""
    if truth.kind is Kind.CHANGE:
        return rng.poisson(expected)
    total = expected.sum()
    return rng.multinomial(round(total), expected / total)


def _extra_rate(truth: Planted, category: patterns.Category, people: float) -> NDArray[np.float64]:
    """Return the expected number of extra events per day."""
    every = patterns.days()
    is_within = (every >= np.datetime64(truth.starts_on)) & (every <= np.datetime64(truth.ends_on))
    rate = np.where(is_within, patterns.daily_rate(category), 0.0)
    if truth.kind is Kind.CHANGE:
        return rate * people * (truth.size - 1)
    if truth.kind is Kind.PEAK:
        rate = np.where(is_within, np.array(PEAK_WEEK)[patterns.weekday(every)], 0.0)
    spread: NDArray[np.float64] = rate / rate.sum() * truth.size / len(truth.categories)
    return spread


def _gathered(rng: np.random.Generator, places: Places, events: Events, truth: Planted) -> Events:
    """Return the events moved to the hot spot, denser towards its middle."""
    middle = site(places, truth)
    distance = truth.radius_m * rng.random(len(events))
    angle = rng.uniform(0, 2 * np.pi, len(events))
    has_point = ~np.isnan(events.x_m)
    return Events(
        starts_at=events.starts_at,
        ends_at=events.ends_at,
        category=events.category,
        area=events.area,
        x_m=np.where(has_point, middle[0] + distance * np.cos(angle), np.nan),
        y_m=np.where(has_point, middle[1] + distance * np.sin(angle), np.nan),
        reporter=events.reporter,
    )
