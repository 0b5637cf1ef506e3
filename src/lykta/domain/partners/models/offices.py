"""The tables of the function (11 §), the body that leads (13 §), and who has been given what."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _

from lykta.domain.partners.models.noted import Noted
from lykta.domain.partners.models.organisations import Organisation


class CoordinationFunction(Noted):
    """Samordningsfunktion (11 §): the post that co-ordinates, and how it is reached."""

    title = models.CharField(max_length=120)  # of a post; never who holds it
    full_time_equivalents = models.DecimalField(max_digits=4, decimal_places=2)
    contact = models.CharField(max_length=200)  # of the function; never of a person
    starts_on = models.DateField()
    is_ended = models.BooleanField(default=False)  # from that day on there is none

    def __str__(self) -> str:
        return self.title


class LeadBody(Noted):
    """Ansvarig nämnd (13 §): the executive board, or a committee that the council chose."""

    is_executive_board = models.BooleanField()
    name = models.CharField(max_length=120, blank=True)  # of a committee
    # By which the municipal council chose it.
    registry_number = models.CharField(max_length=60, blank=True)
    paragraph = models.CharField(max_length=20, blank=True)
    starts_on = models.DateField()

    class Meta:
        """A committee leads only by a decision of the municipal council."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(is_executive_board=True) | (~Q(name="") & ~Q(registry_number="")),
                name="committee_leads_by_decision",
            )
        ]

    def __str__(self) -> str:
        return _("Kommunstyrelsen") if self.is_executive_board else self.name


class Assignment(Noted):
    """Uppdrag: a task that an organisation holds, given by another and decided by a body.

    Passed on, it is a new row with the same root: of those the one that began last holds.
    """

    root = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    title = models.CharField(max_length=120)
    mandate = models.TextField(max_length=2000, blank=True)
    given_by = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    held_by = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    decided_by = models.CharField(max_length=120)
    registry_number = models.CharField(max_length=60, blank=True)
    paragraph = models.CharField(max_length=20, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)  # its last day

    class Meta:
        """It does not end before it starts."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="assignment_ends_after_it_starts",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def chain(self) -> int:
        """Return what the rows of one assignment have in common."""
        return self.root_id or self.pk
