"""The tables of the retention: rows are added, and the database refuses to change them."""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from lykta.infrastructure.locked import Locked


class RetentionRuleQuerySet(models.QuerySet["RetentionRule"]):
    """Asks for rules as they were on a day."""

    def in_force(self, on: date) -> Self:
        """Return the rule of each field that held on a day; of the same day, the later recorded."""
        later = self.model._default_manager.filter(
            Q(valid_from__gt=models.OuterRef("valid_from"))
            | Q(valid_from=models.OuterRef("valid_from"), pk__gt=models.OuterRef("pk")),
            dataset=models.OuterRef("dataset"),
            field=models.OuterRef("field"),
            valid_from__lte=on,
        )
        return self.filter(~models.Exists(later), valid_from__lte=on)


class RetentionRule(Locked):
    """Gallringsregel: how long one field of a data set is kept, from a day, by whose decision."""

    dataset = models.CharField(max_length=60)  # a key of settings.RETENTION
    field = models.CharField(max_length=40)
    keep_days = models.PositiveIntegerField(null=True)  # None: kept always
    counted_from = models.CharField(max_length=120)  # "inläsningen blev klar"
    valid_from = models.DateField()
    basis = models.CharField(max_length=300)  # the decision, or that it is our proposal
    note = models.CharField(max_length=500, blank=True)
    is_proposal = models.BooleanField(default=False)  # comes with lykta; nobody has decided it
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")

    objects = RetentionRuleQuerySet.as_manager()

    class Meta:
        """In the order they came to hold."""

        ordering: ClassVar = ["dataset", "field", "valid_from", "id"]

    def __str__(self) -> str:
        return f"{self.dataset} {self.field} {self.valid_from}"


class Deletion(Locked):
    """Gallring: how many were deleted by one rule in one step; never which, and never whose."""

    dataset = models.CharField(max_length=60)
    field = models.CharField(max_length=40, blank=True)  # "" where whole things were erased again
    # None: erased again because a backup had brought them back.
    rule = models.ForeignKey(RetentionRule, models.PROTECT, null=True, related_name="+")
    n = models.PositiveIntegerField()
    first_day = models.DateField(null=True)  # of the moments that the time was counted from
    last_day = models.DateField(null=True)
    at = models.DateTimeField(db_index=True)  # the same for all steps of one run
    run_by = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")

    class Meta:
        """The newest first, and never about nothing."""

        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(n__gt=0), name="a_deletion_is_of_something")
        ]

    def __str__(self) -> str:
        return f"{self.dataset} {self.field} {self.n}"


class Erasure(Locked):
    """Radering: that one thing was erased by hand, by a key that says nothing of what it was."""

    dataset = models.CharField(max_length=60)
    key = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        """One row a thing."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["dataset", "key"], name="one_erasure_a_key")
        ]

    def __str__(self) -> str:
        return f"{self.dataset} {self.key}"
