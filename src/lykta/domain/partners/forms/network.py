"""What people fill in about how two organisations work together."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lykta.domain.partners.forms.memberships import DAY
from lykta.domain.partners.models import BONDS, Organisation
from lykta.infrastructure import collation


class CooperationForm(forms.Form):
    """How two organisations work together, from a day on."""

    one = forms.ModelChoiceField(label=_("Den ena"), queryset=Organisation.objects.none())
    other = forms.ModelChoiceField(label=_("Den andra"), queryset=Organisation.objects.none())
    bond = forms.ChoiceField(label=_("Samverkar"), choices=BONDS)
    note = forms.CharField(
        label=_("Anteckning"),
        help_text=_("Om vad, och vad som behövs. Skriv inte om personer."),
        max_length=300,
        required=False,
    )
    valid_from = forms.DateField(label=_("Från"), widget=forms.DateInput(attrs=DAY))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        for name in ("one", "other"):
            fields[name].queryset = Organisation.objects.order_by(collation.in_swedish("name"))
