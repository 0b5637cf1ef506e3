"""Points to areas and neighbours, held to GEOS on maps of every unpleasant kind."""

import numpy as np
import pytest
import shapely
from benchmarks.picture.town import areas as crinkled
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.analysis import shapes, twins

from lykta.analysis import area_index, assign_areas, contiguity

seeds = st.integers(0, 10**6)
few = settings(max_examples=25, deadline=None)


def touches(polygons):
    """Which areas touch, by GEOS."""
    one, other = shapely.STRtree(polygons).query(polygons, predicate="intersects")
    return {(int(a), int(b)) for a, b in zip(one, other, strict=True) if a != b}


def as_pairs(near):
    place = np.repeat(np.arange(near.n), near.counts)
    return set(zip(place.tolist(), near.ids.tolist(), strict=True))


@few
@given(seeds)
def test_a_point_of_a_tiling_gets_the_area_that_geos_gives_it(seed):
    polygons, (x, y) = shapes.tiling(seed), shapes.random_points(np.random.default_rng(seed), 300)

    found = assign_areas(x, y, polygons)

    assert found.area.tolist() == twins.strictly_inside(x, y, polygons)
    assert found.n_outside == np.count_nonzero(found.area < 0)


@few
@given(seeds)
def test_holes_overlaps_and_pieces_are_read_as_geos_reads_them(seed):
    rng = np.random.default_rng(seed)
    blobs = shapes.areal([shapes.blob(rng) for _ in range(12)])
    several = shapely.union_all(blobs[::3])
    polygons = np.append(blobs, shapes.areal([several]))
    x, y = shapes.random_points(rng, 300, size_m=500.0)

    assert assign_areas(x, y, polygons).area.tolist() == twins.strictly_inside(x, y, polygons)


@few
@given(seeds)
def test_a_point_on_a_corner_or_a_border_gets_exactly_one_of_the_areas_that_meet_there(seed):
    polygons = shapes.tiling(seed)
    corners = np.unique(shapely.get_coordinates(polygons), axis=0)
    ends = shapely.get_coordinates(polygons)
    middles = (ends[:-1] + ends[1:]) / 2
    x, y = np.concatenate((corners, middles)).T

    found = assign_areas(x, y, polygons).area

    points = shapely.points(x, y)
    for area, point in zip(found, points, strict=True):
        near = np.flatnonzero(shapely.distance(polygons, point) < 1e-6)
        assert area in near or (area == -1 and _is_on_the_rim(point, polygons))


def _is_on_the_rim(point, polygons):
    return shapely.union_all(polygons).boundary.distance(point) < 1e-6


@pytest.mark.parametrize("side_m", [1.0, 100.0, 250.0, 1_000.0])
def test_squares_on_a_lattice_share_out_their_corners_without_gap_or_double(side_m):
    polygons = shapes.squares(7, 5, side_m)
    x, y = np.meshgrid(
        shapes.LEFT + np.arange(0, 7, 0.5) * side_m, shapes.BOTTOM + np.arange(0, 5, 0.5) * side_m
    )

    found = assign_areas(x.ravel(), y.ravel(), polygons).area

    # Half-open squares: a point on a border belongs to the one above or to the right.
    wanted = np.floor(np.arange(0, 7, 0.5))[None, :] + 7 * np.floor(np.arange(0, 5, 0.5))[:, None]
    assert np.array_equal(found, wanted.ravel())


def test_crinkled_shared_borders_lose_no_point():
    rng = np.random.default_rng(3)
    polygons = crinkled(12, 10, rng)
    whole = shapely.union_all(polygons)
    low, high = np.array(whole.bounds[:2]), np.array(whole.bounds[2:])
    x, y = (rng.uniform(low, high, (20_000, 2))).T

    found = assign_areas(x, y, polygons)

    inside = shapely.contains_xy(whole, x, y)
    tree = shapely.STRtree(polygons)
    point, area = tree.query(shapely.points(x, y), predicate="within")
    assert np.array_equal(found.area >= 0, inside)
    assert np.array_equal(found.area[point], area)


@pytest.mark.parametrize("scale", [1e-2, 1.0, 1e3])
def test_small_and_huge_maps_are_read_alike(scale):
    polygons = shapely.transform(shapes.tiling(5), lambda xy: (xy - LOW) * scale + 1_000)
    rng = np.random.default_rng(5)
    x, y = (rng.uniform(0, 900, (200, 2)) * scale + 1_000).T

    assert assign_areas(x, y, polygons).area.tolist() == twins.strictly_inside(x, y, polygons)


