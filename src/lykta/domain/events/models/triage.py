"""The tables of triage: where reports go, who stands in for whom, answers, and hand-offs."""

import hashlib
import hmac
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from lykta.domain.events.models.events import Category
from lykta.domain.events.models.language import either
from lykta.domain.events.models.reports import Photo, Report
from lykta.domain.events.rules import clock
from lykta.domain.events.rules.routing import Condition

READ_INBOX = "read inbox"  # what one's own organisation has to deal with
_NO_ONE = Q(organisation=None, account=None)


class RoutingRule(models.Model):
    """Fördelningsregel: which reports go to whom; of those that match the first decides."""

    order = models.PositiveSmallIntegerField()
    category = models.ForeignKey(Category, models.PROTECT, null=True, related_name="+")
    area = models.ForeignKey("places.Area", models.PROTECT, null=True, related_name="+")
    weekdays = models.JSONField(default=list)  # 0 is Monday; none: every day
    first_minute = models.SmallIntegerField(null=True)  # of the day; None: at any hour
    last_minute = models.SmallIntegerField(null=True)
    organisation = models.ForeignKey(
        "partners.Organisation", models.PROTECT, null=True, related_name="+"
    )
    account = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")

    class Meta:
        """In the order they are tried; each leads to someone."""

        ordering: ClassVar = ["order", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~_NO_ONE, name="a_rule_leads_somewhere"),
            models.CheckConstraint(
                condition=Q(first_minute=None, last_minute=None)
                | Q(first_minute__isnull=False, last_minute__isnull=False),
                name="a_rule_has_both_hours_or_none",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order}"

    @property
    def clocks(self) -> str:
        """Return the hours that it asks for: "22.00–06.00"; "" for any."""
        if self.first_minute is None:
            return ""
        return f"{clock(self.first_minute)}–{clock(self.last_minute)}"

    def condition(self, inside: frozenset[int]) -> Condition:
        """Return what it asks for, given its area and all within."""
        return Condition(
            category=self.category_id,
            family=self.category.parent_id if self.category else None,
            areas=inside if self.area_id else None,
            weekdays=frozenset(self.weekdays),
            first_minute=self.first_minute,
            last_minute=self.last_minute,
        )


class StandIn(models.Model):
    """Ersättare: who gets what would go to one who is away, from one day to another."""

    account = models.ForeignKey("accounts.Account", models.PROTECT, related_name="+")
    stand_in = models.ForeignKey("accounts.Account", models.PROTECT, related_name="+")
    first_day = models.DateField()
    last_day = models.DateField()

    class Meta:
        """By day; nobody stands in for herself."""

        ordering: ClassVar = ["first_day", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="no_absence_ends_first"
            ),
            models.CheckConstraint(
                condition=~Q(account=F("stand_in")), name="nobody_stands_in_for_herself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.first_day}"


class Assignment(models.Model):
    """Tilldelning: who deals with a report from a moment on; the last row holds.

    The trace says which rules were tried when it was routed, as they read then; none by hand.
    """

    report = models.ForeignKey(Report, models.CASCADE, related_name="assignments")
    organisation = models.ForeignKey(
        "partners.Organisation", models.PROTECT, null=True, related_name="+"
    )
    account = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")
    # Who is away, and would have had it.
    instead_of = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")
    is_routed = models.BooleanField()  # by the rules, else by hand
    trace = models.JSONField(default=list)

    class Meta:
        """In the order they were made."""

        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.report_id} {self.organisation_id} {self.account_id}"


class AnswerTemplate(models.Model):
    """Svarsmall: an answer with what differs left open, for one kind of event or for all."""

    name = models.CharField(max_length=80)
    category = models.ForeignKey(Category, models.PROTECT, null=True, related_name="+")
    text = models.CharField(max_length=600)
    text_en = models.CharField(max_length=600, blank=True)
    order = models.PositiveSmallIntegerField(default=100)

    class Meta:
        """In the order they are offered."""

        ordering: ClassVar = ["order", "name"]

    def __str__(self) -> str:
        return self.name

    @property
    def category_now(self) -> str:
        """Return the kind that it is for, in the language of the reader; "" for all."""
        return either(self.category.name, self.category.name_en) if self.category else ""


class HandOff(models.Model):
    """Överlämning: what someone outside is told of a report, by a link that expires.

    Only the digest of the link is kept. When the report is erased, so is this.
    """

    report = models.ForeignKey(Report, models.CASCADE, related_name="hand_offs")
    party = models.CharField(max_length=120)
    address = models.CharField(max_length=200, blank=True)  # where the link was sent
    text = models.CharField(max_length=1000)  # written for the purpose
    photos = models.ManyToManyField(Photo, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")
    last_day = models.DateField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        """In the order they were made."""

        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.report_id} {self.last_day}"

    @staticmethod
    def digest_of(token: str) -> str:
        """Return what is kept of the secret in a link."""
        return hmac.new(
            settings.SECRET_KEY.encode(), f"hand-off/{token}".encode(), hashlib.sha256
        ).hexdigest()
