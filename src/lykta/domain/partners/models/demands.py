"""The table of demands: which roles log in in two steps, from a day."""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from lykta.infrastructure.locked import Locked


class TwoStepDemandQuerySet(models.QuerySet["TwoStepDemand"]):
    """Asks for demands as they were on a day."""

    def in_force(self, on: date) -> Self:
        """Return what held of each role on a day; of the same day, the later recorded."""
        later = self.model._default_manager.filter(
            Q(valid_from__gt=OuterRef("valid_from"))
            | Q(valid_from=OuterRef("valid_from"), pk__gt=OuterRef("pk")),
            role=OuterRef("role"),
            valid_from__lte=on,
        )
        return self.filter(~Exists(later), valid_from__lte=on)


class TwoStepDemand(Locked):
    """Krav på två steg: whether a role logs in in two steps, from a day, by whose decision."""

    role = models.CharField(max_length=30)
    is_demanded = models.BooleanField()  # False: no longer
    valid_from = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")

    objects = TwoStepDemandQuerySet.as_manager()

    class Meta:
        """In the order they came to hold."""

        ordering: ClassVar = ["valid_from", "pk"]

    def __str__(self) -> str:
        return f"{self.role} {self.valid_from}"
