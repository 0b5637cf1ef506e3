"""What a reader can work out of a table with hidden counts."""

from dataclasses import dataclass, field
from typing import Any, ClassVar

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import optimize, sparse

from lykta.analysis._kernels.flow import push_all
from lykta.analysis.disclosure.tables import total_signs
from lykta.analysis.results import Result

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Attacked(Result):
    """The least and the greatest that each count can be, for all a reader knows."""

    COLUMNS: ClassVar[tuple[str, ...]] = ("low", "high", "is_recovered")

    low: Floats  # all of these have the shape of the table
    high: Floats
    is_recovered: Bools  # hidden, but can only be one number
    params: dict[str, Any] = field(hash=False)
    warnings: tuple[str, ...] = ()

    def columns(self) -> dict[str, NDArray[Any]]:
        """Return the columns by name, one row a cell."""
        places = np.indices(self.low.shape).reshape(self.low.ndim, -1)
        named = dict(zip(("row", "column"), places, strict=False))
        return named | {name: getattr(self, name).ravel() for name in self.COLUMNS}


@dataclass(frozen=True, slots=True)
class _View:
    """What a reader sees: a table (n, m) with a known sum of each row and each column."""

    is_hidden: Bools
    low: Floats  # of each cell by itself
    high: Floats
    row_sums: Floats
    column_sums: Floats


def attack(
    published: ArrayLike,
    row_totals: ArrayLike | None = None,
    column_totals: ArrayLike | None = None,
    *,
    smallest_shown: int,
    is_small: ArrayLike | None = None,
) -> Attacked:
    """Return the least and the greatest that every hidden count can be, to a reader who reckons.

    published : (n, m) counts, nan where hidden; or (n,) with `row_totals` their sum alone.
    row_totals, column_totals : (n,) and (m,) what the reader knows. Where neither is given the
        last row and column of `published` are the totals, some of which may be hidden too.
    smallest_shown : the rule the reader knows.
    is_small : which of the hidden are 1 to `smallest_shown` - 1, where that can be seen; other
        hidden counts are then `smallest_shown` or more. Where it cannot, all are 1 or more.
    One linear program finds a table that fits; from there the ends of each range are two largest
    flows, which are the linear programs for one cell, solved on its network; every whole number
    between the ends is possible.  Raises ValueError where no table fits.
    Source: Willenborg & de Waal (2001), Elements of Statistical Disclosure Control, 6.3; flows:
    Gusfield (1988), SIAM J. Computing 17(3).

    >>> nan = float("nan")
    >>> naive = attack([[nan, 20], [8, 9]], [23, 17], [11, 29], smallest_shown=5)
    >>> naive.is_recovered.tolist()
    [[True, False], [False, False]]
    """
    counts = np.asarray(published, float)
    ranges = _ranges(counts, smallest_shown, is_small)
    if counts.ndim == 1:
        if column_totals is not None:
            raise ValueError("column_totals belong to a table, not to a row")
        view = _view_of_row(counts, ranges, _known("row_totals", row_totals, 1)[0])
    elif row_totals is None and column_totals is None:
        view = _view_with_totals(counts, ranges)
    else:
        rows = _known("row_totals", row_totals, len(counts))
        columns = _known("column_totals", column_totals, counts.shape[1])
        view = _View(np.isnan(counts), *ranges, rows, columns)
    low, high = _extremes(view)
    if counts.ndim == 1:
        low, high = low[0], high[0]
    elif row_totals is None:
        is_turned = total_signs(counts.shape) < 0
        low, high = np.where(is_turned, -high, low), np.where(is_turned, -low, high)
    is_recovered = np.isnan(counts) & (low == high)
    return Attacked(
        low, high, is_recovered,
        {"smallest_shown": smallest_shown, "sees_small": is_small is not None,
         "knows_totals": row_totals is not None},
        (f"{is_recovered.sum()} hidden counts can be told exactly.",) if is_recovered.any() else (),
    )  # fmt: skip


