"""The tables of the audit log; the database itself refuses to change or remove an entry."""

from typing import ClassVar

from django.db import models


class Entry(models.Model):
    """Loggpost: one act. Ids, names of fields and hashes; never what stood in a free text."""

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor = models.BigIntegerField(null=True)  # an account's id; None for the system itself
    action = models.CharField(max_length=60)
    subject = models.CharField(max_length=60)  # "places.area", or "" where there is none
    subject_id = models.CharField(max_length=60)
    facts = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        """In the order of the chain."""

        ordering: ClassVar = ["number"]

    def __str__(self) -> str:
        return f"{self.number} {self.action}"


class Tail(models.Model):
    """The end of the chain: one row, locked while an entry is added."""

    number = models.BigIntegerField()
    hash = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.number} {self.hash}"
