"""Writing memberships: who acts in which role for whom, and until when."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from lykta.domain.partners import rules
from lykta.domain.partners.models import Membership, Organisation
from lykta.domain.partners.rules import Role
from lykta.infrastructure.access import Reach, Refused
from lykta.infrastructure.accounts.models import Account
from lykta.infrastructure.audit import services as audit
from lykta.infrastructure.errors import LyktaError


class EndBeforeStart(LyktaError):
    """The last day comes before the first."""

    code = "end-before-start"


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
def take_back_membership(reach: Reach, membership: Membership, *, today: date) -> Membership:
    """Let a membership end at once: its account sees nothing by it from now on."""
    if not Membership.objects.visible_to(reach).filter(pk=membership.pk).exists():
        raise Refused
    membership.ended_on = today
    membership.save(update_fields=["ended_on"])
    audit.record("membership.taken_back", actor=reach.user, subject=membership, on=str(today))
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


def check_may_add(reach: Reach, *, organisation: Organisation, role: str) -> None:
    """Raise where the reach may not add a member to the organisation in the role."""
    if reach.is_system or reach.may(rules.ADMINISTER_MEMBERSHIPS):
        return
    is_own = organisation.pk in reach.organisations(rules.ADMINISTER_OWN_MEMBERS)
    if not is_own or Role(role) not in rules.ROLES_OF_OWN_MEMBERS:
        raise Refused
