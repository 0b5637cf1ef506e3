"""Hostile input gives a result or a clear error, never a wrong number: the table, row by row."""

import inspect

import numpy as np
import pytest
from tests.analysis import hostile, hostile_methods

from lykta import analysis

ROWS = hostile_methods.ROWS
NAMED = {row.function.split(".")[0] for row in ROWS}


def named(row):
    return f"{row.function}: {row.given}"


@pytest.mark.parametrize("row", [row for row in ROWS if row.refused], ids=named)
def test_what_cannot_be_answered_is_refused_in_words(row):
    with pytest.raises(ValueError, match=row.refused):
        row.act()


@pytest.mark.parametrize("row", [row for row in ROWS if not row.refused], ids=named)
def test_what_can_be_answered_is(row):
    assert row.holds(row.act())


def test_every_public_function_has_a_row():
    functions = {name for name in analysis.__all__ if inspect.isfunction(getattr(analysis, name))}

    assert functions - NAMED == set()


def test_no_row_is_there_twice():
    assert len({(row.function, row.given, row.refused) for row in ROWS}) == len(ROWS)


@pytest.mark.slow
def test_ten_million_rows_are_counted_and_placed():
    rng = np.random.default_rng(1)
    x, y = rng.uniform(650_000, 651_000, (2, 10_000_000))
    y += 5_910_000

    assert analysis.assign_areas(x, y, hostile.SQUARE).n_outside == 0
    assert analysis.Lattice("hex", 250).count(x, y)[1].sum() == len(x)
    assert analysis.tally(np.zeros(len(x), np.int32), 1).tolist() == [len(x)]
