"""What a room hands over so that its data are deleted in time."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Count, F, Max, Min, QuerySet
from django.db.models.expressions import Combinable
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.module_loading import import_string

Text = str | Promise  # a text of ours, marked for translation
BATCH = 500  # rows in each transaction
_MOMENT = "counted_from_moment"


def delete(rows: Sequence[Any]) -> None:
    """Delete rows whole."""
    type(rows[0])._base_manager.filter(pk__in=[row.pk for row in rows]).delete()


@dataclass(frozen=True, slots=True)
class Field:
    """One thing of a data set that has its own time."""

    name: Text  # in Swedish, as the page says it: "den rapporterandes kontaktuppgifter"
    counted_from: str  # in Swedish, what the time is counted from: "inläsningen blev klar"
    # What is proposed until the municipality has decided: days, None to keep always, and why.
    keep_days: int | None
    why: str
    rows: Callable[[], QuerySet[Any]] | None = None  # that still hold it; None: out of our reach
    moment: str | Combinable = ""  # of a row: what the time is counted from; null is not due
    # Takes it out of some rows, in a transaction; they are then no longer among `rows`.
    erase: Callable[[Sequence[Any]], None] = delete


@dataclass(frozen=True, slots=True)
class Found:
    """How many rows hold what is due, and which days they are counted from; no key of any."""

    n: int
    first_day: date | None = None
    last_day: date | None = None


NOTHING = Found(0)


@dataclass(frozen=True, slots=True)
class Dataset:
    """What is deleted of one kind of data, and how."""

    name: Text  # in Swedish: "Rapporter"
    fields: Mapping[str, Field]
    # Erases some things whole, by their keys, and returns how many were there.
    erase_keys: Callable[[Collection[UUID]], int] | None = None
    also: tuple[str, ...] = ()  # tables that are touched beside those of the fields

    def due(self, field: str, before: datetime) -> Found:
        """Return what there is of a field whose time is counted from before an instant."""
        found = self._due(field, before).aggregate(
            n=Count("pk"), first=Min(_MOMENT), last=Max(_MOMENT)
        )
        return Found(found["n"], _day(found["first"]), _day(found["last"]))

    def is_due(self, field: str, before: datetime) -> bool:
        """Return whether there is anything of it at all."""
        return self._due(field, before).exists()

    def erase(self, field: str, before: datetime) -> Found:
        """Erase one batch of what is due and return what it was; none is left when `n` is 0.

        Belongs in a transaction of its own. Done again it finds nothing: what is erased is not due.
        """
        due = self._due(field, before).order_by("pk")
        keys = list(due.values_list("pk", flat=True)[:BATCH])
        with transaction.atomic():
            held = due.model._base_manager.select_for_update().filter(pk__in=keys).order_by("pk")
            list(held.values_list("pk"))
            rows = list(due.filter(pk__in=keys))  # asked again: another may have been first
            if not rows:
                return NOTHING
            self.fields[field].erase(rows)
            if due.filter(pk__in=[row.pk for row in rows]).exists():
                raise RuntimeError(f"{self.name}: {field} was erased, and is still there")
        moments = [getattr(row, _MOMENT) for row in rows]
        return Found(len(rows), _day(min(moments)), _day(max(moments)))

    def tables(self) -> list[str]:
        """Return the tables that the fields lie in."""
        rows = [field.rows() for field in self.fields.values() if field.rows]
        return sorted({each.model._meta.db_table for each in rows} | set(self.also))

    def _due(self, field: str, before: datetime) -> QuerySet[Any]:
        found = self.fields[field]
        if found.rows is None:
            raise ValueError(f"{self.name}: {field} is out of reach")
        moment = F(found.moment) if isinstance(found.moment, str) else found.moment
        rows = found.rows().annotate(**{_MOMENT: moment})
        return rows.filter(**{f"{_MOMENT}__lt": before})


def dataset(name: str) -> Dataset:
    """Return a data set that the project has named."""
    found: Dataset = import_string(settings.RETENTION[name])
    return found


def datasets() -> dict[str, Dataset]:
    """Return every data set that the project has named."""
    return {name: dataset(name) for name in settings.RETENTION}


def _day(moment: datetime | None) -> date | None:
    return timezone.localdate(moment) if moment else None
