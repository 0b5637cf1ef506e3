"""What one organisation told of in a month, and what became of it."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from django.db.models import Min, Q

from lykta.domain.events.models import Report
from lykta.domain.events.rules import State
from lykta.infrastructure.calendars import midnight


@dataclass(frozen=True, slots=True)
class Told:
    """The reports of an organisation that came in some days, and how they were met."""

    keys: frozenset[int]
    n: int
    n_answered: int
    n_rejected: int
    days_to_answer: float | None  # the median; None where none has been answered
    categories: tuple[tuple[str, int], ...]  # the most told of, by their topmost category


def told_by(organisation: int, first: date, last: date) -> Told:
    """Return what an organisation told of from one day to another, by the day it came."""
    rows = Report.objects.filter(
        organisation=organisation,
        received_at__gte=midnight(first),
        received_at__lt=midnight(last + timedelta(days=1)),
    ).exclude(state=State.ERASED)
    answered = Min("steps__at", filter=~Q(steps__answer=""))
    found = list(
        rows.annotate(answered_at=answered).values_list(
            "pk", "state", "received_at", "answered_at", "category__name", "category__parent__name"
        )
    )
    days = [(at - came).total_seconds() / 86_400 for _pk, _state, came, at, *_names in found if at]
    return Told(
        keys=frozenset(row[0] for row in found),
        n=len(found),
        n_answered=len(days),
        n_rejected=sum(row[1] == State.REJECTED for row in found),
        days_to_answer=median(days) if days else None,
        categories=tuple(Counter(parent or name for *_, name, parent in found).most_common(5)),
    )
