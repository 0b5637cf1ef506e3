"""What people fill in about accounts."""

from django import forms
from django.utils.translation import gettext_lazy as _


class AccountForm(forms.Form):
    """A new account."""

    email = forms.EmailField(label=_("E-postadress"), help_text=_("Arbetsadressen."))
    name = forms.CharField(label=_("Namn"), max_length=120)


class ChangeAccountForm(forms.Form):
    """What can be changed of an account."""

    name = forms.CharField(label=_("Namn"), max_length=120)
    is_active = forms.BooleanField(
        label=_("Kontot får användas"),
        required=False,
        help_text=_("Tar du bort bocken kan kontot inte logga in, och det loggas ut överallt."),
    )
