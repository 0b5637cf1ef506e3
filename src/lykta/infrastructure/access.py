"""Who may see and do what: a frozen reach, and the one way to ask it.

This module knows no role and no organisation of any town. A room above fills the reach in; every
selector takes it; what is not allowed looks like what does not exist.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import wraps
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet
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


M = TypeVar("M", bound=Model)


def visible(
    rows: QuerySet[M], reach: Reach, *, right: str, area: str = "", organisation: str = ""
) -> QuerySet[M]:
    """Return the rows that the reach covers; its last branch is nothing.

    The rows have a field `confidentiality`; `area` and `organisation` name the fields that say
    where a row belongs and whose it is, where it has such.
    """
    if reach.is_system:
        return rows
    covered = Q(pk__in=())
    for grant in reach.grants:
        if right in grant.rights:
            covered |= _covered(grant, area=area, organisation=organisation)
    return rows.filter(covered)


def _covered(grant: Grant, *, area: str, organisation: str) -> Q:
    known = Q(confidentiality__in=grant.clearance - {Confidentiality.OWN, Confidentiality.PUBLIC})
    if organisation and Confidentiality.OWN in grant.clearance:
        known |= Q(confidentiality=Confidentiality.OWN, **{organisation: grant.organisation})
    if area and grant.areas is not None:
        known &= Q(**{f"{area}__in": grant.areas})
    return known | Q(confidentiality=Confidentiality.PUBLIC)


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
