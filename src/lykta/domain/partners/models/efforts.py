"""The log of what is done to reach agreements (9 §: the municipality shall work for them)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lykta.domain.partners.models.noted import Noted
from lykta.domain.partners.models.organisations import Organisation
from lykta.domain.partners.rules import EffortOutcome

EFFORT_OUTCOMES = {
    EffortOutcome.ONGOING: _("pågår"),
    EffortOutcome.DECLINED: _("avböjde"),
    EffortOutcome.AGREED: _("ledde till en överenskommelse"),
}


class Effort(Noted):
    """Insats för en överenskommelse: what was done a day towards an organisation."""

    BEGINS = "day"

    day = models.DateField()
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    text = models.CharField(max_length=1000)
    outcome = models.CharField(max_length=10, choices=EFFORT_OUTCOMES)
    registry_number = models.CharField(max_length=60, blank=True)

    def __str__(self) -> str:
        return f"{self.day} {self.organisation}"
