"""Pairs of area and category that have changed for certain."""

import dataclasses

import numpy as np
from tests.analysis import towns

from lykta.analysis.picture import picture


def town_with_a_rise(n=8_000, **changed):
    """Return the findings of a town where category 2 rises in area 9."""
    events = towns.events(np.random.default_rng(1), n=n, extra=[(*towns.PERIOD, 9, 160)])
    category = events.category.copy()
    category[n:] = 2
    events = dataclasses.replace(events, category=category)
    return picture(events, towns.areas(), towns.question(**changed), rng=1).findings


def test_a_planted_rise_is_the_only_finding():
    found = town_with_a_rise()

    assert list(zip(found.area.tolist(), found.category.tolist(), strict=True)) == [(9, 2)]
    assert found.low[0] > 1
    assert found.q[0] < 0.05


def test_a_finding_says_how_many_pairs_were_tried():
    found = town_with_a_rise()

    assert 1 <= found.n_tried <= towns.N_AREAS * towns.N_CATEGORIES


def test_no_finding_tells_of_a_small_count():
    found = town_with_a_rise(n=1_500, smallest_shown=5)

    for column in (found.count, found.before):
        assert not np.any((column > 0) & (column < 5))
