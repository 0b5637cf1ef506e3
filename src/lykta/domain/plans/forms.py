"""What people fill in about a picture to freeze."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lykta.domain.plans.models import AUDIENCE_NAMES
from lykta.domain.plans.rules import week_of
from lykta.domain.plans.services.freezing import LONGEST_TITLE

_WEEK = {"type": "week", "placeholder": "2026-W44"}


class PictureForm(forms.Form):
    """The period of a picture, who it is for, and what it is called."""

    year = forms.IntegerField(
        label=_("År"),
        help_text=_("Ett helt år, eller fyll i veckor nedan."),
        min_value=1990,
        max_value=2200,
        required=False,
    )
    first_week = forms.CharField(
        label=_("Från och med vecka"),
        help_text=_("Till exempel 2026-v44."),
        required=False,
        widget=forms.TextInput(attrs=_WEEK),
    )
    last_week = forms.CharField(
        label=_("Till och med vecka"), required=False, widget=forms.TextInput(attrs=_WEEK)
    )
    audience = forms.ChoiceField(
        label=_("För"),
        help_text=_(
            "Bilden för allmänheten gäller ett helt år. Den visar månader, och antal under fem "
            "döljs."
        ),
        choices=list(AUDIENCE_NAMES.items()),
    )
    title = forms.CharField(
        label=_("Titel"),
        help_text=_("Lämnas den tom får bilden namn efter sin period."),
        max_length=LONGEST_TITLE,
        required=False,
    )

    def clean_first_week(self) -> date | None:
        """Return the Monday that the period begins with."""
        return self._week("first_week", 0)

    def clean_last_week(self) -> date | None:
        """Return the Sunday that the period ends with."""
        return self._week("last_week", 1)

    def clean(self) -> dict[str, Any]:
        """Return what was filled in, with its period."""
        said = super().clean() or {}
        year, first, last = (said.get(name) for name in ("year", "first_week", "last_week"))
        if self.errors:
            return said
        if (year and (first or last)) or (not year and not (first and last)):
            raise forms.ValidationError(
                _("Ange antingen ett år eller både första och sista veckan.")
            )
        said["period"] = (date(year, 1, 1), date(year, 12, 31)) if year else (first, last)
        if said["period"][1] < said["period"][0]:
            raise forms.ValidationError(_("Perioden slutar innan den börjar. Vänd på den."))
        return said

    def _week(self, name: str, end: int) -> date | None:
        text = self.cleaned_data[name]
        if not text:
            return None
        found = week_of(text)
        if found is None:
            raise forms.ValidationError(_("Skriv en vecka som 2026-v44."))
        return found[end]
