"""Events to counts: per area, per category, per period, per hour of the week."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Days = NDArray[np.int64]
Counts = NDArray[np.int64]

# 1970-01-01 was a Thursday; ISO weeks begin on Monday.
MONDAY = 4


@dataclass(frozen=True, slots=True)
class Periods:
    """Whole weeks or months in order; perhaps none."""

    unit: str  # "week" or "month"
    starts: Days  # (n + 1,) first day of each, and the day after the last; days since 1970-01-01

    @property
    def n(self) -> int:
        """Number of periods."""
        return len(self.starts) - 1

    def index(self, day: ArrayLike) -> NDArray[np.int64]:
        """Return which period each day falls in; -1 outside."""
        first = int(self.starts[0])
        # One look-up a day instead of a search among the periods; -1 on either side.
        table = np.full(int(self.starts[-1]) - first + 2, -1, np.int64)
        table[1:-1] = np.repeat(np.arange(self.n), np.diff(self.starts))
        return table[np.clip(np.asarray(day) - first + 1, 0, len(table) - 1)]


def whole_periods(first_day: int, last_day: int, unit: str) -> Periods:
    """Return the weeks (Monday to Sunday) or months that lie wholly in a span of days.

    first_day, last_day : days since 1970-01-01, both included.

    >>> whole_periods(0, 31, "week").starts.tolist()  # Thursday 1 January 1970
    [4, 11, 18, 25, 32]
    """
    if unit == "week":
        start = first_day + (MONDAY - first_day) % 7
        return Periods(unit, np.arange(start, max(last_day + 2, start + 1), 7, dtype=np.int64))
    if unit == "month":
        first = np.datetime64(first_day, "D")
        month = first.astype("M8[M]")
        if month.astype("M8[D]") < first:
            month = month + 1
        end = max((np.datetime64(last_day, "D") + 1).astype("M8[M]"), month)
        return Periods(unit, np.arange(month, end + 1).astype("M8[D]").astype(np.int64))
    raise ValueError(f"unit={unit!r} is not available; choose week or month")


def tally(
    first: ArrayLike,
    n_first: int,
    *,
    weights: ArrayLike | None = None,
    second: ArrayLike | None = None,
    n_second: int = 1,
) -> Counts:
    """Return how many events each code holds; negative codes are left out.

    first, second : (n,) integer codes.  weights : (n,) events per row, default 1.
    Returns (n_first,) or, with `second`, (n_first, n_second).

    >>> tally([0, 1, 1, -1], 3).tolist()
    [1, 2, 0]
    """
    a = np.asarray(first)
    _refuse_beyond("first", a, n_first)
    # Whatever is left out gathers in a row, and a column, of its own before the first.
    code = np.maximum(a, -1).astype(np.int64) + 1
    shape: tuple[int, ...] = (n_first + 1,)
    if second is not None:
        b = np.asarray(second)
        _refuse_beyond("second", b, n_second)
        code, shape = code * (n_second + 1) + np.maximum(b, -1) + 1, (n_first + 1, n_second + 1)
    counts = np.bincount(code, weights=weights, minlength=math.prod(shape)).reshape(shape)
    kept = counts[1:] if second is None else counts[1:, 1:]
    return np.rint(kept).astype(np.int64)


def _refuse_beyond(name: str, codes: NDArray[np.integer], n: int) -> None:
    if codes.size and not np.issubdtype(codes.dtype, np.integer):
        raise ValueError(f"{name} holds {codes.dtype}; whole numbers are needed")
    largest = int(codes.max(initial=-1))
    if largest >= n:
        raise ValueError(f"{name} holds the code {largest}; codes from -1 to {n - 1} are allowed")


def weekday(day: ArrayLike) -> NDArray[np.int64]:
    """Return the weekday of days since 1970-01-01; 0 is Monday."""
    days = np.asarray(day)
    if days.size and not np.issubdtype(days.dtype, np.integer):
        raise ValueError(f"day holds {days.dtype}; whole days are needed")
    return (days.astype(np.int64) - MONDAY) % 7
