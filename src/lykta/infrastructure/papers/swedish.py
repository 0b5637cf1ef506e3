"""Numbers, spans, dates and weeks as words in Swedish: decimal comma, and no break inside a number.

Missing is written out, never 0 and never blank.
"""

import math
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

MISSING = "uppgift saknas"
NBSP = "\N{NO-BREAK SPACE}"
DASH = "\N{WORD JOINER}\N{EN DASH}\N{WORD JOINER}"
MINUS = "\N{MINUS SIGN}"
MONTHS = ("jan", "feb", "mars", "apr", "maj", "juni", "juli", "aug", "sep", "okt", "nov", "dec")
WEEKDAYS = ("mån", "tis", "ons", "tor", "fre", "lör", "sön")


def is_missing(value: float | None) -> bool:
    """Return whether there is no value: None or not a number."""
    return value is None or math.isnan(value)


def number(value: float | None, decimals: int = 0) -> str:
    """Return a number in words: ``2 707``, ``1,03``, ``−4``; a half is rounded away from zero."""
    if value is None or math.isnan(value):
        return MISSING
    if math.isinf(value):
        return "∞" if value > 0 else f"{MINUS}∞"
    step = Decimal(1).scaleb(-decimals)
    rounded = Decimal(repr(float(value))).quantize(step, ROUND_HALF_UP)
    text = f"{abs(rounded):,f}".replace(",", NBSP).replace(".", ",")
    return MINUS + text if rounded < 0 else text


def span(low: float | None, high: float | None, decimals: int = 1) -> str:
    """Return a span in words: ``1,3–3,5``, and ``−0,4 till 1,2`` where a minus stands in it."""
    if is_missing(low) or is_missing(high):
        return MISSING
    ends = number(low, decimals), number(high, decimals)
    between = f"{NBSP}till{NBSP}" if any(end.startswith(MINUS) for end in ends) else DASH
    return between.join(ends)


def interval(value: float | None, low: float | None, high: float | None, decimals: int = 1) -> str:
    """Return a value with its interval in words: ``2,2 (1,3–3,5)``, with no break inside."""
    if is_missing(value):
        return MISSING
    if is_missing(low) or is_missing(high):
        return f"{number(value, decimals)}{NBSP}(intervall{NBSP}saknas)"
    return f"{number(value, decimals)}{NBSP}({span(low, high, decimals)})"


def percent(share: float | None, decimals: int = 0) -> str:
    """Return a share (0 to 1) in per cent: ``31 %``."""
    if share is None or math.isnan(share):
        return MISSING
    return f"{number(100 * share, decimals)}{NBSP}%"


def percent_interval(
    share: float | None, low: float | None, high: float | None, decimals: int = 0
) -> str:
    """Return a share (0 to 1) with its interval in per cent: ``31 % (29–33)``."""
    if share is None or low is None or high is None or is_missing(low) or is_missing(high):
        return percent(share, decimals)
    return f"{percent(share, decimals)}{NBSP}({span(100 * low, 100 * high, decimals)})"


def probability(value: float | None) -> str:
    """Return a p value in words: ``0,61``, ``0,004``, and ``< 0,001`` for what is smaller."""
    if value is None or math.isnan(value):
        return MISSING
    if value < 0.001:
        return f"<{NBSP}0,001"
    return number(value, 3 if value < 0.1 else 2)


def day(on: date) -> str:
    """Return a date in words: ``24 nov 2026``."""
    return f"{on.day}{NBSP}{MONTHS[on.month - 1]}{NBSP}{on.year}"


def weekday(on: date) -> str:
    """Return a date with its day of the week in words: ``tis 24 nov``."""
    return f"{WEEKDAYS[on.weekday()]}{NBSP}{on.day}{NBSP}{MONTHS[on.month - 1]}"


def month(on: date) -> str:
    """Return a month in words: ``nov 2026``."""
    return f"{MONTHS[on.month - 1]}{NBSP}{on.year}"


def months(first: date, last: date) -> str:
    """Return a period of whole months in words: ``nov 2025–okt 2026``."""
    return f"{month(first)}{DASH}{month(last)}"


def week(on: date) -> str:
    """Return the ISO week that a date falls in: ``v. 47``."""
    return f"v.{NBSP}{on.isocalendar().week}"
