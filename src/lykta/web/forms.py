"""What people fill in about a file to read in, and about how long things are kept."""

from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from lykta.domain.events.selectors import RELIABILITIES
from lykta.domain.places.rules import BorderOrigin
from lykta.domain.places.selectors import KINDS, ORIGINS, PLACE_KINDS
from lykta.infrastructure.errors import LyktaError
from lykta.infrastructure.imports.mapping import pairs
from lykta.infrastructure.retention import selectors as retention

FILES = {
    "events": _("Händelser"),
    "categories": _("Kategorier"),
    "observations": _("Nyckeltal"),
    "areas": _("Områden med gränser"),
    "places": _("Platser: landmärken och adresser"),
    "population": _("Folkmängd"),
    "listings": _("Polisens lista: våra områden"),
    "editions": _("Polisens lista: hela landet"),
}
LARGEST_MB = 200
MOST_DAYS = 36_500
# What the form has one field for, and the options call differently.
_OPTIONS = {
    "area_kind": ("kind",),
    "year": ("year", "list_year", "period"),
    "columns": ("mapping",),
}


class UploadForm(forms.Form):
    """A file to read in, and what it does not say itself."""

    kind = forms.ChoiceField(label=_("Vad filen innehåller"))
    file = forms.FileField(
        label=_("Fil"),
        help_text=_("CSV, Excel, Parquet, GeoJSON, GeoPackage eller zippad Shapefile."),
    )
    columns = forms.CharField(
        label=_("Kolumner"),
        help_text=_(
            "Bara om lykta inte känner igen dem: en per rad, som time=Datum. "
            "Valet blir ihågkommet för nästa fil med samma kolumner."
        ),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    source = forms.CharField(
        label=_("Källa"),
        help_text=_("Vem uppgifterna kommer från, om filen inte säger det."),
        max_length=120,
        required=False,
    )
    reliability = forms.ChoiceField(
        label=_("Tillförlitlighet"),
        choices=[("", _("registrerat")), *RELIABILITIES.items()],
        required=False,
    )
    crs = forms.CharField(
        label=_("Koordinatsystem"),
        help_text=_("Till exempel EPSG:3006, om filen inte säger det."),
        max_length=40,
        required=False,
    )
    area_kind = forms.ChoiceField(
        label=_("Slag av område"),
        choices=[("", _("enligt filen")), *KINDS.items()],
        required=False,
    )
    place_kind = forms.ChoiceField(
        label=_("Slag av plats"),
        choices=[("", _("enligt filen")), *PLACE_KINDS.items()],
        required=False,
    )
    border_origin = forms.ChoiceField(
        label=_("Gränsernas ursprung"),
        choices=[
            ("", _("enligt filen")),
            *((key, word) for key, word in ORIGINS.items() if key != BorderOrigin.NONE),
        ],
        required=False,
    )
    border_note = forms.CharField(
        label=_("Anmärkning om gränserna"),
        help_text=_("Krävs för lokala uppskattningar: hur de drogs."),
        max_length=300,
        required=False,
    )
    valid_from = forms.DateField(
        label=_("Gäller från"),
        help_text=_("Tomt betyder i dag."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    is_ended = forms.BooleanField(
        label=_("Det som står i filen upphör den dagen"),
        help_text=_("Det finns kvar i historiken men visas inte därefter."),
        required=False,
    )
    year = forms.IntegerField(
        label=_("År"),
        help_text=_("Om filen inte säger det."),
        min_value=1900,
        max_value=2200,
        required=False,
    )

    groups = (
        (_("Händelser: källa, tillförlitlighet och koordinater"), ("source", "reliability", "crs")),
        (
            _("Områden: slag, gränser och dag"),
            ("area_kind", "border_origin", "border_note", "valid_from", "is_ended"),
        ),
        (_("Platser: slag"), ("place_kind",)),
        (_("Folkmängd och listor: år"), ("year",)),
    )

    def __init__(self, *args: Any, kinds: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(kind, label) for kind, label in FILES.items() if kind in kinds]
        self.fields["kind"].choices = choices  # type: ignore[attr-defined]

    def always(self) -> Iterator[BoundField]:
        """Yield the fields that every file has."""
        return (self[name] for name in ("kind", "file", "columns"))

    def sometimes(self) -> Iterator[tuple[str, list[BoundField]]]:
        """Yield the fields that some files need, under a heading."""
        for heading, names in self.groups:
            yield str(heading), [self[name] for name in names]

    def clean_file(self) -> Any:
        """Return the file, if it is not too large to be sent this way."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST_MB * 1024 * 1024:
            raise forms.ValidationError(
                _("Filen är större än %(most)s MB. Läs in den med lykta import på servern."),
                params={"most": LARGEST_MB},
            )
        return file

    def clean_columns(self) -> dict[str, str]:
        """Return which column is what."""
        try:
            return pairs(line for line in self.cleaned_data["columns"].splitlines() if line.strip())
        except LyktaError as error:
            raise forms.ValidationError(str(error)) from None

    def options(self, allowed: Collection[str]) -> dict[str, Any]:
        """Return what was filled in of what can be said of the chosen kind of file."""
        names = {
            option: value
            for field, value in self.cleaned_data.items()
            for option in _OPTIONS.get(field, (field,))
            if field not in ("kind", "file")
        }
        return {option: value for option, value in names.items() if option in allowed}


class RetentionRuleForm(forms.Form):
    """A rule of how long something is kept, and who has decided it."""

    what = forms.ChoiceField(label=_("Vad regeln gäller"))
    keep_days = forms.IntegerField(
        label=_("Antal dagar"),
        help_text=_("Så många hela dagar sparas uppgifterna. Tomt bara om de sparas alltid."),
        min_value=0,
        max_value=MOST_DAYS,
        required=False,
    )
    is_kept = forms.BooleanField(label=_("Uppgifterna sparas alltid"), required=False)
    valid_from = forms.DateField(
        label=_("Gäller från"), widget=forms.DateInput(attrs={"type": "date"})
    )
    basis = forms.CharField(
        label=_("Grund"),
        help_text=_("Beslutet, till exempel gallringsbeslut KS 2026:14."),
        max_length=300,
    )
    note = forms.CharField(label=_("Anmärkning"), max_length=500, required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["what"].choices = [
            (f"{line.key}/{line.field_key}", f"{line.dataset.name}: {line.field.name}")
            for line in retention.lines(today=today)
        ]

    def clean(self) -> dict[str, Any]:
        """Return what was filled in, where it says either how long or always."""
        said = super().clean() or {}
        if (said.get("keep_days") is None) != bool(said.get("is_kept")):
            self.add_error("keep_days", _("Skriv antal dagar, eller kryssa för att de sparas."))
        return said

    def values(self) -> dict[str, Any]:
        """Return what the rule says."""
        said = dict(self.cleaned_data)
        said.pop("is_kept")
        said["key"], said["field"] = said.pop("what").split("/")
        return said
