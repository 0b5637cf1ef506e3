"""Events for machines: counts of weeks against what was expected, the same as on Läget."""

import math
from datetime import date, timedelta
from typing import Any, Literal

from ninja import Query, Router, Schema

from lykta.analysis import change
from lykta.domain.events import selectors
from lykta.domain.events.rules import Reliability
from lykta.domain.events.selectors import Division
from lykta.domain.places import selectors as places
from lykta.infrastructure.access import Refused, Request
from lykta.infrastructure.refusals import REFUSALS

router = Router(tags=["läget"])
VERDICTS = {
    change.MORE: "more", change.FEWER: "fewer", change.NOT_SURE: "not_sure",
    change.CANNOT_TELL: "cannot_tell", change.HIDDEN: "hidden",
}  # fmt: skip


class AskedIn(Schema):
    """What stands in the address: a day in the first week and one in the last, and filters."""

    fran: date
    till: date
    kategori: str = ""
    omrade: str = ""
    kalla: int | None = None
    tillforlitlighet: Reliability | None = None
    mot: Literal["fore", "fjol"] = "fore"


class RowOut(Schema):
    """One row against what was expected of it; null where nothing may or can be said."""

    code: str
    name: str
    count: int | None
    expected: float | None
    ratio: float | None
    low: float | None
    high: float | None
    verdict: str


class SituationOut(Schema):
    """Some whole weeks of events."""

    first_day: date
    last_day: date
    weeks_compared_with: int
    total: RowOut
    districts: list[RowOut]
    categories: list[RowOut]
    weeks: list[dict[str, Any]]


@router.get(
    "", response={200: SituationOut, **REFUSALS},
    summary="Läget: veckor mot vad som väntades",
)  # fmt: skip
def situation(request: Request, said: Query[AskedIn]) -> dict[str, Any]:
    """Return the whole weeks from that of one day to that of another, at most two years."""
    reach, day = request.reach, request.today
    there = selectors.known(reach, as_of=day)
    rows = places.areas(reach, as_of=day)
    categories = selectors.categories(reach)
    first, last = (each - timedelta(days=each.weekday()) for each in (said.fran, said.till))
    is_whole = first <= last <= day - timedelta(days=day.isoweekday() % 7 + 6)
    if there.first_day is None or not is_whole or (last - first).days > 7 * 104:
        raise Refused
    asked = selectors.Asked(
        first_week=first, last_week=last,
        category=_key({row.code: row.pk for row in categories}, said.kategori),
        area=_key({row.code: row.id for row in rows}, said.omrade),
        source=said.kalla, reliability=said.tillforlitlighet,
        is_against_last_year=said.mot == "fjol",
    )  # fmt: skip
    found = selectors.situation(reach, asked, as_of=day, rows=rows, there=there)
    areas = {row.id: (row.code, row.name) for row in rows}
    kinds = {row.pk: (row.code, row.name) for row in categories}
    return {
        "first_day": first,
        "last_day": asked.last_day,
        "weeks_compared_with": len(found.before),
        "total": _rows(found.total, {0: ("", "")})[0],
        "districts": _rows(found.districts, areas),
        "categories": _rows(found.categories, kinds),
        "weeks": [
            {"monday": monday.isoformat(), "count": int(n)}
            for monday, n in zip(found.weeks.mondays, found.weeks.counts, strict=True)
        ],
    }


def _key(known: dict[str, int], code: str) -> int | None:
    if code and code not in known:
        raise Refused
    return known.get(code)


def _rows(division: Division, names: dict[int, tuple[str, str]]) -> list[dict[str, Any]]:
    changes = division.changes
    return [
        {
            "code": names[key][0],
            "name": names[key][1],
            "count": _plain(changes.count[n]),
            "expected": _plain(division.expected[n]),
            **{name: _plain(getattr(changes, name)[n]) for name in ("ratio", "low", "high")},
            "verdict": VERDICTS[int(changes.verdict[n])],
        }
        for n, key in enumerate(division.keys)
    ]


def _plain(value: float) -> float | None:
    """Return a number, None for what is hidden, missing or without end."""
    return float(value) if math.isfinite(value) else None
