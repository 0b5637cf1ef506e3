"""The demo's register of places: invented, in every kommundel, and always the same."""

from collections import Counter

import pytest
import shapely

from lykta.demo.effects import site
from lykta.demo.landmarks import landmarks
from lykta.demo.planted import PLANTED
from lykta.domain.places.rules import place_kind_of


@pytest.fixture
def found(the_map):
    """Return the register."""
    return landmarks(the_map)


def test_it_is_the_same_each_time(found, the_map):
    assert landmarks(the_map) == found


def test_there_are_some_three_hundred_and_no_name_twice(found):
    assert 290 <= len(found) <= 320
    assert max(Counter(place.name for place in found).values()) == 1


def test_every_kommundel_has_its_share_within_its_border(found, the_map):
    points = [place.point for place in found]
    counts = [int(shapely.contains_xy(part.polygon, points).sum()) for part in the_map.parts]

    assert min(counts) >= 43
    assert sum(counts) == len(found)


def test_the_planted_places_are_among_them(found, the_map):
    square = next(truth for truth in PLANTED if truth.key == "demotorget")
    names = {place.name: place for place in found}

    assert names["Demotorget"].point == pytest.approx(site(the_map, square), abs=0.05)
    assert "Exempelstråket, gångtunneln" in names


def test_lykta_knows_every_kind_of_them(found):
    assert {place_kind_of(place.kind) for place in found} >= {"address", "square", "stop"}
    assert all(place_kind_of(place.kind) for place in found)


def test_only_addresses_are_dwellings(found):
    assert {place.kind for place in found if place.is_dwelling} == {"adress"}
