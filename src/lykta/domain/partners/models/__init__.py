"""The tables of partners."""

from lykta.domain.partners.models.agreements import (
    AGREEMENT_KINDS,
    JOINT_WORK_KINDS,
    STANDINGS,
    Agreement,
    AgreementQuerySet,
    JointWork,
)
from lykta.domain.partners.models.demands import TwoStepDemand, TwoStepDemandQuerySet
from lykta.domain.partners.models.groups import GroupRole
from lykta.domain.partners.models.invitations import Invitation, InvitationQuerySet
from lykta.domain.partners.models.memberships import (
    CLEARANCES,
    EXTENTS,
    ROLES,
    SUBJECTS,
    Membership,
    MembershipQuerySet,
)
from lykta.domain.partners.models.network import BONDS, Cooperation
from lykta.domain.partners.models.organisations import (
    ORGANISATION_KINDS,
    Organisation,
    OrganisationQuerySet,
)

__all__ = [
    "AGREEMENT_KINDS",
    "BONDS",
    "CLEARANCES",
    "EXTENTS",
    "JOINT_WORK_KINDS",
    "ORGANISATION_KINDS",
    "ROLES",
    "STANDINGS",
    "SUBJECTS",
    "Agreement",
    "AgreementQuerySet",
    "Cooperation",
    "GroupRole",
    "Invitation",
    "InvitationQuerySet",
    "JointWork",
    "Membership",
    "MembershipQuerySet",
    "Organisation",
    "OrganisationQuerySet",
    "TwoStepDemand",
    "TwoStepDemandQuerySet",
]
