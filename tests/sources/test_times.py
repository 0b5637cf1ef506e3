"""What each way of writing a time means."""

import pytest

from lykta.infrastructure.errors import LyktaError
from lykta.sources.reading import read_events


def span(table, text, header="tidpunkt"):
    events = read_events([table((header, "typ"), (text, "a"))])
    return str(events.starts_at[0]), str(events.ends_at[0]), events.time_level


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-24 21:30", "2026-11-24T21:30:00"),
        ("2026-11-24T21:30:15", "2026-11-24T21:30:15"),
        ("2026-11-24 21.30", "2026-11-24T21:30:00"),
        ("2018-04-13 9:58:49 +02:00", "2018-04-13T09:58:49"),
        ("2026-07-01T10:00:00Z", "2026-07-01T12:00:00"),
        ("2026-01-01T10:00:00+00:00", "2026-01-01T11:00:00"),
        ("2026-07-01T10:00:00.250Z", "2026-07-01T12:00:00"),
        ("24/11/2026 21:30", "2026-11-24T21:30:00"),
        ("11/24/2026 9:30:00 PM", "2026-11-24T21:30:00"),
        ("46350.895833333336", "2026-11-24T21:30:00"),
        ("46350,895833333336", "2026-11-24T21:30:00"),
    ],
)
def test_an_instant_is_one_moment(table, text, moment):
    assert span(table, text) == (moment, moment, "minute")


@pytest.mark.parametrize("text", ["2026-11-24", "24.11.2026", "24/11/2026", "20261124", "46350"])
def test_a_date_is_a_whole_day(table, text):
    assert span(table, text) == ("2026-11-24T00:00:00", "2026-11-24T23:59:59", "day")


@pytest.mark.parametrize("text", ["2022-07", "202207", "2022M07", "2022/07"])
def test_a_month_ends_with_its_last_second(table, text):
    assert span(table, text) == ("2022-07-01T00:00:00", "2022-07-31T23:59:59", "month")


def test_a_column_of_months_may_write_their_first_days(table):
    assert span(table, "2022-02-01", "month")[1:] == ("2022-02-28T23:59:59", "month")


@pytest.mark.parametrize("text", ["2026-W44", "2026-v44", "2026v44"])
def test_a_week_runs_from_monday_to_sunday(table, text):
    assert span(table, text) == ("2026-10-26T00:00:00", "2026-11-01T23:59:59", "month")


def test_a_year_is_a_whole_year(table):
    assert span(table, "2024") == ("2024-01-01T00:00:00", "2024-12-31T23:59:59", "year")


@pytest.mark.parametrize("text", ["2025-02-30 18:00", "2025-03-04 25:61", "i går", "0001-01-01"])
def test_a_time_that_does_not_exist_is_rejected(table, text):
    events = read_events([table("tidpunkt;typ", f"{text};a", "2025-01-01;b")])

    assert events.passport.n_accepted == 1
    assert (events.errors[0].field, events.errors[0].value) == ("tidpunkt", text)


@pytest.mark.parametrize("dates", [("03/04/2026",), ("13/04/2026", "04/13/2026")])
def test_a_column_of_open_dates_is_refused(table, dates):
    with pytest.raises(LyktaError, match="dag/månad") as caught:
        read_events([table("datum;typ", *(f"{date};a" for date in dates))])

    assert caught.value.code == "ambiguous-date"


def test_one_sure_date_decides_the_whole_column(table):
    events = read_events([table("datum;typ", "03/04/2026;a", "04/13/2026;b")])

    assert str(events.starts_at[0]) == "2026-03-04T00:00:00"


def test_a_clock_in_its_own_column_is_joined_to_the_day(table):
    path = table("OCCUR_DATE;OCCUR_TIME", "2021-08-01 00:00:00+00;02:40:00", "2021-08-02;")

    events = read_events([path])

    assert events.starts_at.astype(str).tolist() == ["2021-08-01T02:40:00", "2021-08-02T00:00:00"]
    assert events.time_level == "day"


def test_an_interval_keeps_both_ends(table):
    path = table(
        "från;till", "2026-01-01 22:00;2026-01-02 06:00", "2026-01-03;", "2026-01-05;2026-01-06"
    )

    events = read_events([path])

    assert events.ends_at.astype(str).tolist() == [
        "2026-01-02T06:00:00",
        "2026-01-03T23:59:59",
        "2026-01-06T23:59:59",
    ]


def test_an_interval_that_ends_before_it_starts_is_rejected(table):
    events = read_events([table("från;till", "2026-01-02 08:00;2026-01-01 22:00")])

    assert "slutar innan den börjar" in events.errors[0].reason
