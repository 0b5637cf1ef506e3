"""One world: the map, its people, and five years of synthetic reports."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lykta.demo import effects, patterns
from lykta.demo.events import Events, report
from lykta.demo.places import Places, places
from lykta.demo.planted import Planted
from lykta.demo.population import YEARS, population, shares


@dataclass(frozen=True, slots=True)
class World:
    """The demo municipality with its events; the truths that were planted go along."""

    places: Places
    population: dict[int, NDArray[np.int64]]  # year -> inhabitants per small area
    events: Events
    planted: tuple[Planted, ...]

    @property
    def part_of_event(self) -> NDArray[np.str_]:
        """Return the code of the kommundel that each event lies in."""
        return np.array([area.part for area in self.places.small_areas])[self.events.area]


def make(rng: np.random.Generator, planted: Sequence[Planted]) -> World:
    """Return one world; with nothing planted it is plain noise.

    The background has its own stream of chance: the same seed with and without planted truths
    gives the same background.
    """
    background_rng, planted_rng = rng.spawn(2)
    the_map = places()
    events = effects.apply(planted_rng, the_map, background(background_rng, the_map), planted)
    return World(
        places=the_map,
        population={year: population(year) for year in YEARS},
        events=events,
        planted=tuple(planted),
    )


def background(rng: np.random.Generator, the_map: Places) -> Events:
    """Return five years of reports with intensity proportional to population, and no other truth.

    Given how many there are, time and place are independent: a spatial test under the null is
    exact. The number in a week and category is negative binomial with one variance-to-mean ratio
    at every level of aggregation over time (Cameron and Trivedi, 1998, Regression Analysis of
    Count Data, the NB1 model).
    """
    every, week = patterns.days(), patterns.week(patterns.days())
    day_parts, category_parts = [], []
    for number, category in enumerate(patterns.CATEGORIES):
        rate = patterns.daily_rate(category)
        mean = np.bincount(week - week[0], weights=rate)
        mood = rng.gamma(mean / (patterns.DISPERSION - 1), (patterns.DISPERSION - 1) / mean)
        count = rng.poisson(rate * mood[week - week[0]])
        day_parts.append(np.repeat(every, count))
        category_parts.append(np.full(count.sum(), number))
    day, category_of = np.concatenate(day_parts), np.concatenate(category_parts)
    area = rng.choice(len(the_map.small_areas), size=len(day), p=shares())
    return report(rng, the_map, day=day, category=category_of, area=area)
