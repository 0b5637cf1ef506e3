"""Reading partners, and who may see what."""

from datetime import date

from django.db.models import Count, Q, QuerySet
from django.shortcuts import get_object_or_404

from lykta.domain.partners import rules
from lykta.domain.partners.models import (
    ROLES,
    Membership,
    MembershipQuerySet,
    Organisation,
)
from lykta.domain.partners.rules import Role
from lykta.infrastructure import collation
from lykta.infrastructure.access import NOBODY, Confidentiality, Grant, Reach
from lykta.infrastructure.once import once_a_page

# The widest first: who is cleared for one is cleared for those before it.
_LEVELS = (Confidentiality.PUBLIC, Confidentiality.PARTNERS, Confidentiality.MUNICIPALITY)


def reach_of(account_id: int | None, *, on: date) -> Reach:
    """Return all that an account may see and do on a day."""
    if account_id is None:
        return NOBODY
    held = roles_of(account_id, on=on)
    return Reach(user=account_id, grants=tuple(_grant(row) for row in held))


@once_a_page
def roles_of(account_id: int | None, *, on: date) -> list[Membership]:
    """Return the memberships that an account holds on a day."""
    rows = Membership.objects.held(on).filter(account=account_id).select_related("organisation")
    return list(rows.prefetch_related("areas").order_by("pk"))


def accounts_with(right: str, *, on: date, organisation: int | None = None) -> list[int]:
    """Return the accounts that hold a right on a day, for one organisation or whichever."""
    held = Membership.objects.held(on).filter(role__in=_roles_with(right))
    if organisation is not None:
        held = held.filter(organisation=organisation)
    return list(held.order_by("account").values_list("account", flat=True).distinct())


def _roles_with(right: str) -> list[Role]:
    return [role for role in Role if right in rules.rights_of(role)]


def role_label(role: str) -> str:
    """Return what a role is called."""
    return str(ROLES[Role(role)])


def organisations(reach: Reach, *, on: date) -> QuerySet[Organisation]:
    """Return the organisations within reach, with how many memberships each holds on a day."""
    held = Q(memberships__starts_on__lte=on, memberships__account__is_active=True) & (
        Q(memberships__ends_on__isnull=True) | Q(memberships__ends_on__gte=on)
    )
    rows = Organisation.objects.visible_to(reach).annotate(n_members=Count("memberships", held))
    return rows.order_by(collation.in_swedish("name"))


def organisations_to_fill(reach: Reach) -> QuerySet[Organisation]:
    """Return the organisations that the reach may take members into."""
    rows = Organisation.objects.order_by(collation.in_swedish("name"))
    if reach.may(rules.ADMINISTER_MEMBERSHIPS):
        return rows
    return rows.filter(pk__in=reach.organisations(rules.ADMINISTER_OWN_MEMBERS))


def organisations_of(reach: Reach, right: str) -> QuerySet[Organisation]:
    """Return the organisations for which a right is held."""
    rows = Organisation.objects.filter(pk__in=reach.organisations(right))
    return rows.order_by(collation.in_swedish("name"))


def in_cooperation(*, on: date) -> dict[int, str]:
    """Return the organisations that have a member on a day, by key, in Swedish order."""
    held = Membership.objects.held(on).values("organisation")
    rows = Organisation.objects.filter(pk__in=held).order_by(collation.in_swedish("name"))
    return dict(rows.values_list("pk", "name"))


def reporting(*, on: date) -> dict[int, str]:
    """Return the organisations that have a member on a day who may report for it."""
    roles = _roles_with(rules.REPORT_EVENTS)
    held = Membership.objects.held(on).filter(role__in=roles).values("organisation")
    rows = Organisation.objects.filter(pk__in=held).order_by(collation.in_swedish("name"))
    return dict(rows.values_list("pk", "name"))


def organisation(reach: Reach, pk: int) -> Organisation:
    """Return one organisation, or refuse as if it did not exist."""
    return get_object_or_404(Organisation.objects.visible_to(reach), pk=pk)


def memberships(reach: Reach) -> MembershipQuerySet:
    """Return the memberships that the reach may administer."""
    rows = Membership.objects.visible_to(reach).select_related("account", "organisation")
    return rows.prefetch_related("areas").order_by(
        collation.in_swedish("organisation__name"), collation.in_swedish("account__name"), "pk"
    )


def membership(reach: Reach, pk: int) -> Membership:
    """Return one membership that the reach may administer, or refuse as if it did not exist."""
    return get_object_or_404(memberships(reach), pk=pk)


def ending_soon(reach: Reach, *, on: date, within: date) -> MembershipQuerySet:
    """Return the memberships within reach whose last day comes before another day."""
    return memberships(reach).held(on).filter(ends_on__lte=within)


def search(reach: Reach, text: str, *, at_most: int = 20) -> list[Organisation]:
    """Return the organisations within reach whose name holds a text."""
    if not text.strip():
        return []
    found = Organisation.objects.visible_to(reach).filter(name__mentions=text)
    return list(found.order_by(collation.in_swedish("name"))[:at_most])


def _grant(row: Membership) -> Grant:
    role = Role(row.role)
    level = _LEVELS.index(Confidentiality(row.clearance))
    areas = frozenset(area.pk for area in row.areas.all())
    return Grant(
        organisation=row.organisation_id,
        rights=rules.rights_of(role),
        clearance=frozenset({*_LEVELS[: level + 1], Confidentiality.OWN}),
        areas=areas or None,
    )
