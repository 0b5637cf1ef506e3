"""Events as a file that can be read in again and changes nothing."""

import csv
import io
from collections.abc import Iterator
from datetime import date
from typing import Any

from lykta.domain.events.models import READ, Event
from lykta.domain.events.rules import OWN_ID
from lykta.domain.events.selectors.choices import categories, kinds_of
from lykta.domain.events.selectors.counting import Asked
from lykta.domain.places import selectors as places
from lykta.infrastructure.access import Reach, require

HEADER = ("id", "tidpunkt", "tidpunkt_till", "kategori", "x", "y", "område", "antal", "källa")
_FIELDS = (
    *("key", "first_day", "first_minute", "last_day", "last_minute", "category__code"),
    *("x_m", "y_m", "area__code", "listed_area__code", "local_area__code"),
    *("count", "withheld", "source__name"),
)
_CHUNK = 5_000
_FOUND = "id:"
_UNKNOWN = 1_000_000  # what the readers of files take an unknown count to be at most


def rows(reach: Reach, asked: Asked, *, as_of: date) -> Iterator[bytes]:
    """Yield the events of one source as a CSV file, piece by piece; single rows are for few."""
    require(reach, READ)
    found = Event.objects.visible_to(reach, right=READ).filter(
        source=asked.source,
        last_day__gte=asked.first_week,
        first_day__lte=min(asked.last_day, as_of),
    )
    if asked.category is not None:
        found = found.filter(category__in=kinds_of(asked.category, categories(reach)))
    if asked.reliability is not None:
        found = found.filter(reliability=asked.reliability)
    if asked.area is not None:
        inside = places.within(asked.area, as_of=as_of)
        found = (
            found.filter(area__in=inside)
            | found.filter(listed_area=asked.area)
            | found.filter(local_area=asked.area)
        )
    yield b"\xef\xbb\xbf" + _lines([HEADER])
    block: list[tuple[Any, ...]] = []
    for row in found.order_by("first_day", "pk").values_list(*_FIELDS).iterator(_CHUNK):
        block.append(_line(row))
        if len(block) == _CHUNK:
            yield _lines(block)
            block = []
    yield _lines(block)


def _line(row: tuple[Any, ...]) -> tuple[Any, ...]:
    key, first_day, first, last_day, last, category, x, y, area, listed, local, n, most, source = (
        row
    )
    starts, ends = _moment(first_day, first), _moment(last_day, last)
    has_point = x is not None
    return (
        key.removeprefix(_FOUND) if key.startswith(_FOUND) else f"{OWN_ID}{key}",
        starts,
        "" if starts == ends else ends,
        category or "",
        *((_metres(x), _metres(y)) if has_point else ("", "")),
        area or listed or local or "",
        _count(n, most),
        source,
    )


def _moment(day: date, minute: int | None) -> str:
    return str(day) if minute is None else f"{day} {minute // 60:02d}:{minute % 60:02d}"


def _count(n: int, most: int) -> int | str:
    """Return a count as files have it: "<5" where it is withheld, ".." where nothing is known."""
    if not most:
        return n
    return ".." if most >= _UNKNOWN else f"<{most + 1}"


def _metres(value: float) -> str:
    return f"{value:.2f}".replace(".", ",")


def _lines(rows: list[tuple[Any, ...]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";").writerows(rows)
    return text.getvalue().encode("utf-8")
