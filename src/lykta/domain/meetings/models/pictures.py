"""The table of weekly pictures that have been frozen."""

from typing import ClassVar

from django.db import models

from lykta.domain.meetings.rules import Week
from lykta.infrastructure.locked import Locked

READ = "read meetings"
HOLD = "hold meetings"
DO = "carry out actions"  # those of one's own organisation


class WeeklyPicture(Locked):
    """Veckans lägesbild, frozen: the numbers of one week as they were, and all behind them.

    Its snapshot, and when and by whom it was frozen, stand in its document.
    """

    monday = models.DateField(unique=True)
    document = models.OneToOneField("documents.Document", models.PROTECT, related_name="+")
    figures_sha256 = models.CharField(max_length=64)  # of the figures as they were found

    class Meta:
        """The latest week first."""

        ordering: ClassVar = ["-monday"]

    def __str__(self) -> str:
        return self.week.key

    @property
    def week(self) -> Week:
        """Return the week that it is of."""
        return Week(self.monday)
