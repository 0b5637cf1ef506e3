"""Early warning: a rise of one week is seen, noise is not, and few events never are."""

import numpy as np
import pytest

from lykta.domain.events.selectors.early import FEWEST, early_warning

WEEKS = range(2_900, 3_056)
KEYS = tuple(range(10))


def counts(mean: float, *, seed: int = 1) -> np.ndarray:
    """Return three years of weeks for ten series in which nothing happens."""
    return np.random.default_rng(seed).poisson(mean, (len(KEYS), len(WEEKS)))


def test_a_rise_in_one_series_is_told_with_its_bound():
    town = counts(8)
    town[3, -1] = 40

    found = early_warning(WEEKS, [("area", KEYS, town)])

    assert [(rise.subject, rise.key, rise.count) for rise in found.rises] == [("area", 3, 40)]
    assert found.rises[0].expected == pytest.approx(8, abs=3)
    assert 8 < found.rises[0].upper_bound < 40


def test_the_most_unusual_comes_first_whatever_it_is_of():
    places, kinds = counts(8), counts(8, seed=2)
    places[1, -1], kinds[2, -1] = 26, 60

    found = early_warning(WEEKS, [("area", KEYS, places), ("category", KEYS, kinds)])

    assert [(rise.subject, rise.key) for rise in found.rises] == [("category", 2), ("area", 1)]


def test_noise_is_seldom_a_warning():
    told = [early_warning(WEEKS, [("area", KEYS, counts(8, seed=n))]).rises for n in range(100)]

    assert sum(map(bool, told)) <= 12  # about five in a hundred, by chance


def test_few_events_are_no_warning_however_unusual():
    town = counts(0.2)
    town[0, -1] = FEWEST - 1

    assert early_warning(WEEKS, [("area", KEYS, town)]).rises == ()


def test_a_short_past_cannot_tell():
    assert early_warning(range(60), [("area", KEYS, counts(8)[:, :60])]) is None


def test_a_town_without_series_has_nothing_to_judge():
    found = early_warning(WEEKS, [("area", (), np.zeros((0, len(WEEKS)), np.int64))])

    assert (found.n_judged, found.rises) == (0, ())
