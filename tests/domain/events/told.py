"""What people tell of, made short for the tests."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django.utils import timezone
from tests import people
from tests.domain.places.conftest import TODAY

from lykta.domain.events import rules
from lykta.domain.events.models import REPORT, Category, Report
from lykta.domain.events.services import Told, Where
from lykta.domain.events.services import report as send
from lykta.domain.partners.selectors import reach_of
from lykta.infrastructure.access import Reach

NOW = timezone.make_aware(datetime.combine(TODAY, datetime.min.time().replace(hour=12)))
TEXT = "Klotter på gaveln, två meter."


def told(**values: Any) -> Told:
    """Return a report of graffiti at a square, or what is said instead."""
    code = values.pop("code", "GRAFFITI")
    said = {
        "key": uuid4(),
        "written_at": NOW,
        "category": Category.objects.get(code=code),
        "where": Where(text="Provtorget"),
        "when": rules.at(timezone.localtime(NOW).replace(tzinfo=None)),
        "description": TEXT,
    }
    return Told(**(said | values))


def reach(name: str) -> Reach:
    """Return all that one of the cast may see and do."""
    return reach_of(people.account(name).pk, on=TODAY)


def reported(name: str = "harriet", *, now: datetime = NOW, **values: Any) -> Report:
    """Return what one of the cast has reported."""
    who = reach(name)
    row, _is_new = send(who, told(**values), organisation=min(who.organisations(REPORT)), now=now)
    return row
