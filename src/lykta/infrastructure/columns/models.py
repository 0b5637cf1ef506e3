"""How far each table has come, and which of its parts the copy lacks."""

from django.db import models


class Mirror(models.Model):
    """Spegel: a table that is copied as columns."""

    name = models.CharField(max_length=40, unique=True)  # a key of settings.MIRRORS
    stamp = models.CharField(max_length=32, blank=True)  # another one for each change that is seen
    copied = models.CharField(max_length=32, blank=True)  # the stamp that the last copy was of
    stale = models.JSONField(default=list)  # the parts that have changed since that copy

    def __str__(self) -> str:
        return f"{self.name} {self.stamp}"
