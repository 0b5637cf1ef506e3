"""Small counts of a table hidden, and the fewest others that it takes to keep them so."""

import time
from dataclasses import dataclass, field
from typing import Any, ClassVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lykta.analysis.disclosure.cuts import Problem, solved
from lykta.analysis.results import Result

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Suppressed(Result):
    """A table, or a row, of which some counts are hidden."""

    COLUMNS: ClassVar[tuple[str, ...]] = ("counts", "is_small", "is_complement", "is_exposed")

    counts: Floats  # nan where hidden; all of these have the shape of the table, or one row and
    # one column more, the totals
    is_small: Bools  # hidden because the count itself is small
    is_complement: Bools  # hidden because it would give a small one away
    is_exposed: Bools  # small, and the totals narrow it whatever is hidden
    cost: float  # of the complements
    bound: float  # no choice of complements that protects as well costs less
    params: dict[str, Any] = field(hash=False)
    warnings: tuple[str, ...] = ()

    @property
    def is_hidden(self) -> Bools:
        """Which counts are hidden, for either reason."""
        return self.is_small | self.is_complement

    @property
    def gap(self) -> float:
        """How much may be saved at most, as a share of the cost; 0 where it is the least."""
        return (self.cost - self.bound) / self.cost if self.cost else 0.0

    def columns(self) -> dict[str, NDArray[Any]]:
        """Return the columns by name, one row a cell."""
        places = np.indices(self.counts.shape).reshape(self.counts.ndim, -1)
        named = dict(zip(("row", "column"), places, strict=False))
        return named | {name: getattr(self, name).ravel() for name in self.COLUMNS}


def suppress(
    table: ArrayLike,
    *,
    smallest_shown: int,
    are_totals_known: bool = True,
    cost: str | ArrayLike = "counts",
    time_limit_s: float = 60.0,
) -> Suppressed:
    """Return the table with small counts hidden and, at the least cost, what keeps them hidden.

    table : (n, m) whole numbers, or (n,) whose sum the reader knows.
    smallest_shown : 5 hides 1–4; 0 and 1 hide nothing, 2 is refused. Nought is shown: nobody
        is in it.
    are_totals_known : True if the reader knows all row and column totals, whatever is published.
        False if they are published with the table: they stand in the last row and column of the
        result, and are hidden as other counts are. The grand total is always known.
    cost : of hiding one more cell: "counts" what it holds, "cells" 1, or an array of numbers > 0.
    time_limit_s : when it is up the best found is returned, made safe, and `gap` tells how much
        may be saved at most; else the cost is proven to be the least.
    The reader sees what is shown and the totals, sees which of the hidden are small, and knows the
    rule: small ones are 1 to `smallest_shown` - 1, other hidden ones `smallest_shown` or more.
    Even so every small count could be any number of that range, in some table that fits all this;
    or, where the totals forbid that however much is hidden, any that it could be were all but
    noughts hidden: such counts are `is_exposed`, and the totals should not be known. What might
    be read out of the choice being the cheapest one is not reckoned with.
    Source: Fischetti & Salazar (2001), J. American Statistical Association 96(455): a cut for
    each small count that cannot move far enough, until none is needed.

    >>> safe = suppress([[3, 20, 30], [8, 9, 10], [40, 11, 12]], smallest_shown=5)
    >>> safe.is_complement.astype(int).tolist()
    [[0, 1, 0], [1, 1, 0], [0, 0, 0]]
    """
    counts = _checked(table, smallest_shown)
    if not are_totals_known:
        counts = with_totals(counts)
    weight = _checked_cost(cost, counts)
    problem = _problem(counts, weight, smallest_shown, are_totals_known=are_totals_known)
    needs = problem.needs()
    chosen, bound, is_done = solved(problem, needs, time.monotonic() + time_limit_s)
    is_small, is_complement = (
        part[: len(counts) if counts.ndim == 2 else 1].reshape(counts.shape)
        for part in (problem.is_small, chosen)
    )
    is_exposed = np.zeros(counts.shape, bool)
    is_exposed[is_small] = sum(needs) < smallest_shown - 2
    spent = float(weight[is_complement].sum())
    return Suppressed(
        np.where(is_small | is_complement, np.nan, counts), is_small, is_complement, is_exposed,
        spent, spent if is_done else min(bound, spent),
        {"smallest_shown": smallest_shown, "are_totals_known": are_totals_known,
         "cost": cost if isinstance(cost, str) else "given", "time_limit_s": time_limit_s},
        _warnings(
            is_exposed, smallest_shown, (bound, spent),
            are_totals_known=are_totals_known, is_done=is_done,
        ),
    )  # fmt: skip


