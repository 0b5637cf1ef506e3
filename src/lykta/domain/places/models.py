"""The tables of places: areas as they are from a day on, who lives there, lists, and places."""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from lykta.domain.places.rules import BorderOrigin, Classifier, Kind, Level, Listed, PlaceKind
from lykta.infrastructure.access import Confidentiality, Reach, visible
from lykta.infrastructure.imports.models import LatestQuerySet, complete

READ = "read places"
CHANGE = "change places"
KINDS = {
    Kind.MUNICIPALITY: _("kommun"),
    Kind.DISTRICT: _("kommundel"),
    Kind.REGSO: _("RegSO"),
    Kind.DESO: _("DeSO"),
    Kind.LISTED: _("område på polisens lista"),
    Kind.LOCAL: _("eget område"),
}
ORIGINS = {
    BorderOrigin.OFFICIAL: _("officiell gräns"),
    BorderOrigin.APPROXIMATION: _("lokal uppskattning"),
    BorderOrigin.NONE: _("gräns saknas"),
}
LISTED = {
    Listed.YES: _("på listan"),
    Listed.NO: _("inte på listan"),
    Listed.UNKNOWN: _("uppgift saknas"),
}
LEVELS = {
    Level.VULNERABLE: _("utsatt område"),
    Level.RISK_AREA: _("riskområde"),
    Level.SPECIALLY_VULNERABLE: _("särskilt utsatt område"),
    Level.UNKNOWN: _("nivå okänd"),
}
CLASSIFIERS = {
    Classifier.POLICE: _("Polisens lista över utsatta områden"),
    Classifier.STATISTICS_SWEDEN: _("SCB:s karta över områden med utanförskap"),
    Classifier.LOCAL: _("Kommunens egen klassning"),
}
PLACE_KINDS = {
    PlaceKind.ADDRESS: _("adress"),
    PlaceKind.CENTRE: _("centrum"),
    PlaceKind.FACILITY: _("anläggning"),
    PlaceKind.LANDMARK: _("landmärke"),
    PlaceKind.PARK: _("park"),
    PlaceKind.SCHOOL: _("skola"),
    PlaceKind.SQUARE: _("torg"),
    PlaceKind.STOP: _("hållplats"),
}
# The fields that say in which areas a place lies: parts of the municipality, then what is drawn
# across them.
PLACE_AREAS = ("area", "listed_area", "local_area")
CONFIDENTIALITIES = [(level.value, level.value) for level in Confidentiality]


class Area(models.Model):
    """Område: what keeps its identity while its name, border and place in the tree change."""

    code = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=20, choices=KINDS)
    # The latest name, for choosing in forms; what it was called on a day is in the versions.
    name = models.CharField(max_length=120)
    confidentiality = models.CharField(
        max_length=20, choices=CONFIDENTIALITIES, default=Confidentiality.PUBLIC
    )

    def __str__(self) -> str:
        return self.name


class AreaVersionQuerySet(models.QuerySet["AreaVersion"]):
    """Asks for areas as they were on a day."""

    def visible_to(self, reach: Reach) -> Self:
        """Return the versions of areas that the reach covers, unfinished imports left out."""
        areas = visible(Area.objects.all(), reach, right=READ, area="pk")
        return self.filter(complete(), area__in=areas)

    def held(self, as_of: date) -> Self:
        """Return the one version of each area that held on a day; ended areas left out."""
        latest = (
            AreaVersion.objects.filter(complete(), area=OuterRef("area"), valid_from__lte=as_of)
            .order_by("-valid_from", "-id")
            .values("pk")[:1]
        )
        return self.filter(pk=Subquery(latest), is_ended=False)


class AreaVersion(models.Model):
    """Områdesversion: what an area was called, where it lay and what it was part of, from a day.

    Rows are added, never changed. Of two that hold from the same day the later recorded holds.
    """

    area = models.ForeignKey(Area, models.PROTECT, related_name="versions")
    valid_from = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")
    run = models.ForeignKey("imports.Run", models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=120)
    parent = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+")
    is_ended = models.BooleanField(default=False)
    # GeoJSON of a (multi)polygon, longitude and latitude; "" where the area is known by name only.
    border = models.TextField(blank=True)
    border_sha256 = models.CharField(max_length=64, blank=True)
    border_origin = models.CharField(max_length=20, choices=ORIGINS)
    border_note = models.CharField(max_length=300, blank=True)
    # The box and a point inside, both in degrees and in SWEREF 99 TM metres; None without border.
    west_m = models.FloatField(null=True)
    south_m = models.FloatField(null=True)
    east_m = models.FloatField(null=True)
    north_m = models.FloatField(null=True)
    x_m = models.FloatField(null=True)
    y_m = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    area_m2 = models.FloatField(null=True)

    objects = AreaVersionQuerySet.as_manager()

    class Meta:
        """Found by area and day, and by box."""

        indexes: ClassVar = [
            models.Index("area", F("valid_from").desc(), name="version_by_day"),
            models.Index("west_m", "east_m", "south_m", "north_m", name="version_by_box"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(border="") | Q(border_origin=BorderOrigin.NONE),
                name="no_origin_without_a_border",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.valid_from})"

    @property
    def km2(self) -> float | None:
        """Return the area in square kilometres; None without a border."""
        return None if self.area_m2 is None else self.area_m2 / 1e6


class PopulationQuerySet(LatestQuerySet["Population"]):
    """Asks for the population as it is known."""

    one_of = ("area", "year")


