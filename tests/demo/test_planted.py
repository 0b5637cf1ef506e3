"""Each planted truth is visible in simple counts, and the rest is plainly unchanged."""

import itertools

import numpy as np
import pytest

from lykta import demo
from lykta.demo import patterns
from lykta.demo.effects import site, touched
from lykta.demo.planted import PLANTED, Kind

TRUTHS = {truth.key: truth for truth in PLANTED}
YEARS = [np.datetime64(f"{year}-11-01") for year in range(2021, 2027)]
SEEDS = range(12)


@pytest.fixture(scope="module")
def worlds(world):
    return [world, *(demo.world(np.random.default_rng(seed)) for seed in SEEDS)]


def count(world, since, until, *, part="", categories=(), organisation=""):
    """Return how many reports there are from one day up to, but not with, another."""
    names = np.array([c.name for c in patterns.CATEGORIES])
    reporters = np.array([r.name for r in patterns.REPORTERS])
    day = world.events.starts_at.astype("datetime64[D]")
    found = (day >= np.datetime64(since)) & (day < np.datetime64(until))
    found &= world.places.in_part(part)[world.events.area]
    if categories:
        found &= np.isin(names, categories)[world.events.category]
    if organisation:
        found &= reporters[world.events.reporter] == organisation
    return int(found.sum())


def ratio(world, part, categories, middle):
    """Return the year after a day against the year before."""
    middle = np.datetime64(middle)
    year = np.timedelta64(365, "D")
    before = count(world, middle - year, middle, part=part, categories=categories)
    return count(world, middle, middle + year, part=part, categories=categories) / before


def near(world, truth):
    """Return which events lie within the hot spot."""
    x, y = site(world.places, truth)
    return np.hypot(world.events.x_m - x, world.events.y_m - y) <= truth.radius_m


def test_the_hot_spot_holds_its_extra_events_the_last_year(worlds):
    truth = TRUTHS["demotorget"]

    for world in worlds:
        is_last_year = world.events.starts_at >= YEARS[4]
        # 75 less some 3 % without a point, and a handful of the background.
        assert 65 <= (near(world, truth) & is_last_year).sum() <= 90
        assert (near(world, truth) & ~is_last_year).sum() <= 40


def test_the_hot_spot_lies_well_inside_one_small_area(world):
    truth = TRUTHS["demotorget"]

    areas = set(world.events.area[near(world, truth)].tolist())

    assert [world.places.small_areas[number].code for number in areas] == [truth.small_area]


def test_without_the_hot_spot_the_kommundel_is_unchanged(worlds):
    kept = []
    for world in worlds:
        outside = ~near(world, TRUTHS["demotorget"])
        events = world.events.take(outside & (world.events.category == 0))
        in_part = world.places.in_part("0126-STU")[events.area]
        day = events.starts_at[in_part].astype("datetime64[D]")
        counts = [((day >= a) & (day < b)).sum() for a, b in itertools.pairwise(YEARS)]
        kept.append(counts[4] / counts[3])

    # 11 of the 60 extra events of the Valborg week fall here too.
    assert np.mean(kept) == pytest.approx(1.09, abs=0.1)


def test_damage_rises_by_seventy_per_cent(worlds):
    ratios = [ratio(w, "0126-SJO", ("Skadegörelse",), "2025-11-01") for w in worlds]

    assert np.mean(ratios) == pytest.approx(1.7, abs=0.12)
    # Three standard errors: 1.7 · exp(−3 · √(1.3 · (1/150 + 1/255))) = 1.19, still above 1.
    assert min(ratios) > 1.19


def test_the_lighting_lowers_by_forty_five_per_cent(worlds):
    categories = TRUTHS["belysning"].categories

    ratios = [ratio(w, "0126-FLE", categories, "2024-11-01") for w in worlds]

    assert np.mean(ratios) == pytest.approx(0.55, abs=0.05)
    # Three standard errors: 0.55 · exp(3 · √(1.3 · (1/190 + 1/104))) = 0.83, still below 1.
    assert max(ratios) < 0.83


def test_the_rounds_change_nothing(worlds):
    ratios = [ratio(w, "0126-SKO", ("Skadegörelse", "Tillgrepp"), "2025-05-01") for w in worlds]

    assert np.mean(ratios) == pytest.approx(1.0, abs=0.1)


def test_leaving_out_the_rounds_changes_no_row(world):
    others = tuple(t for t in PLANTED if t.key != "ronder")

    without = demo.world(np.random.default_rng(2026), planted=others)

    assert len(without.events) == len(world.events)


def test_one_week_is_far_above_all_others(worlds):
    for world in worlds:
        week = patterns.week(world.events.starts_at)
        counts = np.bincount(week - week.min())
        peak = patterns.week(np.array(["2026-04-27"], dtype="datetime64[D]"))[0] - week.min()

        assert counts.argmax() == peak
        assert counts[peak] > np.delete(counts, peak).max() + 5


def test_the_silent_organisation_reports_nothing_for_eleven_weeks(worlds):
    gap = TRUTHS["tystnad"]
    silent = {"part": gap.part, "organisation": gap.organisation}

    assert (gap.ends_on - gap.starts_on).days + 1 == 11 * 7
    for world in worlds:
        assert count(world, gap.starts_on, "2026-08-17", **silent) == 0
        assert count(world, "2025-06-01", "2025-08-17", **silent) >= 3


def test_the_gap_is_small(noise):
    lost = touched(noise.places, noise.events, TRUTHS["tystnad"]).sum()

    assert 3 <= lost <= 25


@pytest.mark.parametrize("part", ["0126-TRA", "0126-VAR"])
def test_kommundelar_without_truths_are_unchanged(worlds, part):
    ratios = [ratio(w, part, (), "2025-11-01") for w in worlds]

    # About 220 a year and 5 of the Valborg week.
    assert np.mean(ratios) == pytest.approx(1.02, abs=0.08)


def test_truths_do_not_share_a_kommundel():
    parts = [truth.part for truth in PLANTED]

    assert len(set(parts)) == len(parts) == 6
    assert {truth.kind for truth in PLANTED} == set(Kind)


def test_the_written_world_shows_each_truth_near_its_size(world):
    damage = ratio(world, "0126-SJO", ("Skadegörelse",), "2025-11-01")
    lighting = ratio(world, "0126-FLE", TRUTHS["belysning"].categories, "2024-11-01")
    rounds = ratio(world, "0126-SKO", ("Skadegörelse", "Tillgrepp"), "2025-05-01")

    assert 1.5 < damage < 1.9
    assert 0.5 < lighting < 0.65
    assert 0.85 < rounds < 1.15


def test_every_truth_says_in_swedish_what_must_be_found():
    assert all(truth.finding.endswith(".") and len(truth.finding) > 40 for truth in PLANTED)
