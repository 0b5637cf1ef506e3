"""The tables of events: where they come from, of what kind they are, and what happened."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lykta.domain.events.models.language import either
from lykta.domain.events.rules import UNKNOWN_SUBJECT, Reliability, Subject
from lykta.infrastructure.access import Confidentiality, Reach, visible
from lykta.infrastructure.imports.models import State, complete

READ = "read events"  # single rows
COUNT = "count events"  # how many, and where
CHANGE = "change events"
RELIABILITIES = {
    Reliability.OBSERVED: _("observerat"),
    Reliability.HEARD: _("hörsägen"),
    Reliability.ASSESSED: _("bedömt"),
    Reliability.REGISTERED: _("registrerat"),
}
SUBJECTS = {
    Subject.PLACE: _("plats eller sak"),
    Subject.EVENT: _("händelse"),
    Subject.GRAVE: _("grov händelse som är allmänt känd"),
}
CONFIDENTIALITIES = [(level.value, level.value) for level in Confidentiality]
# The fields that say in which areas an event lies: parts of the municipality, then what is drawn
# across them.
AREAS = ("area", "listed_area", "local_area")


class Source(models.Model):
    """Källa: where events come from, and how far they can be trusted."""

    name = models.CharField(max_length=120, unique=True)
    noun = models.CharField(max_length=60)  # what one row counts, plural
    has_rates = models.BooleanField(default=True)  # False: not to be set against inhabitants
    notes = models.JSONField(default=list)  # sentences on its limits, in Swedish
    run = models.ForeignKey("imports.Run", models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return self.name


class Category(models.Model):
    """Kategori: what kind of event, in a tree of two levels."""

    code = models.CharField(max_length=120, unique=True)
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    subject = models.CharField(max_length=10, choices=SUBJECTS, default=UNKNOWN_SUBJECT)
    words = models.JSONField(default=list)  # what files call it, lower case
    # What whoever reports is told: where else to turn, what not to write.
    advice = models.CharField(max_length=500, blank=True)
    advice_en = models.CharField(max_length=500, blank=True)
    # Belongs to another channel: the advice is shown, and nothing is stored.
    is_stopped = models.BooleanField(default=False)
    # Working days within which whoever reports is to be answered.
    answer_days = models.PositiveSmallIntegerField(default=5)
    is_ended = models.BooleanField(default=False)  # no longer to be chosen; what was, stands
    order = models.PositiveSmallIntegerField(default=1000)
    run = models.ForeignKey("imports.Run", models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        """In the order of the list of categories."""

        ordering: ClassVar = ["order", "name"]

    def __str__(self) -> str:
        return self.name

    @property
    def name_now(self) -> str:
        """Return what it is called in the language of the reader."""
        return either(self.name, self.name_en)

    @property
    def advice_now(self) -> str:
        """Return what whoever reports is told, in the language of the reader."""
        return either(self.advice, self.advice_en)


class EventQuerySet(models.QuerySet["Event"]):
    """Asks for events as they are known."""

    def current(self) -> Self:
        """Return what is known now: complete, each once, not replaced by something complete."""
        is_replaced = Q(replaced_by__isnull=False, replaced_by__state=State.DONE)
        return self.filter(complete(), is_merged=False).exclude(is_replaced)

    def visible_to(self, reach: Reach, *, right: str = COUNT) -> Self:
        """Return what is known now of the events that the reach covers."""
        return visible(self.current(), reach, right=right, area=AREAS, organisation="organisation")


class Event(models.Model):
    """Händelse: that something happened, when and where; never who.

    A correction is a row of its own, and says with `replaced_by` on the old one when it came.
    """

    source = models.ForeignKey(Source, models.PROTECT, related_name="+", db_index=False)
    key = models.CharField(max_length=80)  # what the source knows it by, else a digest of the row
    digest = models.CharField(max_length=32)  # of all that is said of it
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, related_name="+", db_index=False
    )
    # Swedish wall clock; the minute is None where only the day is known.
    first_day = models.DateField()
    last_day = models.DateField()
    first_minute = models.SmallIntegerField(null=True)
    last_minute = models.SmallIntegerField(null=True)
    x_m = models.FloatField(null=True)  # SWEREF 99 TM
    y_m = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    # The smallest area of the municipality's parts that holds it, and areas drawn across them.
    area = models.ForeignKey(
        "places.Area", models.PROTECT, null=True, related_name="+", db_index=False
    )
    listed_area = models.ForeignKey(
        "places.Area", models.PROTECT, null=True, related_name="+", db_index=False
    )
    local_area = models.ForeignKey(
        "places.Area", models.PROTECT, null=True, related_name="+", db_index=False
    )
    count = models.PositiveIntegerField(default=1)  # how many it stands for
    withheld = models.PositiveIntegerField(default=0)  # the most that a withheld count may be
    reliability = models.CharField(
        max_length=10, choices=RELIABILITIES, default=Reliability.REGISTERED
    )
    confidentiality = models.CharField(
        max_length=20, choices=CONFIDENTIALITIES, default=Confidentiality.PARTNERS
    )
    organisation = models.ForeignKey(
        "partners.Organisation", models.PROTECT, null=True, related_name="+", db_index=False
    )
    run = models.ForeignKey("imports.Run", models.PROTECT, null=True, related_name="+")
    replaced_by = models.ForeignKey("imports.Run", models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()
    # Told of by a report that is merged into another, so that it is counted there.
    is_merged = models.BooleanField(default=False)

    objects = EventQuerySet.as_manager()

    class Meta:
        """Found by day, and by what the source knows it by."""

        indexes: ClassVar = [
            models.Index("first_day", name="event_by_day"),
            models.Index("source", "key", name="event_by_key"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(last_day__gte=models.F("first_day")), name="no_event_ends_first"
            )
        ]

    def __str__(self) -> str:
        return f"{self.first_day} {self.category_id}"
