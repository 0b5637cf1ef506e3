"""What people fill in about partners."""

from lykta.domain.partners.forms.accounts import AccountForm, ChangeAccountForm
from lykta.domain.partners.forms.agreements import AgreementForm, EndForm, JointWorkForm, SignForm
from lykta.domain.partners.forms.council import CouncilMeetingForm, OutcomeForm
from lykta.domain.partners.forms.demands import TwoStepsForm
from lykta.domain.partners.forms.groups import GroupForm
from lykta.domain.partners.forms.invitations import InvitationForm, PasswordForm
from lykta.domain.partners.forms.memberships import EndMembershipForm, MembershipForm
from lykta.domain.partners.forms.network import CooperationForm
from lykta.domain.partners.forms.offices import (
    AttemptForm,
    CouncilForm,
    FunctionForm,
    LeadForm,
    MandateForm,
    NotedForm,
    SeatForm,
    WithdrawForm,
)
from lykta.domain.partners.forms.organisations import OrganisationForm

__all__ = [
    "AccountForm",
    "AgreementForm",
    "AttemptForm",
    "ChangeAccountForm",
    "CooperationForm",
    "CouncilForm",
    "CouncilMeetingForm",
    "EndForm",
    "EndMembershipForm",
    "FunctionForm",
    "GroupForm",
    "InvitationForm",
    "JointWorkForm",
    "LeadForm",
    "MandateForm",
    "MembershipForm",
    "NotedForm",
    "OrganisationForm",
    "OutcomeForm",
    "PasswordForm",
    "SeatForm",
    "SignForm",
    "TwoStepsForm",
    "WithdrawForm",
]
