"""The tables of partners."""

from lykta.domain.partners.models.agreements import (
    AGREEMENT_KINDS,
    JOINT_WORK_KINDS,
    STANDINGS,
    Agreement,
    AgreementQuerySet,
    JointWork,
)
from lykta.domain.partners.models.council import (
    COUNCIL_MEETING_STATES,
    CouncilMeeting,
    CouncilMeetingQuerySet,
    CouncilMember,
    StrategicCouncil,
)
from lykta.domain.partners.models.demands import TwoStepDemand, TwoStepDemandQuerySet
from lykta.domain.partners.models.efforts import EFFORT_OUTCOMES, Effort
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
from lykta.domain.partners.models.noted import Noted
from lykta.domain.partners.models.offices import Assignment, CoordinationFunction, LeadBody
from lykta.domain.partners.models.organisations import (
    ORGANISATION_KINDS,
    Organisation,
    OrganisationQuerySet,
)

__all__ = [
    "AGREEMENT_KINDS",
    "BONDS",
    "CLEARANCES",
    "COUNCIL_MEETING_STATES",
    "EFFORT_OUTCOMES",
    "EXTENTS",
    "JOINT_WORK_KINDS",
    "ORGANISATION_KINDS",
    "ROLES",
    "STANDINGS",
    "SUBJECTS",
    "Agreement",
    "AgreementQuerySet",
    "Assignment",
    "Cooperation",
    "CoordinationFunction",
    "CouncilMeeting",
    "CouncilMeetingQuerySet",
    "CouncilMember",
    "Effort",
    "GroupRole",
    "Invitation",
    "InvitationQuerySet",
    "JointWork",
    "LeadBody",
    "Membership",
    "MembershipQuerySet",
    "Noted",
    "Organisation",
    "OrganisationQuerySet",
    "StrategicCouncil",
    "TwoStepDemand",
    "TwoStepDemandQuerySet",
]
