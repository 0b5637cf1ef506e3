"""The tables of reports: what people have told of, and what became of it."""

import hashlib
import hmac
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lykta.domain.events.models.events import RELIABILITIES, Category, Event
from lykta.domain.events.rules import (
    Act,
    AgeBand,
    Channel,
    GroupSize,
    LocationPrecision,
    Reliability,
    State,
    TimePrecision,
    clock,
)
from lykta.infrastructure.access import Reach

REPORT = "report events"
READ_REPORTS = "read reports"  # those of one's own organisation
READ_ALL_REPORTS = "read all reports"  # with the descriptions and photos of others
TRIAGE = "triage reports"
CHANGE_CATEGORIES = "change categories"
STATES = {
    State.SUBMITTED: _("inkommen"),
    State.TRIAGED: _("sorterad"),
    State.ACCEPTED: _("godtagen"),
    State.REJECTED: _("avvisad"),
    State.MERGED: _("hör ihop med en annan"),
    State.IN_PICTURE: _("med i veckans lägesbild"),
    State.CLOSED: _("avslutad"),
    State.ERASED: _("raderad"),
}
ACTS = {
    Act.MOVED: "",  # its state says it
    Act.UNMERGED: _("isär igen"),
    Act.SPLIT: _("delad"),
    Act.HANDED_OFF: _("överlämnad"),
    Act.WITHDRAWN: _("överlämningen återtagen"),
    Act.REPLIED: _("svar från den som fick ta över"),
    Act.TOLD: _("det här hände"),
}
CHANNELS = {
    Channel.WEB: _("webben"),
    Channel.OFFLINE: _("skriven utan nät"),
    Channel.MEETING: _("möte eller tidigare verktyg"),
    Channel.PUBLIC_FORM: _("öppna formuläret"),
}
GROUP_SIZES = {
    GroupSize.ONE: _("en"),
    GroupSize.FEW: _("2–4"),
    GroupSize.SOME: _("5–9"),
    GroupSize.MANY: _("10–19"),
    GroupSize.CROWD: _("20 eller fler"),
}
AGE_BANDS = {
    AgeBand.CHILD: _("barn"),
    AgeBand.YOUTH: _("unga"),
    AgeBand.ADULT: _("vuxna"),
    AgeBand.MIXED: _("blandat"),
}
SEVERITIES = {
    1: _("1 – störande"),
    2: _("2 – besvärande"),
    3: _("3 – allvarligt"),
    4: _("4 – akut"),
}


class ReportQuerySet(models.QuerySet["Report"]):
    """Asks for reports."""

    def visible_to(self, reach: Reach) -> Self:
        """Return all reports to the co-ordination function, else those of one's organisation."""
        if reach.is_system or reach.may(READ_ALL_REPORTS):
            return self
        return self.filter(organisation__in=reach.organisations(READ_REPORTS))