def with_totals(counts: Floats) -> Floats:
    """Return the table with its totals as one more row and one more column."""
    if counts.ndim != 2:
        raise ValueError("are_totals_known=False is for tables; the sum of a row is always known")
    wide = np.column_stack((counts, counts.sum(axis=1)))
    return np.vstack((wide, wide.sum(axis=0)))


def total_signs(shape: tuple[int, ...]) -> Floats:
    """Return -1 for the totals, 1 for all else: times these, each row and column adds up to 0."""
    signs = np.ones(shape)
    signs[-1, :-1] = signs[:-1, -1] = -1
    return signs


def _checked(table: ArrayLike, smallest_shown: int) -> Floats:
    counts = np.asarray(table, float)
    if counts.ndim not in (1, 2) or not counts.size:
        raise ValueError(
            f"table has shape {counts.shape}; rows and columns, or one row, are needed"
        )
    if not np.all(np.isfinite(counts)) or np.any(counts < 0) or np.any(counts != np.floor(counts)):
        raise ValueError("table must hold whole numbers, none negative")
    if not smallest_shown >= 0 or smallest_shown % 1:
        raise ValueError(f"smallest_shown={smallest_shown} must be a whole number, not negative")
    if smallest_shown == 2:
        raise ValueError("smallest_shown=2 hides only ones, and so tells them; 3 is the least")
    return counts


def _checked_cost(cost: str | ArrayLike, counts: Floats) -> Floats:
    if isinstance(cost, str):
        if cost not in ("counts", "cells"):
            raise ValueError(f"cost={cost!r} is not available; choose counts, cells or an array")
        return counts if cost == "counts" else np.ones(counts.shape)
    given = np.asarray(cost, float)
    if given.shape != counts.shape or not np.all(np.isfinite(given)) or np.any(given <= 0):
        raise ValueError(f"cost must be numbers above 0 of shape {counts.shape}")
    return given


def _problem(
    counts: Floats, cost: Floats, smallest_shown: int, *, are_totals_known: bool
) -> Problem:
    """Return what is to be solved, each count with the range that is its own."""
    can_be_hidden = counts > 0
    if not are_totals_known:
        can_be_hidden[-1, -1] = False  # the grand total
    small = can_be_hidden & (counts < smallest_shown)
    candidate = can_be_hidden & ~small
    grow = np.where(small, smallest_shown - 1 - counts, np.where(candidate, np.inf, 0))
    shrink = np.where(small, counts - 1, np.where(candidate, counts - smallest_shown, 0))
    if not are_totals_known:
        is_turned = total_signs(counts.shape) < 0
        grow, shrink = np.where(is_turned, shrink, grow), np.where(is_turned, grow, shrink)
    none = np.zeros(counts.shape, bool)
    if counts.ndim == 2:
        return Problem(small, none, candidate, cost, grow, shrink)
    # A second row that gives and takes freely: no column has a known total.
    first = (small, none, candidate, cost, grow, shrink)
    second = (none, ~none, none, np.zeros(len(counts)), *(np.full(len(counts), np.inf),) * 2)
    return Problem(*(np.stack(both) for both in zip(first, second, strict=True)))


def _warnings(
    exposed: Bools,
    smallest_shown: int,
    ends: tuple[float, float],
    *,
    are_totals_known: bool,
    is_done: bool,
) -> tuple[str, ...]:
    said = []
    if exposed.any():
        remedy = "hide those totals too." if are_totals_known else "merge rows or columns."
        said.append(
            f"{exposed.sum()} small counts can be told more closely than 1 to {smallest_shown - 1} "
            "from small totals and noughts, whatever is hidden: " + remedy
        )
    if not is_done:
        said.append(
            f"The time was up: what is hidden costs {ends[1]:g}, the least at least {ends[0]:g}."
        )
    return tuple(said)
