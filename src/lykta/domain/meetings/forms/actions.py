"""The forms of actions, and of what is planned."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lykta.domain.meetings.forms.meetings import DAY
from lykta.domain.meetings.models import ACTION_STATES, Action
from lykta.domain.meetings.rules import NEXT, ActionState
from lykta.domain.places import selectors as places
from lykta.domain.places.rules import Kind
from lykta.infrastructure.access import Reach


class StepForm(forms.Form):
    """How far an action has come."""

    state = forms.ChoiceField(label=gettext_lazy("Läge"))
    result = forms.CharField(
        label=gettext_lazy("Vad som har gjorts"),
        help_text=gettext_lazy("Behövs när åtgärden är klar eller avbryts. Inga personer."),
        max_length=300,
        required=False,
    )
    due = forms.DateField(
        label=gettext_lazy("Klart senast"),
        widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"),
        required=False,
    )

    def __init__(self, *args: Any, action: Action, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now = ActionState(action.state)
        fields: dict[str, Any] = self.fields
        fields["state"].choices = [
            (each.value, ACTION_STATES[each])
            for each in ActionState
            if each == now or each in NEXT[now]
        ]
        fields["state"].initial = now
        fields["result"].initial = action.result
        fields["due"].initial = action.due


class TellForm(forms.Form):
    """What those who reported are told of what was done."""

    text = forms.CharField(
        label=gettext_lazy("Det här hände"),
        help_text=gettext_lazy("Läses av dem vars rapporter ledde till åtgärden, också boende."),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class EffectForm(forms.Form):
    """What was seen of an action some weeks after."""

    effect = forms.CharField(
        label=gettext_lazy("Vad märktes efteråt?"),
        help_text=gettext_lazy("En iakttagelse, ingen utvärdering."),
        max_length=300,
    )


class PlannedForm(forms.Form):
    """Something that is planned."""

    name = forms.CharField(label=gettext_lazy("Vad"), max_length=120)
    first_day = forms.DateField(
        label=gettext_lazy("Från och med"), widget=forms.DateInput(attrs=DAY)
    )
    last_day = forms.DateField(
        label=gettext_lazy("Till och med"), widget=forms.DateInput(attrs=DAY), required=False
    )
    is_yearly = forms.BooleanField(label=gettext_lazy("Varje år samma dagar"), required=False)
    area = forms.TypedChoiceField(
        label=gettext_lazy("Område"), coerce=int, empty_value=None, required=False
    )

    def __init__(self, *args: Any, reach: Reach, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = places.areas(reach, as_of=today)
        fields: dict[str, Any] = self.fields
        fields["area"].choices = [
            ("", _("hela kommunen")),
            *((row.id, row.name) for row in rows if row.kind == Kind.DISTRICT),
        ]
