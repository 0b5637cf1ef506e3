"""What people fill in about agreements and what is done under them."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lykta.domain.partners import rules, selectors
from lykta.domain.partners.forms.memberships import AREAS, DAY, offer_areas
from lykta.domain.partners.models import (
    AGREEMENT_KINDS,
    JOINT_WORK_KINDS,
    Agreement,
    Organisation,
)
from lykta.domain.partners.rules import AgreementKind
from lykta.domain.partners.services import Terms
from lykta.infrastructure import collation
from lykta.infrastructure.access import Reach

QUARTERS_BACK = 8


class AgreementForm(forms.Form):
    """What an agreement says."""

    title = forms.CharField(label=_("Rubrik"), max_length=160)
    kind = forms.ChoiceField(
        label=_("Slag"),
        choices=AGREEMENT_KINDS,
        help_text=_(
            "Tidigt stöd är för socialtjänsten och polisen. Den formen kräver att ni skriver vad "
            "parterna får berätta för varandra. Uppgifter om enskilda finns aldrig i lykta."
        ),
    )
    parties = forms.ModelMultipleChoiceField(
        label=_("Parter"),
        help_text=_("Kommunen är alltid part. Välj en egen enhet bara om den själv är part."),
        queryset=Organisation.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    purposes = forms.CharField(
        label=_("Syften"),
        help_text=_("Ett per rad. Lagen kräver minst ett."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    is_everywhere = forms.BooleanField(label=_("Gäller i hela kommunen"), required=False)
    areas = forms.ModelMultipleChoiceField(
        label=_("Områden"),
        help_text=_("Om den inte gäller i hela kommunen."),
        queryset=AREAS.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    sharing = forms.CharField(
        label=_("Vad parterna får berätta för varandra"),
        help_text=_("Och med vilket stöd i lag, till exempel 10 kap. 18 a § OSL."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    working = forms.CharField(
        label=_("Så arbetar parterna"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    registry_number = forms.CharField(label=_("Diarienummer"), max_length=60, required=False)
    gives_access = forms.BooleanField(
        label=_("Ger parternas medlemmar tillgång till lykta"),
        required=False,
        initial=True,
        help_text=_("Bara så länge den gäller och bara där den gäller."),
    )
    starts_on = forms.DateField(label=_("Gäller från"), widget=forms.DateInput(attrs=DAY))
    ends_on = forms.DateField(
        label=_("Till och med"),
        required=False,
        help_text=_("Tomt betyder tills vidare."),
        widget=forms.DateInput(attrs=DAY),
    )
    replaces = forms.ModelChoiceField(
        label=_("Ersätter"), queryset=Agreement.objects.none(), required=False
    )

    def __init__(self, *args: Any, reach: Reach, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["parties"].queryset = Organisation.objects.order_by(collation.in_swedish("name"))
        offer_areas(fields["areas"])
        fields["replaces"].queryset = selectors.agreements(reach).exclude(signed_on=None)

    def terms(self) -> Terms:
        """Return what was filled in."""
        said = dict(self.cleaned_data)
        replaces = said.pop("replaces")
        return Terms(
            **said | {"kind": AgreementKind(said["kind"])},
            replaces=replaces.pk if replaces else None,
        )

    @staticmethod
    def initial_of(row: Agreement) -> dict[str, Any]:
        """Return what a draft says, to be changed."""
        names = (
            *("title", "kind", "purposes", "is_everywhere", "sharing", "working"),
            *("registry_number", "gives_access", "starts_on", "ends_on", "replaces"),
        )
        many = {"parties": row.parties.all(), "areas": row.areas.all()}
        return {name: getattr(row, name) for name in names} | many


class SignForm(forms.Form):
    """When all had signed."""

    signed_on = forms.DateField(label=_("Undertecknad av alla"), widget=forms.DateInput(attrs=DAY))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_signed_on(self) -> date:
        """Return the day, that has been."""
        day: date = self.cleaned_data["signed_on"]
        if day > self.today:
            raise forms.ValidationError(_("Dagen har inte varit än."))
        return day


class EndForm(forms.Form):
    """Why an agreement is ended before its time."""

    reason = forms.CharField(label=_("Skäl"), max_length=300)


class JointWorkForm(forms.Form):
    """How much was done together in a quarter."""

    organisation = forms.ChoiceField(label=_("För"), choices=())
    kind = forms.ChoiceField(label=_("Vad"), choices=JOINT_WORK_KINDS)
    quarter = forms.ChoiceField(label=_("Kvartal"), choices=())
    n = forms.IntegerField(label=_("Antal"), min_value=0, max_value=100_000)

    def __init__(self, *args: Any, reach: Reach, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = selectors.organisations_of(reach, rules.RECORD_JOINT_WORK)
        fields: dict[str, Any] = self.fields
        fields["organisation"].choices = [(str(row.pk), row.name) for row in own]
        days = rules.quarters(today, QUARTERS_BACK)
        fields["quarter"].choices = [(str(day), rules.quarter_name(day)) for day in days]

    def clean_quarter(self) -> date:
        """Return the first day of the quarter."""
        return date.fromisoformat(self.cleaned_data["quarter"])
