"""Weights that make a sample add up to what is known of those it was drawn from."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lykta.analysis.results import Result

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

# Margins whose known totals differ by more than this share of themselves are of two populations.
TOTALS_AGREE = 1e-6
# Tables of cells up to so many per respondent are cheaper to count in than to sort.
CELLS_PER_RESPONDENT = 4
# Keeps the factors of a margin that cannot be met within what a number can hold.
LEAST_FACTOR, LARGEST_FACTOR = 1e-100, 1e100


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of the cross-classification in which anyone stands."""

    of: Integers  # (n,) the cell of each respondent
    codes: tuple[Integers, ...]  # one a margin: the category of each cell
    targets: tuple[Floats, ...]  # one a margin: the known total of each category

    @property
    def count(self) -> int:
        """How many cells there are."""
        return len(self.codes[0]) if self.codes else 1

    def sums(self, values: Floats) -> Floats:
        """Return a sum over the respondents of each cell."""
        return np.asarray(np.bincount(self.of, values, self.count), float)


@dataclass(frozen=True, slots=True)
class Raked(Result):
    """Weights that meet the margins, and how well they do so."""

    COLUMNS: ClassVar[tuple[str, ...]] = ("weights",)

    weights: Floats
    base_weights: Floats
    n_iterations: int
    largest_gap: float  # of any category from its target, as a share of the target
    design_effect: float  # Kish's: 1 where all weights are alike
    effective_n: float
    is_converged: bool
    cells: Cells
    is_cell_bounded: NDArray[np.bool_]  # cells whose weight stands at a bound of `trim`
    params: dict[str, Any] = field(hash=False)
    warnings: tuple[str, ...] = ()


def rake(
    margins: Sequence[ArrayLike],
    targets: Sequence[ArrayLike],
    *,
    base_weights: ArrayLike | None = None,
    trim: tuple[float, float] | None = None,
    tolerance: float = 1e-10,
    max_iterations: int = 1000,
) -> Raked:
    """Return weights that give every category of every margin its known total.

    margins : one (n,) array of codes 0, 1, … each, such as age group, sex and district.
    targets : one (k,) array of known totals each, > 0, in the order of the codes; all with one sum.
    base_weights : (n,) > 0, one over the chance of being drawn; equal where not given.
    trim : (least, largest) weight in multiples of the base weight, once that is scaled to the
        targets' sum; (1/3, 3) is usual. Among all such weights those nearest to raking are found,
        and the bounds hold even where the margins then cannot.
    tolerance : the largest step in the last round, as a share; it stops after `max_iterations`.
    Respondents in one cell of the cross-classification share one factor, so the work is done on
    cells.  Raises ValueError for a category without a respondent: merge it with another.
    Source: Deming & Stephan (1940), Annals of Mathematical Statistics 11(4); bounds: Deville,
    Särndal & Sautory (1993), JASA 88(423), truncated; design effect: Kish (1965), Survey Sampling.

    >>> raked = rake([[0, 0, 1, 1], [0, 1, 0, 1]], [[30, 70], [40, 60]])
    >>> raked.weights.round(6).tolist()
    [12.0, 18.0, 28.0, 42.0]
    """
    codes, known = _checked_margins(margins, targets)
    base = _checked_base(base_weights, len(codes[0]))
    least, largest = _checked_trim(trim)
    cells = _cells(codes, known)
    ratio, rounds, is_converged = fit(
        cells.sums(base)[None, :], cells, trim=trim, tolerance=tolerance, limit=max_iterations
    )
    weights = base * ratio[0][cells.of]
    gap = _largest_gap(cells, weights)
    scale = known[0].sum() / base.sum()
    is_bounded = (ratio[0] <= least * scale) | (ratio[0] >= largest * scale)
    effect = kish(weights)
    return Raked(
        weights, base, rounds, gap, effect, len(base) / effect, is_converged, cells, is_bounded,
        {"n_margins": len(codes), "trim": trim, "tolerance": tolerance,
         "max_iterations": max_iterations, "has_base_weights": base_weights is not None},
        _warnings(rounds, gap, effect, is_converged=is_converged),
    )  # fmt: skip


def fit(
    base: Floats, cells: Cells, *, trim: tuple[float, float] | None, tolerance: float, limit: int
) -> tuple[Floats, int, bool]:
    """Return the factor of each cell for each row of base sums, the rounds, and if that was enough.

    base : (r, cells) sums of base weights, one row a sample.
    """
    if not cells.codes:
        return np.ones_like(base), 0, True
    scale = cells.targets[0].sum() / base.sum(axis=1, keepdims=True)
    least, largest = (bound * scale for bound in trim or (0.0, np.inf))
    free = np.repeat(scale, base.shape[1], axis=1)  # the factor, were there no bounds
    margins = [
        (code, _present(base, code, target))
        for code, target in zip(cells.codes, cells.targets, strict=True)
    ]
    rounds, furthest = 0, np.inf
    while furthest > tolerance and rounds < limit:
        rounds, furthest = rounds + 1, 0.0
        for code, target in margins:
            sums = _row_sums(base * np.clip(free, least, largest), code, target.shape[1])
            step = np.divide(target, sums, out=np.ones_like(sums), where=sums > 0)
            furthest = max(furthest, float(np.abs(step - 1).max()))
            free = np.clip(free * step[:, code], LEAST_FACTOR, LARGEST_FACTOR)
    return np.clip(free, least, largest), rounds, furthest <= tolerance


