"""The tables of plans: pictures that have been frozen."""

from typing import Any, ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from lykta.domain.plans.rules import AUDIENCES
from lykta.infrastructure.access import Reach
from lykta.infrastructure.locked import Locked

READ = "read plans"
CHANGE = "change plans"
READ_ROWS = "read events"  # the snapshot holds one row an event
HINDRANCES = {
    "audience": _("De är gjorda för olika läsare, så den ena visar mindre än den andra."),
    "areas": _("De har inte samma områden med samma gränser."),
    "sources": _("De räknar händelser ur olika källor."),
    "selection": _("De räknar inte samma urval av händelser."),
}
AUDIENCE_NAMES = {"partners": _("samverkansparter"), "public": _("allmänheten")}


class FrozenPictureQuerySet(models.QuerySet["FrozenPicture"]):
    """Asks for frozen pictures."""

    def visible_to(self, reach: Reach) -> Self:
        """Return the pictures whose document the reach covers."""
        # The register is another room's, known here by the picture's own link to it.
        documents: Any = FrozenPicture._meta.get_field("document").related_model
        return self.filter(document__in=documents.objects.visible_to(reach))


class FrozenPicture(Locked):
    """Lägesbild enligt 4 § lag (2023:196), frozen: the numbers as they were, and all behind them.

    Its snapshot, title, number and who made it stand in its document.
    """

    document = models.OneToOneField("documents.Document", models.PROTECT, related_name="+")
    period_from = models.DateField()
    period_to = models.DateField()
    audience = models.CharField(
        max_length=10, choices=[(each, AUDIENCE_NAMES[each]) for each in AUDIENCES]
    )
    figures_sha256 = models.CharField(max_length=64)  # of the figures as they were found

    objects = FrozenPictureQuerySet.as_manager()

    class Meta:
        """Found by period; a period ends no earlier than it begins."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(period_to__gte=models.F("period_from")),
                name="no_picture_ends_first",
            )
        ]

    def __str__(self) -> str:
        return f"{self.period_from}–{self.period_to}"
