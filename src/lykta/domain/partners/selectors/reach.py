"""What an account reaches, and who holds a right."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache

from lykta.domain.partners import rules
from lykta.domain.partners.models import (
    ROLES,
    Agreement,
    Membership,
    Organisation,
    TwoStepDemand,
)
from lykta.domain.partners.rules import Role
from lykta.infrastructure import collation
from lykta.infrastructure.access import NOBODY, Confidentiality, Grant, Reach
from lykta.infrastructure.accounts.models import Account
from lykta.infrastructure.changes import selectors as changes

# The widest first: who is cleared for one is cleared for those before it.
_LEVELS = (Confidentiality.PUBLIC, Confidentiality.PARTNERS, Confidentiality.MUNICIPALITY)


# What a reach rests on, as the database notes its changes: whatever is kept is kept until then.
_TABLES = (
    *(Membership._meta.db_table, Membership.areas.through._meta.db_table),
    *(Agreement._meta.db_table, Agreement.areas.through._meta.db_table),
    *(Agreement.parties.through._meta.db_table, Organisation._meta.db_table),
    *(TwoStepDemand._meta.db_table, Account._meta.db_table),
)


def reach_of(account_id: int | None, *, on: date) -> Reach:
    """Return all that an account may see and do on a day."""
    if account_id is None:
        return NOBODY
    return _reaches(on, changes.state(*_TABLES)).get(account_id) or Reach(user=account_id)


@lru_cache(maxsize=4)
def _reaches(on: date, known: object) -> Mapping[int, Reach]:
    """Return what each account that holds anything may see and do."""
    held = _held(on, known)
    rows = [row for each in held.values() for row in each]
    agreed = agreed_areas({row.organisation_id: row.organisation.kind for row in rows}, on=on)
    return {
        account: Reach(user=account, grants=tuple(_granted(row, agreed) for row in each))
        for account, each in held.items()
    }


def reaches(*, on: date) -> dict[str, Reach]:
    """Return what the members of each organisation reach together on a day, by its name."""
    rows = Membership.objects.held(on).order_by(collation.in_swedish("organisation__name"))
    columns = ("organisation", "role", "clearance", "areas")
    # A grant for each area of a membership reaches what one for all of them does.
    held = list(rows.values_list("organisation__name", "organisation__kind", *columns).distinct())
    agreed = agreed_areas({organisation: kind for _, kind, organisation, *_ in held}, on=on)
    found: dict[str, tuple[Grant, ...]] = {}
    for name, _kind, organisation, role, clearance, area in held:
        areas = () if area is None else (area,)
        grant = _grant(organisation, role, clearance, areas, agreed)
        found[name] = (*found.get(name, ()), grant)
    return {name: Reach(grants=grants) for name, grants in found.items()}


def agreed_areas(organisations: Mapping[int, str], *, on: date) -> dict[int, frozenset[int] | None]:
    """Return where each organisation, given its kind, may see anything on a day; None: everywhere.

    Ours see by their memberships alone, the others where their agreements hold.
    """
    outside = [key for key, kind in organisations.items() if rules.needs_agreement(kind)]
    found: dict[int, frozenset[int] | None] = dict.fromkeys(organisations)
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


def roles_of(account_id: int, *, on: date) -> tuple[Membership, ...]:
    """Return the memberships that an account holds on a day."""
    return _held(on, changes.state(*_TABLES)).get(account_id, ())


@lru_cache(maxsize=4)
def _held(on: date, _known: object) -> Mapping[int, tuple[Membership, ...]]:
    """Return the memberships of every account: few, and asked for by every page."""
    rows = Membership.objects.held(on).with_demand(on).select_related("organisation")
    found: dict[int, tuple[Membership, ...]] = {}
    for row in rows.prefetch_related("areas").order_by("pk"):
        found[row.account_id] = (*found.get(row.account_id, ()), row)
    return found


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


def _granted(row: Membership, agreed: Mapping[int, frozenset[int] | None]) -> Grant:
    areas = [area.pk for area in row.areas.all()]
    grant = _grant(row.organisation_id, row.role, row.clearance, areas, agreed)
    return replace(grant, needs_two_steps=getattr(row, "is_demanded", False))


def _grant(
    organisation: int,
    role: str,
    clearance: str,
    areas: Collection[int],
    agreed: Mapping[int, frozenset[int] | None],
) -> Grant:
    level = _LEVELS.index(Confidentiality(clearance))
    return Grant(
        organisation=organisation,
        rights=rules.rights_of(Role(role)),
        clearance=frozenset({*_LEVELS[: level + 1], Confidentiality.OWN}),
        areas=frozenset(areas) or None,
        agreed=agreed[organisation],
    )