def _row_sums(values: Floats, code: Integers, n_categories: int) -> Floats:
    """Return the sum of each category in each row."""
    rows = np.arange(len(values))[:, None] * n_categories
    sums = np.bincount((rows + code).ravel(), values.ravel(), len(values) * n_categories)
    return np.asarray(sums, float).reshape(len(values), n_categories)


def _present(base: Floats, code: Integers, target: Floats) -> Floats:
    """Return the targets of each row: the categories there are share out those it lacks."""
    kept = np.where(_row_sums(base, code, len(target)) > 0, target, 0.0)
    return kept * (target.sum() / kept.sum(axis=1, keepdims=True))


def kish(weights: Floats) -> float:
    """Return the design effect of unequal weights: n Σw² / (Σw)²."""
    return float(len(weights) * np.sum(weights**2) / np.sum(weights) ** 2)


def _checked_margins(
    margins: Sequence[ArrayLike], targets: Sequence[ArrayLike]
) -> tuple[list[Integers], list[Floats]]:
    """Return codes and totals that belong together, or say why they do not."""
    if not len(margins) or len(margins) != len(targets):
        raise ValueError(f"{len(margins)} margins and {len(targets)} targets; one each is needed")
    known = [np.asarray(target, float) for target in targets]
    codes = [
        _checked_codes(k, margin, target)
        for k, (margin, target) in enumerate(zip(margins, known, strict=True))
    ]
    if len({len(code) for code in codes}) > 1:
        raise ValueError(
            f"margins have {[len(c) for c in codes]} respondents; one length is needed"
        )
    sums = np.array([target.sum() for target in known])
    if np.ptp(sums) > TOTALS_AGREE * sums[0]:
        raise ValueError(f"targets sum to {sums.tolist()}; one population has one sum")
    return codes, known


def _checked_codes(k: int, margin: ArrayLike, target: Floats) -> Integers:
    code = np.asarray(margin)
    if code.ndim != 1 or not len(code) or not np.issubdtype(code.dtype, np.integer):
        raise ValueError(f"margins[{k}] must be a column of whole-number codes, at least one")
    if target.ndim != 1 or not np.all(np.isfinite(target)) or np.any(target <= 0):
        raise ValueError(f"targets[{k}] must be a column of totals above 0, each known")
    if code.min() < 0 or code.max() >= len(target):
        raise ValueError(
            f"margins[{k}] holds {code.min()} to {code.max()}; codes must be 0 to {len(target) - 1}"
        )
    empty = np.flatnonzero(np.bincount(code, minlength=len(target)) == 0)
    if len(empty):
        raise ValueError(
            f"targets[{k}][{empty[0]}]={target[empty[0]]:g} but no respondent is in that category; "
            "merge it with another"
        )
    return code.astype(np.int64, copy=False)


def _checked_base(base_weights: ArrayLike | None, n: int) -> Floats:
    if base_weights is None:
        return np.ones(n)
    base = np.asarray(base_weights, float)
    if base.shape != (n,) or not np.all(np.isfinite(base)) or np.any(base <= 0):
        raise ValueError(f"base_weights must be {n} numbers above 0, one a respondent")
    return base


def _checked_trim(trim: tuple[float, float] | None) -> tuple[float, float]:
    least, largest = trim or (0.0, np.inf)
    if not 0 <= least < 1 < largest:
        raise ValueError(f"trim={trim} must be a number below 1 and one above it, neither negative")
    return least, largest


def _cells(codes: list[Integers], targets: list[Floats]) -> Cells:
    """Return the cells in which anyone stands; sorting only where a table of all would be large."""
    n = len(codes[0])
    cell, size = codes[0], len(targets[0])
    for code, target in zip(codes[1:], targets[1:], strict=True):
        cell, size = cell * len(target) + code, size * len(target)
        if size > CELLS_PER_RESPONDENT * n + 1000:
            found, cell = np.unique(cell, return_inverse=True)
            size = len(found)
    is_met = np.zeros(size, bool)
    is_met[cell] = True
    cell = (np.cumsum(is_met) - 1)[cell]
    someone = np.empty(int(is_met.sum()), np.int64)
    someone[cell] = np.arange(n)
    return Cells(cell, tuple(code[someone] for code in codes), tuple(targets))


def _largest_gap(cells: Cells, weights: Floats) -> float:
    sums = cells.sums(weights)
    return max(
        float(np.abs(np.bincount(code, weights=sums, minlength=len(target)) / target - 1).max())
        for code, target in zip(cells.codes, cells.targets, strict=True)
    )


def _warnings(rounds: int, gap: float, effect: float, *, is_converged: bool) -> tuple[str, ...]:
    said = []
    if not is_converged:
        said.append(
            f"The weights do not settle in {rounds} rounds; the largest gap to a target is "
            f"{gap:.2%}. Merge small categories or widen the bounds."
        )
    if effect > 2:
        said.append(
            f"The weights are so unequal that the sample is worth {1 / effect:.0%} of its size."
        )
    return tuple(said)
