"""The tables of indicators: series, their observations, and what is said of the world outside."""

from dataclasses import replace
from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from lykta.domain.indicators.rules import Basis, Status, Theme
from lykta.infrastructure.access import Confidentiality, Reach, visible
from lykta.infrastructure.imports.models import LatestQuerySet, complete

READ = "read indicators"
THEMES = {
    Theme.SAFETY: _("Trygghet"),
    Theme.HOUSING: _("Trygga boendemiljöer"),
    Theme.ATTRACTIVENESS: _("Bo och verka"),
    Theme.VIOLENCE: _("Grovt våld"),
    Theme.CRIME: _("Anmälda brott"),
    Theme.POPULATION: _("Folkmängd"),
    Theme.OUTSIDE: _("Omvärlden"),
    Theme.OTHER: _("Övrigt"),
}
BASES = {
    Basis.EVENTS: _("händelser"),
    Basis.ANSWERS: _("svar"),
    Basis.PEOPLE: _("antal människor"),
    Basis.OTHER: _("annat"),
}
STATUSES = {
    Status.FINAL: _("slutlig"),
    Status.PRELIMINARY: _("preliminär"),
    Status.MISSING: _("källan har inget värde"),
    Status.SUPPRESSED: _("källan lämnar inte ut värdet"),
    Status.NOT_APPLICABLE: _("värdet kan inte finnas"),
}
CONFIDENTIALITIES = [(level.value, level.value) for level in Confidentiality]


class IndicatorQuerySet(models.QuerySet["Indicator"]):
    """Asks for series."""

    def visible_to(self, reach: Reach) -> Self:
        """Return the series that the reach covers and that have values; others are unfinished.

        A series is about the whole municipality: who is let in for some areas sees the public ones.
        """
        rows = visible(Indicator.objects.all(), _whole(reach), right=READ)
        values = Observation.objects.filter(complete(), indicator=OuterRef("pk"))
        return self.filter(Exists(values), pk__in=rows)


class Indicator(models.Model):
    """Nyckeltal: a series with its source, unit and definition."""

    code = models.CharField(max_length=80, unique=True)  # "kolada:N07403", "egen:vakanser"
    title = models.CharField(max_length=200)
    definition = models.TextField(blank=True)
    unit = models.CharField(max_length=60, blank=True)
    source = models.CharField(max_length=300)
    dataset = models.CharField(max_length=200, blank=True)
    theme = models.CharField(max_length=20, choices=THEMES)
    basis = models.CharField(max_length=10, choices=BASES, default=Basis.OTHER)
    # Rare grave events that are known to all anyway: shown in full, with an exact interval.
    is_rare = models.BooleanField(default=False)
    confidentiality = models.CharField(
        max_length=20, choices=CONFIDENTIALITIES, default=Confidentiality.PUBLIC
    )

    objects = IndicatorQuerySet.as_manager()

    def __str__(self) -> str:
        return self.title


class ObservationQuerySet(LatestQuerySet["Observation"]):
    """Asks for values as they are known."""

    one_of = ("indicator", "geo_code", "geo_version", "period", "sex")

    def visible_to(self, reach: Reach) -> Self:
        """Return the values of series that the reach covers, unfinished imports left out."""
        series = visible(Indicator.objects.all(), _whole(reach), right=READ)
        return self.filter(complete(), indicator__in=series)


class Observation(models.Model):
    """Uppgift: one value of a series for one area, period and sex.

    Rows are added, never changed: a revised value is a new row, and the later recorded holds.
    """

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="observations")
    geo_code = models.CharField(max_length=80)
    geo_version = models.CharField(max_length=40)  # "kommun", "DeSO2018": only equal ones compare
    period = models.CharField(max_length=12)
    sex = models.CharField(max_length=40, default="-")
    value = models.FloatField(null=True)  # None: missing, which is never nought
    status = models.CharField(max_length=20, choices=STATUSES)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    n = models.PositiveIntegerField(null=True)
    source = models.CharField(max_length=300)
    retrieved = models.CharField(max_length=200)  # as the file says it, or the day it was read in
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")
    run = models.ForeignKey("imports.Run", models.PROTECT, null=True, related_name="+")

    objects = ObservationQuerySet.as_manager()

    class Meta:
        """Found by series and area; a value is there or the status says why it is not."""

        indexes: ClassVar = [
            models.Index(
                "indicator", "geo_code", "geo_version", "period", "sex", name="observation_of"
            ),
            models.Index("geo_code", name="observation_by_place"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(value__isnull=False, status__in=[Status.FINAL, Status.PRELIMINARY])
                | Q(
                    value__isnull=True,
                    status__in=[Status.MISSING, Status.SUPPRESSED, Status.NOT_APPLICABLE],
                ),
                name="a_value_or_the_reason_for_none",
            ),
            models.CheckConstraint(
                condition=Q(low__isnull=True, high__isnull=True) | Q(low__lte=models.F("high")),
                name="an_interval_has_both_ends",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.geo_code} {self.period}: {self.value}"

    @property
    def is_preliminary(self) -> bool:
        """Return whether the source may still change the value."""
        return self.status == Status.PRELIMINARY


class Citation(models.Model):
    """Utsaga: what a source says of the world outside, with the day it was published."""

    text = models.CharField(max_length=500)
    source = models.CharField(max_length=300)
    published_on = models.DateField()
    url = models.URLField(max_length=500, blank=True)
    place = models.CharField(max_length=80)  # what it is about: "Sverige", "Europa"
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, null=True, blank=True, related_name="citations"
    )
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")

    class Meta:
        """The latest published first; none without a source."""

        ordering: ClassVar = ["-published_on", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(source=""), name="no_citation_without_a_source")
        ]

    def __str__(self) -> str:
        return self.text


def _whole(reach: Reach) -> Reach:
    """Return a reach in which memberships for some areas only are cleared for what is public."""
    public = frozenset({Confidentiality.PUBLIC})
    return replace(
        reach,
        grants=tuple(
            grant if grant.areas is None else replace(grant, clearance=public)
            for grant in reach.grants
        ),
    )
