"""What is filled in where a report is dealt with: merged, split, assigned or handed off."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lykta.domain.events import selectors
from lykta.domain.events.forms.reports import ReportForm
from lykta.domain.events.forms.times import OTHER
from lykta.domain.events.models import Photo, Report
from lykta.domain.events.services import Part, Where
from lykta.domain.places import selectors as places

USUAL = timedelta(days=30)
_LINES = {"rows": 3}
# Of a part only what it is, where and when is said anew; the rest is of the whole report.
_NOT_ASKED = (
    *("group_size", "group_age", "is_indoor", "is_police_reported", "basis", "severity"),
    *("has_called_112", "photos", "written_at"),
)


class PartForm(ReportForm):
    """One of the things that a report tells of: its kind, place, time and words."""

    more = ()

    def __init__(self, *args: Any, whole: Report, **kwargs: Any) -> None:
        super().__init__(*args, common=(), **kwargs)
        self.whole = whole
        self.fields["other_category"].label = _("Kategori")
        for name in _NOT_ASKED:
            del self.fields[name]

    @property
    def asked(self) -> list[tuple[int, list[forms.BoundField]]]:
        """Return no questions: they were answered of the whole."""
        return []

    def _where(self, said: dict[str, Any]) -> Where:
        """Return the place of the whole where its words stand, else what they say instead."""
        text = said.get("place", "").strip()
        if text == self.initial["place"] and not said.get("place_code"):
            row = self.whole
            if row.place is None:
                return Where(text=row.place_text, lon=row.lon, lat=row.lat)
            return Where(place=places.place(self.reach, row.place.code))
        return super()._where(said)

    def _same_as(self, said: dict[str, Any]) -> None:
        """Ask nothing: who splits a report has read what there is."""

    def part(self) -> Part:
        """Return what is told, from a form that is valid."""
        said = self.cleaned_data
        return Part(
            key=said["key"] or uuid4(),
            category=said["category"],
            where=said["where"],
            when=said["when"],
            description=said["description"],
        )


def part_of(report: Report) -> dict[str, Any]:
    """Return what a part holds at first: the place and the time of the whole."""
    minute = report.first_minute
    return {
        "key": uuid4(),
        "place": report.place.name if report.place else report.place_text,
        "moment": OTHER,
        "day": report.first_day.isoformat(),
        "clock": "" if minute is None else f"{minute // 60:02d}:{minute % 60:02d}",
    }


def choices(rows: dict[int, str], nothing: Any) -> list[tuple[Any, Any]]:
    """Return rows to choose among, by name, and the word for none of them."""
    return [("", nothing), *sorted(rows.items(), key=lambda pair: pair[1].casefold())]


class ReceiverFields(forms.Form):
    """To whom: a unit, an account or both."""

    organisation = forms.TypedChoiceField(
        label=gettext_lazy("Enhet"), coerce=int, empty_value=None, required=False
    )
    account = forms.TypedChoiceField(
        label=gettext_lazy("Ansvarig"), coerce=int, empty_value=None, required=False
    )

    def offer(self, *, on: date) -> None:
        """Offer those who have an inbox on a day."""
        fields: dict[str, Any] = self.fields
        organisations, accounts = selectors.receivers(on=on)
        fields["organisation"].choices = choices(organisations, gettext_lazy("ingen enhet"))
        fields["account"].choices = choices(accounts, gettext_lazy("ingen"))


class ReceiverForm(ReceiverFields):
    """Who is to deal with a report."""

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(on=today)


class HandOffForm(forms.Form):
    """What someone outside is told, and for how long."""

    party = forms.CharField(
        label=gettext_lazy("Till vem?"),
        help_text=gettext_lazy("Organisation eller funktion, inte en person."),
        max_length=120,
    )
    address = forms.CharField(
        label=gettext_lazy("Vart skickar du länken?"),
        help_text=gettext_lazy("En funktionsadress. Den visas bara här."),
        max_length=200,
        required=False,
    )
    text = forms.CharField(
        label=gettext_lazy("Vad behöver de veta?"),
        help_text=gettext_lazy("Skriv nytt för dem. Det som rapporterades visas aldrig."),
        max_length=1000,
        widget=forms.Textarea(attrs=_LINES),
    )
    photos = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Foton som de får se"),
        queryset=Photo.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    last_day = forms.DateField(
        label=gettext_lazy("Länken gäller till och med"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, report: Report, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["photos"].queryset = report.photos.order_by("pk")
        fields["last_day"].initial = timezone.localdate(now) + USUAL


class ReplyForm(forms.Form):
    """What the one who has taken over answers."""

    text = forms.CharField(
        label=gettext_lazy("Ert svar"),
        help_text=gettext_lazy("Vad har ni gjort eller tänker göra? Skriv inte om personer."),
        max_length=1000,
        widget=forms.Textarea(attrs=_LINES),
    )
