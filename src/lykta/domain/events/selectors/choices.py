"""What there is to choose among: categories, sources, and how far the events reach."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import islice

from django.db.models import Max

from lykta.domain.events.models import AREAS, COUNT, READ, Category, Source
from lykta.domain.partners.rules import READ_PLACES
from lykta.infrastructure.access import Confidentiality, Reach, require, visible_sql
from lykta.infrastructure.columns import selectors as columns
from lykta.infrastructure.once import once_a_page

EPOCH = date(1970, 1, 1)
MIRROR = "events"


@dataclass(frozen=True, slots=True)
class Known:
    """From which day to which events are known, and how many."""

    n_events: int
    first_day: date | None
    last_day: date | None
    has_undated: bool = False  # whether some are known only to a longer time than a week


def categories(reach: Reach) -> tuple[Category, ...]:
    """Return every category, each under its parent."""
    require(reach, COUNT)
    return _categories(category_state())


@once_a_page
def category_state() -> object:
    """Return what differs as soon as a category has been added or changed."""
    return tuple(Category.objects.aggregate(pk=Max("pk"), at=Max("changed_at")).values())


@lru_cache(maxsize=4)
def _categories(_known: object) -> tuple[Category, ...]:
    """Return the categories; every page of events asks for them, and they seldom change."""
    rows = list(Category.objects.select_related("parent"))
    children: dict[int | None, list[Category]] = {}
    for row in rows:
        children.setdefault(row.parent_id, []).append(row)

    def family(row: Category) -> list[Category]:
        return [row, *(each for child in children.get(row.pk, ()) for each in family(child))]

    return tuple(each for root in children.get(None, ()) for each in family(root))


def search(reach: Reach, text: str, *, at_most: int = 20) -> list[Category]:
    """Return the categories whose name holds a text, in Swedish or English."""
    if not text.strip() or not reach.may(COUNT):
        return []
    wanted = text.strip().casefold()
    found = (
        row
        for row in categories(reach)
        if wanted in row.name.casefold() or wanted in row.name_en.casefold()
    )
    return list(islice(found, at_most))


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
    return _known(columns.in_step(MIRROR).stamp, covered(sharing(reach)), as_of)


@lru_cache(maxsize=256)
def _known(_stamp: str, covered: str, as_of: date) -> Known:
    """Return the same; it differs only with the events, what is covered, and the day."""
    found = columns.ask(
        MIRROR,
        "SELECT sum(count)::BIGINT AS n, min(first_day) AS low, max(latest_day) AS high, "
        "coalesce(bool_or(week < 0), false) AS has_undated "
        f"FROM {{table}} WHERE first_day <= ? AND {covered}",
        [day_number(as_of)],
        of="weeks",
    )
    n, low, high = (found[name].tolist()[0] for name in ("n", "low", "high"))
    if not n:
        return Known(0, None, None)
    last = min(as_date(high), as_of)
    return Known(int(n), as_date(low), last, has_undated=bool(found["has_undated"][0]))


def sharing(reach: Reach) -> Reach:
    """Return the same reach for all who see the same events and areas: to keep answers by."""
    is_alike = not _has_own(columns.in_step(MIRROR).stamp)
    return reach.alike(COUNT, READ, READ_PLACES) if is_alike else reach.shared


@lru_cache(maxsize=4)
def _has_own(_stamp: str) -> bool:
    """Return whether any event is for its own organisation alone; of most sources none is."""
    own = f"SELECT count(*) AS n FROM {{table}} WHERE confidentiality = '{Confidentiality.OWN}'"
    return bool(columns.ask(MIRROR, own, of="weeks")["n"][0])


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
