"""Words that several parts of the paper share: periods, verdicts, lists, order."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Literal

import numpy as np

from lykta.analysis import change
from lykta.analysis.picture import Picture
from lykta.infrastructure.papers.paper import Interval, Verdict
from lykta.infrastructure.papers.swedish import (
    DASH,
    NBSP,
    day,
    interval,
    month,
    months,
    number,
    week,
)

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
Ring = Literal["expected", "outside", "unknown"]
EPOCH = date(1970, 1, 1)
# Wider ratios than this are drawn at the edge of their cell; the figures beside them are whole.
WIDEST_DRAWN = 4.0

CHANGE_WORDS: dict[int, tuple[str, Ring]] = {
    change.MORE: ("Fler", "outside"),
    change.FEWER: ("Färre", "outside"),
    change.NOT_SURE: ("Ingen säkerställd", "expected"),
    change.CANNOT_TELL: ("Kan inte avgöras", "unknown"),
    change.HIDDEN: ("Visas inte", "unknown"),
}
# Å, Ä and Ö come last in Swedish, in that order; V and W apart.
LAST_LETTERS = str.maketrans({"å": "{", "ä": "|", "æ": "|", "ö": "}", "ø": "}"})


def as_date(day_number: int) -> date:
    """Return the date of days since 1970-01-01."""
    return EPOCH + timedelta(days=int(day_number))


def period(first_day: int, last_day: int) -> str:
    """Return a period in words: "nov 2025–okt 2026", "2022", "4 maj 2026–9 juni 2026"."""
    first, last = as_date(first_day), as_date(last_day)
    is_whole = first.day == 1 and (last + timedelta(days=1)).day == 1
    if not is_whole:
        return f"{day(first)}{DASH}{day(last)}"
    if first.year < last.year:
        return months(first, last)
    if (first.month, last.month) == (1, 12):
        return str(first.year)
    if first.month == last.month:
        return month(first)
    return f"{month(first).split(NBSP)[0]}{DASH}{month(last)}"


def short_period(first_day: int, last_day: int) -> str:
    """Return a period as a column heading: "2025/26", "2022", or as in `period`."""
    first, last = as_date(first_day), as_date(last_day)
    is_year = (last - first).days >= 364 and (last + timedelta(days=1)).day == first.day == 1
    if not is_year:
        return period(first_day, last_day)
    return str(first.year) if first.year == last.year else f"{first.year}/{last.year % 100:02d}"


def count(value: float, *, is_small: bool = False, is_least: bool = False) -> str:
    """Return a count; "minst" before a lower bound; a hidden one as "1–4" or in words."""
    if not np.isnan(value):
        return f"minst{NBSP}{number(value)}" if is_least else number(value)
    return f"1{DASH}4" if is_small else "visas inte"


def verdict(kind: int) -> Verdict:
    """Return what may be said of a change."""
    words, ring = CHANGE_WORDS[int(kind)]
    return Verdict(words, ring)


def ratio(value: float, low: float, high: float) -> str:
    """Return a ratio with its interval, two decimals; a dash where there is none."""
    return "–" if np.isnan(value) else interval(value, low, high, 2)


def drawn(
    value: float, low: float, high: float, *, widest: float, is_certain: bool
) -> Interval | str:
    """Return a ratio to be drawn on a log scale that ends at `widest`; "" where there is none."""
    if np.isnan(value) or not np.isfinite(value):
        return ""
    edges = (1 / widest, widest)
    low, middle, high = (float(np.clip(v, *edges)) for v in (low, value, high))
    return Interval(low, middle, high, is_outside=is_certain)


def widest(lows: Iterable[float], highs: Iterable[float]) -> float:
    """Return the end of a log scale that holds these intervals, as a round number."""
    ends = np.concatenate((1 / np.asarray(list(lows)), np.asarray(list(highs))))
    ends = ends[np.isfinite(ends)]
    top = float(ends.max(initial=1.25))
    return next((step for step in (1.25, 1.5, 2.0, 3.0) if top <= step), WIDEST_DRAWN)


def is_sway_unknown(picture: Picture) -> bool:
    """Return whether two spans are compared that are too short to tell how counts sway."""
    n_periods = picture.series.periods.n - picture.series.n_baseline
    return picture.before_first_day is not None and 2 * n_periods < change.FEWEST_FOR_DISPERSION


def lower_bound(picture: Picture) -> str:
    """Return what to add to a caption whose counts lack what the source withholds."""
    return ", minst så många" if picture.coverage.n_withheld else ""


def listed(words: Sequence[str]) -> str:
    """Return words as a list in a sentence: "A, B och C"."""
    if len(words) <= 1:
        return "".join(words)
    return f"{', '.join(words[:-1])} och {words[-1]}"


def in_order(names: Sequence[str]) -> list[int]:
    """Return the positions of names in Swedish alphabetical order."""
    return sorted(range(len(names)), key=lambda i: _sort_key(names[i]))


def _sort_key(name: str) -> list[tuple[int, int, str]]:
    """Return a key that sorts letters the Swedish way and numbers by size."""
    parts = re.findall(r"\d+|\D+", name.casefold().translate(LAST_LETTERS))
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts]


def capital(text: str) -> str:
    """Return the text with its first letter as a capital."""
    return text[:1].upper() + text[1:]


def rate(value: float, low: float, high: float) -> str:
    """Return a rate with its interval, one decimal; a dash where there is none."""
    return "–" if np.isnan(value) else interval(value, low, high, 1)


def date_of(instant: str) -> date:
    """Return the date of an ISO instant."""
    return datetime.fromisoformat(instant).date()


def month_name(start: date) -> str:
    """Return a month as a label in a chart: "jan 26", and elsewhere "feb"."""
    return month(start) if start.month == 1 else month(start).split(NBSP)[0]


def week_of(start: date) -> str:
    """Return the ISO week and its year: "v. 47 2026"."""
    return f"{week(start)} {start.isocalendar().year}"


def weeks(first: date, last: date) -> str:
    """Return a span of weeks: "v. 44–47 2026", "v. 51 2025–v. 2 2026"."""
    one, other = first.isocalendar(), last.isocalendar()
    if one.year == other.year:
        return f"v.{NBSP}{one.week}{DASH}{other.week} {one.year}"
    return f"{week_of(first)}{DASH}{week_of(last)}"
