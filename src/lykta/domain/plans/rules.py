"""When two pictures may be set side by side, what differs, and which week a text names."""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

# Who a picture may be for, and so how fine it is.
AUDIENCES = ("partners", "public")
# Two machines may round the last digits of a sum differently; no reader could see it.
SAME = 1e-9
# What says how a picture was made, and not what it found.
_NOT_FOUND = ("version",)
_PICTOGRAMS = 0x2190  # arrows, signs and emoji, which the fonts of the papers lack
_WEEK = re.compile(r"(\d{4})-?[vVwW](\d{1,2})")


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure that is not what it was: where it stands, and both values."""

    path: str  # "areas.count[2]"
    before: Any
    after: Any


def differences(before: Any, after: Any, path: str = "") -> Iterator[Difference]:
    """Yield every place where two sets of figures are not the same."""
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for key in dict.fromkeys([*before, *after]):
            inner = f"{path}.{key}" if path else str(key)
            if inner not in _NOT_FOUND:
                yield from differences(before.get(key), after.get(key), inner)
    elif _is_list(before) and _is_list(after) and len(before) == len(after):
        for n, (one, other) in enumerate(zip(before, after, strict=True)):
            yield from differences(one, other, f"{path}[{n}]")
    elif not _is_same(before, after):
        yield Difference(path, before, after)


def hindrances(one: Mapping[str, Any], other: Mapping[str, Any]) -> list[str]:
    """Return the kinds of thing by which two pictures cannot be compared; none if they can.

    "audience", "areas", "sources" and "selection", from the parameters of the two.
    """

    def areas(parameters: Mapping[str, Any]) -> list[tuple[str, str]]:
        return sorted((each["code"], each["border_sha256"]) for each in parameters["areas"])

    def sources(parameters: Mapping[str, Any]) -> set[str]:
        return {each["name"] for each in parameters["sources"]}

    tests = {
        "audience": one["audience"] == other["audience"],
        "areas": areas(one) == areas(other),
        "sources": sources(one) == sources(other),
        "selection": one["filters"] == other["filters"],
    }
    return [name for name, is_same in tests.items() if not is_same]


def is_printable(title: str) -> bool:
    """Return whether a title says something, in letters and signs that every form can print."""
    return bool(title.strip()) and all(c.isprintable() and ord(c) < _PICTOGRAMS for c in title)


def is_overlapping(one: Sequence[date], other: Sequence[date]) -> bool:
    """Return whether two periods share a day, so that they hold some of the same events."""
    return one[0] <= other[1] and other[0] <= one[1]


def week_of(text: str) -> tuple[date, date] | None:
    """Return the Monday and Sunday of an ISO week as 2026-v44 or 2026-W44; None if it is none."""
    found = _WEEK.fullmatch(text.strip())
    if not found:
        return None
    try:
        monday = date.fromisocalendar(int(found[1]), int(found[2]), 1)
    except ValueError:
        return None
    return monday, monday + timedelta(days=6)


def _is_list(value: Any) -> bool:
    return isinstance(value, list | tuple)


def _is_same(before: Any, after: Any) -> bool:
    if isinstance(before, float | int) and isinstance(after, float | int):
        return math.isclose(before, after, rel_tol=SAME, abs_tol=SAME)
    return bool(before == after)
