"""What people fill in about partners."""

from lykta.domain.partners.forms.accounts import AccountForm, ChangeAccountForm
from lykta.domain.partners.forms.agreements import AgreementForm, EndForm, JointWorkForm, SignForm
from lykta.domain.partners.forms.demands import TwoStepsForm
from lykta.domain.partners.forms.groups import GroupForm
from lykta.domain.partners.forms.invitations import InvitationForm, PasswordForm
from lykta.domain.partners.forms.memberships import EndMembershipForm, MembershipForm
from lykta.domain.partners.forms.network import CooperationForm
from lykta.domain.partners.forms.organisations import OrganisationForm

__all__ = [
    "AccountForm",
    "AgreementForm",
    "ChangeAccountForm",
    "CooperationForm",
    "EndForm",
    "EndMembershipForm",
    "GroupForm",
    "InvitationForm",
    "JointWorkForm",
    "MembershipForm",
    "OrganisationForm",
    "PasswordForm",
    "SignForm",
    "TwoStepsForm",
]
