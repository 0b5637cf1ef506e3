"""Reading what the groups of the municipality's own login give."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from lykta.domain.partners import rules
from lykta.domain.partners.models import GroupRole, Organisation
from lykta.infrastructure import collation
from lykta.infrastructure.access import Reach


def group_roles(reach: Reach) -> QuerySet[GroupRole]:
    """Return what groups give now, to who may say so."""
    rows = GroupRole.objects.filter(ended_at=None).select_related("organisation", "added_by")
    rows = rows.order_by(collation.in_swedish("group"), "pk")
    return rows if reach.may(rules.ADMINISTER_MEMBERSHIPS) else rows.none()


def group_role(reach: Reach, pk: int) -> GroupRole:
    """Return one thing that a group gives, or refuse as if it did not exist."""
    return get_object_or_404(group_roles(reach), pk=pk)


def organisations_for_groups(reach: Reach) -> QuerySet[Organisation]:
    """Return the organisations that a group may give a role for: all, to who may say so."""
    rows = Organisation.objects.order_by(collation.in_swedish("name"), "pk")
    return rows if reach.may(rules.ADMINISTER_MEMBERSHIPS) else rows.none()
