"""From text to time, said once, in SQL: what is meant, and how exactly.

A time with an offset keeps its own wall clock ("9:58:49 +02:00" is two minutes to ten where it
happened). Only ``Z`` and ``+00:00`` mean UTC, and are turned into Swedish wall clock: no Swedish
clock ever shows that offset, so such a time can only have been written by a machine.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

MINUTE, DAY, WEEK, MONTH, YEAR = range(5)
# There is no word for the week among the levels: a week is shown as coarse as a month.
LEVEL_NAMES = {MINUTE: "minute", DAY: "day", WEEK: "month", MONTH: "month", YEAR: "year"}

_CLOCKS = ("%H:%M:%S", "%H:%M", "%H.%M", "%H:%M:%S.%f", "%H.%M.%S", "%I:%M:%S %p", "%I:%M %p")
_DATES = ("%Y-%m-%d", "%Y/%m/%d", "%d.%m.%Y")
_DAY_FIRST = ("%d/%m/%Y", "%d-%m-%Y")
_MONTH_FIRST = ("%m/%d/%Y", "%m-%d-%Y")
_OFFSET = r"\s*([+-]\d\d(:?\d\d)?|[Zz])$"
_UTC = r"([Zz]|[+-]00(:?00)?)$"
_TWO_NUMBERS = r"^(\d{1,2})[/-](\d{1,2})[/-]\d{4}"
# Plain instants are by far the commonest; they are told apart by length and tried first.
_PLAIN = {19: "%Y-%m-%d %H:%M:%S", 16: "%Y-%m-%d %H:%M"}
_SHORTEST_INSTANT = 11  # signs: a date of eight to ten, and something more
_EARLIEST, _LATEST = "TIMESTAMP '1900-01-01'", "TIMESTAMP '2100-12-31'"


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a time: SQL that gives a timestamp or NULL, and its exactness."""

    level: int
    sql: str


def readings(text: str, *, is_day_first: bool) -> tuple[Reading, ...]:
    """Return the ways to read the column `text`, in the order they are tried."""
    dates = _DATES + (_DAY_FIRST if is_day_first else _MONTH_FIRST)
    return (
        Reading(MINUTE, _plain(text)),
        Reading(MINUTE, _instant(text, dates)),
        Reading(DAY, f"try_strptime({text}, {_list(dates)})"),
        Reading(DAY, _where(text, r"\d{8}", f"try_strptime({text}, '%Y%m%d')")),
        Reading(DAY, _where(text, r"[2-7]\d{4}", _excel(text))),
        Reading(MINUTE, _where(text, r"[2-7]\d{4}[.,]\d+", _excel(text))),
        Reading(WEEK, _where(text, r"\d{4}-?[WwVv]\d{1,2}", _week(text))),
        Reading(MONTH, _where(text, r"\d{4}[-/Mm]?\d{2}", _month(text))),
        Reading(YEAR, _where(text, r"\d{4}", f"try_strptime({text}, '%Y')")),
    )


def in_layers(source: str, name: str, *, is_day_first: bool) -> str:
    """Return SQL that adds `<name>_at` and `<name>_level` to `source`, read from its `name`.

    Each way of reading is a layer of its own and works only on what is still unread, so that a
    column of plain instants costs one attempt a row.
    """
    ways = readings(name, is_day_first=is_day_first)
    sql = source
    for place, way in enumerate(ways):
        unread = " AND ".join(f"{name}_{earlier} IS NULL" for earlier in range(place)) or "true"
        attempt = f"CASE WHEN {unread} THEN {way.sql} END" if place else way.sql
        sql = f"SELECT *, {attempt} AS {name}_{place} FROM ({sql})"
    tried = [f"{name}_{place}" for place in range(len(ways))]
    levels = " ".join(
        f"WHEN {column} IS NOT NULL THEN {way.level}"
        for column, way in zip(tried, ways, strict=True)
    )
    return (
        f"SELECT * EXCLUDE ({', '.join(tried)}), coalesce({', '.join(tried)}) AS {name}_at, "
        f"CAST(CASE {levels} ELSE {MINUTE} END AS UTINYINT) AS {name}_level FROM ({sql})"
    )


def is_bad(name: str) -> str:
    """Return SQL for whether no time, or an impossible one, was read."""
    return f"({name}_at IS NULL OR {name}_at NOT BETWEEN {_EARLIEST} AND {_LATEST})"


