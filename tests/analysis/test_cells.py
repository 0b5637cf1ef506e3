"""Hot places: cells sized to the events, expectations from where people live."""

import numpy as np
import pytest
import shapely
from tests.analysis import towns
from tests.analysis.shapes import squares

from lykta.analysis import hot_areas, hot_cells
from lykta.analysis.cells import People, permutations_needed
from lykta.analysis.veils import veiled


def town(n=2_000, *, extra=0, **options):
    """Return the hot cells of evenly spread events, with some more at one spot."""
    rng = np.random.default_rng(1)
    events = towns.columns(rng, np.zeros(n), rng.integers(0, towns.N_AREAS, n))
    x, y = events.x_m.copy(), events.y_m.copy()
    x[:extra], y[:extra] = x[0] + rng.normal(0, 100, extra), y[0] + rng.normal(0, 100, extra)
    area, count = np.zeros(n, np.int32), np.ones(n, np.int64)
    polygons = np.array([shapely.union_all(towns.areas().polygons)])
    return hot_cells(x, y, area, count, polygons=polygons, rng=1, **options), (x[0], y[0])


def test_every_event_lies_in_a_cell_and_the_expected_sum_is_theirs():
    found, _ = town()

    assert found.count.sum() == 2_000
    assert found.expected.sum() == pytest.approx(2_000)


def test_a_gathering_is_a_cluster_around_its_spot():
    found, (x, y) = town(extra=200)

    (cluster, *others) = found.clusters
    places = found.places
    gaps = np.hypot(places.x_m[cluster.members] - x, places.y_m[cluster.members] - y)
    assert gaps.min() < 300
    assert cluster.count >= 150
    assert not others or others[0].count <= cluster.count


def test_more_events_allow_smaller_cells():
    few, many = (town(n)[0].places.size_m for n in (300, 9_000))

    assert many < few


def test_cells_may_be_given_a_size():
    assert town(size_m=1_000.0)[0].places.size_m == 1_000


def test_too_few_events_have_no_hot_places():
    assert town(99)[0] is None


def test_people_at_points_are_counted_in_their_cells():
    x, y = np.array([650_500.0, 650_500.0]), np.array([6_560_500.0, 6_560_500.0])
    people = People(np.array([30.0, 70.0]), None, x, y)

    found, _ = town(people=people)

    assert found.is_by_people
    assert np.count_nonzero(found.expected) == 1


def test_people_known_too_coarsely_say_nothing_of_a_cell():
    whole = np.array([shapely.union_all(towns.areas().polygons).buffer(50_000)])

    assert not town(people=People(np.array([9_000.0]), whole))[0].is_by_people


def test_areas_in_numbers_are_hot_places_themselves():
    counts = np.full(100, 20)
    block = [33, 34, 35, 43, 44, 45, 53, 54, 55]
    counts[block] = 90

    found = hot_areas(squares(10, 10, 500.0), counts, population=np.full(100, 900.0), rng=1)

    assert 44 in found.clusters[0].members
    assert set(found.clusters[0].members.tolist()) <= set(block)


def test_the_smallest_p_can_pass_false_discovery_control():
    assert 2 / (permutations_needed(6_000, 0.05) + 1) < 0.05 / 6_000


def test_a_veil_hides_nothing_where_nothing_is_too_small():
    found, _ = town()

    assert veiled(found, smallest_shown=1) is found
