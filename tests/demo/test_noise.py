"""Without planted truths the events follow population and nothing else."""

import numpy as np
import pytest
import shapely

from lykta import demo
from lykta.demo import patterns
from lykta.demo.population import shares
from lykta.demo.worlds import background

SEEDS = range(20)


@pytest.fixture(scope="module")
def worlds():
    return [demo.world(np.random.default_rng(seed), planted=()) for seed in SEEDS]


def test_counts_per_small_area_are_proportional_to_population(worlds):
    statistics = []
    for world in worlds:
        found = np.bincount(world.events.area, minlength=60)
        expected = shares() * found.sum()
        statistics.append(((found - expected) ** 2 / expected).sum())

    # Chi-square with 59 degrees of freedom: mean 59, sd √118; the mean of 20 within 4 of its sd.
    assert np.mean(statistics) == pytest.approx(59, abs=4 * np.sqrt(118 / len(worlds)))
    assert max(statistics) < 110


def test_place_and_time_are_independent(worlds):
    statistics = []
    for world in worlds:
        year = world.events.starts_at.astype("datetime64[Y]").astype(int)
        table = np.zeros((60, 6))
        np.add.at(table, (world.events.area, year - year.min()), 1)
        expected = table.sum(1, keepdims=True) * table.sum(0) / table.sum()
        statistics.append(((table - expected) ** 2 / expected).sum())

    # 59 · 5 = 295 degrees of freedom: sd √590.
    assert np.mean(statistics) == pytest.approx(295, abs=4 * np.sqrt(590 / len(worlds)))


def test_points_are_uniform_within_an_area(worlds, the_map):
    polygon = the_map.small_areas[0].polygon  # the largest, cut at the middle of its box
    left, _, right, _ = polygon.bounds
    west = polygon.intersection(shapely.box(left, 0, (left + right) / 2, 1e8))

    x = np.concatenate([w.events.x_m[w.events.area == 0] for w in worlds])
    x = x[~np.isnan(x)]

    share = west.area / polygon.area
    margin = 4 * np.sqrt(share * (1 - share) / len(x))
    assert np.mean(x < (left + right) / 2) == pytest.approx(share, abs=margin)


def test_weeks_vary_by_one_point_three_times_chance(worlds):
    week = patterns.week(patterns.days())
    ratios = []
    for number, category in enumerate(patterns.CATEGORIES):
        mean = np.bincount(week - week[0], weights=patterns.daily_rate(category))
        for world in worlds:
            chosen = world.events.starts_at[world.events.category == number]
            found = np.bincount(patterns.week(chosen) - week[0], minlength=len(mean))
            ratios.append(np.mean((found - mean) ** 2 / mean))

    assert np.mean(ratios) == pytest.approx(patterns.DISPERSION, abs=0.05)


def test_each_year_holds_about_as_many_reports(worlds):
    for world in worlds:
        counts = per_year(world)

        assert counts.sum() / 5 == pytest.approx(patterns.EVENTS_PER_YEAR, rel=0.05)
        assert counts.min() > 2350


def test_categories_have_their_shares(worlds):
    found = np.mean([np.bincount(w.events.category) / len(w.events) for w in worlds], axis=0)

    assert found == pytest.approx([c.share for c in patterns.CATEGORIES], abs=0.01)
    assert sum(c.share for c in patterns.CATEGORIES) == pytest.approx(1)


def test_the_same_seed_gives_the_same_world(world):
    again = demo.world(np.random.default_rng(2026))

    assert np.array_equal(again.events.starts_at, world.events.starts_at)
    assert np.array_equal(again.events.x_m, world.events.x_m, equal_nan=True)


def test_another_seed_gives_another_world(world):
    other = demo.world(np.random.default_rng(2027))

    assert not np.array_equal(other.events.starts_at[:50], world.events.starts_at[:50])


def test_the_twin_is_the_background_of_the_planted_world(world, noise):
    twin = set(zip(noise.events.starts_at.tolist(), noise.events.x_m.tolist(), strict=True))
    rows = zip(world.events.starts_at.tolist(), world.events.x_m.tolist(), strict=True)

    n_new = sum(row not in twin and row[1] == row[1] for row in rows)

    # Only what was planted is new: 75 + 60 + 0.7 · 151 · 1 less 3 % without point.
    assert n_new == pytest.approx(0.97 * (75 + 60 + 106), abs=60)


def test_a_generator_used_twice_gives_two_worlds(the_map):
    rng = np.random.default_rng(1)

    assert len(background(rng, the_map)) != len(background(rng, the_map))


def per_year(world):
    month = world.events.starts_at.astype("datetime64[M]").astype(int)
    first = np.datetime64(patterns.FIRST_DAY, "M").astype(int)
    return np.bincount((month - first) // 12, minlength=5)
