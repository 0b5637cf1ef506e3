"""What people fill in about organisations."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lykta.domain.partners.models import ORGANISATION_KINDS


class OrganisationForm(forms.Form):
    """What an organisation is called and of what kind it is."""

    name = forms.CharField(label=_("Namn"), max_length=120)
    kind = forms.ChoiceField(label=_("Slag"), choices=ORGANISATION_KINDS)
