"""Reading which roles log in in two steps."""

from datetime import date

from lykta.domain.partners import rules
from lykta.domain.partners.models import TwoStepDemand, TwoStepDemandQuerySet
from lykta.domain.partners.rules import Role
from lykta.infrastructure.access import Reach


def demanded_roles(*, on: date) -> frozenset[Role]:
    """Return the roles that log in in two steps on a day."""
    rows = TwoStepDemand.objects.in_force(on).filter(is_demanded=True)
    return frozenset(Role(role) for role in rows.values_list("role", flat=True))


def demands(reach: Reach) -> TwoStepDemandQuerySet:
    """Return all that has been decided of two steps, the latest first, to who administers it."""
    rows = TwoStepDemand.objects.select_related("recorded_by").order_by("-valid_from", "-pk")
    return rows if reach.may(rules.ADMINISTER_ACCOUNTS) else rows.none()
