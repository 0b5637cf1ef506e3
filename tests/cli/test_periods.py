import numpy as np
import pytest

from lykta.cli.periods import default_period, parse_period
from lykta.infrastructure.errors import BadPeriod


def days(*dates):
    return np.array(dates, dtype="M8[D]").astype(np.int64)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026", "2026-01-01", "2026-12-31"),
        ("2026-02", "2026-02-01", "2026-02-28"),
        ("2025-11..2026-10", "2025-11-01", "2026-10-31"),
        ("2026-v01", "2025-12-29", "2026-01-04"),
        ("2026-W44..2026-W47", "2026-10-26", "2026-11-22"),
        ("2026-05-01..2026-05-14", "2026-05-01", "2026-05-14"),
    ],
)
def test_a_period_is_read_as_people_write_it(text, first, last):
    assert parse_period(text) == tuple(days(first, last))


@pytest.mark.parametrize("text", ["", "förra året", "2026-13", "2026-v54", "2026..2027..2028"])
def test_a_period_that_cannot_be_read_is_said_in_a_sentence(text):
    with pytest.raises(BadPeriod, match="går inte att läsa"):
        parse_period(text)


def test_a_period_that_ends_before_it_begins_is_refused():
    with pytest.raises(BadPeriod, match="Vänd på den"):
        parse_period("2026-10..2025-11")


def test_the_latest_twelve_whole_months_are_taken_when_none_is_given():
    day = np.arange(*days("2024-01-01", "2026-05-12"))

    period = default_period(day, np.ones(len(day)), is_daily=True)

    assert period == tuple(days("2025-05-01", "2026-04-30"))


def test_months_apart_from_the_others_are_not_taken_for_a_year():
    day = days("2016-07-16", "2017-07-16", "2018-07-16")

    assert default_period(day, np.full(3, 99), is_daily=False) == tuple(
        days("2018-07-01", "2018-07-31")
    )


def test_a_file_without_events_has_no_period():
    with pytest.raises(BadPeriod, match="inga händelser"):
        default_period(np.array([], np.int64), np.array([]), is_daily=True)
