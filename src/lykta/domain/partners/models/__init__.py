"""The tables of partners."""

from lykta.domain.partners.models.memberships import (
    CLEARANCES,
    EXTENTS,
    ROLES,
    SUBJECTS,
    Membership,
    MembershipQuerySet,
)
from lykta.domain.partners.models.organisations import (
    ORGANISATION_KINDS,
    Organisation,
    OrganisationQuerySet,
)

__all__ = [
    "CLEARANCES",
    "EXTENTS",
    "ORGANISATION_KINDS",
    "ROLES",
    "SUBJECTS",
    "Membership",
    "MembershipQuerySet",
    "Organisation",
    "OrganisationQuerySet",
]
