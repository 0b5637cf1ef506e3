"""Working days of Sweden, and calendars that another library reads back."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from lykta.infrastructure.calendars import (
    Entry,
    add_working_days,
    feed,
    is_working_day,
)

STOCKHOLM = ZoneInfo("Europe/Stockholm")


def working_days(after: date, until: date) -> int:
    """Return how many working days there are after a day, to another that is counted too."""
    span = range(1, (until - after).days + 1)
    return sum(is_working_day(after + timedelta(days=n)) for n in span)


@pytest.mark.parametrize(
    "day",
    ["2026-01-06", "2026-04-03", "2026-05-14", "2026-06-19", "2026-12-24", "2026-12-31",
     "2027-06-25", "2026-11-28", "2026-11-29"],
)  # fmt: skip
def test_red_days_eves_and_weekends_are_free(day):
    assert not is_working_day(date.fromisoformat(day))


@pytest.mark.parametrize("day", ["2026-01-05", "2026-04-02", "2026-05-15", "2026-10-30"])
def test_the_day_before_a_red_day_and_a_squeezed_day_are_worked(day):
    assert is_working_day(date.fromisoformat(day))


def test_a_deadline_runs_over_christmas():
    assert add_working_days(date(2026, 12, 22), 5) == date(2027, 1, 4)
    assert add_working_days(date(2026, 12, 24), 0) == date(2026, 12, 28)
    assert working_days(date(2026, 12, 22), date(2027, 1, 4)) == 5


def test_no_deadline_lies_before_its_day():
    with pytest.raises(ValueError, match="n=-1"):
        add_working_days(date(2026, 1, 1), -1)


@given(st.dates(date(2020, 1, 1), date(2035, 1, 1)), st.integers(1, 60))
def test_counting_there_and_back_agrees(day, n):
    found = add_working_days(day, n)

    assert is_working_day(found)
    assert working_days(day, found) == n


MEETING = Entry(
    uid="meeting-1",
    title="Veckomöte, v. 48; lägesbild",
    begins=datetime(2026, 11, 26, 9, tzinfo=STOCKHOLM),
    ends=datetime(2026, 11, 26, 9, 45, tzinfo=STOCKHOLM),
    changed_at=datetime(2026, 11, 20, 12, tzinfo=UTC),
    place="Kommunhuset, rum 3",
    text="58 händelser.\nTre åtgärder är kvar.",
    url="https://lykta.example/veckan/2026-48/",
)
FAIR = Entry(
    uid="occasion-1",
    title="Höstmarknad",
    begins=date(2026, 9, 12),
    ends=date(2026, 9, 13),
    changed_at=datetime(2026, 1, 1, tzinfo=UTC),
    is_cancelled=True,
)


def test_another_library_reads_the_calendar_back():
    read = vobject.readOne(feed("lykta", [MEETING, FAIR], domain="x.example").decode())
    meeting, fair = read.contents["vevent"]

    assert meeting.summary.value == MEETING.title
    assert meeting.dtstart.value == MEETING.begins
    assert meeting.dtend.value - meeting.dtstart.value == timedelta(minutes=45)
    assert meeting.location.value == MEETING.place
    assert meeting.description.value == MEETING.text
    assert meeting.uid.value == "meeting-1@x.example"
    assert (fair.dtstart.value, fair.dtend.value) == (date(2026, 9, 12), date(2026, 9, 14))
    assert fair.status.value == "CANCELLED"


def test_the_same_entries_give_the_same_calendar_in_whatever_order():
    one, other = (feed("lykta", rows, domain="x") for rows in ([MEETING, FAIR], [FAIR, MEETING]))

    assert one == other
