"""Which category has changed in which area: every pair tried, only the certain ones told."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lykta.analysis.aggregation import tally
from lykta.analysis.change import FEWER, MORE, changes
from lykta.analysis.spans import Codes, Counts, Floats, Span

# A pair needs some events before its change is worth a test; the others are not tried at all.
FEWEST_EVENTS = 20


@dataclass(frozen=True, slots=True)
class Findings:
    """The pairs of area and category that have changed for certain, the surest first."""

    area: NDArray[np.int64]
    category: NDArray[np.int64]
    count: Counts
    before: Counts
    ratio: Floats
    low: Floats
    high: Floats
    q: Floats  # false-discovery rate over all pairs tried
    n_tried: int
    n_untold: int  # certain, but telling would give a small count away


def findings(span: Span, area: Codes, n_areas: int, category: Codes, n_categories: int) -> Findings:
    """Return the certain changes among all pairs of area and category.

    Small counts: a pair is told only if both its counts are large enough to be shown, and if
    what is then left of its area's and its category's total, now and before, is nought or large
    enough too, so that nothing small can be had by subtraction.
    """
    code = np.where((area >= 0) & (category >= 0), area * n_categories + category, -1)
    n = n_areas * n_categories
    now = span.tally(code, n)
    before = tally(np.where(span.is_before, code, -1), n, weights=span.count)
    tried = np.flatnonzero(now + before >= FEWEST_EVENTS)
    if span.before is None or span.is_partial or not len(tried):
        nothing, counts = np.empty(0), np.empty(0, np.int64)
        return Findings(counts, counts, counts, counts, nothing, nothing, nothing, nothing, 0, 0)
    place = np.full(n, -1, np.int32)
    place[tried] = np.arange(len(tried), dtype=np.int32)
    phi = span.dispersion(np.where(code >= 0, place[code], -1).astype(np.int32), len(tried))
    found = changes(now[tried], before[tried], dispersion=phi, alpha=span.question.alpha)
    certain = np.flatnonzero(np.isin(found.verdict, (MORE, FEWER)))
    # The surest limit of the change first: a ratio from nought has no size of its own.
    nearest = np.where(found.ratio > 1, found.low, 1 / found.high)[certain]
    order = certain[np.argsort(-nearest, kind="stable")]
    shape = (n_areas, n_categories)
    told = _tellable(
        tried[order], (now.reshape(shape), before.reshape(shape)), span.question.smallest_shown
    )
    chosen = order[told]
    at = tried[chosen]
    return Findings(
        at // n_categories, at % n_categories, now[at], before[at],
        found.ratio[chosen], found.low[chosen], found.high[chosen], found.q[chosen],
        len(tried), len(order) - len(chosen),
    )  # fmt: skip


def _tellable(
    pairs: NDArray[np.int64], tables: tuple[Counts, Counts], smallest_shown: int
) -> NDArray[np.bool_]:
    """Return which pairs may be told, in this order, without giving a small count away."""
    told = np.zeros(len(pairs), bool)
    left = [table.copy() for table in tables]
    for k, pair in enumerate(pairs):
        row, column = divmod(int(pair), left[0].shape[1])
        trial = [table.copy() for table in left]
        for table in trial:
            table[row, column] = 0
        rests = [rest for t in trial for rest in (t[row].sum(), t[:, column].sum())]
        own = [table[row, column] for table in tables]
        if all(v >= smallest_shown or v == 0 for v in (*own, *rests)):
            told[k], left = True, trial
    return told
