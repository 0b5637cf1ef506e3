"""The table of organisations."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from lykta.domain.partners.rules import ADMINISTER_MEMBERSHIPS, OrganisationKind
from lykta.infrastructure.access import Reach

ORGANISATION_KINDS = {
    OrganisationKind.MUNICIPALITY: _("kommunen"),
    OrganisationKind.MUNICIPAL_COMPANY: _("kommunalt bolag"),
    OrganisationKind.POLICE: _("polisen"),
    OrganisationKind.PROPERTY_OWNER: _("fastighetsägare"),
    OrganisationKind.OWNER_ASSOCIATION: _("fastighetsägarförening"),
    OrganisationKind.CIVIL_SOCIETY: _("civilsamhälle"),
    OrganisationKind.REGION: _("region"),
    OrganisationKind.AUTHORITY: _("annan myndighet"),
    OrganisationKind.EDUCATION: _("skola eller högskola"),
    OrganisationKind.OTHER: _("annan"),
}


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Asks for organisations."""

    def visible_to(self, reach: Reach) -> Self:
        """Return all organisations to those who administer memberships, else one's own."""
        if reach.may(ADMINISTER_MEMBERSHIPS):
            return self
        return self.filter(pk__in=[grant.organisation for grant in reach.grants])


class Organisation(models.Model):
    """Organisation: an actor in the work, of the municipality or outside it."""

    name = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=20, choices=ORGANISATION_KINDS)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = OrganisationQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name