def _ranges(
    counts: Floats, smallest_shown: int, is_small: ArrayLike | None
) -> tuple[Floats, Floats]:
    """Return what each count can be by itself, by the rule; infinity where that has no end."""
    if counts.ndim not in (1, 2) or not counts.size or np.any(np.isinf(counts) | (counts < 0)):
        raise ValueError("published must be a row or table of counts, nan where hidden")
    hidden = np.isnan(counts)
    small = np.zeros(counts.shape, bool) if is_small is None else np.asarray(is_small)
    if small.shape != counts.shape or small.dtype != bool or np.any(small & ~hidden):
        raise ValueError(
            "is_small must hold true or false for each count, true for hidden ones only"
        )
    least = 1.0 if is_small is None else float(max(smallest_shown, 1))
    low = np.where(small, 1.0, least)
    high = np.where(small, smallest_shown - 1.0, np.inf)
    return np.where(hidden, low, counts), np.where(hidden, high, counts)


def _known(name: str, totals: ArrayLike | None, n: int) -> Floats:
    known = np.atleast_1d(np.asarray(np.nan if totals is None else totals, float))
    if known.shape != (n,) or not np.all(np.isfinite(known)):
        raise ValueError(f"{name} must be {n} numbers, each known")
    return known


def _view_of_row(counts: Floats, ranges: tuple[Floats, Floats], total: float) -> _View:
    """Return a row as a table: a second row makes up for the first, as columns have no totals."""
    n = len(counts)
    free = np.zeros(n), np.full(n, np.inf)
    low, high = (np.stack(both) for both in zip(ranges, free, strict=True))
    hidden = np.stack((np.isnan(counts), np.ones(n, bool)))
    return _View(hidden, low, high, np.array([total, total * (n - 1)]), np.full(n, total))


def _view_with_totals(counts: Floats, ranges: tuple[Floats, Floats]) -> _View:
    """Return the table with its totals turned negative: each row and column then adds up to 0."""
    if np.isnan(counts[-1, -1]) or min(counts.shape) < 2:
        raise ValueError("the last row and column must be totals, and the grand total known")
    is_turned = total_signs(counts.shape) < 0
    low, high = (
        np.where(is_turned, -ranges[1], ranges[0]),
        np.where(is_turned, -ranges[0], ranges[1]),
    )
    return _View(np.isnan(counts), low, high, np.zeros(len(counts)), np.zeros(counts.shape[1]))


def _extremes(view: _View) -> tuple[Floats, Floats]:
    """Return the least and the greatest of each cell over all tables that fit."""
    hidden = view.is_hidden
    first = _any_table(view)
    rise, fall = view.high - first, first - view.low
    cells, opened = np.argwhere(hidden), hidden.astype(float)
    low, high = first.copy(), first.copy()
    high[hidden] += push_all(rise, fall, opened, cells, rise[hidden])[0]
    low[hidden] -= push_all(fall, rise, opened, cells, fall[hidden])[0]
    return low, high


def _any_table(view: _View) -> Floats:
    """Return one table of whole numbers that fits: any corner of the linear program is one."""
    hidden = view.is_hidden
    table = np.where(hidden, 0.0, view.low)
    left = np.concatenate((view.row_sums - table.sum(axis=1), view.column_sums - table.sum(axis=0)))
    at = np.argwhere(hidden)
    if not len(at):
        if np.any(left != 0):
            raise ValueError("no table fits: the totals are not those of the counts")
        return table
    place = np.concatenate((at[:, 0], len(table) + at[:, 1]))
    number = np.tile(np.arange(len(at)), 2)
    sums = sparse.csr_array((np.ones(len(place)), (place, number)), shape=(len(left), len(at)))
    found = optimize.milp(
        np.zeros(len(at)),
        constraints=optimize.LinearConstraint(sums, left, left),
        integrality=np.ones(len(at), int),
        bounds=optimize.Bounds(view.low[hidden], view.high[hidden]),
    )
    if found.x is None:
        raise ValueError("no table fits what is published, the totals and the rule")
    table[hidden] = np.rint(found.x)
    return table
