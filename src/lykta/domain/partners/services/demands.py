"""Writing which roles log in in two steps."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from lykta.domain.partners import rules
from lykta.domain.partners.models import TwoStepDemand
from lykta.domain.partners.rules import Role
from lykta.domain.partners.selectors.demands import demanded_roles
from lykta.infrastructure.access import Reach, require
from lykta.infrastructure.audit import services as audit


@transaction.atomic
def demand_two_steps(reach: Reach, roles: Collection[str], *, now: datetime) -> None:
    """Let these roles, and no others, log in in two steps from now on."""
    require(reach, rules.ADMINISTER_ACCOUNTS)
    today = timezone.localdate(now)
    named = {Role(role) for role in roles}
    for role in sorted(named ^ demanded_roles(on=today)):
        row = TwoStepDemand.objects.create(
            role=role,
            is_demanded=role in named,
            valid_from=today,
            recorded_at=now,
            recorded_by_id=reach.user,
        )
        action = "two_steps.demanded" if row.is_demanded else "two_steps.no_longer_demanded"
        audit.record(action, actor=reach.user, subject=row, role=role)
