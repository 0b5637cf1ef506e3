"""Who may see and do what: a frozen reach, and the one way to ask it.

This module knows no role and no organisation of any town. A room above fills the reach in; every
selector takes it; what is not allowed looks like what does not exist.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import wraps
from typing import Any, TypeVar

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase


class Confidentiality(StrEnum):
    """How widely a row may be known, the widest first."""

    PUBLIC = "public"  # all
    PARTNERS = "partners"  # all with a membership for the area
    OWN = "own"  # the organisation that made it, and the co-ordination function
    MUNICIPALITY = "municipality"  # the co-ordination function and named units


@dataclass(frozen=True, slots=True)
class Grant:
    """What one membership gives."""

    organisation: int
    rights: frozenset[str]
    clearance: frozenset[Confidentiality]
    areas: frozenset[int] | None = None  # None: the whole municipality
    agreed: frozenset[int] | None = None  # where its organisation's agreements hold; None: as above
    needs_two_steps: bool = False  # whoever holds it must have logged in in two steps

    @property
    def limits(self) -> tuple[frozenset[int], ...]:
        """Return sets of areas; what the grant covers lies in each of them."""
        return tuple(each for each in (self.areas, self.agreed) if each is not None)


@dataclass(frozen=True, slots=True)
class Reach:
    """All that one user may see and do on one day; empty for nobody and for the outsider."""

    user: int | None = None
    grants: tuple[Grant, ...] = ()
    is_system: bool = False

    @property
    def is_empty(self) -> bool:
        """Return whether nothing at all is within reach."""
        return not self.grants and not self.is_system

    @property
    def shared(self) -> "Reach":
        """Return the same reach for no one: what is found by it, all who have it may share."""
        return replace(self, user=None)

    def alike(self, *rights: str) -> "Reach":
        """Return the same for all who see the same, by some rights, of what is no organisation's.

        For the keys of what is kept: the grants no longer tell for which organisation they are.
        """
        grants = (
            replace(grant, organisation=0, rights=held, needs_two_steps=False)
            for grant in self.grants
            if (held := grant.rights & frozenset(rights))
        )
        return Reach(grants=tuple(dict.fromkeys(grants)), is_system=self.is_system)

    @property
    def needs_two_steps(self) -> bool:
        """Return whether it is for those alone who have logged in in two steps."""
        return any(grant.needs_two_steps for grant in self.grants)

    def may(self, right: str) -> bool:
        """Return whether the right is held for any organisation."""
        return self.is_system or any(right in grant.rights for grant in self.grants)

    def organisations(self, right: str) -> frozenset[int]:
        """Return the organisations for which the right is held."""
        return frozenset(grant.organisation for grant in self.grants if right in grant.rights)


class Request(HttpRequest):
    """A request as the pages get it: who asks, and which day is asked about."""

    reach: Reach
    today: date
    as_of: date  # `today`, unless the address names another day


NOBODY = Reach()
# Jobs and checks act for no user. Named, so that a reader sees where all is read.
SYSTEM = Reach(is_system=True)


class Refused(Http404):
    """Not allowed, which looks like not found."""


def require(reach: Reach, right: str) -> None:
    """Raise where the right is not held."""
    if not reach.may(right):
        raise Refused


Rows = TypeVar("Rows", bound=QuerySet[Any])


def visible(
    rows: Rows,
    reach: Reach,
    *,
    right: str,
    area: str | Sequence[str] = "",
    organisation: str = "",
) -> Rows:
    """Return the rows that the reach covers; its last branch is nothing.

    The rows have a field `confidentiality`; `area` and `organisation` name the fields that say
    where a row belongs and whose it is, where it has such. Of several fields for areas one is
    enough.
    """
    if reach.is_system:
        return rows
    covered = Q(pk__in=())
    for grant in reach.grants:
        if right in grant.rights:
            covered |= _covered(grant, areas=_fields(area), organisation=organisation)
    return rows.filter(covered)


def visible_sql(
    reach: Reach, *, right: str, area: str | Sequence[str] = "", organisation: str = ""
) -> str:
    """Return the same condition as `visible` in SQL, for columns named as the fields with `_id`.

    It holds only numbers and words of this program, never anything that someone has typed.
    """
    if reach.is_system:
        return "true"
    covered = [
        _covered_sql(grant, areas=_fields(area), organisation=organisation)
        for grant in reach.grants
        if right in grant.rights
    ]
    return f"({' OR '.join(covered)})" if covered else "false"


def covers(
    reach: Reach,
    *,
    right: str,
    confidentiality: Confidentiality,
    areas: Collection[int] = (),
    organisation: int | None = None,
) -> bool:
    """Return whether the reach would cover a row that is not there yet: as `visible` does.

    `areas` are the areas it would lie in, `organisation` whose it would be.
    """
    if reach.is_system:
        return True
    return any(
        _covers(grant, confidentiality, set(areas), organisation)
        for grant in reach.grants
        if right in grant.rights
    )


def _covers(
    grant: Grant, confidentiality: Confidentiality, areas: set[int], organisation: int | None
) -> bool:
    if confidentiality is Confidentiality.PUBLIC:
        return True
    if confidentiality not in grant.clearance:
        return False
    if confidentiality is Confidentiality.OWN and organisation != grant.organisation:
        return False
    return all(areas & limit for limit in grant.limits)


def _fields(area: str | Sequence[str]) -> tuple[str, ...]:
    if isinstance(area, str):
        return (area,) if area else ()
    return tuple(area)


def _known(grant: Grant) -> list[Confidentiality]:
    """Return what is known whoever the organisation, apart from what is public."""
    return sorted(grant.clearance - {Confidentiality.OWN, Confidentiality.PUBLIC})


def _covered(grant: Grant, *, areas: tuple[str, ...], organisation: str) -> Q:
    known = Q(confidentiality__in=_known(grant))
    if organisation and Confidentiality.OWN in grant.clearance:
        known |= Q(confidentiality=Confidentiality.OWN, **{organisation: grant.organisation})
    for limit in grant.limits if areas else ():
        inside = Q(pk__in=())
        for field in areas:
            inside |= Q(**{f"{field}__in": limit})
        known &= inside
    return known | Q(confidentiality=Confidentiality.PUBLIC)


def _covered_sql(grant: Grant, *, areas: tuple[str, ...], organisation: str) -> str:
    known = f"confidentiality IN {_listed(_known(grant))}"
    if organisation and Confidentiality.OWN in grant.clearance:
        own = f"confidentiality = '{Confidentiality.OWN}'"
        known = f"({known} OR ({own} AND {organisation}_id = {grant.organisation}))"
    for limit in grant.limits if areas else ():
        held = _listed(sorted(limit))
        known += f" AND ({' OR '.join(f'{field}_id IN {held}' for field in areas)})"
    return f"({known} OR confidentiality = '{Confidentiality.PUBLIC}')"


def _listed(values: Sequence[int] | Sequence[Confidentiality]) -> str:
    """Return values as a list in SQL; none of them is NULL, so an empty list holds nothing."""
    return (
        f"({', '.join(repr(v) if isinstance(v, int) else f'{str(v)!r}' for v in values) or 'NULL'})"
    )


View = Callable[..., HttpResponseBase]


def needs(right: str) -> Callable[[View], View]:
    """Return a decorator that shows a page only to those who hold the right.

    The right stands on the page as `right`, so that a test can see that every page has one.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
            require(request.reach, right)
            return view(request, *args, **kwargs)

        vars(guarded)["right"] = right  # read by the middleware and the tests
        return guarded

    return decorate


def open_to_all(view: View) -> View:
    """Return a page that is shown to nobody and the outsider too, marked so on purpose."""

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, *args, **kwargs)

    vars(shown)["is_open"] = True  # read by the middleware and the tests
    return shown
