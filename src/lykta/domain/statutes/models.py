"""The table of law: dated rows, because law changes and old questions are asked again."""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q


class LegalBasisQuerySet(models.QuerySet["LegalBasis"]):
    """Asks for law as it was on a day."""

    def in_force(self, on: date) -> Self:
        """Return what was in force on a day."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on), valid_from__lte=on)


class LegalBasis(models.Model):
    """Lagrum: a section of law, what it means for the work, and when it holds."""

    statute = models.CharField(max_length=20)  # "2023:196"
    section = models.CharField(max_length=30)  # "4 §"
    title = models.CharField(max_length=160)
    summary = models.TextField()  # in our own words
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)  # its last day
    source = models.CharField(max_length=300)
    read_on = models.CharField(max_length=60)  # when the source was read, as exactly as known

    objects = LegalBasisQuerySet.as_manager()

    class Meta:
        """One row a section and day it begins to hold."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["statute", "section", "valid_from"], name="one_row_a_section_and_day"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="law_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.statute} {self.section}"
