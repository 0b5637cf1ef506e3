"""The table of groups in the municipality's own login, and what role each gives."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from lykta.domain.partners.models.organisations import Organisation


class GroupRole(models.Model):
    """Gruppkoppling: who is in a group of the provider has a role for an organisation."""

    group = models.CharField(max_length=200)  # as the provider writes it
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    role = models.CharField(max_length=30)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)  # from then on it gives nothing
    ended_by = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")

    class Meta:
        """A group gives a role for an organisation once at a time."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["group", "organisation", "role"],
                condition=Q(ended_at__isnull=True),
                name="group_gives_a_role_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.group} · {self.role}"
