"""The three weeks since the demo's five years end: those of two years before, told anew.

They make the demo's Tuesday morning: a picture to freeze, and weeks that a meeting has dealt with.
No truth is planted or sought in them.
"""

from dataclasses import replace

import numpy as np

from lykta.demo.worlds import World

# Whole weeks: every hour keeps its weekday.
TWO_YEARS = np.timedelta64(104 * 7, "D")
FIRST_DAY, AFTER_LAST = np.datetime64("2026-11-01"), np.datetime64("2026-11-23")


def world(before: World) -> World:
    """Return the same municipality with what happened in it lately."""
    events = before.events
    is_then = (events.starts_at >= FIRST_DAY - TWO_YEARS) & (
        events.ends_at < AFTER_LAST - TWO_YEARS
    )
    then = events.take(is_then)
    return replace(
        before,
        events=replace(
            then, starts_at=then.starts_at + TWO_YEARS, ends_at=then.ends_at + TWO_YEARS
        ),
    )
