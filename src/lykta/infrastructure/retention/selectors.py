"""Reading the retention: the rules that hold, what is due by them, and what has been deleted."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db.models import Max, Min, Sum

from lykta.infrastructure.access import Reach, require
from lykta.infrastructure.audit.models import Entry
from lykta.infrastructure.calendars import midnight
from lykta.infrastructure.retention.datasets import (
    NOTHING,
    Dataset,
    Field,
    Found,
    Text,
    datasets,
)
from lykta.infrastructure.retention.models import Deletion, RetentionRule

READ = "read retention"
RUN = "retention.run"
# What became due last midnight is taken the same night; what has waited so long was left.
PATIENCE = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Line:
    """One field of a data set, the rule that holds for it, and what is due by that rule."""

    key: str
    field_key: str
    dataset: Dataset
    field: Field
    rule: RetentionRule | None
    before: datetime | None  # what is counted from before is due; None: lykta deletes nothing
    due: Found = NOTHING

    @property
    def is_by_hand(self) -> bool:
        """Return whether lykta cannot delete it itself."""
        return self.field.rows is None


@dataclass(frozen=True, slots=True)
class Logged:
    """What one run deleted of one field."""

    at: datetime
    name: Text
    field_name: Text
    rule: RetentionRule | None
    n: int
    first_day: date | None
    last_day: date | None
    run_by: int | None


def lines(*, today: date) -> list[Line]:
    """Return every field that has its time, in the order of the settings, and what is due."""
    return [
        replace(line, due=line.dataset.due(line.field_key, line.before)) if line.before else line
        for line in _lines(today)
    ]


def n_overdue(*, today: date) -> int:
    """Return how many fields hold what should have been deleted some nights ago."""
    return sum(
        line.dataset.is_due(line.field_key, line.before - PATIENCE)
        for line in _lines(today)
        if line.before
    )


def rules(reach: Reach) -> list[RetentionRule]:
    """Return every rule that holds, has held or will, the newest first."""
    require(reach, READ)
    return list(RetentionRule.objects.select_related("recorded_by").order_by("-valid_from", "-pk"))


def log(reach: Reach, *, at_most: int | None = None) -> list[Logged]:
    """Return what has been deleted, a row for each run and field, the newest first."""
    require(reach, READ)
    parts = ("at", "dataset", "field", "rule", "run_by")
    rows = (
        Deletion.objects.order_by()
        .values(*parts)
        .annotate(total=Sum("n"), first=Min("first_day"), last=Max("last_day"))
        .order_by("-at", "dataset", "field")[:at_most]
    )
    held = RetentionRule.objects.in_bulk({row["rule"] for row in rows if row["rule"]})
    return [
        Logged(
            row["at"],
            *names_of(row["dataset"], row["field"]),
            held.get(row["rule"]),
            row["total"],
            row["first"],
            row["last"],
            row["run_by"],
        )
        for row in rows
    ]


def last_run() -> datetime | None:
    """Return when it was last looked for what was due, whether there was anything or not."""
    last = Entry.objects.filter(action=RUN).order_by("-number").first()
    return last.at if last else None


def names_of(key: str, field: str) -> tuple[Text, Text]:
    """Return what a data set and a field are called; their keys, where they are no longer there."""
    known = datasets().get(key)
    if known is None:
        return key, field
    return known.name, known.fields[field].name if field in known.fields else field


def _lines(today: date) -> Iterator[Line]:
    held = {(rule.dataset, rule.field): rule for rule in RetentionRule.objects.in_force(today)}
    for key, found in datasets().items():
        for name, field in found.fields.items():
            rule = held.get((key, name))
            days = rule.keep_days if rule and field.rows else None
            before = midnight(today - timedelta(days=days)) if days is not None else None
            yield Line(key, name, found, field, rule, before)
