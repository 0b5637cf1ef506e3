"""What an account reaches, and who holds a right."""

from collections.abc import Collection
from datetime import date
from functools import lru_cache

from lykta.domain.partners import rules
from lykta.domain.partners.models import ROLES, Agreement, Membership, Organisation
from lykta.domain.partners.models.memberships import MembershipQuerySet
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
    agreed = agreed_areas({row.organisation for row in held}, on=on)
    return Reach(
        user=account_id, grants=tuple(_grant(row, agreed[row.organisation_id]) for row in held)
    )


def reaches(*, on: date) -> dict[str, Reach]:
    """Return what the members of each organisation reach together on a day, by its name."""
    rows = Membership.objects.held(on).select_related("organisation").prefetch_related("areas")
    held = list(rows.order_by(collation.in_swedish("organisation__name"), "pk"))
    agreed = agreed_areas({row.organisation for row in held}, on=on)
    found: dict[str, tuple[Grant, ...]] = {}
    for row in held:
        name = row.organisation.name
        found[name] = (*found.get(name, ()), _grant(row, agreed[row.organisation_id]))
    return {name: Reach(grants=grants) for name, grants in found.items()}


def agreed_areas(
    organisations: Collection[Organisation], *, on: date
) -> dict[int, frozenset[int] | None]:
    """Return where each organisation may see anything on a day; None: everywhere.

    Ours see by their memberships alone, the others where their agreements hold.
    """
    outside = [each.pk for each in organisations if rules.needs_agreement(each.kind)]
    found: dict[int, frozenset[int] | None] = dict.fromkeys((o.pk for o in organisations), None)
    if not outside:
        return found
    rows = Agreement.objects.in_force(on).filter(parties__in=outside, gives_access=True)
    columns = rows.values_list("parties", "is_everywhere", "areas")
    found |= dict.fromkeys(outside, frozenset())
    for party, is_everywhere, area in columns:
        held = found.get(party)
        if is_everywhere:
            found[party] = None
        elif held is not None and area is not None:
            found[party] = held | {area}
    return found


@once_a_page
def roles_of(account_id: int | None, *, on: date) -> list[Membership]:
    """Return the memberships that an account holds on a day."""
    return list(_held(on).filter(account=account_id))


@lru_cache(maxsize=4)
def _held(on: date) -> MembershipQuerySet:
    """Return the question of who holds what, not yet asked; each request has it to ask."""
    rows = Membership.objects.held(on).with_demand(on).select_related("organisation")
    return rows.prefetch_related("areas").order_by("pk")


def is_member(account_id: int, organisation_id: int, role: str, *, on: date) -> bool:
    """Return whether an account has been given a role on a day, agreed upon or not yet."""
    within = Membership.objects.within(on)
    return within.filter(account=account_id, organisation=organisation_id, role=role).exists()


def accounts_with(right: str, *, on: date, organisation: int | None = None) -> list[int]:
    """Return the accounts that hold a right on a day, for one organisation or whichever."""
    held = Membership.objects.held(on).filter(role__in=roles_with(right))
    if organisation is not None:
        held = held.filter(organisation=organisation)
    return list(held.order_by("account").values_list("account", flat=True).distinct())


def roles_with(right: str) -> list[Role]:
    """Return the roles that give a right."""
    return [role for role in Role if right in rules.rights_of(role)]


def role_label(role: str) -> str:
    """Return what a role is called."""
    return str(ROLES[Role(role)])


def _grant(row: Membership, agreed: frozenset[int] | None) -> Grant:
    role = Role(row.role)
    level = _LEVELS.index(Confidentiality(row.clearance))
    areas = frozenset(area.pk for area in row.areas.all())
    return Grant(
        organisation=row.organisation_id,
        rights=rules.rights_of(role),
        clearance=frozenset({*_LEVELS[: level + 1], Confidentiality.OWN}),
        areas=areas or None,
        agreed=agreed,
        needs_two_steps=getattr(row, "is_demanded", False),
    )
