"""The tables of agreements: who works together, for what, where and until when."""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lykta.domain.partners.models.organisations import Organisation
from lykta.domain.partners.rules import (
    CHANGE_COOPERATION,
    READ_COOPERATION,
    AgreementKind,
    JointWorkKind,
    Standing,
    standing,
)
from lykta.infrastructure.access import Reach

AGREEMENT_KINDS = {
    AgreementKind.GENERAL: _("samverkan"),
    AgreementKind.POLICE: _("kommunen och polisen"),
    AgreementKind.EARLY_SUPPORT: _("socialtjänsten och polisen, tidigt stöd"),
}
STANDINGS = {
    Standing.DRAFT: _("utkast"),
    Standing.COMING: _("börjar gälla senare"),
    Standing.IN_FORCE: _("gäller"),
    Standing.EXPIRED: _("har löpt ut"),
    Standing.ENDED: _("avslutad i förtid"),
}
JOINT_WORK_KINDS = {
    JointWorkKind.MEETING: _("möten"),
    JointWorkKind.JOINT_ACTION: _("gemensamma insatser"),
    JointWorkKind.EARLY_CONTACT: _("unga som fick en tidig kontakt"),
}


class AgreementQuerySet(models.QuerySet["Agreement"]):
    """Asks for agreements."""

    def visible_to(self, reach: Reach) -> Self:
        """Return all to those who write them, else what is signed; the last branch is nothing."""
        if reach.may(CHANGE_COOPERATION):
            return self
        if reach.may(READ_COOPERATION):
            return self.exclude(signed_on=None)
        return self.none()

    def in_force(self, on: date) -> Self:
        """Return the agreements that hold on a day."""
        return self.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=on),
            Q(ended_on__isnull=True) | Q(ended_on__gt=on),
            signed_on__lte=on,
            starts_on__lte=on,
        )


class Agreement(models.Model):
    """Samverkansöverenskommelse (9 §): for which purposes, in which areas, until when.

    The municipality is always a party. What is signed is never changed: another takes its place.
    """

    title = models.CharField(max_length=160)
    kind = models.CharField(max_length=16, choices=AGREEMENT_KINDS, default=AgreementKind.GENERAL)
    parties = models.ManyToManyField(Organisation, related_name="agreements")
    purposes = models.TextField(max_length=2000, blank=True)  # one a line
    is_everywhere = models.BooleanField(default=False)  # the whole municipality
    areas = models.ManyToManyField("places.Area", related_name="+", blank=True)
    # Which information the parties tell each other, by which law; and how they work.
    sharing = models.TextField(max_length=2000, blank=True)
    working = models.TextField(max_length=2000, blank=True)
    registry_number = models.CharField(max_length=60, blank=True)
    gives_access = models.BooleanField(default=True)  # its parties' members may use lykta
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)  # its last day
    signed_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)  # from this day on it holds no longer
    end_reason = models.CharField(max_length=300, blank=True)
    replaces = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    changed_at = models.DateTimeField()

    objects = AgreementQuerySet.as_manager()

    class Meta:
        """It does not end before it starts, and is not ended without having been signed."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="agreement_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(signed_on__isnull=False),
                name="agreement_is_signed_before_it_is_ended",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def purpose_list(self) -> list[str]:
        """Return the purposes, one by one."""
        return [line.strip() for line in self.purposes.splitlines() if line.strip()]

    def standing(self, on: date) -> Standing:
        """Return how it stands on a day."""
        return standing(
            signed_on=self.signed_on,
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            ended_on=self.ended_on,
            on=on,
        )


class JointWork(models.Model):
    """Gemensamt arbete: what was done together under an agreement in a time, only as a count.

    Never changed: of two rows about the same time and kind from one organisation the later holds.
    """

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="joint_work")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, choices=JOINT_WORK_KINDS)
    quarter = models.DateField()  # its first day
    n = models.PositiveIntegerField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")

    class Meta:
        """In the order they were told."""

        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.quarter} {self.kind} {self.n}"
