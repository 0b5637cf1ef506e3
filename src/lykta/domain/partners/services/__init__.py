"""Writing partners: what the doors may call."""

from lykta.domain.partners.services.accounts import (
    add_account,
    change_account,
    end_sessions,
    invite,
    remove_factors,
    unlink,
)
from lykta.domain.partners.services.agreements import (
    AlreadySigned,
    NotInForce,
    NotToBeSigned,
    Terms,
    change_draft,
    draft_agreement,
    end_agreement,
    record_joint_work,
    sign_agreement,
    what_is_lacking,
)
from lykta.domain.partners.services.demands import demand_two_steps
from lykta.domain.partners.services.groups import (
    GroupGivesAlready,
    end_group_role,
    let_group_give,
)
from lykta.domain.partners.services.invitations import (
    AlreadyMember,
    Asked,
    NoAgreement,
    accept,
    invite_member,
    path_of,
    withdraw_invitation,
)
from lykta.domain.partners.services.memberships import (
    EndBeforeStart,
    add_membership,
    check_may_add,
    end_membership,
    take_back_membership,
)
from lykta.domain.partners.services.network import WithItself, note_cooperation
from lykta.domain.partners.services.notices import INVITED_KIND
from lykta.domain.partners.services.organisations import (
    NameTaken,
    add_organisation,
    change_organisation,
    organisation_named,
)
from lykta.domain.partners.services.screening import TellsOfPersons
from lykta.domain.partners.services.sign_on import LinkedToAnother, admit

__all__ = [
    "INVITED_KIND",
    "AlreadyMember",
    "AlreadySigned",
    "Asked",
    "EndBeforeStart",
    "GroupGivesAlready",
    "LinkedToAnother",
    "NameTaken",
    "NoAgreement",
    "NotInForce",
    "NotToBeSigned",
    "TellsOfPersons",
    "Terms",
    "WithItself",
    "accept",
    "add_account",
    "add_membership",
    "add_organisation",
    "admit",
    "change_account",
    "change_draft",
    "change_organisation",
    "check_may_add",
    "demand_two_steps",
    "draft_agreement",
    "end_agreement",
    "end_group_role",
    "end_membership",
    "end_sessions",
    "invite",
    "invite_member",
    "let_group_give",
    "note_cooperation",
    "organisation_named",
    "path_of",
    "record_joint_work",
    "remove_factors",
    "sign_agreement",
    "take_back_membership",
    "unlink",
    "what_is_lacking",
    "withdraw_invitation",
]
