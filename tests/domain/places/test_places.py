"""The register of places: read in once, found however it is spelled, seen by those who may."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests import people
from tests.domain.places.conftest import SQUARE_M, TODAY

from lykta.demo import register
from lykta.domain.partners.selectors import reach_of
from lykta.domain.places import selectors
from lykta.domain.places.models import Place
from lykta.domain.places.selectors.places import _known, plain
from lykta.domain.places.services import place_again
from lykta.infrastructure.access import NOBODY, SYSTEM
from lykta.infrastructure.imports.models import RejectedRow

pytestmark = pytest.mark.django_db
WEST, SOUTH = 600_000, 6_600_000
FILE = f"""platskod;namn;slag;andra_namn;bostad;x;y
P1;Åsa torg, västra entrén;torg;Åsa centrum|Torget;;{WEST + 500};{SOUTH + 500}
P2;Ängsskolan;skola;;;{WEST + 900};{SOUTH + 500}
P3;Blåklocksgatan 4;adress;;ja;{WEST + 510};{SOUTH + 500}
P4;Ödegården;känd plats;;;{WEST + 9 * SQUARE_M};{SOUTH}
"""


@pytest.fixture
def register_of_places(places):
    return places("places", "platser.csv", FILE, crs="EPSG:3006")


def names(rows) -> list[str]:
    """Return what places are called."""
    return [row.name for row in rows]


def test_a_register_is_read_in_and_placed(register_of_places):
    run, row = register_of_places, Place.objects.get(code="P1")

    assert (run.n_added, run.n_outside, run.n_rejected) == (3, 1, 0)
    assert (row.kind, row.aliases, row.area.name, row.listed_area.name) == (
        "square", ["Åsa centrum", "Torget"], "Åsa 10", "Höjden",
    )  # fmt: skip


def test_the_same_register_again_changes_nothing(register_of_places, places):
    again = places("places", "platser.csv", FILE, crs="EPSG:3006")

    assert (again.n_added, again.n_changed, again.n_unchanged) == (0, 0, 3)


def test_a_place_with_a_new_name_is_a_new_row_and_the_old_one_stands(register_of_places, places):
    places("places", "p.csv", FILE.replace("Ängsskolan", "Nya Ängsskolan"), crs="EPSG:3006")

    assert names(Place.objects.filter(code="P2").order_by("pk")) == ["Ängsskolan", "Nya Ängsskolan"]
    assert names(selectors.places(SYSTEM).filter(code="P2")) == ["Nya Ängsskolan"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (f"P9;;torg;;;{WEST + 10};{SOUTH + 10}", "Platsens namn saknas; fyll i det."),
        ("P9;Torget;torg;;;;", "Punkten saknas"),
        (f"P1;Dubbel;torg;;;{WEST + 10};{SOUTH + 10}", "Platsens kod står redan på rad 1"),
        (f"P9;{'x' * 121};torg;;;{WEST + 10};{SOUTH + 10}", "Texten är längre än 120 tecken"),
        (f"P9;Hos 900101-2385;torg;;;{WEST + 10};{SOUTH + 10}", "Fältet liknar ett personnummer"),
    ],
)
def test_a_row_that_is_wrong_is_kept_with_its_reason(places, line, reason):
    run = places("places", "platser.csv", FILE + line + "\n", crs="EPSG:3006")

    row = RejectedRow.objects.get(run=run)
    assert row.reason.startswith(reason)
    assert run.n_added == 3


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("åsa torg", "Åsa torg, västra entrén"),
        ("ASA", "Åsa torg, västra entrén"),
        ("entrén åsa", "Åsa torg, västra entrén"),
        ("asa centrum", "Åsa torg, västra entrén"),
        ("angskolan", "Ängsskolan"),
        ("ängsskoln", "Ängsskolan"),
        ("blaklocksgatan", "Blåklocksgatan 4"),
        ("blåkloksgatan 4", "Blåklocksgatan 4"),
    ],
)
def test_a_place_is_found_however_it_is_spelled(register_of_places, typed, found):
    assert names(selectors.find_places(SYSTEM, typed))[0] == found


@pytest.mark.parametrize("typed", ["", "  ", "xyzzy", "…"])
def test_what_is_like_no_place_finds_none(register_of_places, typed):
    assert selectors.find_places(SYSTEM, typed) == []


def test_the_nearest_are_found_but_never_where_people_live(register_of_places):
    here = WEST + 509, SOUTH + 500

    assert names(selectors.nearest_places(SYSTEM, *here)) == ["Åsa torg, västra entrén"]
    assert selectors.nearest_places(SYSTEM, WEST, SOUTH, within_m=100) == []


def test_what_is_public_is_known_to_all_and_the_rest_to_those_who_may(register_of_places):
    Place.objects.filter(code="P2").update(confidentiality="partners")
    vera = reach_of(people.account("vera").pk, on=TODAY)

    assert names(selectors.find_places(NOBODY, "ängsskolan")) == []
    assert names(selectors.find_places(vera, "ängsskolan")) == ["Ängsskolan"]
    assert names(selectors.find_places(NOBODY, "åsa torg"))


def test_places_follow_new_borders(register_of_places):
    Place.objects.update(area=None)

    assert place_again() == 3
    assert Place.objects.filter(area=None).count() == 0


@pytest.mark.parametrize("text", ["Åäö ÉÈ-ü!", "  Ängs  skolan "])
def test_plain_letters_are_plain_however_often(text):
    assert plain(plain(text)) == plain(text)
    assert plain(text).isascii()


@pytest.fixture(scope="module")
def demo_names():
    return [line[1] for line in register.lines()]


def test_the_demo_has_some_300_places_each_with_a_name_of_its_own(demo_names):
    assert 280 <= len(demo_names) <= 320
    assert len(set(demo_names)) == len(demo_names)


@pytest.fixture
def demo_register(db):
    lines = register.lines()
    Place.objects.bulk_create(
        Place(
            code=line[0], name=line[1], kind="landmark", x_m=float(line[4]), y_m=float(line[5]),
            lon=18.0, lat=59.2, recorded_at="2026-11-24T12:00Z",
        )
        for line in lines
    )  # fmt: skip
    _known.cache_clear()
    return [line[1] for line in lines]


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_one_letter_wrong_still_finds_the_place_among_the_first_five(demo_register, data):
    name = data.draw(st.sampled_from([each for each in demo_register if len(each) >= 8]))
    place = data.draw(st.integers(1, len(name) - 2))
    wrong = data.draw(
        st.sampled_from(
            [
                name[:place] + name[place + 1 :],
                name[:place] + name[place + 1] + name[place] + name[place + 2 :],
            ]
        )
    )

    assert name in names(selectors.find_places(SYSTEM, wrong, at_most=5))
