"""What there is to choose among: categories, sources, and how far the events reach."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from lykta.domain.events.models import AREAS, COUNT, READ, Category, Source
from lykta.infrastructure.access import Reach, require, visible_sql
from lykta.infrastructure.columns import selectors as columns

EPOCH = date(1970, 1, 1)
MIRROR = "events"


@dataclass(frozen=True, slots=True)
class Known:
    """From which day to which events are known, and how many."""

    n_events: int
    first_day: date | None
    last_day: date | None


def categories(reach: Reach) -> list[Category]:
    """Return every category, each under its parent."""
    require(reach, COUNT)
    rows = list(Category.objects.select_related("parent"))
    roots = [row for row in rows if row.parent_id is None]
    return [each for root in roots for each in _family(root, rows)]


def sources(reach: Reach) -> list[Source]:
    """Return every source of events."""
    require(reach, COUNT)
    return list(Source.objects.order_by("name"))


def kinds_of(category: int, rows: Iterable[Category]) -> frozenset[int]:
    """Return a category and those under it."""
    found = {category}
    while more := {row.pk for row in rows if row.parent_id in found} - found:
        found |= more
    return frozenset(found)


def known(reach: Reach, *, as_of: date) -> Known:
    """Return how far the events within reach go, up to a day."""
    require(reach, COUNT)
    found = columns.ask(
        MIRROR,
        "SELECT sum(count)::BIGINT AS n, min(first_day) AS low, max(latest_day) AS high "
        f"FROM {{table}} WHERE first_day <= ? AND {covered(reach)}",
        [day_number(as_of)],
        of="weeks",
    )
    n, low, high = (found[name].tolist()[0] for name in ("n", "low", "high"))
    if not n:
        return Known(0, None, None)
    return Known(int(n), as_date(low), min(as_date(high), as_of))


def covered(reach: Reach) -> str:
    """Return the condition in SQL that an event is within reach."""
    return visible_sql(reach, right=COUNT, area=AREAS, organisation="organisation")


def audience(reach: Reach) -> str:
    """Return as which kind of reader someone sees the events."""
    return "staff" if reach.may(READ) else "partners"


def day_number(day: date) -> int:
    """Return a day as days since 1970-01-01."""
    return (day - EPOCH).days


def as_date(number: int) -> date:
    """Return the day of days since 1970-01-01."""
    return EPOCH + timedelta(days=int(number))


def _family(root: Category, rows: list[Category]) -> list[Category]:
    children = [row for row in rows if row.parent_id == root.pk]
    return [root, *(each for child in children for each in _family(child, rows))]
