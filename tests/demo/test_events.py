"""Each report lies in its area and its period, and says how well its time is known."""

import numpy as np
import pytest
import shapely

from lykta.demo import patterns


def test_every_event_lies_in_its_own_area(world):
    events = world.events
    has_point = ~np.isnan(events.x_m)
    polygons = np.array([area.polygon for area in world.places.small_areas])
    points = shapely.points(events.x_m[has_point], events.y_m[has_point])

    # A millimetre for points on a border.
    assert shapely.dwithin(polygons[events.area[has_point]], points, 0.001).all()


def test_every_event_lies_in_the_period(world):
    days = world.events.starts_at.astype("datetime64[D]")

    assert days.min() >= np.datetime64(patterns.FIRST_DAY)
    assert world.events.ends_at.max().astype("datetime64[D]") <= np.datetime64(patterns.LAST_DAY)
    assert (np.diff(world.events.starts_at) >= np.timedelta64(0)).all()


def test_about_one_in_eight_has_only_an_interval(world):
    events = world.events

    assert np.mean(events.ends_at > events.starts_at) == pytest.approx(0.12, abs=0.01)
    assert (events.ends_at >= events.starts_at).all()


def test_some_have_an_area_but_no_point(world):
    assert np.mean(np.isnan(world.events.x_m)) == pytest.approx(0.03, abs=0.01)
    assert np.array_equal(np.isnan(world.events.x_m), np.isnan(world.events.y_m))


def test_no_event_falls_in_the_hour_that_summer_time_skips(world):
    skipped = [f"{day}T02" for day in ("2022-03-27", "2023-03-26", "2024-03-31", "2025-03-30")]
    hours = np.array([*skipped, "2026-03-29T02"], dtype="datetime64[h]")

    assert not np.isin(world.events.starts_at.astype("datetime64[h]"), hours).any()
    assert not np.isin(world.events.ends_at.astype("datetime64[h]"), hours).any()


def test_disorder_is_a_matter_of_evenings_and_weekends(noise):
    events = noise.events
    moments = events.starts_at[events.category == 0]
    hour = (moments - moments.astype("datetime64[D]")) // np.timedelta64(60, "m")

    assert np.mean(hour >= 18) > 0.5
    assert np.mean(patterns.weekday(moments) >= 4) > 3 / 7


def test_unsafe_places_are_a_matter_of_the_dark_season(noise):
    events = noise.events
    category = [c.name for c in patterns.CATEGORIES].index("Otrygg plats")
    month = events.starts_at[events.category == category].astype("datetime64[M]").astype(int) % 12

    assert np.isin(month, [10, 11, 0]).sum() > 1.3 * np.isin(month, [4, 5, 6]).sum()


def test_monday_is_the_first_day_of_the_week():
    # 1 November 2021 was a Monday, 31 October 2026 a Saturday.
    assert patterns.weekday(patterns.days())[[0, -1]].tolist() == [0, 5]
