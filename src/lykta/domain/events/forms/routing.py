"""What is filled in about rules of routing, stand-ins and templates of answers."""

from datetime import date, time
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lykta.domain.events import selectors
from lykta.domain.events.forms.triage import ReceiverFields, choices
from lykta.domain.events.models import Category, RoutingRule
from lykta.domain.events.rules.wording import Placeholder
from lykta.infrastructure.access import Reach

_TIME = {"type": "time"}
_DAY = {"type": "date"}
_LINES = {"rows": 3}


class AboutFields(forms.Form):
    """A kind and an area."""

    category = forms.ModelChoiceField(
        label=gettext_lazy("Kategori"),
        queryset=Category.objects.filter(is_stopped=False),
        empty_label=gettext_lazy("alla"),
        required=False,
    )
    area = forms.TypedChoiceField(
        label=gettext_lazy("Område"), coerce=int, empty_value=None, required=False
    )

    def __init__(self, *args: Any, reach: Reach, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["category"].label_from_instance = lambda row: row.name_now
        areas = selectors.areas_to_choose(reach, as_of=today)
        fields["area"].choices = [("", gettext_lazy("hela kommunen")), *areas]


class RuleForm(AboutFields, ReceiverFields):
    """Which reports, and to whom."""

    weekdays = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Veckodagar"),
        help_text=gettext_lazy("Ingen vald: alla dagar."),
        choices=list(enumerate(selectors.WEEKDAYS)),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    first_time = forms.TimeField(
        label=gettext_lazy("Från klockan"),
        help_text=gettext_lazy("Tiden då det hände. Från 22 till 06 är natten."),
        widget=forms.TimeInput(attrs=_TIME),
        required=False,
    )
    last_time = forms.TimeField(
        label=gettext_lazy("Till klockan"), widget=forms.TimeInput(attrs=_TIME), required=False
    )
    field_order = (
        *("category", "area", "weekdays", "first_time", "last_time", "organisation", "account"),
    )

    def __init__(self, *args: Any, reach: Reach, today: date, **kwargs: Any) -> None:
        super().__init__(*args, reach=reach, today=today, **kwargs)
        self.offer(on=today)

    def clean(self) -> dict[str, Any]:
        """Return what was filled in; of hours both or none."""
        said = super().clean() or {}
        first, last = said.get("first_time"), said.get("last_time")
        if (first is None) != (last is None) or (first is not None and first == last):
            self.add_error("last_time", _("Ange två olika klockslag, eller inget."))
        return said

    def values(self) -> dict[str, Any]:
        """Return what the rule holds, from a form that is valid."""
        said = self.cleaned_data
        return {
            "category": said["category"],
            "area_id": said["area"],
            "weekdays": said["weekdays"],
            "first_minute": minute_of(said["first_time"]),
            "last_minute": minute_of(said["last_time"]),
            "organisation_id": said["organisation"],
            "account_id": said["account"],
        }


def filled(rule: RoutingRule) -> dict[str, Any]:
    """Return what a form holds at first for a rule."""
    return {
        "category": rule.category_id,
        "area": rule.area_id,
        "weekdays": rule.weekdays,
        "first_time": _time(rule.first_minute),
        "last_time": _time(rule.last_minute),
        "organisation": rule.organisation_id,
        "account": rule.account_id,
    }


class TryForm(AboutFields):
    """What the rules are tried with."""

    place = forms.CharField(
        label=gettext_lazy("Eller plats"),
        help_text=gettext_lazy("Adress eller känd plats."),
        max_length=120,
        required=False,
    )
    day = forms.DateField(label=gettext_lazy("Dag"), widget=forms.DateInput(attrs=_DAY))
    clock = forms.TimeField(
        label=gettext_lazy("Klockan"), widget=forms.TimeInput(attrs=_TIME), required=False
    )

    def __init__(self, *args: Any, reach: Reach, today: date, **kwargs: Any) -> None:
        super().__init__(*args, reach=reach, today=today, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["category"].required = True
        fields["category"].empty_label = gettext_lazy("Välj kategori")
        self.reach = reach

    def clean_place(self) -> str:
        """Return the place as the register has it; its areas are in `areas`."""
        text: str = self.cleaned_data["place"].strip()
        self.areas: set[int] = set()
        if text:
            found = selectors.areas_of_place(self.reach, text)
            if found is None:
                raise forms.ValidationError(_("Ingen känd plats heter så. Välj ett område."))
            self.areas = found
        return text


class StandInForm(forms.Form):
    """Who is away, who stands in, and which days."""

    account = forms.TypedChoiceField(label=gettext_lazy("Den som är borta"), coerce=int)
    stand_in = forms.TypedChoiceField(label=gettext_lazy("Ersättare"), coerce=int)
    first_day = forms.DateField(
        label=gettext_lazy("Från och med"), widget=forms.DateInput(attrs=_DAY)
    )
    last_day = forms.DateField(
        label=gettext_lazy("Till och med"), widget=forms.DateInput(attrs=_DAY)
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _organisations, accounts = selectors.receivers(on=today)
        fields: dict[str, Any] = self.fields
        for name in ("account", "stand_in"):
            fields[name].choices = choices(accounts, gettext_lazy("Välj"))


class AnswerForm(forms.Form):
    """An answer with what differs left open."""

    name = forms.CharField(label=gettext_lazy("Namn"), max_length=80)
    category = forms.ModelChoiceField(
        label=gettext_lazy("Kategori"),
        queryset=Category.objects.filter(is_stopped=False),
        empty_label=gettext_lazy("alla"),
        required=False,
    )
    text = forms.CharField(
        label=gettext_lazy("Svar"),
        max_length=600,
        widget=forms.Textarea(attrs=_LINES | {"lang": "sv"}),
    )
    text_en = forms.CharField(
        label=gettext_lazy("Svar på engelska"),
        max_length=600,
        widget=forms.Textarea(attrs=_LINES | {"lang": "en"}),
        required=False,
    )
    order = forms.IntegerField(
        label=gettext_lazy("Ordning"), min_value=0, max_value=32000, initial=100
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        known = ", ".join(f"{{{each}}}" for each in Placeholder)
        fields["text"].help_text = _("Kan sättas in: %(known)s.") % {"known": known}
        fields["category"].label_from_instance = lambda row: row.name_now


def minute_of(clock: time | None) -> int | None:
    """Return a time as minutes of the day."""
    return None if clock is None else clock.hour * 60 + clock.minute


def _time(minute: int | None) -> str:
    return "" if minute is None else f"{minute // 60:02d}:{minute % 60:02d}"
