"""Reading partners, and who may see what."""

from lykta.domain.partners.selectors.memberships import ending_soon, membership, memberships
from lykta.domain.partners.selectors.organisations import (
    in_cooperation,
    organisation,
    organisations,
    organisations_of,
    organisations_to_fill,
    reporting,
    search,
)
from lykta.domain.partners.selectors.reach import accounts_with, reach_of, role_label, roles_of

__all__ = [
    "accounts_with",
    "ending_soon",
    "in_cooperation",
    "membership",
    "memberships",
    "organisation",
    "organisations",
    "organisations_of",
    "organisations_to_fill",
    "reach_of",
    "reporting",
    "role_label",
    "roles_of",
    "search",
]
