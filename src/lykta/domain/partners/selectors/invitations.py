"""Reading invitations."""

from datetime import datetime

from django.core import signing
from django.shortcuts import get_object_or_404
from django.utils import timezone

from lykta.domain.partners import rules
from lykta.domain.partners.models import Agreement, Invitation, InvitationQuerySet
from lykta.infrastructure import collation
from lykta.infrastructure.access import Reach

SALT = "partners.invitation"


def invitations(reach: Reach) -> InvitationQuerySet:
    """Return the invitations that the reach may administer, the latest first."""
    rows = Invitation.objects.visible_to(reach).select_related("account", "organisation")
    return rows.prefetch_related("areas").order_by("-invited_at", "-pk")


def invitation(reach: Reach, pk: int) -> Invitation:
    """Return one invitation that the reach may administer, or refuse as if it did not exist."""
    return get_object_or_404(invitations(reach), pk=pk)


def invited(token: str, *, now: datetime) -> Invitation | None:
    """Return what a link asks its reader in to; None where it leads nowhere, whyever."""
    try:
        pk = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return still_invited(pk, now=now)


def still_invited(pk: int, *, now: datetime) -> Invitation | None:
    """Return an invitation that can be answered: in time, and its organisation has agreed."""
    rows = Invitation.objects.open(now).filter(pk=pk, account__is_active=True)
    row = rows.select_related("account", "organisation").first()
    if row is None or not rules.needs_agreement(row.organisation.kind):
        return row
    opens = Agreement.objects.in_force(timezone.localdate(now)).filter(
        parties=row.organisation, gives_access=True
    )
    return row if opens.exists() else None


def waiting(reach: Reach, *, now: datetime) -> list[Invitation]:
    """Return the invitations within reach that can still be answered."""
    rows = invitations(reach).open(now)
    return list(rows.order_by(collation.in_swedish("organisation__name"), "pk"))
