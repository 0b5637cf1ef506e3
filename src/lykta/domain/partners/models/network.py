"""The table of the network: how organisations work together, apart from agreements."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lykta.domain.partners.models.organisations import Organisation
from lykta.domain.partners.rules import Bond

BONDS = {
    Bond.WISHED: _("önskat"),
    Bond.OCCASIONAL: _("ibland"),
    Bond.REGULAR: _("regelbundet"),
    Bond.NONE: _("inte längre"),
}


class Cooperation(models.Model):
    """Samverkan mellan två: how they work together from a day on. Another row takes its place."""

    # The one with the lower key first, so that a pair has one spelling.
    first = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    second = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    bond = models.CharField(max_length=12, choices=BONDS)
    note = models.CharField(max_length=300, blank=True)
    valid_from = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")

    class Meta:
        """Of two about the same pair from the same day the later holds."""

        ordering: ClassVar = ["valid_from", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(first__lt=F("second")), name="cooperation_names_a_pair_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.first_id} {self.second_id} {self.bond}"
