"""The last change of each table that is watched."""

from django.db import models


class Change(models.Model):
    """Ändring: that a table has changed; written by the database itself.

    The mark is drawn at random and not counted: a change that is taken back gives back the mark
    before it, and no later one is ever given the same.
    """

    table = models.CharField(max_length=63, primary_key=True)
    mark = models.CharField(max_length=36)
