"""Hostile input gives a result or a clear error, never a wrong number: the table, row by row."""

import inspect

import numpy as np
import pytest
from tests.analysis import hostile

from lykta import analysis

NAMED = {row.function.split(".")[0] for row in hostile.ROWS}
# Their arguments are results of other functions, or the columns that those have checked.
WITHOUT = {"against_the_rest", "possible_values", "moving_mean", "same_week_last_year"}
MODULES = {analysis.HOMES[name] for name in NAMED}


def named(row):
    return f"{row.function}: {row.given}"


@pytest.mark.parametrize("row", [row for row in hostile.ROWS if row.refused], ids=named)
def test_what_cannot_be_answered_is_refused_in_words(row):
    with pytest.raises(ValueError, match=row.refused):
        row.act()


@pytest.mark.parametrize("row", [row for row in hostile.ROWS if not row.refused], ids=named)
def test_what_can_be_answered_is(row):
    assert row.holds(row.act())


def test_every_function_of_these_modules_has_a_row():
    functions = {
        name
        for module in MODULES
        for name in analysis.PUBLIC[module]
        if inspect.isfunction(getattr(analysis, name))
    }

    assert functions - NAMED == WITHOUT


@pytest.mark.slow
def test_ten_million_rows_are_counted_and_placed():
    rng = np.random.default_rng(1)
    x, y = rng.uniform(650_000, 651_000, (2, 10_000_000))
    y += 5_910_000

    assert analysis.assign_areas(x, y, hostile.SQUARE).n_outside == 0
    assert analysis.Lattice("hex", 250).count(x, y)[1].sum() == len(x)
    assert analysis.tally(np.zeros(len(x), np.int32), 1).tolist() == [len(x)]
