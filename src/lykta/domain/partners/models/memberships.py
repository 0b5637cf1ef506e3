"""The table of memberships, and what roles and rights are called."""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from lykta.domain.partners.models.agreements import Agreement
from lykta.domain.partners.models.organisations import Organisation
from lykta.domain.partners.rules import (
    ADMINISTER_MEMBERSHIPS,
    ADMINISTER_OWN_MEMBERS,
    Extent,
    OrganisationKind,
    Role,
    Subject,
)
from lykta.infrastructure.access import Confidentiality, Reach

ROLES = {
    Role.COORDINATOR: _("trygghetssamordnare"),
    Role.ANALYST: _("analytiker"),
    Role.OPERATIVE_COORDINATOR: _("operativ samordnare"),
    Role.HOUSING_COMPANY: _("bostadsbolag"),
    Role.CIVIL_SOCIETY: _("civilsamhälle"),
    Role.SAFETY_HOST: _("trygghetsvärd"),
    Role.FIELD_WORKER: _("fältarbetare"),
    Role.POLICE_LIAISON: _("polisens kontaktperson"),
    Role.SOCIAL_SERVICES: _("socialtjänst"),
    Role.PLANNER: _("planerare"),
    Role.CONTROLLER: _("controller"),
    Role.CHAIR: _("ordförande"),
    Role.IT_OPERATIONS: _("it-drift"),
}


SUBJECTS = {
    Subject.OWN_REPORTS: _("Egna organisationens rapporter"),
    Subject.OTHERS_REPORTS: _("Andras godtagna rapporter"),
    Subject.DESCRIPTIONS: _("Andras beskrivning och bild"),
    Subject.INBOX: _("Inkorg"),
    Subject.PLAN: _("Problem, åtgärder, plan"),
    Subject.MONEY: _("Pengar"),
    Subject.T0_ENTRY: _("Antal i metoder för enskilda"),
    Subject.CAMERA_DRAFTS: _("Utkast om kameror"),
    Subject.ADMINISTRATION: _("Administration"),
}


EXTENTS = {
    Extent.NONE: _("nej"),
    Extent.COUNTS: _("bara antal"),
    Extent.OWN: _("egna"),
    Extent.OWN_AREAS: _("egna områden"),
    Extent.OWN_WRITE: _("läser, skriver egna"),
    Extent.STAFFING: _("bemanning"),
    Extent.READ: _("läser"),
    Extent.EVALUATE: _("läser, utvärderar"),
    Extent.ALL: _("alla"),
    Extent.WRITE: _("skriver"),
    Extent.MEMBERSHIPS: _("medlemskap, kategorier"),
    Extent.OWN_MEMBERS: _("egna medlemmar"),
    Extent.ACCOUNTS: _("konton, inställningar, säkerhetskopior"),
}


CLEARANCES = {
    Confidentiality.PUBLIC: _("öppna uppgifter"),
    Confidentiality.PARTNERS: _("uppgifter för samverkan"),
    Confidentiality.MUNICIPALITY: _("även kommunens interna uppgifter"),
}


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Asks for memberships."""

    def visible_to(self, reach: Reach) -> Self:
        """Return the memberships that the reach may administer; its last branch is nothing."""
        if reach.may(ADMINISTER_MEMBERSHIPS):
            return self
        return self.filter(organisation__in=reach.organisations(ADMINISTER_OWN_MEMBERS))

    def given(self, on: date) -> Self:
        """Return the memberships whose days a day falls within, whether or not they hold."""
        return self.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=on),
            Q(ended_on__isnull=True) | Q(ended_on__gt=on),
            starts_on__lte=on,
        )

    def held(self, on: date) -> Self:
        """Return the memberships that hold on a day, of accounts that may be used.

        One for an organisation outside the municipality rests on an agreement that holds then.
        """
        agreed = Agreement.objects.in_force(on).filter(
            parties=OuterRef("organisation"), gives_access=True
        )
        return self.given(on).filter(
            Q(organisation__kind=OrganisationKind.MUNICIPALITY) | Exists(agreed),
            account__is_active=True,
        )


class Membership(models.Model):
    """Medlemskap: an account acts in a role for an organisation, from one day to another."""

    account = models.ForeignKey("accounts.Account", models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=30, choices=ROLES)
    # None chosen: the whole municipality.
    areas = models.ManyToManyField("places.Area", related_name="+", blank=True)
    clearance = models.CharField(max_length=20, choices=CLEARANCES)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)  # its last day
    ended_on = models.DateField(null=True)  # taken back: from this day on it holds no longer

    objects = MembershipQuerySet.as_manager()

    class Meta:
        """It does not end before it starts."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="membership_ends_after_it_starts",
            )
        ]

    def __str__(self) -> str:
        return f"{self.account} · {self.organisation}"

    def is_within(self, on: date) -> bool:
        """Return whether a day lies within its time, apart from what agreement it rests on."""
        is_begun = self.starts_on <= on
        is_over = (self.ends_on and self.ends_on < on) or (self.ended_on and self.ended_on <= on)
        return self.account.is_active and is_begun and not is_over
