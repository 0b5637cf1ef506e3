"""Writing partners: what the doors may call."""

from lykta.domain.partners.services.accounts import add_account, change_account, invite
from lykta.domain.partners.services.memberships import (
    EndBeforeStart,
    add_membership,
    check_may_add,
    end_membership,
)
from lykta.domain.partners.services.organisations import (
    NameTaken,
    add_organisation,
    change_organisation,
    organisation_named,
)

__all__ = [
    "EndBeforeStart",
    "NameTaken",
    "add_account",
    "add_membership",
    "add_organisation",
    "change_account",
    "change_organisation",
    "check_may_add",
    "end_membership",
    "invite",
    "organisation_named",
]
