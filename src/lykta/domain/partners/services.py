"""Writing partners: organisations and memberships."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from lykta.domain.partners import rules
from lykta.domain.partners.models import Membership, Organisation
from lykta.domain.partners.rules import Role
from lykta.infrastructure.access import Reach, Refused, require
from lykta.infrastructure.accounts import services as accounts
from lykta.infrastructure.accounts.models import Account
from lykta.infrastructure.audit import services as audit
from lykta.infrastructure.errors import LyktaError


class NameTaken(LyktaError):
    """An organisation with that name exists."""

    code = "name-taken"


class EndBeforeStart(LyktaError):
    """The last day comes before the first."""

    code = "end-before-start"


@transaction.atomic
def add_organisation(reach: Reach, *, name: str, kind: str) -> Organisation:
    """Return a new organisation."""
    require(reach, rules.ADMINISTER_MEMBERSHIPS)
    _check_name(name)
    organisation = Organisation.objects.create(name=name.strip(), kind=kind)
    audit.record("organisation.added", actor=reach.user, subject=organisation)
    return organisation


def organisation_named(reach: Reach, name: str, *, kind: str) -> Organisation:
    """Return the organisation of a name, added if it is not there."""
    found = Organisation.objects.filter(name__iexact=name.strip()).first()
    return found or add_organisation(reach, name=name, kind=kind)


@transaction.atomic
def change_organisation(
    reach: Reach, organisation: Organisation, *, name: str, kind: str
) -> Organisation:
    """Change what an organisation is called and of what kind it is."""
    require(reach, rules.ADMINISTER_MEMBERSHIPS)
    _check_name(name, but=organisation)
    organisation.name, organisation.kind = name.strip(), kind
    organisation.save()
    audit.record("organisation.changed", actor=reach.user, subject=organisation)
    return organisation


@transaction.atomic
def add_membership(
    reach: Reach,
    *,
    account: Account,
    organisation: Organisation,
    role: str,
    starts_on: date,
    ends_on: date | None = None,
    areas: Iterable[int] = (),
    clearance: str = "",
) -> Membership:
    """Return a new membership: an account acts in a role for an organisation."""
    check_may_add(reach, organisation=organisation, role=role)
    if ends_on and ends_on < starts_on:
        raise EndBeforeStart(_("Sista dagen ligger före den första. Rätta datumen."))
    membership = Membership.objects.create(
        account=account,
        organisation=organisation,
        role=role,
        clearance=clearance or rules.clearance_of(Role(role)),
        starts_on=starts_on,
        ends_on=ends_on,
    )
    membership.areas.set(areas)
    audit.record("membership.added", actor=reach.user, subject=membership, role=role)
    return membership


@transaction.atomic
def end_membership(reach: Reach, membership: Membership, *, last_day: date) -> Membership:
    """Let a membership end with a day; its account sees nothing by it from the day after."""
    if not Membership.objects.visible_to(reach).filter(pk=membership.pk).exists():
        raise Refused
    if last_day < membership.starts_on:
        raise EndBeforeStart(_("Sista dagen ligger före den första. Rätta datumen."))
    before = membership.ends_on
    membership.ends_on = last_day
    membership.save(update_fields=["ends_on"])
    audit.record(
        "membership.ended",
        actor=reach.user,
        subject=membership,
        before=str(before or ""),
        ends_on=str(last_day),
    )
    return membership


def add_account(reach: Reach, *, email: str, name: str) -> Account:
    """Return a new account."""
    require(reach, rules.ADMINISTER_ACCOUNTS)
    return accounts.create(email=email, name=name, by=reach.user)


def change_account(reach: Reach, account: Account, *, name: str, is_active: bool) -> Account:
    """Change the name of an account, and whether it may be used."""
    require(reach, rules.ADMINISTER_ACCOUNTS)
    return accounts.change(account, name=name, is_active=is_active, by=reach.user)


def invite(reach: Reach, account: Account) -> str:
    """Return the path where the owner of an account chooses a password."""
    require(reach, rules.ADMINISTER_ACCOUNTS)
    return accounts.invite(account, by=reach.user)


def check_may_add(reach: Reach, *, organisation: Organisation, role: str) -> None:
    """Raise where the reach may not add a member to the organisation in the role."""
    if reach.is_system or reach.may(rules.ADMINISTER_MEMBERSHIPS):
        return
    is_own = organisation.pk in reach.organisations(rules.ADMINISTER_OWN_MEMBERS)
    if not is_own or Role(role) not in rules.ROLES_OF_OWN_MEMBERS:
        raise Refused


def _check_name(name: str, *, but: Organisation | None = None) -> None:
    others = Organisation.objects.exclude(pk=but.pk) if but else Organisation.objects.all()
    if others.filter(name__iexact=name.strip()).exists():
        raise NameTaken(_("Det finns redan en organisation med det namnet."))
