"""What all that is noted of the offices has in common: a row is never changed or taken away."""

from datetime import date
from typing import Any, ClassVar, Self, TypeVar

from django.db import models

from lykta.domain.partners.rules import READ_COOPERATION
from lykta.infrastructure.access import Reach

Row = TypeVar("Row", bound="Noted")


class NotedQuerySet(models.QuerySet[Row]):
    """Asks for what is noted."""

    def visible_to(self, reach: Reach) -> Self:
        """Return all to those who read cooperation; the last branch is nothing."""
        return self if reach.may(READ_COOPERATION) else self.none()

    def standing(self) -> Self:
        """Return the rows that no other has put right or taken back."""
        return self.filter(replaced_by=None, is_void=False)


class Noted(models.Model):
    """What someone noted once; another row puts it right, and takes its whole place."""

    BEGINS: ClassVar = "starts_on"  # the column that says from when it holds

    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    is_void = models.BooleanField(default=False)  # it only says that what it replaces was wrong
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")

    objects: Any = NotedQuerySet.as_manager()

    class Meta:
        """Each kind of note has a table of its own."""

        abstract = True

    @property
    def begins(self) -> date:
        """Return the day from which it holds."""
        day: date = self.serializable_value(self.BEGINS)
        return day
