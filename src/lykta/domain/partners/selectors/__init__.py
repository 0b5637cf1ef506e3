"""Reading partners, and who may see what."""

from lykta.domain.partners.selectors.agreements import (
    Quarter,
    Stood,
    agreement,
    agreements,
    ending,
    in_areas,
    joint_work,
    opening,
    search_agreements,
    stood_on,
)
from lykta.domain.partners.selectors.demands import demanded_roles, demands
from lykta.domain.partners.selectors.groups import (
    group_role,
    group_roles,
    organisations_for_groups,
)
from lykta.domain.partners.selectors.invitations import (
    invitation,
    invitations,
    invited,
    still_invited,
    waiting,
)
from lykta.domain.partners.selectors.memberships import (
    as_they_stand,
    ending_soon,
    membership,
    memberships,
)
from lykta.domain.partners.selectors.network import Tie, missing, network
from lykta.domain.partners.selectors.organisations import (
    in_cooperation,
    organisation,
    organisations,
    organisations_of,
    organisations_to_fill,
    reporting,
    search,
)
from lykta.domain.partners.selectors.reach import (
    accounts_with,
    is_member,
    reach_of,
    reaches,
    role_label,
    roles_of,
)

__all__ = [
    "Quarter",
    "Stood",
    "Tie",
    "accounts_with",
    "agreement",
    "agreements",
    "as_they_stand",
    "demanded_roles",
    "demands",
    "ending",
    "ending_soon",
    "group_role",
    "group_roles",
    "in_areas",
    "in_cooperation",
    "invitation",
    "invitations",
    "invited",
    "is_member",
    "joint_work",
    "membership",
    "memberships",
    "missing",
    "network",
    "opening",
    "organisation",
    "organisations",
    "organisations_for_groups",
    "organisations_of",
    "organisations_to_fill",
    "reach_of",
    "reaches",
    "reporting",
    "role_label",
    "roles_of",
    "search",
    "search_agreements",
    "still_invited",
    "stood_on",
    "waiting",
]
