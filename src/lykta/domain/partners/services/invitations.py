"""Asking someone in: a link by mail, that expires, and that ends with the agreement."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from lykta.domain.partners import rules
from lykta.domain.partners.models import Agreement, Invitation, Membership, Organisation
from lykta.domain.partners.rules import Role
from lykta.domain.partners.selectors.invitations import SALT, invited
from lykta.domain.partners.services.memberships import add_membership, check_may_add
from lykta.infrastructure.access import SYSTEM, Reach, Refused
from lykta.infrastructure.accounts import linking
from lykta.infrastructure.accounts import services as accounts
from lykta.infrastructure.accounts.models import Account
from lykta.infrastructure.accounts.selectors import accounts as all_accounts
from lykta.infrastructure.audit import services as audit
from lykta.infrastructure.errors import LyktaError
from lykta.infrastructure.notifications.services import notify

HOLDS_FOR = timedelta(days=14)
KIND = "partners.invited"


class NoAgreement(LyktaError):
    """The organisation has no agreement that holds."""

    code = "no-agreement"


class AlreadyMember(LyktaError):
    """The account acts in that role for the organisation already."""

    code = "already-member"


@dataclass(frozen=True, slots=True)
class Asked:
    """What someone is asked in to."""

    organisation: Organisation
    role: Role
    areas: Collection[int] = ()
    clearance: str = ""
    ends_on: date | None = None


@transaction.atomic
def invite_member(
    reach: Reach, asked: Asked, *, email: str, name: str, now: datetime
) -> tuple[Invitation, str]:
    """Return an invitation and the path of its page; the mail that tells of it is put in line."""
    check_may_add(reach, organisation=asked.organisation, role=asked.role)
    check_has_agreement(asked.organisation, on=timezone.localdate(now))
    account = _account(reach, email=email, name=name)
    held = Membership.objects.held(timezone.localdate(now)).filter(account=account)
    if held.filter(organisation=asked.organisation, role=asked.role).exists():
        raise AlreadyMember(_("Kontot har redan den rollen i organisationen."))
    row = Invitation.objects.create(
        account=account,
        organisation=asked.organisation,
        role=asked.role,
        clearance=asked.clearance or rules.clearance_of(asked.role),
        ends_on=asked.ends_on,
        invited_by_id=reach.user,
        invited_at=now,
        expires_at=now + HOLDS_FOR,
    )
    row.areas.set(asked.areas)
    notify(KIND, subject=str(row.pk), to=[account.pk], key=f"invited:{row.pk}", now=now)
    audit.record("member.invited", actor=reach.user, subject=row, role=asked.role)
    return row, path_of(row)


@transaction.atomic
def withdraw_invitation(reach: Reach, invitation: Invitation, *, now: datetime) -> None:
    """Take an invitation back; its link leads nowhere from now on."""
    if not Invitation.objects.visible_to(reach).filter(pk=invitation.pk).exists():
        raise Refused
    if Invitation.objects.open(now).filter(pk=invitation.pk).update(withdrawn_at=now):
        audit.record("member.invitation_withdrawn", actor=reach.user, subject=invitation)


@transaction.atomic
def accept(token: str, *, by: int | None, password: str = "", now: datetime) -> Membership:
    """Return the membership of one who accepts: who has no password yet chooses one."""
    row = invited(token, now=now)
    if row is None or not Invitation.objects.open(now).filter(pk=row.pk).update(accepted_at=now):
        raise Refused
    if linking.has_way_in(row.account):
        if by != row.account_id:
            raise Refused
    else:
        accounts.choose_password(row.account, password)
    membership = add_membership(
        SYSTEM,
        account=row.account,
        organisation=row.organisation,
        role=row.role,
        clearance=row.clearance,
        starts_on=timezone.localdate(now),
        ends_on=row.ends_on,
        areas=row.areas.values_list("pk", flat=True),
    )
    audit.record("member.accepted", actor=row.account_id, subject=row)
    return membership


def check_has_agreement(organisation: Organisation, *, on: date) -> None:
    """Raise where an organisation outside the municipality has no agreement that opens lykta."""
    if not rules.needs_agreement(organisation.kind):
        return
    opens = Agreement.objects.in_force(on).filter(parties=organisation, gives_access=True)
    if not opens.exists():
        raise NoAgreement(
            _(
                "{name} har ingen överenskommelse som gäller i dag. "
                "Skriv under en under Samverkan först."
            ).format(name=organisation.name)
        )


def path_of(row: Invitation) -> str:
    """Return the path of an invitation's page. It can be made again: nothing secret is kept."""
    token = signing.dumps(row.pk, salt=SALT)
    return reverse("invitation", args=[token])


def _account(reach: Reach, *, email: str, name: str) -> Account:
    known = all_accounts().filter(email__iexact=email.strip()).first()
    return known or accounts.create(email=email, name=name, by=reach.user)