class Population(models.Model):
    """Folkmängd: how many lived in an area on 31 December of a year, and who says so."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    inhabitants = models.PositiveIntegerField()
    source = models.CharField(max_length=300)
    retrieved = models.CharField(max_length=200)  # as the file says it, or the day it was read in
    is_preliminary = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")
    run = models.ForeignKey("imports.Run", models.PROTECT, null=True, related_name="+")

    objects = PopulationQuerySet.as_manager()

    class Meta:
        """Found by area and year."""

        indexes: ClassVar = [models.Index("area", "year", name="population_by_year")]

    def __str__(self) -> str:
        return f"{self.area_id} {self.year}: {self.inhabitants}"


class ClassificationQuerySet(LatestQuerySet["Classification"]):
    """Asks for what lists say."""

    one_of = ("area", "classifier", "list_year", "label")

    def visible_to(self, reach: Reach) -> Self:
        """Return the classifications of areas that the reach covers."""
        areas = visible(Area.objects.all(), reach, right=READ, area="pk")
        return self.filter(complete(), area__in=areas)


class Classification(models.Model):
    """Klassning: what one list of one year says of one area."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="classifications")
    classifier = models.CharField(max_length=20, choices=CLASSIFIERS)
    list_year = models.PositiveSmallIntegerField()
    holds_from = models.DateField()
    published = models.CharField(max_length=10, blank=True)  # as exactly as it is known
    label = models.CharField(max_length=120)  # the name that the list has
    listed = models.CharField(max_length=10, choices=LISTED)
    level = models.CharField(max_length=20, choices=LEVELS, default=Level.UNKNOWN)
    split_from = models.JSONField(default=list)
    certainty = models.CharField(max_length=30, blank=True)
    source = models.CharField(max_length=300, blank=True)
    note = models.CharField(max_length=300, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")
    run = models.ForeignKey("imports.Run", models.PROTECT, null=True, related_name="+")

    objects = ClassificationQuerySet.as_manager()

    class Meta:
        """Found by area."""

        indexes: ClassVar = [models.Index("area", "list_year", name="classification_by_year")]

    def __str__(self) -> str:
        return f"{self.label} {self.list_year}: {self.listed}"


class ListEditionQuerySet(LatestQuerySet["ListEdition"]):
    """Asks for what is known of whole lists."""

    one_of = ("classifier", "list_year")


class ListEdition(models.Model):
    """Utgåva: how many areas of the country stand on the list of one year."""

    classifier = models.CharField(max_length=20, choices=CLASSIFIERS)
    list_year = models.PositiveSmallIntegerField()
    holds_from = models.DateField()
    published = models.CharField(max_length=10, blank=True)
    total = models.PositiveSmallIntegerField(null=True)
    specially_vulnerable = models.PositiveSmallIntegerField(null=True)
    risk_areas = models.PositiveSmallIntegerField(null=True)
    vulnerable = models.PositiveSmallIntegerField(null=True)
    n_split = models.PositiveSmallIntegerField(null=True)  # areas of the list before, divided
    certainty = models.CharField(max_length=30, blank=True)
    source = models.CharField(max_length=300, blank=True)
    note = models.CharField(max_length=300, blank=True)
    recorded_at = models.DateTimeField()
    run = models.ForeignKey("imports.Run", models.PROTECT, null=True, related_name="+")

    objects = ListEditionQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.classifier} {self.list_year}"


class PlaceQuerySet(LatestQuerySet["Place"]):
    """Asks for places as they were on a day."""

    one_of = ("code",)

    def visible_to(self, reach: Reach) -> Self:
        """Return the places that the reach covers, unfinished imports left out."""
        return visible(self.filter(complete()), reach, right=READ, area=PLACE_AREAS)

    def held(self, as_of: date) -> Self:
        """Return the one row of each place that held on a day; ended places left out."""
        latest = (
            Place.objects.filter(complete(), code=OuterRef("code"), valid_from__lte=as_of)
            .order_by("-valid_from", "-id")
            .values("pk")[:1]
        )
        return self.filter(pk=Subquery(latest), is_ended=False)


class Place(models.Model):
    """Plats: a landmark or an address by which people say where something happened.

    Rows are added, never changed; where borders move, a place gets a new row in its new areas.
    """

    code = models.CharField(max_length=40)  # what the file knows it by, else a digest of the row
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=PLACE_KINDS)
    aliases = models.JSONField(default=list)  # what people call it besides
    x_m = models.FloatField()  # SWEREF 99 TM
    y_m = models.FloatField()
    lon = models.FloatField()
    lat = models.FloatField()
    area = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+", db_index=False)
    listed_area = models.ForeignKey(
        Area, models.PROTECT, null=True, related_name="+", db_index=False
    )
    local_area = models.ForeignKey(
        Area, models.PROTECT, null=True, related_name="+", db_index=False
    )
    is_dwelling = models.BooleanField(default=False)  # people live here: no point for everyone
    confidentiality = models.CharField(
        max_length=20, choices=CONFIDENTIALITIES, default=Confidentiality.PUBLIC
    )
    valid_from = models.DateField()
    is_ended = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")
    run = models.ForeignKey("imports.Run", models.PROTECT, null=True, related_name="+")

    objects = PlaceQuerySet.as_manager()

    class Meta:
        """Found by code and day."""

        indexes: ClassVar = [models.Index("code", F("valid_from").desc(), name="place_by_day")]

    def __str__(self) -> str:
        return self.name
