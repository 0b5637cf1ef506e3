"""The tables of meetings, who came, and what is planned."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from lykta.domain.meetings.rules import Week


class Meeting(models.Model):
    """Veckomöte: where the picture of a week is read and something is decided."""

    monday = models.DateField(unique=True)  # of the week whose picture it reads
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=120, blank=True)
    note = models.TextField(max_length=2000, blank=True)  # what was said, for the minutes
    # What those are answered whose reports led to no decision.
    no_action = models.CharField(max_length=300, blank=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        """The latest first; a meeting ends after it begins."""

        ordering: ClassVar = ["-monday"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("begins_at")), name="meeting_ends_after_it_begins"
            )
        ]

    def __str__(self) -> str:
        return self.week.key

    @property
    def week(self) -> Week:
        """Return the week whose picture it reads."""
        return Week(self.monday)

    @property
    def is_closed(self) -> bool:
        """Return whether it is over, and its minutes are written."""
        return self.closed_at is not None


class Attendance(models.Model):
    """Närvaro: that an organisation was at a meeting; never who of it."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendance")
    organisation = models.ForeignKey("partners.Organisation", models.PROTECT, related_name="+")

    class Meta:
        """Said once."""

        constraints: ClassVar = [
            models.UniqueConstraint("meeting", "organisation", name="attended_once")
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.organisation_id}"


class PlannedEvent(models.Model):
    """Planerad händelse: what is known beforehand to move people; every year, or once."""

    name = models.CharField(max_length=120)
    first_day = models.DateField()
    last_day = models.DateField()
    is_yearly = models.BooleanField(default=False)
    area = models.ForeignKey("places.Area", models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        """In order of day; none ends before it begins."""

        ordering: ClassVar = ["first_day", "name"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="no_planned_event_ends_first"
            )
        ]

    def __str__(self) -> str:
        return self.name
