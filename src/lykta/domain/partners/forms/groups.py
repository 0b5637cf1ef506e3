"""What people fill in about groups."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from lykta.domain.partners import selectors
from lykta.domain.partners.models import ROLES, Organisation
from lykta.infrastructure.access import Reach


class GroupForm(forms.Form):
    """What a group gives."""

    group = forms.CharField(
        label=_("Grupp"),
        max_length=200,
        help_text=_("Precis som kommunens inloggning skriver den."),
    )
    organisation = forms.ModelChoiceField(
        label=_("Organisation"), queryset=Organisation.objects.none()
    )
    role = forms.ChoiceField(
        label=_("Roll"), choices=lambda: [(role, capfirst(name)) for role, name in ROLES.items()]
    )

    def __init__(self, *args: Any, reach: Reach, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["organisation"].queryset = selectors.organisations_for_groups(reach)
