"""How far each table has come, and which of its parts the copy lacks."""

from django.db import models


class Mirror(models.Model):
    """Spegel: a table that is copied as columns."""

    name = models.CharField(max_length=40, unique=True)  # a key of settings.MIRRORS
    generation = models.PositiveBigIntegerField(default=0)  # raised by each change that is seen
    # The part -> the generation that changed it, until the copy has it.
    stale = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.name} {self.generation}"
