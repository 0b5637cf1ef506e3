"""An estimate with its standard error, read as a test and an interval."""

from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import special

Floats = NDArray[np.float64]
Alternative = Literal["two-sided", "less", "greater"]


class Verdict(NamedTuple):
    """The estimate over its error, the p-value and the interval; nan where there is no error."""

    statistic: Floats
    p: Floats
    low: Floats
    high: Floats


def read_against(
    estimate: Any, error: Any, freedom: Any, level: float, alternative: Alternative
) -> Verdict:
    """Return the test of an estimate against 0 and its two-sided interval, by t or normal.

    estimate, error : arrays of one shape.  freedom : degrees of freedom, inf for the normal.

    >>> found = read_against(-118.0, 39.6, np.inf, 0.95, "two-sided")
    >>> round(float(found.p), 4), round(float(found.low), 1)
    (0.0029, -195.6)
    """
    if alternative not in ("two-sided", "less", "greater"):
        raise ValueError(f'alternative={alternative!r}; "two-sided", "less" or "greater"')
    known = (np.asarray(error) > 0) & np.isfinite(error) & (np.asarray(freedom) > 0)
    error = np.where(known, error, np.nan)
    statistic = estimate / error
    tail = {
        "two-sided": lambda: 2 * lower_tail(-np.abs(statistic), freedom),
        "less": lambda: lower_tail(statistic, freedom),
        "greater": lambda: lower_tail(-statistic, freedom),
    }[alternative]()
    reach = -quantile((1 - level) / 2, freedom) * error
    return Verdict(statistic, tail, estimate - reach, estimate + reach)


def lower_tail(value: Any, freedom: Any) -> Any:
    """Return P(T ≤ value) for Student's t, normal where `freedom` is inf."""
    is_normal = np.isinf(freedom)
    if np.all(is_normal):
        return special.ndtr(value)
    student = special.stdtr(np.where(is_normal, 1.0, freedom), value)
    return np.where(is_normal, special.ndtr(value), student)


def quantile(share: float, freedom: Any) -> Any:
    """Return the value below which Student's t lies with this chance; normal where inf."""
    if np.all(np.isinf(freedom)):
        return np.broadcast_to(special.ndtri(share), np.shape(freedom))
    few, place = np.unique(freedom, return_inverse=True)  # the inverse is slow, and values are few
    is_normal = np.isinf(few)
    student = special.stdtrit(np.where(is_normal, 1.0, few), share)
    return np.where(is_normal, special.ndtri(share), student)[place].reshape(np.shape(freedom))


def check_level(level: float) -> None:
    """Refuse a level that is no share."""
    if not 0 < level < 1:
        raise ValueError(f"level={level} must lie between 0 and 1")
