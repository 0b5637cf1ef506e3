"""What people fill in about indicators."""

from django import forms
from django.utils.translation import gettext_lazy as _


class CitationForm(forms.Form):
    """What a source says of the world outside."""

    UNKNOWN = _("Nyckeltalet finns inte. Rätta koden, eller lämna fältet tomt.")

    text = forms.CharField(
        label=_("Vad källan säger"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
    place = forms.CharField(
        label=_("Vad det gäller"), help_text=_("Till exempel Sverige eller Europa."), max_length=80
    )
    source = forms.CharField(
        label=_("Källa"), help_text=_("Vem som säger det, och var."), max_length=300
    )
    published_on = forms.DateField(
        label=_("Publicerad"), widget=forms.DateInput(attrs={"type": "date"})
    )
    url = forms.URLField(label=_("Adress"), required=False, max_length=500, assume_scheme="https")
    indicator = forms.CharField(
        label=_("Nyckeltal"),
        help_text=_("Koden, om utsagan hör till ett nyckeltal."),
        max_length=80,
        required=False,
    )
