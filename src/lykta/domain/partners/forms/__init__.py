"""What people fill in about partners."""

from lykta.domain.partners.forms.accounts import AccountForm, ChangeAccountForm
from lykta.domain.partners.forms.memberships import EndMembershipForm, MembershipForm
from lykta.domain.partners.forms.organisations import OrganisationForm

__all__ = [
    "AccountForm",
    "ChangeAccountForm",
    "EndMembershipForm",
    "MembershipForm",
    "OrganisationForm",
]
