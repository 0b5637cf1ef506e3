"""When something happened, as people say it: never later than now, and it ends after it begins."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lykta.domain.events import rules
from lykta.domain.events.rules import Daypart, TimePrecision

NOWS = st.datetimes(datetime(2020, 1, 2), datetime(2030, 1, 1))


def span(when: rules.When) -> tuple[tuple[date, int], tuple[date, int]]:
    """Return when it began and ended, so that the two can be set against each other."""
    return (when.first_day, when.first_minute or 0), (when.last_day, when.last_minute or 0)


@given(NOWS)
@pytest.mark.parametrize("said", [rules.at, rules.in_the_last_hour, rules.last_night])
def test_what_is_said_of_now_has_begun_and_ends_after_it_begins(said, now):
    begun, ended = span(said(now))

    assert begun <= ended <= (now.date(), now.hour * 60 + now.minute)


@pytest.mark.parametrize(
    ("now", "night"),
    [
        (datetime(2026, 11, 24, 7), (date(2026, 11, 23), 22 * 60, date(2026, 11, 24), 6 * 60)),
        (datetime(2026, 11, 24, 23), (date(2026, 11, 24), 22 * 60, date(2026, 11, 24), 23 * 60)),
        (datetime(2026, 11, 24, 2), (date(2026, 11, 23), 22 * 60, date(2026, 11, 24), 2 * 60)),
    ],
)
def test_last_night_is_the_one_that_ended_last_or_goes_on(now, night):
    when = rules.last_night(now)

    assert (when.first_day, when.first_minute, when.last_day, when.last_minute) == night


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.sampled_from(list(Daypart)))
def test_a_part_of_a_day_lasts_some_hours(day, part):
    when = rules.part_of(day, part)
    begun, ended = span(when)
    minutes = (ended[0] - begun[0]).days * 24 * 60 + ended[1] - begun[1]

    assert when.precision == TimePrecision.DAYPART
    assert 180 <= minutes <= 480


def test_a_whole_day_has_no_clock():
    when = rules.whole(date(2026, 11, 24))

    assert (when.first_minute, when.last_minute) == (None, None)
    assert rules.clock(when.first_minute) == ""
    assert rules.clock(7 * 60 + 5) == "07.05"


@pytest.mark.parametrize(
    ("late", "is_acceptable"),
    [
        (timedelta(0), True),
        (timedelta(days=30), True),
        (timedelta(days=31), False),
        (timedelta(minutes=-5), True),
        (timedelta(minutes=-6), False),
    ],
)
def test_a_clock_may_be_a_little_ahead_and_a_month_behind(late, is_acceptable):
    now = datetime(2026, 11, 24, 12)

    assert rules.is_acceptable_clock(now - late, now) == is_acceptable


@pytest.mark.parametrize(
    ("text", "is_concern"),
    [
        ("Jag tror att ett barn far illa i huset", True),
        ("vill göra en orosanmälan", True),
        ("Orosanmalan om grannens barn", True),
        ("En pojke blev slagen av sin pappa", True),
        ("Barn leker vid vägen, farligt", False),
        ("Barnvagn stulen i entrén", False),
        ("Flickor och pojkar spelar boll, ruta slagen itu", True),
        ("Klotter på förskolans vägg", False),
    ],
)
def test_concern_for_a_child_is_told_by_its_words(text, is_concern):
    assert rules.is_concern(text) == is_concern
