"""The table of invitations: who is asked in, to what, and until when."""

from datetime import datetime
from typing import Self

from django.db import models

from lykta.domain.partners.models.memberships import CLEARANCES, ROLES
from lykta.domain.partners.models.organisations import Organisation
from lykta.domain.partners.rules import ADMINISTER_MEMBERSHIPS, ADMINISTER_OWN_MEMBERS
from lykta.infrastructure.access import Reach


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Asks for invitations."""

    def visible_to(self, reach: Reach) -> Self:
        """Return those whose memberships the reach may administer; at last nothing."""
        if reach.may(ADMINISTER_MEMBERSHIPS):
            return self
        return self.filter(organisation__in=reach.organisations(ADMINISTER_OWN_MEMBERS))

    def open(self, now: datetime) -> Self:
        """Return those that can still be answered."""
        return self.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=now)


class Invitation(models.Model):
    """Inbjudan: an account is asked to act in a role for an organisation.

    The link holds no secret that is kept here: it is signed, so that a mail can be written again.
    """

    account = models.ForeignKey("accounts.Account", models.PROTECT, related_name="invitations")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="invitations")
    role = models.CharField(max_length=30, choices=ROLES)
    areas = models.ManyToManyField("places.Area", related_name="+", blank=True)
    clearance = models.CharField(max_length=20, choices=CLEARANCES)
    ends_on = models.DateField(null=True, blank=True)  # the membership's last day
    invited_by = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = InvitationQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.organisation} {self.role}"
