"""Periods as people write them, and the one to take when none is given."""

import re
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from lykta.analysis.spans import covered_months
from lykta.infrastructure.errors import BadPeriod

EPOCH = date(1970, 1, 1)
MOST_MONTHS = 12
# A month is whole if its last event is no further from its end than this, days.
SLACK_DAYS = 2
WAYS = "2026, 2026-05, 2025-11..2026-10, 2026-v18, 2026-v44..2026-v47 eller 2026-05-01..2026-05-14"


def parse_period(text: str) -> tuple[int, int]:
    """Return the first and last day of a period, as days since 1970-01-01.

    >>> parse_period("1970-01")
    (0, 30)
    """
    parts = text.strip().split("..")
    if len(parts) > 2:
        raise _bad(text)
    first, last = _span(parts[0], text)[0], _span(parts[-1], text)[1]
    if last < first:
        raise BadPeriod(f"Perioden ”{text}” slutar innan den börjar. Vänd på den.")
    return (first - EPOCH).days, (last - EPOCH).days


def default_period(
    day: NDArray[np.int64], count: NDArray[np.int64], *, is_daily: bool
) -> tuple[int, int]:
    """Return the latest months in a row that hold events, at most twelve, the last one whole.

    day, count : (n,) days since 1970-01-01 and events on them.
    is_daily : False where only the month is known, so that its last day says nothing.
    """
    held = day[count > 0]
    if not len(held):
        raise BadPeriod("Filen har inga händelser att göra en bild av.")
    months = covered_months(day, count).astype("M8[M]")
    last_day = held.max()
    end = int((months[-1] + 1).astype("M8[D]").astype(int)) - 1
    if is_daily and last_day < end - SLACK_DAYS and len(months) > 1:
        months = months[:-1]  # the latest month is still going on
    gaps = np.flatnonzero(np.diff(months.astype(int)) > 1)
    run = months[gaps[-1] + 1 :] if len(gaps) else months
    run = run[-MOST_MONTHS:]
    first = int(run[0].astype("M8[D]").astype(int))
    return first, int((run[-1] + 1).astype("M8[D]").astype(int)) - 1


def _span(text: str, whole: str) -> tuple[date, date]:
    """Return the first and last date of a year, month, week or day."""
    try:
        if re.fullmatch(r"\d{4}", text):
            return date(int(text), 1, 1), date(int(text), 12, 31)
        if re.fullmatch(r"\d{4}-\d{2}", text):
            year, month = map(int, text.split("-"))
            following = date(year + month // 12, month % 12 + 1, 1)
            return date(year, month, 1), following - timedelta(days=1)
        if found := re.fullmatch(r"(\d{4})-?[vVwW](\d{1,2})", text):
            monday = date.fromisocalendar(int(found[1]), int(found[2]), 1)
            return monday, monday + timedelta(days=6)
        day = date.fromisoformat(text)
    except ValueError:
        raise _bad(whole) from None
    return day, day


def _bad(text: str) -> BadPeriod:
    return BadPeriod(f"Perioden ”{text}” går inte att läsa. Skriv till exempel {WAYS}.")
