"""The cheapest cells to hide so that small counts can move: cuts until none is broken."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import optimize, sparse

from lykta.analysis._kernels.flow import push_all

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Integers = NDArray[np.int64]

# A need is met if no more than this is lacking: sums of fractions from the solver.
SLACK = 1e-6
# The relaxation has given what it can when a round raises the bound by less than this share.
STANDSTILL = 1e-4


@dataclass(frozen=True, slots=True)
class Problem:
    """A table with known sums of rows and columns, and what may be hidden. All parts are (n, m)."""

    is_small: Bools  # hidden in any case, and must be able to move
    is_free: Bools  # hidden in any case
    is_candidate: Bools
    cost: Floats
    grow: Floats  # how far a cell can rise within its own range, if it is hidden
    shrink: Floats

    @property
    def is_open(self) -> Bools:
        """Which cells are hidden, whatever is chosen."""
        return self.is_small | self.is_free

    def needs(self) -> tuple[Floats, Floats]:
        """Return how far each small cell must rise and fall: as far as it can if all are hidden."""
        everything, cells = np.ones(self.grow.shape), np.argwhere(self.is_small)
        up = push_all(self.grow, self.shrink, everything, cells, self.grow[self.is_small])[0]
        down = push_all(self.shrink, self.grow, everything, cells, self.shrink[self.is_small])[0]
        return up, down


@dataclass(frozen=True, slots=True)
class _Cut:
    """Of these candidates, weighed so, at least 1 must be hidden."""

    places: Integers
    weights: Floats

    def __hash__(self) -> int:
        return hash((self.places.tobytes(), self.weights.tobytes()))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Cut) and (
            np.array_equal(self.places, other.places)
            and np.array_equal(self.weights, other.weights)
        )


def solved(
    problem: Problem, needs: tuple[Floats, Floats], deadline: float
) -> tuple[Bools, float, bool]:
    """Return what to hide, a bound on its cost, and whether that is proven to be the least.

    First in the relaxation, in which cells may be hidden in part, then with whole cells; each time
    with the cuts that the last answer breaks, until it breaks none.
    """
    cost = problem.cost[problem.is_candidate]
    chosen, bound, is_done = np.zeros(len(cost)), 0.0, False
    broken = cuts = _broken(problem, needs, chosen)
    is_rising = True
    while broken and is_rising and time.monotonic() < deadline:
        chosen, value, _ = _cheapest(cost, cuts, deadline, is_whole=False)
        is_rising, bound = value > bound * (1 + STANDSTILL), max(bound, value)
        broken = _broken(problem, needs, chosen)
        cuts = cuts | broken
    while cuts and not is_done and time.monotonic() < deadline:
        chosen, value, is_proven = _cheapest(cost, cuts, deadline, is_whole=True)
        bound = max(bound, value)
        broken = _broken(problem, needs, chosen)
        cuts = cuts | broken
        is_done = is_proven and not broken
    hidden = np.zeros(problem.is_candidate.shape, bool)
    hidden[problem.is_candidate] = _made_safe(problem, needs, chosen > 0.5)
    return hidden, bound, is_done or not cuts


def _cheapest(
    cost: Floats, cuts: dict[_Cut, None], deadline: float, *, is_whole: bool
) -> tuple[Floats, float, bool]:
    """Return the cheapest choice that keeps every cut, a bound on it, and whether it is proven."""
    places = np.concatenate([cut.places for cut in cuts])
    weights = np.concatenate([cut.weights for cut in cuts])
    starts = np.cumsum([0, *(len(cut.places) for cut in cuts)])
    rows = sparse.csr_array((weights, places, starts), shape=(len(cuts), len(cost)))
    found = optimize.milp(
        cost,
        constraints=optimize.LinearConstraint(rows, lb=1.0),
        integrality=np.full(len(cost), int(is_whole)),
        bounds=optimize.Bounds(0, 1),
        options={"mip_rel_gap": 0.0, "time_limit": max(deadline - time.monotonic(), 0.01)},
    )
    if found.x is None:  # out of time
        return np.zeros(len(cost)), found.mip_dual_bound or 0.0, False
    if not is_whole:
        return found.x, found.fun if found.status == 0 else 0.0, False
    return np.round(found.x), found.mip_dual_bound, found.status == 0


def _broken(problem: Problem, needs: tuple[Floats, Floats], chosen: ArrayLike) -> dict[_Cut, None]:
    """Return the cuts that a choice breaks, none if every small count can move as it must."""
    hidden = problem.is_open.astype(float)
    hidden[problem.is_candidate] = chosen
    grow, shrink = problem.grow, problem.shrink
    cuts: dict[_Cut, None] = {}
    small = np.argwhere(problem.is_small)
    for need, up, down in ((needs[0], grow, shrink), (needs[1], shrink, grow)):
        left = np.flatnonzero(need > 0)
        for is_turned in (False, True):  # the cut nearest the one end, and that nearest the other
            ways = [part.T.copy() if is_turned else part for part in (up, down, hidden)]
            cells = np.ascontiguousarray(small[left, ::-1] if is_turned else small[left])
            moved, rows, columns = push_all(*ways, cells, need[left])
            is_short = moved < need[left] - SLACK
            if is_turned:
                rows, columns = ~columns, ~rows
            left = left[is_short]
            for k, *side in zip(left, rows[is_short], columns[is_short], strict=True):
                cuts[_cut(problem, tuple(small[k]), need[k], (up, down), side)] = None
    return cuts


def _cut(
    problem: Problem,
    cell: tuple[int, int],
    need: float,
    ways: tuple[Floats, Floats],
    side: Sequence[Bools],
) -> _Cut:
    """Return what it takes for a small count to move: more across the cut than there is."""
    up, down = ways
    rows, columns = side
    across = np.where(~rows[:, None] & columns, np.minimum(down, need), 0.0)
    across += np.where(rows[:, None] & ~columns, np.minimum(up, need), 0.0)
    across[cell] = 0.0
    lacking = need - across[problem.is_open].sum()
    weights = np.minimum(across[problem.is_candidate] / lacking, 1.0)
    places = np.flatnonzero(weights)
    return _Cut(places, weights[places])


def _made_safe(problem: Problem, needs: tuple[Floats, Floats], chosen: Bools) -> Bools:
    """Return the choice with the cheapest cells of each cut that it breaks, until none is."""
    chosen, cost = chosen.copy(), problem.cost[problem.is_candidate]
    while broken := _broken(problem, needs, chosen):
        for cut in broken:
            order = np.argsort(cost[cut.places] / cut.weights, kind="stable")
            held = float(cut.weights @ chosen[cut.places])
            for at in order:
                if held >= 1:
                    break
                if not chosen[cut.places[at]]:
                    chosen[cut.places[at]] = True
                    held += float(cut.weights[at])
    return chosen
