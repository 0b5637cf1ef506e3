"""The tables of the strategic council (10 §): what it is called, who sits there, when it meets."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lykta.domain.partners.models.noted import Noted
from lykta.domain.partners.models.organisations import Organisation
from lykta.domain.partners.rules import READ_COOPERATION, CouncilMeetingState, OrganisationKind
from lykta.infrastructure.access import Reach

COUNCIL_MEETING_STATES = {
    CouncilMeetingState.PLANNED: _("planerat"),
    CouncilMeetingState.HELD: _("hölls"),
    CouncilMeetingState.CANCELLED: _("ställdes in"),
}


class StrategicCouncil(Noted):
    """Strategiskt råd: what it is called here and who leads it, from a day until the next row."""

    local_name = models.CharField(max_length=160)
    chair = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    starts_on = models.DateField()
    is_ended = models.BooleanField(default=False)  # from that day on there is none

    def __str__(self) -> str:
        return self.local_name

    @property
    def is_led_by_the_municipality(self) -> bool:
        """Return whether the municipality leads it, as the law wants."""
        return self.chair.kind == OrganisationKind.MUNICIPALITY


class CouncilMember(Noted):
    """Ledamot i rådet: an organisation's seat there, and the title of the post that holds it."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)  # of a post; never who holds it
    is_leading = models.BooleanField(default=False)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)  # its last day

    class Meta:
        """It does not end before it starts."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="council_member_ends_after_it_starts",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation} · {self.title}"


class CouncilMeetingQuerySet(models.QuerySet["CouncilMeeting"]):
    """Asks for meetings of the council."""

    def visible_to(self, reach: Reach) -> Self:
        """Return all to those who read cooperation; the last branch is nothing."""
        return self if reach.may(READ_COOPERATION) else self.none()


class CouncilMeeting(models.Model):
    """Rådsmöte: when and where, what about, which organisations came and what was agreed."""

    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=120, blank=True)
    agenda = models.TextField(max_length=2000, blank=True)
    state = models.CharField(
        max_length=10, choices=COUNCIL_MEETING_STATES, default=CouncilMeetingState.PLANNED
    )
    present = models.ManyToManyField(Organisation, related_name="+", blank=True)
    registry_number = models.CharField(max_length=60, blank=True)  # of the minutes
    agreed = models.TextField(max_length=2000, blank=True)
    changed_at = models.DateTimeField()

    objects = CouncilMeetingQuerySet.as_manager()

    class Meta:
        """The latest first; a meeting ends after it begins."""

        ordering: ClassVar = ["-begins_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("begins_at")),
                name="council_meeting_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return str(self.begins_at.date())

    @property
    def is_planned(self) -> bool:
        """Return whether it is yet to be told what became of it."""
        return self.state == CouncilMeetingState.PLANNED
