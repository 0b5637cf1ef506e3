"""What people fill in to ask someone in, and to accept."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lykta.domain.partners.forms.memberships import GivenForm
from lykta.domain.partners.rules import Role
from lykta.domain.partners.services import Asked


class InvitationForm(GivenForm):
    """Whom one asks in, and to what."""

    email = forms.EmailField(label=_("E-postadress"), help_text=_("Arbetsadressen."))
    name = forms.CharField(label=_("Namn"), max_length=120)

    field_order = ("email", "name", "organisation", "role", "areas", "clearance", "ends_on")

    def asked(self) -> Asked:
        """Return what was filled in, apart from who."""
        said: dict[str, Any] = self.cleaned_data
        return Asked(
            organisation=said["organisation"],
            role=Role(said["role"]),
            areas=[area.pk for area in said["areas"]],
            clearance=said["clearance"],
            ends_on=said["ends_on"],
        )


class PasswordForm(forms.Form):
    """The password of one who accepts and has none."""

    password = forms.CharField(
        label=_("Välj lösenord"),
        help_text=_("Minst 12 tecken. Gärna flera ord."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
    )
    again = forms.CharField(
        label=_("Samma igen"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
    )

    def clean(self) -> dict[str, Any]:
        """Return what was filled in, twice the same."""
        said = super().clean() or {}
        if said.get("password") != said.get("again"):
            raise forms.ValidationError(_("De två lösenorden är inte lika."))
        return said
