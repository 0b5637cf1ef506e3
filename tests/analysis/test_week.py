"""The week against those before: by hand, by brute force, and under nothing but noise."""

from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import bdtrc

from lykta import demo
from lykta.analysis import change
from lykta.analysis.week import FEWEST_FOR_RISE, recurring_hours, week_changes
from lykta.demo import patterns

N_WEEKS = 500
SEED = 8


def share_of_year(n_weeks: int) -> np.ndarray:
    return (np.arange(n_weeks) * 7 / 365.2425) % 1.0


def test_what_stands_beside_a_count_is_as_by_hand():
    counts = np.arange(60).reshape(1, 60)

    found = week_changes(counts, year_share=share_of_year(60))

    assert found.previous[0] == 58
    assert found.mean_4[0] == (55 + 56 + 57 + 58) / 4
    assert found.year_ago[0] == 59 - 52
    assert found.expected[0] == np.arange(11, 59).mean()


def test_with_fewer_than_four_weeks_before_nothing_can_be_told():
    found = week_changes(np.array([[3, 4, 5, 90]]), year_share=share_of_year(4))

    assert found.changes.verdict[0] == change.CANNOT_TELL
    assert np.isnan([found.expected[0], found.mean_4[0], found.year_ago[0]]).all()


def test_a_rise_is_never_told_under_five():
    counts = np.zeros((1, 60), np.int64)
    for now in range(FEWEST_FOR_RISE + 3):
        counts[0, -1] = now
        verdict = week_changes(counts, year_share=share_of_year(60)).changes.verdict[0]
        if now < FEWEST_FOR_RISE:
            assert verdict != change.MORE
    assert verdict == change.MORE  # seven where there has been none


@given(st.permutations(range(4)))
def test_the_order_of_the_rows_does_not_matter(order):
    counts = np.random.default_rng(3).poisson(20, (4, 80))
    counts[1, -1] = 60
    share = share_of_year(80)

    straight = week_changes(counts, year_share=share).changes
    turned = week_changes(counts[list(order)], year_share=share).changes

    np.testing.assert_array_equal(turned.verdict, straight.verdict[list(order)])
    np.testing.assert_allclose(turned.q, straight.q[list(order)])


def test_weeks_and_shares_must_agree():
    with pytest.raises(ValueError, match="60"):
        week_changes(np.zeros((1, 60), np.int64), year_share=share_of_year(59))


def within(share: float, nominal: float, n: int) -> bool:
    """Return whether a share lies within three Monte Carlo errors of what it should be."""
    return abs(share - nominal) <= 3 * np.sqrt(nominal * (1 - nominal) / n)


@pytest.mark.parametrize("n_series", [1, 7])
def test_plain_noise_is_flagged_as_often_as_it_should_be(n_series):
    """500 weeks, each after 156 others; a false flag among all rows in one of twenty."""
    rng = np.random.default_rng(SEED)
    # Negative binomial with a variance 1.3 times the mean, as the demo's weeks.
    mean, excess = 400.0, 0.3
    counts = rng.negative_binomial(mean / excess, 1 / (1 + excess), (N_WEEKS, n_series, 157))
    share = share_of_year(157)

    flagged = [
        np.isin(week_changes(each, year_share=share).changes.verdict, (change.MORE, change.FEWER))
        for each in counts
    ]

    assert within(np.mean([each.any() for each in flagged]), 0.05, N_WEEKS)


def test_the_demos_noise_is_hardly_flagged_more_often():
    """500 weeks of worlds where nothing is planted: few events a week, so fewer false flags.

    The demo's categories have a season, which the weeks before do not share: that is a change, and
    told as one, a little more often than noise would be.
    """
    any_flag, any_rise = [], []
    for seed in range(5):
        areas, kinds, whole, share = tables(demo.world(np.random.default_rng(seed), planted=()))
        for last in range(157, 257):
            seen = slice(last - 157, last)
            found = [
                week_changes(areas[:, seen], year_share=share[seen]),
                week_changes(kinds[:, seen], year_share=share[seen], sway=whole[:, seen]),
            ]
            verdicts = [each.changes.verdict for each in found]
            any_flag.append([np.isin(v, (change.MORE, change.FEWER)).any() for v in verdicts])
            any_rise += [
                (now, verdict)
                for rows, part in zip((areas, kinds), verdicts, strict=True)
                for now, verdict in zip(rows[:, last - 1], part, strict=True)
                if verdict == change.MORE
            ]

    shares = np.mean(any_flag, axis=0)
    assert len(any_flag) == N_WEEKS
    assert shares[0] <= 0.05 + 3 * np.sqrt(0.05 * 0.95 / N_WEEKS)
    assert shares[1] <= 0.1
    assert all(now >= FEWEST_FOR_RISE for now, _verdict in any_rise)


def tables(world):
    """Return the weeks of a world per kommundel, per category and of all, and when each begins."""
    weeks = patterns.week(world.events.starts_at)
    weeks = weeks - weeks.min()
    n = int(weeks.max())  # the last is not whole
    parts = np.unique(world.part_of_event, return_inverse=True)[1]

    def table(code, n_codes):
        found = np.zeros((n_codes, n + 1), np.int64)
        np.add.at(found, (code, weeks), 1)
        return found[:, :n]

    first = patterns.FIRST_DAY.toordinal()
    days = [patterns.FIRST_DAY + timedelta(weeks=k) for k in range(n)]
    share = np.array([(day.toordinal() - first) / 365.2425 % 1.0 for day in days])
    kinds = table(world.events.category, len(patterns.CATEGORIES))
    return table(parts, parts.max() + 1), kinds, kinds.sum(axis=0, keepdims=True), share


def blocks_by_hand(counts):
    """Return each block's chance of at least as many, summed from the binomial distribution."""
    n = int(counts.sum())
    return np.array(
        [bdtrc(block - 1, n, 1 / 42) if block else 1.0 for block in counts.reshape(42, 4).sum(1)]
    )


def false_discoveries(p):
    """Return the q-values of Benjamini and Hochberg, one at a time."""
    rank = np.argsort(np.argsort(p))
    raised = p * len(p) / (rank + 1)
    return np.array([min(raised[p >= each].min(), 1.0) for each in p])


def test_hours_that_recur_are_those_of_the_exact_test():
    rng = np.random.default_rng(5)
    counts = rng.poisson(2, 168)
    counts[4 * 24 + 20 : 4 * 24 + 24] += 9  # Friday, from eight

    found = recurring_hours(counts)

    q = false_discoveries(blocks_by_hand(counts))
    wanted = {(k // 6, k % 6 * 4) for k in np.flatnonzero(q <= 0.05)}
    assert {(each.weekday, each.first_hour) for each in found} == wanted
    assert (found[0].weekday, found[0].first_hour) == (4, 20)
    assert found[0].q == pytest.approx(q[4 * 6 + 5])
    assert found[0].expected == pytest.approx(counts.sum() / 42)


def test_hours_of_noise_recur_in_one_of_twenty_at_most():
    rng = np.random.default_rng(SEED)
    told = [bool(recurring_hours(rng.multinomial(400, np.full(168, 1 / 168)))) for _ in range(500)]

    assert np.mean(told) <= 0.05 + 3 * np.sqrt(0.05 * 0.95 / 500)


def test_nothing_recurs_where_nothing_happened():
    assert recurring_hours(np.zeros(168, np.int64)) == []


def test_hours_are_those_of_a_week():
    with pytest.raises(ValueError, match="168"):
        recurring_hours(np.zeros(24, np.int64))
