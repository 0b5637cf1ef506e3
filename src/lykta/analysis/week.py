"""One week of counts: how each series has changed, and at which hours of the week it recurs."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from lykta.analysis import change
from lykta.analysis.change import Changes, changes, row_dispersion
from lykta.analysis.multiplicity import q_values

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]
WEEKS_BEFORE = 48
# With fewer weeks before there is nothing to compare with.
FEWEST_BEFORE = 4
# However unusual, fewer are never called a rise.
FEWEST_FOR_RISE = 5
_A_YEAR = 52
_DAYS, _BLOCK_H = 7, 4


@dataclass(frozen=True, slots=True)
class WeekChanges:
    """The last week of n series against what was before it; nan where that is not there."""

    changes: Changes
    expected: Floats  # from the weeks before
    previous: Floats  # the week before
    mean_4: Floats  # of the four weeks before
    year_ago: Floats  # 52 weeks before


@dataclass(frozen=True, slots=True)
class Recurrence:
    """Four hours of a weekday that hold more than an even spread would."""

    weekday: int  # 0 is Monday
    first_hour: int
    count: int
    n: int  # of how many
    expected: float
    q: float


def week_changes(
    counts: Counts, *, year_share: Floats, sway: Counts | None = None, alpha: float = 0.05
) -> WeekChanges:
    """Return how the last week of each series differs from the weeks before it.

    counts : (n, t) events per series and week, the last week last, only weeks that are known.
    year_share : (t,) when in the year each week begins, 0 to 1.
    sway : (m, t) series whose dispersion all rows are given, where they are too thin to show it
        themselves: that of their sum.
    A row is called more only from five events on. The tests, their false-discovery rate and what
    they do under noise are those of `change.changes`.
    """
    n, t = counts.shape
    if t < 1 or len(year_share) != t:
        raise ValueError(f"counts have {t} weeks and year_share {len(year_share)}; both must agree")
    now, n_before = counts[:, -1], min(WEEKS_BEFORE, t - 1)
    is_known = n_before >= FEWEST_BEFORE
    is_now = np.arange(t) == t - 1
    of = counts if sway is None else sway.sum(axis=0, keepdims=True)
    phi = np.broadcast_to(row_dispersion(of, is_now, year_share=year_share), (n,))
    before = counts[:, -1 - n_before : -1].sum(axis=1)
    found = changes(
        now, before if is_known else None,
        exposure_now=1, exposure_before=max(n_before, 1), dispersion=phi, alpha=alpha,
    )  # fmt: skip
    is_small = (found.verdict == change.MORE) & (now < FEWEST_FOR_RISE)
    verdict = np.where(is_small, change.NOT_SURE, found.verdict).astype(np.int8)
    nothing = np.full(n, np.nan)
    return WeekChanges(
        changes=replace(found, verdict=verdict),
        expected=before / n_before if is_known else nothing,
        previous=counts[:, -2].astype(float) if t > 1 else nothing,
        mean_4=counts[:, -5:-1].mean(axis=1) if is_known else nothing,
        year_ago=counts[:, -1 - _A_YEAR].astype(float) if t > _A_YEAR else nothing,
    )


def recurring_hours(
    counts: Counts, *, fewest: int = 5, most_false: float = 0.05
) -> list[Recurrence]:
    """Return the four-hour blocks of the week that hold more than their even share, most first.

    counts : (168,) events per hour of the week, Monday 00-01 first.
    fewest : a block with fewer is not told.  most_false : the false-discovery rate.
    Exact binomial tests of each block against 1/42 of all; they say where the week is uneven, not
    that a block has changed. Needs no more than the counts themselves.
    """
    from scipy.special import betainc

    if counts.shape != (_DAYS * 24,):
        raise ValueError(f"counts has the shape {counts.shape}, not (168,)")
    blocks = counts.reshape(-1, _BLOCK_H).sum(axis=1)
    n, per_day = int(counts.sum()), 24 // _BLOCK_H
    # The chance of at least so many of n, each with the same share.
    p = np.where(blocks > 0, betainc(np.maximum(blocks, 1), n - blocks + 1, 1 / len(blocks)), 1.0)
    q = q_values(p)
    told = [k for k in np.flatnonzero(q <= most_false) if blocks[k] >= fewest]
    return [
        Recurrence(
            weekday=int(k) // per_day,
            first_hour=int(k) % per_day * _BLOCK_H,
            count=int(blocks[k]),
            n=n,
            expected=n / len(blocks),
            q=float(q[k]),
        )
        for k in sorted(told, key=lambda each: (-blocks[each], each))
    ]
