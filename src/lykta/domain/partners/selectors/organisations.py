"""Reading organisations."""

from datetime import date

from django.db.models import Count, Q, QuerySet
from django.shortcuts import get_object_or_404

from lykta.domain.partners import rules
from lykta.domain.partners.models import Membership, Organisation
from lykta.domain.partners.selectors.reach import roles_with
from lykta.infrastructure import collation
from lykta.infrastructure.access import Reach


def organisations(reach: Reach, *, on: date) -> QuerySet[Organisation]:
    """Return the organisations within reach, with how many memberships each holds on a day."""
    held = Q(memberships__in=Membership.objects.held(on))
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
    roles = roles_with(rules.REPORT_EVENTS)
    held = Membership.objects.held(on).filter(role__in=roles).values("organisation")
    rows = Organisation.objects.filter(pk__in=held).order_by(collation.in_swedish("name"))
    return dict(rows.values_list("pk", "name"))


def organisation(reach: Reach, pk: int) -> Organisation:
    """Return one organisation, or refuse as if it did not exist."""
    return get_object_or_404(Organisation.objects.visible_to(reach), pk=pk)


def search(reach: Reach, text: str, *, at_most: int = 20) -> list[Organisation]:
    """Return the organisations within reach whose name holds a text."""
    if not text.strip():
        return []
    found = Organisation.objects.visible_to(reach).filter(name__mentions=text)
    return list(found.order_by(collation.in_swedish("name"))[:at_most])
