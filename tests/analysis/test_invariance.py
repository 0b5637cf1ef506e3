"""What must not matter: where the map lies, how it is turned, in which order rows come, threads."""

import os
import subprocess
import sys

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.analysis import shapes

from lykta import analysis
from lykta.analysis import (
    Lattice,
    assign_areas,
    contiguity,
    eb_smooth,
    getis_ord_gi,
    getis_ord_gi_star,
    local_moran,
    neighbours_from_lists,
    poisson_rates,
    q_values,
)

seeds = st.integers(0, 10**6)
few = settings(max_examples=20, deadline=None)
SIDE = 6  # squares a side


def moved(xy, turn, shift):
    """Return points turned about the middle of the map and shifted, metres."""
    middle = shapes.CORNER + 450
    cos, sin = np.cos(turn), np.sin(turn)
    return (xy - middle) @ np.array([[cos, sin], [-sin, cos]]) + middle + shift


def a_map(seed):
    """Return a tiling, points in and around it, and a way to move both."""
    rng = np.random.default_rng(seed)
    polygons = shapes.tiling(seed)
    xy = np.column_stack(shapes.random_points(rng, 300))
    turn, shift = rng.uniform(0, 2 * np.pi), rng.uniform(-50_000, 50_000, 2)
    borders = shapely.union_all(shapely.boundary(polygons))
    off_border = shapely.distance(borders, shapely.points(xy)) > 0.01
    return polygons, xy[off_border], lambda each: moved(each, turn, shift)


def town(seed, n_side=SIDE):
    """Return counts, inhabitants and neighbours of a square of squares."""
    rng = np.random.default_rng(seed)
    near = contiguity(shapes.squares(n_side, n_side, 100.0))
    people = rng.integers(500, 2_000, near.n).astype(float)
    return rng.poisson(people / 100 * rng.gamma(4, 0.25, near.n)), people, near


def shuffled(near, order):
    """Return the same neighbours where place i is what was place order[i]."""
    number = np.argsort(order)
    lists = [near.ids[near.starts[k] : near.starts[k + 1]] for k in order]
    return neighbours_from_lists([number[one].tolist() for one in lists])


@few
@given(seeds)
def test_a_moved_and_turned_map_holds_its_points_in_the_same_areas(seed):
    polygons, xy, move = a_map(seed)

    here = assign_areas(*xy.T, polygons).area
    there = assign_areas(*move(xy).T, shapely.transform(polygons, move)).area

    assert np.array_equal(here, there)


@few
@given(seeds)
def test_a_moved_and_turned_map_has_the_same_neighbours(seed):
    rng = np.random.default_rng(seed)
    polygons = shapes.squares(5, 4, 100.0)
    turn, shift = rng.uniform(0, 2 * np.pi), rng.uniform(-50_000, 50_000, 2)

    here = contiguity(polygons, snap_m=0.001)
    grid = shapely.set_precision(polygons, 0.01)
    there = contiguity(shapely.transform(grid, lambda each: np.round(moved(each, turn, shift), 2)))

    assert np.array_equal(here.starts, there.starts)
    assert np.array_equal(here.ids, there.ids)


@few
@given(seeds, st.sampled_from(["hex", "square"]), st.integers(-40, 40), st.integers(-40, 40))
def test_points_moved_by_whole_cells_are_counted_alike(seed, kind, columns, rows):
    lattice = Lattice(kind, 250.0)
    xy = np.random.default_rng(seed).uniform(600_000, 605_000, (200, 2))
    step = 250.0 * (np.array([1, 3**0.5]) if kind == "hex" else np.ones(2))

    here, there = (lattice.count(*each.T)[1] for each in (xy, xy + step * [columns, rows]))

    assert sorted(here) == sorted(there)


@few
@given(seeds)
def test_hot_spots_follow_the_places_and_not_the_order_they_are_listed_in(seed):
    counts, people, near = town(seed)
    order = np.random.default_rng(seed).permutation(near.n)

    for method in (getis_ord_gi_star, getis_ord_gi):
        one = method(counts, near, exposure=people, rng=1)
        other = method(counts[order], shuffled(near, order), exposure=people[order], rng=1)
        assert other.z_analytic == pytest.approx(one.z_analytic[order], nan_ok=True)
        # Other draws: five standard errors of the difference of two shares of 999.
        gap = np.abs(other.p_upper - one.p_upper[order])
        assert np.nanmax(gap) < 5 * np.sqrt(0.5 / 999)


@few
@given(seeds, st.floats(0.1, 10), st.floats(-50, 50))
def test_neither_unit_nor_origin_of_the_values_matters_to_hot_spots(seed, scale, shift):
    counts, _, near = town(seed)

    for method, column in ((getis_ord_gi_star, "z_analytic"), (local_moran, "z_total")):
        one, other = (method(x, near, rng=1) for x in (counts, shift + scale * counts))
        assert getattr(other, column) == pytest.approx(getattr(one, column))
        assert np.array_equal(other.p_two_sided, one.p_two_sided)


