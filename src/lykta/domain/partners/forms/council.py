"""What people fill in about the meetings of the council."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lykta.domain.partners.forms.offices import day_field
from lykta.domain.partners.models import COUNCIL_MEETING_STATES, CouncilMeeting, Organisation
from lykta.domain.partners.rules import CouncilMeetingState
from lykta.domain.partners.services import Invited, Outcome
from lykta.infrastructure import collation

_CLOCK = {"type": "time"}
_TOLD = (CouncilMeetingState.HELD, CouncilMeetingState.CANCELLED)


class CouncilMeetingForm(forms.Form):
    """When and where the council meets, and about what."""

    day = day_field(_("Dag"))
    begins = forms.TimeField(
        label=_("Börjar"), widget=forms.TimeInput(attrs=_CLOCK, format="%H:%M")
    )
    ends = forms.TimeField(label=_("Slutar"), widget=forms.TimeInput(attrs=_CLOCK, format="%H:%M"))
    place = forms.CharField(label=_("Lokal"), max_length=120, required=False)
    agenda = forms.CharField(
        label=_("Dagordning i korthet"),
        help_text=_("En punkt per rad. Skriv inte om personer."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def said(self) -> Invited:
        """Return what was filled in."""
        said = self.cleaned_data
        begins, ends = (
            timezone.make_aware(datetime.combine(said["day"], said[name]))
            for name in ("begins", "ends")
        )
        return Invited(begins, ends, said["place"], said["agenda"])

    @staticmethod
    def initial_of(row: CouncilMeeting) -> dict[str, Any]:
        """Return what is known of a meeting, to be changed."""
        begins, ends = timezone.localtime(row.begins_at), timezone.localtime(row.ends_at)
        when = {"day": begins.date(), "begins": begins.time(), "ends": ends.time()}
        return when | {"place": row.place, "agenda": row.agenda}


class OutcomeForm(forms.Form):
    """What became of a meeting."""

    state = forms.TypedChoiceField(
        label=_("Mötet"),
        choices=[(state, COUNCIL_MEETING_STATES[state]) for state in _TOLD],
        coerce=CouncilMeetingState,
    )
    present = forms.ModelMultipleChoiceField(
        label=_("Organisationer som var där"),
        queryset=Organisation.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    registry_number = forms.CharField(
        label=_("Protokollets diarienummer"), max_length=60, required=False
    )
    agreed = forms.CharField(
        label=_("Vad ni kom överens om"),
        help_text=_("En sak per rad. Skriv inte vem som sa vad."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["present"].queryset = Organisation.objects.order_by(collation.in_swedish("name"))

    def said(self) -> Outcome:
        """Return what was filled in."""
        said = dict(self.cleaned_data)
        return Outcome(**said | {"present": [each.pk for each in said["present"]]})

    @staticmethod
    def initial_of(row: CouncilMeeting) -> dict[str, Any]:
        """Return what has been told of a meeting, to be put right."""
        names = ("state", "registry_number", "agreed")
        return {name: getattr(row, name) for name in names} | {"present": row.present.all()}
