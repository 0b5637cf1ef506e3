"""Writing what groups give, and the memberships of one who has logged in by her groups."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lykta.domain.partners import rules
from lykta.domain.partners.models import GroupRole, Membership, MembershipQuerySet, Organisation
from lykta.domain.partners.rules import Role
from lykta.domain.partners.services.memberships import add_membership
from lykta.infrastructure.access import SYSTEM, Reach, require
from lykta.infrastructure.accounts.models import Account
from lykta.infrastructure.audit import services as audit
from lykta.infrastructure.errors import LyktaError


class GroupGivesAlready(LyktaError):
    """The group gives that role for that organisation already."""

    code = "group-gives-already"


@transaction.atomic
def let_group_give(
    reach: Reach, *, group: str, organisation: Organisation, role: str, now: datetime
) -> GroupRole:
    """Let who is in a group have a role for an organisation from her next login."""
    require(reach, rules.ADMINISTER_MEMBERSHIPS)
    values = {"group": group.strip(), "organisation": organisation, "role": Role(role)}
    if GroupRole.objects.filter(**values, ended_at=None).exists():
        raise GroupGivesAlready(_("Gruppen ger redan den rollen i den organisationen."))
    row = GroupRole.objects.create(**values, added_at=now, added_by_id=reach.user)
    audit.record("group.mapped", actor=reach.user, subject=row, role=role)
    return row


@transaction.atomic
def end_group_role(reach: Reach, row: GroupRole, *, now: datetime) -> None:
    """Let a group give something no longer; the memberships that it gave end at once."""
    require(reach, rules.ADMINISTER_MEMBERSHIPS)
    row.ended_at, row.ended_by_id = now, reach.user
    row.save(update_fields=["ended_at", "ended_by"])
    _end(Membership.objects.filter(given_by=row), by=reach.user, on=timezone.localdate(now))
    audit.record("group.no_longer_mapped", actor=reach.user, subject=row, role=row.role)


@transaction.atomic
def follow_groups(account: Account, given: Iterable[GroupRole], *, on: date) -> None:
    """Give an account what its groups give, and end what groups gave that it is in no longer."""
    wanted = {row.pk: row for row in given}
    rows = Membership.objects.filter(account=account)
    _end(rows.exclude(given_by=None).exclude(given_by__in=wanted), by=None, on=on)
    for row in wanted.values():
        same = rows.within(on).filter(organisation=row.organisation, role=row.role)
        if same.exists():
            continue
        membership = add_membership(
            SYSTEM, account=account, organisation=row.organisation, role=row.role, starts_on=on
        )
        membership.given_by = row
        membership.save(update_fields=["given_by"])


def _end(rows: MembershipQuerySet, *, by: int | None, on: date) -> None:
    for membership in rows.within(on):
        membership.ended_on = on
        membership.save(update_fields=["ended_on"])
        audit.record("membership.taken_back", actor=by, subject=membership, on=str(on))
