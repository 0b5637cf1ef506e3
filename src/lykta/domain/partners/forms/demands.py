"""What people fill in about two steps."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from lykta.domain.partners.models import ROLES


class TwoStepsForm(forms.Form):
    """The roles that log in in two steps."""

    roles = forms.MultipleChoiceField(
        label=_("Roller som måste logga in i två steg"),
        help_text=_("Det gäller genast, också den som är inloggad."),
        choices=lambda: [(role, capfirst(name)) for role, name in ROLES.items()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
