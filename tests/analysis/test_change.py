"""What may be said of a change, and how much a series sways."""

import numpy as np
import pytest

from lykta.analysis import against_the_rest, changes, row_dispersion
from lykta.analysis.change import CANNOT_TELL, FEWER, HIDDEN, MORE, NOT_SURE

YEARS = np.arange(104) >= 52
WHEN = np.arange(104) / 52.18 % 1


def test_each_kind_of_change_has_its_verdict():
    result = changes(np.array([400, 100, 205, 3]), np.array([200, 300, 200, 2]))

    assert result.verdict.tolist() == [MORE, FEWER, NOT_SURE, CANNOT_TELL]


def test_a_row_that_sways_is_not_said_to_have_changed():
    calm, swaying = (
        changes(np.array([130]), np.array([90]), dispersion=phi).verdict[0] for phi in (1.0, 6.0)
    )

    assert (calm, swaying) == (MORE, NOT_SURE)


def test_without_a_before_nothing_can_be_told():
    result = changes(np.array([5, 6]), None)

    assert result.verdict.tolist() == [CANNOT_TELL, CANNOT_TELL]
    assert np.isnan(result.ratio).all()


def test_a_hidden_count_takes_everything_made_of_it_along():
    result = changes(np.array([3, 9, 40]), np.array([50, 60, 70]), smallest_shown=5)

    assert result.verdict[:2].tolist() == [HIDDEN, HIDDEN]
    for name in ("count", "ratio", "low", "high", "p_two_sided", "q", "dispersion"):
        assert np.isnan(getattr(result, name)[:2]).all()
    assert result.is_count_small.tolist() == [True, False, False]


def test_a_hidden_row_has_no_part_in_the_q_of_the_others():
    with_hidden = changes(np.array([3, 9, 40]), np.array([50, 60, 90]), smallest_shown=5)
    alone = changes(np.array([40]), np.array([90]))

    assert with_hidden.q[2] == alone.q[0]


def test_the_whole_is_hidden_apart_from_its_parts():
    result = changes(
        np.array([52, 3, 9, 40]), np.array([9, 9, 9, 9]), smallest_shown=5, has_whole=True
    )

    assert result.is_count_hidden.tolist() == [False, True, True, False]


def test_one_row_that_rises_while_the_others_stand_differs_from_the_rest():
    now, before = np.array([160, 100, 100, 100, 100]), np.full(5, 100)

    gap, _, verdict = against_the_rest(
        now, before, dispersion=np.ones(5), alpha=0.05, hidden=np.zeros(5, bool)
    )

    assert verdict.tolist() == [MORE, *[NOT_SURE] * 4]
    assert gap.ratio[0] == pytest.approx(1.6)


def test_when_all_rise_alike_none_differs_from_the_rest():
    *_, verdict = against_the_rest(
        np.full(5, 200),
        np.full(5, 100),
        dispersion=np.ones(5),
        alpha=0.05,
        hidden=np.zeros(5, bool),
    )

    assert set(verdict.tolist()) == {NOT_SURE}


@pytest.mark.parametrize("phi", [1.0, 3.0])
def test_the_dispersion_of_rows_is_that_of_their_weeks(phi):
    rng = np.random.default_rng(1)
    mean = np.full((200, 104), 5.0)
    counts = rng.poisson(mean if phi == 1 else rng.gamma(mean / (phi - 1), phi - 1))

    found = row_dispersion(counts, YEARS, year_share=WHEN)

    # Never below one, so a little above it on average for pure chance.
    assert found.mean() == pytest.approx(phi, abs=0.15)
    assert found.min() >= 1


def test_neither_season_nor_a_change_of_level_is_taken_for_sway():
    rng = np.random.default_rng(2)
    wave = 1 + 0.5 * np.sin(2 * np.pi * WHEN)
    mean = 20 * wave * np.where(YEARS, 2, 1)

    counts = rng.poisson(np.tile(mean, (100, 1)))

    assert row_dispersion(counts, YEARS, year_share=WHEN).mean() < 1.2


def test_few_periods_say_nothing_of_sway():
    assert row_dispersion(
        np.ones((3, 7), int), np.arange(7) > 3, year_share=np.zeros(7)
    ).tolist() == [1, 1, 1]


def test_columns_are_of_one_length():
    result = changes(np.array([5, 6]), np.array([7, 8]))

    assert {len(column) for column in result.columns().values()} == {2}


def unseen(now, before):
    return np.array([now]), np.array([before])


def test_unseen_events_make_lower_bounds_and_wider_intervals():
    plain = changes(np.array([100]), np.array([150]))

    found = changes(np.array([100]), np.array([150]), unseen=unseen(30, 30))

    assert found.is_count_least[0]
    assert found.low[0] < plain.low[0] < plain.high[0] < found.high[0]


def test_a_change_is_certain_only_if_it_is_so_whatever_is_unseen():
    sure = changes(np.array([100]), np.array([200]), unseen=unseen(3, 3))
    open_ended = changes(np.array([130]), np.array([200]), unseen=unseen(90, 0))

    assert sure.verdict[0] == FEWER
    assert open_ended.verdict[0] == NOT_SURE


def test_an_unknown_count_leaves_nothing_to_tell():
    found = changes(np.array([100]), np.array([200]), unseen=unseen(10**6, 0))

    assert found.verdict[0] == CANNOT_TELL