@few
@given(seeds)
def test_hot_turns_cold_where_the_values_are_turned(seed):
    counts, _, near = town(seed)

    one, other = (getis_ord_gi_star(x, near, rng=1) for x in (counts, -counts))

    assert np.array_equal(one.p_upper, other.p_lower)
    assert np.array_equal(one.kind, -other.kind)


@few
@given(seeds, st.sampled_from(["global", "local_geoda", "local_spdep"]))
def test_smoothed_rates_follow_the_areas(seed, method):
    counts, people, near = town(seed)
    order = np.random.default_rng(seed).permutation(near.n)

    one = eb_smooth(counts, people, method=method, neighbours=near)
    other = eb_smooth(counts[order], people[order], method=method, neighbours=shuffled(near, order))

    for name in ("rate", "sd", "low", "high"):
        assert getattr(other, name) == pytest.approx(getattr(one, name)[order], rel=1e-6)


@few
@given(seeds, st.floats(0.01, 1_000))
def test_smoothed_rates_are_per_whatever_the_population_is_counted_in(seed, unit):
    counts, people, near = town(seed)

    one, other = (
        eb_smooth(counts, n, method="local_spdep", neighbours=near) for n in (people, people * unit)
    )

    assert other.rate * unit == pytest.approx(one.rate)
    assert other.high * unit == pytest.approx(one.high)


@given(st.lists(st.integers(0, 10_000), min_size=2, max_size=30), st.floats(1, 5))
def test_rates_and_their_limits_grow_with_the_count_and_widen_with_the_dispersion(counts, phi):
    found = poisson_rates(np.sort(counts), 7.0)
    wide = poisson_rates(np.sort(counts), 7.0, dispersion=phi)

    for column in found.columns().values():
        assert np.all(np.diff(column) >= 0)
    assert np.all((wide.low <= found.low + 1e-9) & (wide.high >= found.high - 1e-9))


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30), seeds)
def test_q_values_keep_the_order_of_the_tests_and_follow_them(p, seed):
    p, order = np.array(p), np.random.default_rng(seed).permutation(len(p))

    q = q_values(p)

    assert np.all(q >= p - 1e-12)
    assert np.all(np.diff(q[np.argsort(p)]) >= 0)
    assert q_values(p[order]) == pytest.approx(q[order])


def acts():
    """Return functions and arguments that they must leave as they are."""
    counts, people, near = town(1)
    table = np.random.default_rng(2).poisson(3.0, (near.n, 60)).astype(float)
    return {
        "assign_areas": (
            np.array([650_100.0]),
            np.array([6_560_100.0]),
            shapes.squares(2, 2, 90.0),
        ),
        "backtest": (table, analysis.moving_mean),
        "compare_counts": (counts, counts[::-1].copy()),
        "control_limits": (table[0],),
        "eb_deviates": (counts, people),
        "eb_smooth": (counts, people),
        "general_g": (counts, near),
        "getis_ord_gi": (counts, near),
        "getis_ord_gi_star": (counts, near),
        "local_moran": (counts, near),
        "pai_curve": (counts, people, people),
        "poisson_rates": (counts, people),
        "q_values": (people / 2_000,),
        "relative_risks": (counts, people),
        "wilson_interval": (people, people + 1),
    }


OPTIONS = {"backtest": {"n_test": 9}, "control_limits": {"n_baseline": 40}}


@pytest.mark.parametrize("name", acts())
def test_arguments_are_left_as_they_were(name):
    given_ = acts()[name]
    arrays = [each for each in given_ if isinstance(each, np.ndarray)]
    kept = [each.copy() for each in arrays]
    for each in arrays:
        each.flags.writeable = False

    getattr(analysis, name)(*given_, **OPTIONS.get(name, {}))

    assert all(np.array_equal(one, other) for one, other in zip(arrays, kept, strict=True))


SAID = """
import numpy as np
from tests.analysis.test_invariance import town
from lykta.analysis import (
    eb_smooth, getis_ord_gi_star, local_moran, pai_curve, rank_intervals,
)
counts, people, near = town(1, n_side=12)
found = [
    getis_ord_gi_star(counts, near, rng=1).p_upper,
    local_moran(counts, near, rng=2).p_two_sided,
    rank_intervals(eb_smooth(counts, people), rng=3).high,
    pai_curve(counts, people, people, rng=4).pai_high,
]
print(np.concatenate(found).tobytes().hex())
"""


@pytest.mark.slow
def test_same_seed_same_answer_whatever_the_number_of_threads():
    names = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS")
    said = [
        subprocess.run(
            [sys.executable, "-c", SAID],
            env=os.environ
            | dict.fromkeys(names, str(n))
            | {"PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for n in (1, 2)
    ]

    assert len(said[0]) > 1_000
    assert said[0] == said[1]
