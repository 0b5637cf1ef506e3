"""Reading memberships."""

from datetime import date

from django.shortcuts import get_object_or_404

from lykta.domain.partners.models import Membership, MembershipQuerySet
from lykta.infrastructure import collation
from lykta.infrastructure.access import Reach


def memberships(reach: Reach) -> MembershipQuerySet:
    """Return the memberships that the reach may administer."""
    rows = Membership.objects.visible_to(reach).select_related(
        "account", "organisation", "given_by"
    )
    return rows.prefetch_related("areas").order_by(
        collation.in_swedish("organisation__name"), collation.in_swedish("account__name"), "pk"
    )


def membership(reach: Reach, pk: int) -> Membership:
    """Return one membership that the reach may administer, or refuse as if it did not exist."""
    return get_object_or_404(memberships(reach), pk=pk)


def as_they_stand(rows: MembershipQuerySet, *, on: date) -> list[tuple[Membership, str]]:
    """Return memberships, each with how it stands: held, waiting for an agreement, or over."""
    held = set(rows.held(on).values_list("pk", flat=True))
    return [
        (row, "held" if row.pk in held else "waiting" if row.is_within(on) else "over")
        for row in rows
    ]


def ending_soon(reach: Reach, *, on: date, within: date) -> MembershipQuerySet:
    """Return the memberships within reach whose last day comes before another day."""
    return memberships(reach).held(on).filter(ends_on__lte=within)
