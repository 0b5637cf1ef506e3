"""Weeks with limits, hours of the week, and the last four weeks."""

import dataclasses

import numpy as np
import pytest
from tests.analysis import towns

from lykta.analysis.picture import picture


@pytest.fixture(scope="module")
def found():
    return picture(towns.events(np.random.default_rng(1)), towns.areas(), towns.question(), rng=1)


def test_the_weeks_begin_on_mondays_and_the_limits_stand_over_the_period(found):
    starts = found.series.periods.starts

    assert set((starts - 4) % 7) == {0}
    assert starts[found.series.n_baseline] >= towns.PERIOD[0]
    assert len(found.series.limits.expected) == found.series.periods.n - found.series.n_baseline


def test_the_weekdays_are_those_of_the_calendar():
    # 1 January 2024 was a Monday.
    day = np.repeat(towns.PERIOD[0] + np.arange(7), [1, 2, 3, 4, 5, 6, 7])
    events = towns.columns(np.random.default_rng(1), day, np.zeros(28, int))

    found = picture(events, towns.areas(), towns.question(), rng=1)

    assert found.weekdays.counts.tolist() == [1, 2, 3, 4, 5, 6, 7]


def test_hours_add_up_to_the_weekdays(found):
    assert np.array_equal(found.hours.counts.reshape(7, 8).sum(axis=1), found.weekdays.counts)


def test_hours_seldom_known_are_not_told():
    events = towns.events(np.random.default_rng(2), n=2_000)
    unknown = np.where(np.arange(2_000) % 3 > 0, np.nan, events.hour)

    found = picture(
        dataclasses.replace(events, hour=unknown), towns.areas(), towns.question(), rng=1
    )

    assert found.hours is None


def test_the_last_four_weeks_are_whole_and_end_on_a_sunday(found):
    recent = found.recent

    assert recent.last_day - recent.first_day + 1 == 28
    assert (recent.last_day - 4) % 7 == 6
    assert towns.PERIOD[1] - recent.last_day < 7


def test_the_last_four_weeks_are_set_against_the_four_before_and_those_of_a_year_ago(found):
    counts, starts = found.series.count.counts, found.series.periods.starts[:-1]
    at = int(np.searchsorted(starts, found.recent.first_day))

    assert found.recent.against_before.count[0] == counts[at : at + 4].sum()
    assert found.recent.against_before.before[0] == counts[at - 4 : at].sum()
    assert found.recent.against_last_year.before[0] == counts[at - 52 : at - 48].sum()
