"""What people fill in about the offices of 9–13 §§."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from lykta.domain.partners.forms.memberships import DAY
from lykta.domain.partners.models import EFFORT_OUTCOMES, Noted, Organisation
from lykta.domain.partners.rules import EffortOutcome
from lykta.domain.partners.services import (
    Attempt,
    CouncilTerms,
    FunctionTerms,
    LeadTerms,
    Mandate,
    Said,
    Seat,
)
from lykta.infrastructure import collation


def day_field(label: Any, **more: Any) -> forms.DateField:
    """Return a field for a day."""
    return forms.DateField(
        label=label, widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"), **more
    )


def organisation_field(label: Any, **more: Any) -> Any:
    """Return a field for an organisation; the form offers them all when it is made."""
    return forms.ModelChoiceField(label=label, queryset=Organisation.objects.none(), **more)


def _column(item: tuple[str, Any]) -> tuple[str, Any]:
    name, value = item
    return (f"{name}_id", value.pk) if isinstance(value, Organisation) else (name, value)


class NotedForm(forms.Form):
    """Something to be noted: its fields are called as the columns are."""

    SAID: ClassVar[Any]

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        for field in self.fields.values():
            if isinstance(field, forms.ModelChoiceField):
                field.queryset = Organisation.objects.order_by(collation.in_swedish("name"))

    def said(self, **more: Any) -> Said:
        """Return what was filled in, with what else is known."""
        said: Said = self.SAID(**dict(map(_column, self.cleaned_data.items())), **more)
        return said

    @classmethod
    def initial_of(cls, row: Noted) -> dict[str, Any]:
        """Return what a row says, to be put right."""
        return {name: getattr(row, name) for name in cls.base_fields}


class CouncilForm(NotedForm):
    """What the council is called and who leads it, from a day on."""

    SAID = CouncilTerms
    local_name = forms.CharField(
        label=_("Vad rådet heter hos er"),
        help_text=_("Till exempel kommunens brottsförebyggande råd."),
        max_length=160,
    )
    chair = organisation_field(_("Leds av"), help_text=_("Enligt 10 § ska kommunen leda rådet."))
    starts_on = day_field(_("Från"))
    is_ended = forms.BooleanField(label=_("Rådet upphör den dagen"), required=False)


class SeatForm(NotedForm):
    """An organisation's seat in the council."""

    SAID = Seat
    organisation = organisation_field(_("Organisation"))
    title = forms.CharField(
        label=_("Befattning"),
        help_text=_("Till exempel förvaltningschef. Skriv aldrig vem."),
        max_length=120,
    )
    is_leading = forms.BooleanField(
        label=_("Ledande ställning"),
        help_text=_("Kan besluta för sin organisation. Det ska varje aktör ha enligt 10 §."),
        required=False,
    )
    starts_on = day_field(_("Från"))
    ends_on = day_field(
        _("Till och med"), help_text=_("Tomt betyder tills vidare."), required=False
    )


class FunctionForm(NotedForm):
    """The post that co-ordinates, from a day on."""

    SAID = FunctionTerms
    title = forms.CharField(
        label=_("Befattning"),
        help_text=_("Till exempel trygghetssamordnare. Skriv aldrig vem."),
        max_length=120,
    )
    full_time_equivalents = forms.DecimalField(
        label=_("Heltidstjänster"),
        help_text=_("Till exempel 0,5 för en halv tjänst."),
        min_value=0,
        max_value=99,
        decimal_places=2,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    contact = forms.CharField(
        label=_("Kontaktväg utåt"),
        help_text=_("Funktionens adress eller nummer, aldrig en persons. Boende ser den."),
        max_length=200,
    )
    starts_on = day_field(_("Från"))
    is_ended = forms.BooleanField(label=_("Funktionen upphör den dagen"), required=False)


class LeadForm(NotedForm):
    """Which body leads, from a day on."""

    SAID = LeadTerms
    is_executive_board = forms.TypedChoiceField(
        label=_("Leds av"),
        choices=[("ja", _("kommunstyrelsen")), ("nej", _("en annan nämnd"))],
        coerce=lambda value: value == "ja",
    )
    name = forms.CharField(
        label=_("Nämndens namn"), help_text=_("Om det är en annan nämnd."), max_length=120,
        required=False,
    )  # fmt: skip
    registry_number = forms.CharField(
        label=_("Fullmäktiges beslut, diarienummer"),
        help_text=_("Krävs när en annan nämnd än kommunstyrelsen leder arbetet (13 §)."),
        max_length=60,
        required=False,
    )
    paragraph = forms.CharField(label=_("Paragraf"), max_length=20, required=False)
    starts_on = day_field(_("Från"))

    @classmethod
    def initial_of(cls, row: Noted) -> dict[str, Any]:
        """Return what a row says, to be put right."""
        said = super().initial_of(row)
        return said | {"is_executive_board": "ja" if said["is_executive_board"] else "nej"}


class AttemptForm(NotedForm):
    """What was done a day to reach an agreement."""

    SAID = Attempt
    day = day_field(_("Dag"))
    organisation = organisation_field(_("Organisation"))
    text = forms.CharField(
        label=_("Vad gjordes"),
        help_text=_("Till exempel möte om en ny överenskommelse. Skriv inte om personer."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    outcome = forms.TypedChoiceField(
        label=_("Utfall"), choices=EFFORT_OUTCOMES, coerce=EffortOutcome
    )
    registry_number = forms.CharField(label=_("Diarienummer"), max_length=60, required=False)

    def clean_day(self) -> date:
        """Return the day, that has been."""
        day: date = self.cleaned_data["day"]
        if day > self.today:
            raise forms.ValidationError(_("Dagen har inte varit än."))
        return day


class MandateForm(NotedForm):
    """An assignment: who has been given what, by whose decision."""

    SAID = Mandate
    title = forms.CharField(
        label=_("Uppdrag"), help_text=_("Till exempel operativ samordnare."), max_length=120
    )
    mandate = forms.CharField(
        label=_("Vad uppdraget omfattar"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    given_by = organisation_field(_("Ges av"))
    held_by = organisation_field(_("Hos"))
    decided_by = forms.CharField(
        label=_("Beslutat av"), help_text=_("Till exempel kommunstyrelsen."), max_length=120
    )
    registry_number = forms.CharField(label=_("Diarienummer"), max_length=60, required=False)
    paragraph = forms.CharField(label=_("Paragraf"), max_length=20, required=False)
    starts_on = day_field(_("Från"))
    ends_on = day_field(
        _("Till och med"), help_text=_("Tomt betyder tills vidare."), required=False
    )


class WithdrawForm(forms.Form):
    """That a row was wrong; nothing is filled in."""