class Report(models.Model):
    """Rapport: what one of an organisation, or a resident, tells of; never of whom.

    It becomes an event, that is counted, when it is accepted. What it says is never changed, only
    erased; what has become of it is the last of its steps, kept here too so that it can be asked.
    """

    # Made where it was written, so that a report that is sent twice is received once.
    key = models.UUIDField(unique=True)
    channel = models.CharField(max_length=12, choices=CHANNELS)
    written_at = models.DateTimeField()  # by the clock of the one who wrote
    received_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=STATES, default=State.SUBMITTED)
    reporter = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")
    organisation = models.ForeignKey(
        "partners.Organisation", models.PROTECT, null=True, related_name="+"
    )
    category = models.ForeignKey(Category, models.PROTECT, related_name="+")
    # Swedish wall clock; the minute is None where only the day is known.
    first_day = models.DateField()
    last_day = models.DateField()
    first_minute = models.SmallIntegerField(null=True)
    last_minute = models.SmallIntegerField(null=True)
    time_precision = models.CharField(
        max_length=10, choices=[(each.value, each.value) for each in TimePrecision]
    )
    place = models.ForeignKey("places.Place", models.PROTECT, null=True, related_name="+")
    place_text = models.CharField(max_length=120, blank=True)  # as it was said
    location_precision = models.CharField(
        max_length=12, choices=[(each.value, each.value) for each in LocationPrecision]
    )
    x_m = models.FloatField(null=True)  # SWEREF 99 TM
    y_m = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    area = models.ForeignKey("places.Area", models.PROTECT, null=True, related_name="+")
    listed_area = models.ForeignKey("places.Area", models.PROTECT, null=True, related_name="+")
    local_area = models.ForeignKey("places.Area", models.PROTECT, null=True, related_name="+")
    description = models.TextField(max_length=2000, blank=True)
    basis = models.CharField(max_length=10, choices=RELIABILITIES, default=Reliability.OBSERVED)
    severity = models.PositiveSmallIntegerField(choices=SEVERITIES, null=True)
    group_size = models.CharField(max_length=8, choices=GROUP_SIZES, blank=True)
    group_age = models.CharField(max_length=8, choices=AGE_BANDS, blank=True)
    is_indoor = models.BooleanField(null=True)
    is_police_reported = models.BooleanField(null=True)
    answers = models.JSONField(default=dict)  # pk of the question's row: code of the choice
    # What the reporter says has been reported before by another.
    same_as = models.ForeignKey("self", models.PROTECT, null=True, related_name="repeats")
    # What it counts as, also while it is merged and that is not counted.
    event = models.ForeignKey(Event, models.PROTECT, null=True, related_name="+")
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    # The report that told of several things, of which this is one.
    part_of = models.ForeignKey("self", models.PROTECT, null=True, related_name="parts")
    # Who deals with it: the last of its assignments, kept here too so that it can be asked.
    unit = models.ForeignKey("partners.Organisation", models.PROTECT, null=True, related_name="+")
    handler = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")

    objects = ReportQuerySet.as_manager()

    class Meta:
        """Found by state, by organisation and by day."""

        indexes: ClassVar = [
            models.Index("state", "received_at", name="report_by_state"),
            models.Index("organisation", "first_day", name="report_by_organisation"),
            models.Index("first_day", name="report_by_day"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(last_day__gte=models.F("first_day")), name="no_report_ends_first"
            ),
            models.CheckConstraint(
                condition=~Q(state=State.ERASED) | Q(description="", place_text=""),
                name="an_erased_report_says_nothing",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | Q(state__in=(State.MERGED, State.ERASED)),
                name="only_a_merged_report_leads_to_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_day} {self.category_id}"

    @property
    def first_clock(self) -> str:
        """Return the time when it began; "" where only the day is known."""
        return clock(self.first_minute)

    @property
    def last_clock(self) -> str:
        """Return the time when it was over."""
        return clock(self.last_minute)

    @property
    def is_span(self) -> bool:
        """Return whether it is known only between two moments."""
        begins, ends = (self.first_day, self.first_minute), (self.last_day, self.last_minute)
        return begins != ends


class Step(models.Model):
    """Steg: what became of a report, when and by whom; rows are added, never changed."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="steps")
    state = models.CharField(max_length=12, choices=STATES)
    at = models.DateTimeField()
    by = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")
    act = models.CharField(max_length=12, choices=ACTS, default=Act.MOVED)
    reason = models.CharField(max_length=1000, blank=True)  # for those who work with it
    answer = models.CharField(max_length=600, blank=True)  # to the one who reported
    hand_off = models.ForeignKey("events.HandOff", models.SET_NULL, null=True, related_name="steps")

    class Meta:
        """In the order they were taken."""

        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.report_id} {self.state}"


class Photo(models.Model):
    """Foto: a picture of a place, made anew without anything that its file told beside it."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="photos")
    sha256 = models.CharField(max_length=64)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    recorded_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.report_id} {self.width}x{self.height}"


class Claim(models.Model):
    """Följekod: what a resident without an account follows a report by; only its digest is kept."""

    report = models.OneToOneField(Report, models.CASCADE, related_name="claim")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.report_id)

    @staticmethod
    def digest_of(code: str) -> str:
        """Return what is kept of a code, however it was typed."""
        plain = "".join(each for each in code.upper() if each.isalnum())
        return hmac.new(settings.SECRET_KEY.encode(), plain.encode(), hashlib.sha256).hexdigest()


class QuietWeek(models.Model):
    """Inget att rapportera: an organisation that had nothing to tell of a week, and said so."""

    organisation = models.ForeignKey("partners.Organisation", models.PROTECT, related_name="+")
    monday = models.DateField()
    said_by = models.ForeignKey("accounts.Account", models.PROTECT, related_name="+")
    said_at = models.DateTimeField()

    class Meta:
        """Said once a week."""

        constraints: ClassVar = [
            models.UniqueConstraint("organisation", "monday", name="quiet_once_a_week")
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.monday}"
