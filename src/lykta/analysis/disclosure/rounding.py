"""Counts rounded so that no small one can be read off."""

from dataclasses import dataclass, field
from typing import Any, ClassVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lykta.analysis.results import Result

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Rounded(Result):
    """Counts and their totals, each rounded on its own: they need not add up."""

    COLUMNS: ClassVar[tuple[str, ...]] = ("counts",)

    counts: Floats  # (n,) or (n, m) multiples of the base
    row_totals: Floats  # (n,) of the true counts, rounded; () for a row
    column_totals: Floats  # (m,); () for a row
    total: float
    params: dict[str, Any] = field(hash=False)
    warnings: tuple[str, ...] = ()

    def columns(self) -> dict[str, NDArray[Any]]:
        """Return the columns by name, one row a cell."""
        places = np.indices(self.counts.shape).reshape(self.counts.ndim, -1)
        named = dict(zip(("row", "column"), places, strict=False))
        return named | {"counts": self.counts.ravel()}


def round_counts(
    counts: ArrayLike,
    *,
    base: int = 3,
    method: str = "random",
    rng: np.random.Generator | int | None = None,
) -> Rounded:
    """Return counts and totals as multiples of a base, none further than a base from the truth.

    counts : (n,) or (n, m) whole numbers.
    base : 3 or 5.
    method : "nearest" goes to the nearest multiple; no count lies halfway. "random" goes up with
        the chance that makes the expected result the count itself: 4 to base 3 becomes 3 with
        chance 2/3 and 6 with 1/3. A multiple of the base, and so nought, stays as it is.
    Every total is computed from the true counts and rounded on its own, so that totals err no more
    than counts do; rounded counts need not add up to them.
    A reader knows of each count that it lies less than a base from what is shown, or with "nearest"
    at most (base - 1) / 2; and totals may narrow that. Random rounding is safe only if done once:
    the mean of many is the truth.
    Source: Fellegi (1975), Survey Methodology 1(2); Willenborg & de Waal (2001), Elements of
    Statistical Disclosure Control, 9.

    >>> round_counts([1, 2, 3, 8], base=3, method="nearest").counts.tolist()
    [0.0, 3.0, 3.0, 9.0]
    """
    true = np.asarray(counts, float)
    _check(true, base, method)
    generator = np.random.default_rng(rng) if method == "random" else None
    sums = [true.sum(axis=1), true.sum(axis=0)] if true.ndim == 2 else [np.zeros(0)] * 2
    rounded, rows, columns, total = (
        _rounded(part, base, generator) for part in (true, *sums, np.array(true.sum()))
    )
    seed = rng if rng is None or isinstance(rng, int) else "a generator"
    params = {"base": base, "method": method, "rng": seed}
    return Rounded(rounded, rows, columns, float(total), params)


def _rounded(true: Floats, base: int, generator: np.random.Generator | None) -> Floats:
    below = np.floor(true / base) * base
    rest = true - below
    is_up = rest > base / 2 if generator is None else generator.random(true.shape) * base < rest
    return np.asarray(below + base * is_up)


def _check(true: Floats, base: int, method: str) -> None:
    if base not in (3, 5):
        raise ValueError(f"base={base} is not available; choose 3 or 5")
    if method not in ("nearest", "random"):
        raise ValueError(f"method={method!r} is not available; choose nearest, random")
    if true.ndim not in (1, 2) or not true.size:
        raise ValueError(f"counts have shape {true.shape}; a row or a table is needed")
    if not np.all(np.isfinite(true)) or np.any(true < 0) or np.any(true != np.floor(true)):
        raise ValueError("counts must be whole numbers, none negative")
