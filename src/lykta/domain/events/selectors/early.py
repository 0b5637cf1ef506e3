"""Early warning: what the last week holds beyond what the same time of the years before foretells.

Läget sets some weeks against their past; this asks of the last of them alone, series by series, so
that what begins in one place or of one kind is seen before it shows in the whole.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from lykta.analysis import FLEXIBLE_2013, farrington
from lykta.domain.events.selectors.counting import monday

Longs = NDArray[np.int64]
Subject = Literal["area", "category"]

# Three years are counted, so the two before the last are what it is judged by.
FORM = replace(FLEXIBLE_2013, years_back=2, threshold="predictive")
ALPHA = 0.05
# Of all the series that are said to be over their bound, about so many may be so by chance.
MOST_FALSE = 0.05
# However unusual, fewer are never called a rise.
FEWEST = 5
_SHORTEST = int(FORM.baseline()[0].max()) + 1


@dataclass(frozen=True, slots=True)
class Rise:
    """A series whose last week lies over its bound."""

    subject: Subject
    key: int
    count: int
    expected: float
    upper_bound: float


@dataclass(frozen=True, slots=True)
class EarlyWarning:
    """What may be said of the last week of many series."""

    week: date  # its Monday
    n_judged: int  # series that held enough to be judged
    rises: tuple[Rise, ...]


def early_warning(
    weeks: range, series: Sequence[tuple[Subject, Sequence[int], Longs]]
) -> EarlyWarning | None:
    """Return which series rise in the last week; None where the past is too short to say.

    weeks : their numbers, of which the counts are.  series : keys and counts (keys, weeks).
    """
    if len(weeks) <= _SHORTEST:
        return None
    named = [(subject, key) for subject, keys, _counts in series for key in keys]
    counts = np.concatenate([part.reshape(-1, len(weeks)) for _subject, _keys, part in series])
    if not len(counts):
        return EarlyWarning(monday(weeks[-1]), 0, ())
    found = farrington(counts, form=FORM, alpha=ALPHA)
    is_rise = (found.q_value <= MOST_FALSE) & (found.count >= FEWEST) & found.is_alarm
    order = sorted(np.flatnonzero(is_rise), key=lambda place: float(found.q_value[place]))
    return EarlyWarning(
        monday(weeks[-1]),
        int(np.isfinite(found.p_upper).sum()),
        tuple(
            Rise(
                *named[place],
                count=int(found.count[place]),
                expected=float(found.expected[place]),
                upper_bound=float(found.upper_bound[place]),
            )
            for place in order
        ),
    )