def odd(text: str) -> str:
    """Return SQL for a time that is not plainly `2026-11-24`, with or without a clock, or NULL.

    Only such ones need a closer look, and in most files there are none.
    """
    return (
        f"CASE WHEN {text}[5] = '-' AND (length({text}) = 10 "
        f"OR (length({text}) IN (16, 19) AND {text}[14] = ':')) THEN NULL ELSE {text} END"
    )


def n_in_utc(text: str) -> str:
    """Return SQL that counts the times that say they are UTC."""
    return f"count(*) FILTER ({_is_utc(text)})"


def order_counts(text: str) -> tuple[str, str, str]:
    """Return SQL that counts dates that must be day first, month first, and may be either."""
    first = f"try_cast(regexp_extract({text}, '{_TWO_NUMBERS}', 1) AS INTEGER)"
    second = f"try_cast(regexp_extract({text}, '{_TWO_NUMBERS}', 2) AS INTEGER)"
    return (
        f"count(*) FILTER ({first} > 12 AND {second} <= 12)",
        f"count(*) FILTER ({second} > 12 AND {first} <= 12)",
        f"count(*) FILTER ({first} <= 12 AND {second} <= 12)",
    )


def last_moments(starts: NDArray[np.datetime64], levels: NDArray[np.uint8]) -> NDArray[Any]:
    """Return the last second that each time may mean; `starts` itself where all are exact."""
    if not np.any(levels):
        return starts
    ends = starts.copy()
    for level, (unit, step) in _SPANS.items():
        chosen = levels == level
        following = starts[chosen].astype(f"datetime64[{unit}]") + np.timedelta64(step, unit)
        ends[chosen] = following.astype("datetime64[s]") - np.timedelta64(1, "s")
    return ends


_SPANS: dict[int, tuple[Literal["D", "M", "Y"], int]] = {
    DAY: ("D", 1),
    WEEK: ("D", 7),
    MONTH: ("M", 1),
    YEAR: ("Y", 1),
}


def coarsest(levels: NDArray[np.uint8]) -> str:
    """Return the name of the coarsest level among the rows."""
    return LEVEL_NAMES[int(levels.max())] if len(levels) else LEVEL_NAMES[MINUTE]


def _plain(text: str) -> str:
    """Return SQL that reads `2026-11-24 21:30`, with seconds or not, blank or T between."""
    cases = " ".join(
        f"WHEN {length} THEN try_strptime(replace({text}, 'T', ' '), '{form}')"
        for length, form in _PLAIN.items()
    )
    return f"CASE length({text}) {cases} END"


def _instant(text: str, dates: tuple[str, ...]) -> str:
    forms = _list(f"{date}{mark}{clock}" for date in dates for mark in " T" for clock in _CLOCKS)
    local = f"try_strptime(regexp_replace({text}, '{_OFFSET}', ''), {forms})"
    in_sweden = f"({local} AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/Stockholm')"
    return (
        f"CASE WHEN length({text}) < {_SHORTEST_INSTANT} THEN NULL "
        f"WHEN {_is_utc(text)} THEN {in_sweden} ELSE {local} END"
    )


def _is_utc(text: str) -> str:
    return f"(length({text}) > {_SHORTEST_INSTANT} AND regexp_matches({text}, ':.*{_UTC}'))"


def _where(text: str, pattern: str, sql: str) -> str:
    return f"CASE WHEN regexp_full_match({text}, '{pattern}') THEN {sql} END"


def _excel(text: str) -> str:
    seconds = f"round(try_cast(replace({text}, ',', '.') AS DOUBLE) * 86400)"
    return f"(TIMESTAMP '1899-12-30' + to_seconds(CAST({seconds} AS BIGINT)))"


def _week(text: str) -> str:
    monday = f"regexp_replace({text}, '^(\\d{{4}})-?[WwVv](\\d{{1,2}})$', '\\1-W\\2-1')"
    return f"try_strptime({monday}, '%G-W%V-%u')"


def _month(text: str) -> str:
    return f"try_strptime(regexp_replace({text}, '[-/Mm]', ''), '%Y%m')"


def _list(forms: Iterable[str]) -> str:
    return "[" + ", ".join(f"'{form}'" for form in forms) + "]"
