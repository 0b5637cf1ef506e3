"""Squares and hexagons: every point in exactly one, and all of one size."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from lykta.analysis import Lattice

KINDS = ["hex", "square"]
metres = st.floats(-2e6, 8e6)
sizes = st.sampled_from([100.0, 250.0, 333.3, 1000.0])


@given(st.sampled_from(KINDS), sizes, metres, metres)
def test_a_cells_centre_lies_in_the_cell(kind, size, x, y):
    lattice = Lattice(kind, size)
    cell = lattice.cells([x], [y])

    assert lattice.cells(*lattice.centres(cell)) == cell


@given(st.sampled_from(KINDS), sizes, metres, metres)
def test_a_point_lies_in_the_polygon_of_its_cell(kind, size, x, y):
    lattice = Lattice(kind, size)
    (shape,) = lattice.polygons(lattice.cells([x], [y]))

    assert shape.distance(shapely.Point(x, y)) < 1e-6


@given(sizes, metres, metres)
def test_a_points_hexagon_is_the_one_with_the_nearest_centre(size, x, y):
    lattice = Lattice("hex", size)
    around = lattice.cells(
        x + np.linspace(-size, size, 9).repeat(9), y + np.tile(np.linspace(-size, size, 9), 9)
    )
    centres = np.hypot(
        *(
            np.subtract(c, p)
            for c, p in zip(lattice.centres(np.unique(around)), (x, y), strict=True)
        )
    )
    own = np.hypot(
        *(
            np.subtract(c, p)
            for c, p in zip(lattice.centres(lattice.cells([x], [y])), (x, y), strict=True)
        )
    )

    assert own[0] <= centres.min() + 1e-6


@pytest.mark.parametrize("kind", KINDS)
def test_the_polygons_area_is_the_one_stated(kind):
    lattice = Lattice(kind, 500.0)
    (shape,) = lattice.polygons(lattice.cells([674_000.0], [6_580_000.0]))

    assert shape.area / 1e6 == pytest.approx(lattice.area_km2)


def test_a_hexagon_of_500_metres_by_pen_and_paper():
    # √3/2 · 0.5² km²
    assert Lattice("hex", 500.0).area_km2 == pytest.approx(0.21651, abs=1e-5)


@pytest.mark.parametrize(("kind", "most"), [("hex", 6), ("square", 8)])
def test_neighbours_are_mutual_and_are_those_that_touch(kind, most):
    lattice = Lattice(kind, 100.0)
    x, y = np.meshgrid(np.arange(0, 1000, 50.0), np.arange(0, 1000, 50.0))
    cells = np.unique(lattice.cells(x.ravel(), y.ravel()))
    near, polygons = lattice.neighbours(cells), shapely.buffer(lattice.polygons(cells), 1e-3)

    one, other = shapely.STRtree(polygons).query(polygons, predicate="intersects")
    place = np.repeat(np.arange(near.n), near.counts)
    assert near.counts.max() == most
    assert set(zip(one[one != other], other[one != other], strict=True)) == set(
        zip(place, near.ids, strict=True)
    )


@pytest.mark.parametrize("kind", KINDS)
def test_a_cover_holds_the_cells_whose_centre_lies_in_the_shape(kind):
    lattice, shape = Lattice(kind, 70.0), shapely.Point(1_000, 2_000).buffer(400)
    cells = lattice.cover(shape)

    wide = np.unique(lattice.cells(*(v.ravel() for v in np.mgrid[500:1500:20, 1500:2500:20])))
    wanted = wide[shapely.contains_xy(shape, *lattice.centres(wide))]
    assert np.array_equal(cells, wanted)


def test_a_cell_whose_centre_lies_on_a_border_is_not_lost():
    lattice = Lattice("square", 100.0)
    west, east = shapely.box(0, 0, 250, 300), shapely.box(250, 0, 500, 300)

    covered = np.union1d(lattice.cover(west), lattice.cover(east))

    assert len(covered) == 15


@pytest.mark.parametrize(
    ("kind", "size", "words"),
    [
        ("triangle", 1.0, "kind='triangle'.*hex.*square"),
        ("hex", 0.0, "size_m=0.0"),
        ("hex", np.nan, "size_m=nan"),
    ],
)
def test_other_lattices_are_refused_by_name(kind, size, words):
    with pytest.raises(ValueError, match=words):
        Lattice(kind, size)


@pytest.mark.parametrize("kind", ["hex", "square"])
@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.floats(1, 5_000), st.integers(1, 60))
def test_counts_are_those_of_the_cells_of_the_points(kind, seed, size_m, n):
    x, y = np.random.default_rng(seed).uniform(600_000, 640_000, (2, n)).round(0)
    lattice = Lattice(kind, size_m)

    cells, counts = lattice.count(x, y)

    wanted, held = np.unique(lattice.cells(x, y), return_counts=True)
    assert (cells.tolist(), counts.tolist()) == (wanted.tolist(), held.tolist())


def test_points_far_apart_are_counted_without_a_block_of_all_cells_between_them():
    cells, counts = Lattice("hex", 10.0).count([0.0, 4e6, 4e6], [0.0, 9e6, 9e6])

    assert len(cells) == 2
    assert sorted(counts.tolist()) == [1, 2]


def test_points_that_are_not_known_are_in_no_cell():
    x, y = [600_000.0, np.nan, np.inf, 600_000.0], [6_600_000.0, 1.0, 1.0, -np.inf]

    assert Lattice("hex", 250.0).cells(x, y)[1:].tolist() == [-1, -1, -1]
    assert Lattice("hex", 250.0).count(x, y)[1].tolist() == [1]
    assert len(Lattice("square", 250.0).count([], [])[0]) == 0


def test_degrees_are_not_counted():
    with pytest.raises(ValueError, match="look like degrees"):
        Lattice("hex", 250.0).count([18.1, 17.9], [59.3, 59.4])


def test_a_point_too_far_off_has_no_number():
    assert Lattice("square", 1e-3).cells([1e9], [0.0]).tolist() == [-1]
    with pytest.raises(ValueError, match="too far off"):
        Lattice("square", 1e-3).count([1e9], [1e9])
