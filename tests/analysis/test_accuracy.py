"""PAI, PEI and RRI against ptools and plain sums, and what their intervals must hold."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.analysis.references import Reference

from lykta.analysis import pai_curve
from lykta.analysis.forecasts.accuracy import SHARES

PAI = Reference("pai")
TIES = ("worst", "best", "mean")
COLUMNS = {"pai": "PAI", "pei": "PEI", "rri": "RRI", "hit_rate": "pcum_count"}

cells = st.lists(
    st.tuples(st.integers(0, 9), st.integers(0, 5), st.integers(1, 4)), min_size=2, max_size=7
)


def columns(rows):
    return (np.array(column, float) for column in zip(*rows, strict=True))


def town(seed, *, n=400, weeks=None):
    rng = np.random.default_rng(seed)
    mean = rng.gamma(0.7, 2.0, n)
    return rng.poisson(mean if weeks is None else np.outer(mean, np.ones(weeks))), mean, np.ones(n)


def hits_of(order, observed, k):
    return sum(observed[i] for i in order[:k])


@pytest.mark.parametrize("name", ["six", "forty"])
@pytest.mark.parametrize("measure", COLUMNS)
def test_the_whole_curve_agrees_with_ptools(name, measure):
    known = PAI["maps"][name]

    result = pai_curve(known["observed"], known["predicted"], known["area"], shares=None)

    wanted = known[COLUMNS[measure]]
    assert getattr(result, measure) == pytest.approx(wanted, rel=PAI.tolerance, abs=PAI.tolerance)


@pytest.mark.parametrize("name", ["six", "forty"])
def test_asking_for_the_area_of_so_many_cells_gives_so_many_cells(name):
    known = PAI["maps"][name]

    result = pai_curve(
        known["observed"], known["predicted"], known["area"], shares=known["pcum_area"], rng=1
    )

    assert result.n_cells.tolist() == list(range(1, len(known["area"]) + 1))
    assert result.pai == pytest.approx(known["PAI"], rel=PAI.tolerance)


def test_a_tie_by_pen_and_paper():
    # Half the area is one of two cells forecast alike, with 1 and 3 of the 4 events.
    found = [pai_curve([1, 3], [5, 5], [1, 1], shares=[0.5], ties=t).pai[0] for t in TIES]

    assert found == [0.5, 1.5, 1.0]


@settings(max_examples=60, deadline=None)
@given(cells)
def test_ties_agree_with_every_order_there_is(rows):
    observed, predicted, _ = columns(rows)
    orders = [
        order
        for order in itertools.permutations(range(len(rows)))
        if all(predicted[a] >= predicted[b] for a, b in itertools.pairwise(order))
    ]
    k = max(len(rows) // 2, 1)
    every = [hits_of(order, observed, k) / max(observed.sum(), 1) for order in orders]

    area = np.ones(len(rows))
    found = [pai_curve(observed, predicted, area, shares=None, ties=t) for t in TIES]

    hit_rates = [one.hit_rate[k - 1] for one in found]
    wanted = [min(every), max(every), np.mean(every)] if observed.any() else [np.nan] * 3
    assert hit_rates == pytest.approx(wanted, nan_ok=True)


@settings(max_examples=60, deadline=None)
@given(cells, st.sampled_from(TIES), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_is_of_no_account(rows, ties, random):
    shuffled = rows.copy()
    random.shuffle(shuffled)

    one, other = (
        pai_curve(*columns(each), shares=[0.2, 0.5, 1.0], ties=ties, n_bootstrap=0)
        for each in (rows, shuffled)
    )

    for name, column in one.columns().items():
        assert other.columns()[name] == pytest.approx(column, nan_ok=True), name


@settings(max_examples=60, deadline=None)
@given(cells.filter(lambda rows: any(row[0] for row in rows)))
def test_hits_grow_with_the_area_and_all_of_it_holds_all(rows):
    result = pai_curve(*columns(rows), shares=None)

    assert np.all(np.diff(result.hit_rate) >= 0)
    assert (result.hit_rate[-1], result.pai[-1]) == pytest.approx((1, 1))


@settings(max_examples=30, deadline=None)
@given(cells, st.floats(0.01, 100), st.floats(0.01, 100))
def test_neither_the_unit_of_area_nor_that_of_the_forecast_matters_to_pai(rows, unit, scale):
    observed, predicted, area = columns(rows)

    one = pai_curve(observed, predicted, area, shares=[0.5], n_bootstrap=0)
    other = pai_curve(observed, predicted * scale, area * unit, shares=[0.5], n_bootstrap=0)

    assert other.pai == pytest.approx(one.pai, nan_ok=True)


def test_weeks_alike_are_as_one_week_and_pool_their_hits():
    observed, mean, area = town(1, n=50)

    one = pai_curve(observed, mean, area, shares=[0.2], n_bootstrap=0)
    pooled = pai_curve(np.column_stack([observed] * 3), mean, area, shares=[0.2], n_bootstrap=0)

    assert pooled.pai == pytest.approx(one.pai)
    assert pooled.pei == pytest.approx(one.pei)


def test_each_week_is_ranked_by_its_own_forecast():
    observed = np.array([[4, 0], [0, 6]])

    result = pai_curve(observed, observed, [1, 1], shares=[0.5], n_bootstrap=0)

    assert (result.hit_rate[0], result.pai[0], result.pei[0]) == (1, 2, 1)


@pytest.mark.parametrize("weeks", [None, 26])
def test_intervals_hold_what_was_found_and_more_weeks_narrow_them(weeks):
    result = pai_curve(*town(2, weeks=weeks), rng=1)

    for name in ("hit_rate", "pai", "pei"):
        low, found, high = (getattr(result, f"{name}{end}") for end in ("_low", "", "_high"))
        assert np.all((low < found) & (found < high))
    assert np.all(result.hit_rate_high <= 1)


def test_four_times_the_weeks_halve_the_interval():
    wide, narrow = (pai_curve(*town(3, weeks=w), shares=[0.1], rng=1) for w in (25, 100))

    ratio = (narrow.pai_high - narrow.pai_low) / (wide.pai_high - wide.pai_low)
    assert 0.35 < ratio[0] < 0.7


def test_too_few_weeks_or_cells_give_no_interval_and_it_says_so():
    weeks, few = (pai_curve(*town(4, **size), rng=1) for size in ({"weeks": 6}, {"n": 7}))

    assert np.isnan(weeks.pai_low).all()
    assert np.isnan(few.pai_low).all()
    assert "6 weeks are too few" in weeks.warnings[0]
    assert "7 cells are too few" in few.warnings[-1]


def test_a_share_smaller_than_any_cell_is_nan_and_it_says_so():
    result = pai_curve([1, 2, 3], [1, 2, 3], [1, 1, 1], shares=[0.1, 0.4], n_bootstrap=0)

    assert np.isnan(result.pai[0])
    assert result.pai[1] == pytest.approx(1.5)
    assert "no room for a single cell" in result.warnings[0]


def test_nothing_observed_tells_nothing():
    result = pai_curve([0, 0, 0], [1, 2, 3], [1, 1, 1], shares=[0.5], rng=1)

    assert np.isnan([result.hit_rate[0], result.pai[0], result.pei[0], result.rri[0]]).all()
    assert "no events were observed" in result.warnings[0]


def test_same_seed_same_intervals_and_the_arguments_stay():
    given_ = town(5)
    kept = [each.copy() for each in given_]

    one, other = (pai_curve(*given_, rng=7) for _ in range(2))

    assert np.array_equal(one.pai_low, other.pai_low)
    assert all(np.array_equal(a, b) for a, b in zip(given_, kept, strict=True))


def test_a_result_echoes_its_arguments_and_draws_itself():
    result = pai_curve(*town(6), rng=3)

    assert result.params["shares"] == SHARES
    assert (result.params["ties"], result.params["rng"]) == ("worst", 3)
    assert {len(column) for column in result.columns().values()} == {len(SHARES)}
    assert len(result.chart()["data"]["values"]) == len(SHARES)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"observed": [1, -1, 2]}, "observed must be known"),
        ({"observed": [1, np.nan, 2]}, "observed must be known"),
        ({"predicted": [1, np.inf, 2]}, "predicted must be known"),
        ({"area_m2": [1, 0, 2]}, "area_m2 must be above 0"),
        ({"area_m2": [1, 2]}, "the same cells"),
        ({"observed": []}, "the same cells"),
        ({"predicted": np.ones((3, 2))}, "predicted has 2 weeks, observed 1"),
        ({"shares": [0.0]}, "must lie above 0"),
        ({"shares": [1.5]}, "must lie above 0"),
        ({"ties": "random"}, "ties='random'.*worst, best, mean"),
        ({"observed": np.ones((3, 2)), "shares": None}, "one period"),
    ],
)
def test_what_cannot_be_measured_is_refused_by_name(changed, words):
    arguments = {"observed": [1, 2, 3], "predicted": [1, 2, 3], "area_m2": [1, 1, 1]} | changed

    with pytest.raises(ValueError, match=words):
        pai_curve(**arguments)
