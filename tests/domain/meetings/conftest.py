"""The made-up municipality with three years of even weeks, and reports of the last."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from tests.domain.events import reports, told
from tests.domain.places.conftest import TODAY, places, read_in, write  # noqa: F401 - fixtures

from lykta.domain.events import rules
from lykta.domain.events import services as events
from lykta.domain.events.services import Where, load_categories
from lykta.domain.meetings import services
from lykta.domain.meetings.models import WeeklyPicture
from lykta.domain.meetings.rules import Week
from lykta.domain.places import selectors as place_register

WEEK = Week(reports.LAST_WEEK)
NOW = timezone.make_aware(datetime(2026, 11, 25, 15, 0))
PLACES = """kod;namn;slag;bostad;x;y
P1;Lyktparken;park;nej;600500;6600500
P2;Östra torget;torg;nej;602500;6600500
"""


def fill(read):
    """Read in three years of weeks, three events a week in Åsa and two in Östra."""
    load_categories()
    read("places", "platser.csv", PLACES, crs="EPSG:3006")
    lines = reports.weekly(156, {"9999-ASA": 3, "9999-OST": 2})
    read("events", "handelser.csv", reports.as_file(lines))


@pytest.fixture
def even_weeks(places):  # noqa: F811 - the fixture of that name
    """Begin with three years of weeks, and return what reads more."""
    return places


@pytest.fixture
def town(even_weeks):
    return even_weeks


def report(name="harriet", *, place="P1", day=WEEK.monday + timedelta(days=2), **values):
    """Return what one of the cast has reported of a day, at noon."""
    row = next(r for r in place_register.places(told.reach(name), as_of=TODAY) if r.code == place)
    moment = datetime(day.year, day.month, day.day, 12)
    return told.reported(
        name,
        where=Where(place=row),
        when=rules.at(moment),
        **values,
    )


def accept(*rows, now=NOW):
    """Accept reports as Amina."""
    events.accept(told.reach("amina"), rows, now=now)
    for row in rows:
        row.refresh_from_db()


def freeze():
    """Freeze the picture of the week, with three accepted reports in it."""
    rows = [report(), report("vera", place="P2"), report("vera", code="LITTER")]
    accept(*rows)
    services.freeze(told.reach("amina"), WEEK, now=NOW)


@pytest.fixture
def frozen_week(even_weeks):
    """Begin with the week frozen."""
    return even_weeks


@pytest.fixture
def frozen(frozen_week):
    """Return the picture of the week."""
    return WeeklyPicture.objects.get()


@pytest.fixture
def amina(db):
    return told.reach("amina")
