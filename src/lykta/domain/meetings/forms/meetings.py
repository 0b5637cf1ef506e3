"""The forms of the picture and its meeting."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lykta.domain.events import selectors as events
from lykta.domain.meetings.models import ACTION_KINDS, PRIORITIES
from lykta.domain.meetings.rules import USUAL_DUE, Priority
from lykta.domain.meetings.services.freezing import LONGEST_NARRATIVE
from lykta.domain.partners import selectors as partners
from lykta.domain.places import selectors as places
from lykta.domain.places.rules import Kind
from lykta.infrastructure.access import Reach

DAY = {"type": "date"}
_AREAS = (Kind.DISTRICT, Kind.LISTED)


class FreezeForm(forms.Form):
    """What the co-ordination says beside the figures."""

    narrative = forms.CharField(
        label=gettext_lazy("Samordningens text"),
        help_text=gettext_lazy("Vad siffrorna inte säger. Skriv om platser, inte om personer."),
        max_length=LONGEST_NARRATIVE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class MeetingForm(forms.Form):
    """When and where a meeting is held."""

    day = forms.DateField(label=gettext_lazy("Dag"), widget=forms.DateInput(attrs=DAY))
    begins = forms.TimeField(
        label=gettext_lazy("Börjar"), widget=forms.TimeInput(attrs={"type": "time"})
    )
    ends = forms.TimeField(
        label=gettext_lazy("Slutar"), widget=forms.TimeInput(attrs={"type": "time"})
    )
    place = forms.CharField(label=gettext_lazy("Lokal"), max_length=120, required=False)

    def clean(self) -> dict[str, Any]:
        """Return what was filled in, with the two moments."""
        said = super().clean() or {}
        if self.errors:
            return said
        said["begins_at"], said["ends_at"] = (
            timezone.make_aware(datetime.combine(said["day"], said[name]))
            for name in ("begins", "ends")
        )
        if said["ends_at"] <= said["begins_at"]:
            raise forms.ValidationError(_("Mötet slutar innan det börjar."))
        return said


class AttendanceForm(forms.Form):
    """Which organisations are there, and what is said."""

    present = forms.MultipleChoiceField(
        label=gettext_lazy("Här är"), widget=forms.CheckboxSelectMultiple, required=False
    )
    note = forms.CharField(
        label=gettext_lazy("Anteckningar"),
        help_text=gettext_lazy("Står i protokollet. Skriv inte vem som sa vad."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = partners.in_cooperation(on=today)
        fields: dict[str, Any] = self.fields
        fields["present"].choices = [(str(key), name) for key, name in names.items()]


class DecisionForm(forms.Form):
    """A decision and the action that it becomes."""

    text = forms.CharField(label=gettext_lazy("Nytt beslut"), max_length=300)
    kind = forms.ChoiceField(label=gettext_lazy("Slag"), choices=list(ACTION_KINDS.items()))
    organisation = forms.TypedChoiceField(label=gettext_lazy("Ansvarig"), coerce=int)
    due = forms.DateField(
        label=gettext_lazy("Klart senast"), widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d")
    )
    area = forms.TypedChoiceField(
        label=gettext_lazy("Gäller område"), coerce=int, empty_value=None, required=False
    )
    category = forms.TypedChoiceField(
        label=gettext_lazy("Gäller kategori"), coerce=int, empty_value=None, required=False
    )
    priority = forms.ChoiceField(
        label=gettext_lazy("Prioritet"), choices=list(PRIORITIES.items()), initial=Priority.NORMAL
    )

    def __init__(self, *args: Any, reach: Reach, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        names = partners.in_cooperation(on=today)
        fields["organisation"].choices = [("", "–"), *names.items()]
        rows = places.areas(reach, as_of=today)
        fields["area"].choices = [
            ("", _("inget särskilt")),
            *((row.id, row.name) for kind in _AREAS for row in rows if row.kind == kind),
        ]
        tops = [row for row in events.categories(reach) if row.parent_id is None]
        fields["category"].choices = [
            ("", _("ingen särskild")),
            *((row.pk, row.name_now) for row in tops),
        ]
        fields["due"].initial = today + USUAL_DUE


class CloseForm(forms.Form):
    """What those are answered whose reports led to no decision."""

    no_action = forms.CharField(
        label=gettext_lazy("Skäl där inget beslutades"),
        help_text=gettext_lazy("Står i svaret till dem vars rapporter inte ledde till en åtgärd."),
        max_length=300,
        required=False,
    )
