"""Questions to Läget drawn from a seed, and what the rows themselves answer."""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from lykta.domain.events.models import Category, Event, Source
from lykta.domain.events.rules import Reliability
from lykta.domain.places import selectors as places
from lykta.infrastructure.access import SYSTEM, Reach

DIVISIONS = ("kommundelar", "smaomraden", "sexhorningar")


@dataclass(frozen=True, slots=True)
class Question:
    """One choice of filters."""

    first: date
    last: date
    category: str
    area: str
    source: int | None
    reliability: str
    division: str
    is_against_last_year: bool

    @property
    def path(self) -> str:
        """Return the address that asks it."""
        said = {
            "fran": week(self.first),
            "till": week(self.last),
            "kategori": self.category,
            "omrade": self.area,
            "kalla": self.source or "",
            "tillforlitlighet": self.reliability,
            "mot": "fjol" if self.is_against_last_year else "",
            "visa": self.division,
        }
        return f"/laget/?{urlencode({name: value for name, value in said.items() if value})}"


def draw(n: int, *, seed: int, last: date) -> list[Question]:
    """Return so many questions, no two the same, about weeks up to one."""
    rng = random.Random(seed)
    categories = ["", *Category.objects.values_list("code", flat=True).order_by("pk")]
    areas = ["", *(row.code for row in places.areas(SYSTEM, as_of=last) if row.depth)]
    sources = [None, *Source.objects.values_list("pk", flat=True).order_by("pk")]
    found: dict[str, Question] = {}
    while len(found) < n:
        end = last - timedelta(weeks=rng.randrange(100))
        one = Question(
            first=end - timedelta(weeks=rng.choice((0, 3, 11, 25, 51))),
            last=end,
            category=rng.choice(categories) if rng.random() < 0.6 else "",
            area=rng.choice(areas) if rng.random() < 0.6 else "",
            source=rng.choice(sources),
            reliability=rng.choice(("", "", "", *Reliability)),
            division=rng.choice(DIVISIONS),
            is_against_last_year=rng.random() < 0.3,
        )
        found[one.path] = one
    return list(found.values())


def counted(question: Question, reach: Reach) -> int:
    """Return how many events the rows of the database hold, asked one way and without columns."""
    today = question.last + timedelta(days=6)
    rows = Event.objects.visible_to(places.widened(reach, as_of=today))
    rows = rows.filter(first_day__lte=today, last_day__gte=question.first - timedelta(days=6))
    if question.category:
        top = Category.objects.get(code=question.category)
        rows = rows.filter(category__in=_family(top))
    if question.area:
        area = next(a for a in places.areas(SYSTEM, as_of=today) if a.code == question.area)
        inside = places.within(area.id, as_of=today)
        rows = (
            rows.filter(area__in=inside)
            | rows.filter(listed_area=area.id)
            | rows.filter(local_area=area.id)
        )
    if question.source:
        rows = rows.filter(source=question.source)
    if question.reliability:
        rows = rows.filter(reliability=question.reliability)
    return sum(
        max(n, 1) if withheld else n
        for first, last, n, withheld in rows.values_list(
            "first_day", "last_day", "count", "withheld"
        )
        if _is_within(question, first, last)
    )


def shown(page: str) -> int:
    """Return how many events a page says that there are."""
    lede = re.search(r'<p class="lede">(?:minst )?([\d\s\u00a0]+) händelser', page)
    assert lede, page[:3000]
    return int(re.sub(r"\D", "", lede[1]))


def week(monday: date) -> str:
    """Return a week as it stands in an address."""
    year, number, _ = monday.isocalendar()
    return f"{year}-v{number:02d}"


def _is_within(question: Question, first: date, last: date) -> bool:
    middle = first + (last - first) // 2
    return (last - first).days < 7 and question.first <= middle <= question.last + timedelta(days=6)


def _family(top: Category) -> Sequence[int]:
    children = [key for child in top.children.all() for key in _family(child)]
    return [top.pk, *children]