LOW = np.array([shapes.LEFT, shapes.BOTTOM])


def test_slivers_hold_their_points():
    slivers = [shapely.box(1_000 + k * 0.01, 0, 1_000 + (k + 1) * 0.01, 5_000) for k in range(50)]
    x = 1_000 + (np.arange(50) + 0.5) * 0.01

    assert assign_areas(x, np.full(50, 2_345.6), slivers).area.tolist() == list(range(50))


def test_a_border_that_crosses_itself_is_read_by_the_even_odd_rule():
    bow = shapely.Polygon([(1000, 0), (2000, 1000), (2000, 0), (1000, 1000)])
    x, y = np.array([1100.0, 1900, 1500, 1500]), np.array([500.0, 500, 100, 900])

    found = assign_areas(x, y, [bow]).area

    assert (found == 0).tolist() == [twins.even_odd(a, b, bow) for a, b in zip(x, y, strict=True)]


@pytest.mark.parametrize("far", [1e9, 1e18, 1e300, np.inf, -np.inf, np.nan])
def test_a_point_far_away_or_nowhere_lies_outside(far):
    found = assign_areas([far, 650_010.0], [6_560_010.0, far], shapes.squares(2, 2, 100.0))

    assert found.area.tolist() == [-1, -1]
    assert found.n_outside == 2


def test_where_areas_overlap_the_first_is_given():
    one, other = shapely.box(1000, 0, 2000, 1000), shapely.box(1500, 0, 2500, 1000)

    assert assign_areas([1700, 2200], [500, 500], [other, one]).area.tolist() == [0, 0]
    assert assign_areas([1700, 2200], [500, 500], [one, other]).area.tolist() == [0, 1]


def test_points_on_a_border_are_counted_and_outside_may_have_another_number():
    found = assign_areas([500, 250, 9_999], [10, 10, 10], [shapely.box(0, 0, 500, 900)], outside=7)

    assert found.n_on_boundary == 1
    assert found.area[2] == 7


@few
@given(seeds)
def test_neighbours_of_a_tiling_are_those_that_geos_says_touch(seed):
    polygons = shapes.tiling(seed)

    assert as_pairs(contiguity(polygons, snap_m=1e-6)) == touches(polygons)


def test_neighbours_of_crinkled_areas_are_those_that_geos_says_touch():
    polygons = crinkled(9, 8, np.random.default_rng(2))

    assert as_pairs(contiguity(polygons, snap_m=1e-6)) == touches(polygons)


def test_squares_that_meet_in_a_corner_are_neighbours():
    near = contiguity(shapes.squares(3, 3, 100.0))

    assert near.counts.tolist() == [3, 5, 3, 5, 8, 5, 3, 5, 3]


def test_an_island_has_no_neighbours():
    near = contiguity([shapely.box(1000, 0, 1100, 100), shapely.box(5000, 0, 5100, 100)])

    assert near.counts.tolist() == [0, 0]


@pytest.mark.parametrize(
    ("polygons", "words"),
    [
        ([], "at least one"),
        ([shapely.Point(1, 2)], "polygons or multipolygons"),
        ([shapely.Polygon()], "non-empty"),
        ([shapely.box(17, 59, 18, 60)], "degrees.*SWEREF 99 TM"),
    ],
)
def test_what_is_not_an_area_in_metres_is_refused(polygons, words):
    with pytest.raises(ValueError, match=words):
        area_index(polygons)


@pytest.mark.parametrize(
    ("x", "y", "words"),
    [
        ([1.0, 2.0], [1.0], "x_m .2,. and y_m .1,."),
        ([18.07, 18.1], [59.33, 59.3], "degrees"),
    ],
)
def test_points_that_do_not_fit_the_areas_are_refused(x, y, words):
    with pytest.raises(ValueError, match=words):
        assign_areas(x, y, shapes.squares(2, 2, 100.0))


def test_a_prepared_index_answers_like_the_polygons_and_leaves_the_points_alone():
    polygons = shapes.tiling(1)
    x, y = shapes.random_points(np.random.default_rng(1), 100)
    kept = x.copy()

    assert np.array_equal(
        assign_areas(x, y, area_index(polygons)).area, assign_areas(x, y, polygons).area
    )
    assert np.array_equal(x, kept)
