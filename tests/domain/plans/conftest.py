"""The made-up municipality with two years of made-up events, and who may freeze."""

from datetime import date, timedelta

import pytest
from tests import people
from tests.domain.places.conftest import TODAY, places, read_in, write  # noqa: F401 - fixtures

from lykta.domain.events.services import load_categories
from lykta.domain.partners import selectors as partners
from lykta.domain.plans import services

YEAR = (date(2025, 1, 1), date(2025, 12, 31))
YEAR_BEFORE = (date(2024, 1, 1), date(2024, 12, 31))
# A day at each place: the middle of Åsa 10, of Åsa 20 and of Östra.
SPOTS = ((600_500, 6_600_500), (601_500, 6_600_500), (603_000, 6_601_000))
WORDS = ("Skadegörelse", "Klotter")


def events_file(first: date, n: int, *, step: int = 3) -> str:
    """Return a file of n events, one every third day, round the places and the categories."""
    lines = ["id;tidpunkt;kategori;x;y"]
    for k in range(n):
        x, y = SPOTS[k % len(SPOTS)]
        moment = f"{first + timedelta(days=step * k)} {8 + k % 12:02d}:30"
        lines.append(f"E{first.year}-{k};{moment};{WORDS[k % 2]};{x};{y}")
    return "\n".join(lines) + "\n"


def fill(read):
    """Read two years of events in."""
    load_categories()
    read("population", "f.csv", "område;år;folkmängd\n9999A0010;2023;110\n9999A0020;2023;90\n")
    for year in (2024, 2025):
        text = events_file(date(year, 1, 1), 120)
        read("events", f"{year}.csv", text, crs="EPSG:3006", source="Provet")


@pytest.fixture
def even_years(places):  # noqa: F811 - the fixture of that name
    """Begin with two years of events, and return what reads more."""
    return places


@pytest.fixture
def events(even_years):
    return even_years


@pytest.fixture
def reach(db):
    """Return a function from one of the cast to what she reaches."""
    return lambda name: partners.reach_of(people.account(name).pk, on=TODAY)


@pytest.fixture
def freeze(events, reach):
    """Return a function that freezes a picture as Leo."""

    def frozen(title="", *, period=YEAR, by="leo", **values):
        return services.freeze(reach(by), title, period=period, today=TODAY, **values)

    return frozen
